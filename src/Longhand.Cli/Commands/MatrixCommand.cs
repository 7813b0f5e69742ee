using System.CommandLine;
using System.Text.Json;
using Longhand.Analysis;
using Longhand.Experiments;

namespace Longhand.Cli.Commands;

/// <summary><c>matrix NETWORK</c>: a convolution as a matrix over the flattened image, and the proof that both agree.</summary>
internal static class MatrixCommand
{
    // What a reader of JSON is handed in full; beyond it the entries that are not 0, and beyond that the counts alone.
    private const long MostEntries = 1_000_000;

    private static readonly ulong[] seeds = [1, 2, 3];

    public static Command Create(Session session)
    {
        var network = Operands.Argument("NETWORK", "a network in quotation marks, an experiment file, or - for standard input");
        var given = new OneLine();
        var layer = new Option<string?>("--layer")
        {
            Description = "which convolution, such as conv2; the first if not given",
            HelpName = "NAME",
        };
        var transpose = new Option<bool>("--transpose")
        {
            Description = "the matrix of the backward pass, which takes the gradient of the output to that of the input",
        };
        var command = new Command("matrix", "Writes a convolution as a matrix over the flattened image, and proves that both agree.")
        {
            network,
            layer,
            transpose,
            given.Set,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string text = Operands.Network(parsed, network, Examples.First("matrix"));
                    Experiment experiment = SymbolicSource.Read(session, parsed, text, given);
                    var matrix = ConvolutionMatrix.Of(
                        experiment.Network,
                        parsed.GetValue(layer),
                        SymbolicSource.Weights(experiment),
                        experiment.Names
                    );
                    var proof = MatrixProof.Of(matrix, seeds, session.Cancellation);
                    if (proof.InSymbols == false)
                        throw new InvalidOperationException($"the matrix of {matrix.Node.Name} is not what its layer computes");
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, matrix, proof, parsed.GetValue(transpose)));
                    else
                        MatrixReport.Write(session.NewPage(), matrix, proof, parsed.GetValue(transpose));
                    return 0;
                }
            )
        );
        return command;
    }

    private static void Write(Utf8JsonWriter json, ConvolutionMatrix m, MatrixProof proof, bool transpose)
    {
        long rows = transpose ? m.Columns : m.Rows,
            columns = transpose ? m.Rows : m.Columns;
        IEnumerable<MatrixEntry> Line(long row) => (transpose ? m.Column(row) : m.Row((int)row)).Where(entry => !m.IsZero(entry.Weight));
        json.WriteStartObject();
        json.WriteString("layer", m.Node.Name);
        json.Shape("input", m.Input);
        json.Shape("output", m.Output);
        json.WriteBoolean("transposed", transpose);
        json.WriteNumber("rows", rows);
        json.WriteNumber("columns", columns);
        if ((double)rows * columns <= MostEntries)
        {
            json.WriteStartArray("matrix");
            for (long row = 0; row < rows; row++)
                Dense(Line(row), columns);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("matrix");
            json.WriteString(
                "matrixReason",
                FormattableString.Invariant(
                    $"more than {MostEntries:N0} entries; {(m.Nonzeros <= MostEntries ? "\"entries\" has those that are not 0, as [row, column, value]" : "take a smaller image to see them")}"
                )
            );
            if (m.Nonzeros <= MostEntries)
                Sparse();
        }
        json.WriteStartArray("bias");
        for (int row = 0; row < (transpose ? 0 : m.Rows); row++)
            Number(m.Bias(row), m.BiasValue(row));
        json.WriteEndArray();
        json.WriteNumber("nonzeros", m.Nonzeros);
        json.WriteNumber("largestDifference", Math.Max(proof.Forward, proof.Backward));
        json.WriteStartObject("proof");
        if (proof.InSymbols is { } same)
            json.WriteBoolean("inSymbols", same);
        else
        {
            json.WriteNull("inSymbols");
            json.WriteString(
                "inSymbolsReason",
                FormattableString.Invariant($"more than {MatrixProof.MaximumSymbolicProducts:N0} products")
            );
        }
        json.WriteNumber("forward", proof.Forward);
        json.WriteNumber("backward", proof.Backward);
        json.WriteStartArray("seeds");
        foreach (ulong seed in proof.Seeds)
            json.WriteNumberValue(seed);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("parameters");
        json.WriteNumber("convolution", m.Node.Parameters.Sum(p => p.Length));
        json.WriteNumber("dense", MatrixReport.DenseParameters(m));
        json.WriteEndObject();
        json.WriteEndObject();

        void Dense(IEnumerable<MatrixEntry> line, long width)
        {
            json.WriteStartArray();
            long at = 0;
            foreach ((long place, int weight) in line)
            {
                for (; at < place; at++)
                    json.WriteNumberValue(0);
                Number(m.Weight(weight), m.WeightValue(weight));
                at++;
            }
            for (; at < width; at++)
                json.WriteNumberValue(0);
            json.WriteEndArray();
        }

        void Sparse()
        {
            json.WriteStartArray("entries");
            for (long row = 0; row < rows; row++)
                foreach ((long place, int weight) in Line(row))
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(row);
                    json.WriteNumberValue(place);
                    Number(m.Weight(weight), m.WeightValue(weight));
                    json.WriteEndArray();
                }
            json.WriteEndArray();
        }

        void Number(string text, double value)
        {
            if (double.IsNaN(value))
                json.WriteStringValue(text);
            else
                json.Double(value);
        }
    }
}
