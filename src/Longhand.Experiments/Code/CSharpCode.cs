using System.Globalization;
using System.Text;

namespace Longhand.Experiments.Code;

/// <summary>The code in C#: a file-based app on the library, which ends with the very bits that are shown.</summary>
internal sealed class CSharpCode(CodeRun run)
{
    private const int MostInLine = 120;

    /// <summary>The whole text.</summary>
    public string Write()
    {
        run.RequireRoom();
        Experiment experiment = run.Experiment;
        TrainSettings settings = experiment.Settings;
        if (settings.ClassWeights is not null)
            throw new LonghandException(
                "The code in C# is written without weights of classes; give the experiment file to longhand train."
            );
        var text = new StringBuilder();
        foreach (string line in run.Head("C#"))
            text.Append(line.Length == 0 ? "//\n" : $"// {line}\n");
        text.Append(
            """
            //
            // To run it, place it into the folder samples of Longhand's sources, then: dotnet run THIS-FILE.cs
            #:project ../src/Longhand/Longhand.csproj
            #:property PublishAot=false
            using Longhand;


            """
        );
        text.Append("// The examples, features computed.\n");
        Set(text, "train", run.Data.Train);
        if (run.Data.Test is { } test)
            Set(text, "test", test);
        text.Append($"\nvar network = Network.Parse({Quoted(experiment.Network.ToString())});\n\n");
        text.Append("// The parameters: as training began, and as they are shown.\n");
        Parameters(text, "start", run.Start);
        Parameters(text, "shown", run.Shown);
        string updates = run.Updates().ToString(CultureInfo.InvariantCulture);
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""

            var training = new Training
            {
                Loss = Loss.Parse({{Quoted(run.Loss.Notation)}}),
                Optimizer = Optimizer.Parse({{Quoted(experiment.Optimizer.Notation)}}),
                Schedule = Schedule.Parse({{Quoted(settings.Schedule.Notation)}}),
                Regularization = Regularization.Parse({{Quoted(experiment.Regularization.ToString())}}),
                Conventions = {{Conventions()}},{{Optional(
                "Clip",
                settings.Clip is { } clip ? $"GradientClipping.Parse({Quoted(clip.ToString())})" : null
            )}}
                Epochs = {{(run.Batches > 0 ? run.Epochs + 1 : run.Epochs)}},
                Batch = {{run.Batch}},
                Shuffle = {{(settings.Shuffle ? "true" : "false")}},
                Seed = {{settings.Seed}},
                Threads = 1,{{Optional("Test", run.Data.Test is null ? null : "test")}}
            };

            // The numbers that are shown, in one pass.
            Model now = Measure(shown);
            for (int i = 0; i < Math.Min(3, train.Count); i++)
            {
                float[] input = [.. train[i].Input.Select(x => (float)x)];
                Console.WriteLine($"output for [{string.Join(", ", input)}] is [{string.Join(", ", now.Predict(input))}]");
            }

            // Training from the start: {{updates}} updates.
            using var enough = new CancellationTokenSource();
            int made = 0;
            TrainingResult result = network.Run(
                train,
                training with
                {
                    Start = Named(start),
                    Cancellation = enough.Token,
                    OnUpdate = (_, _) =>
                    {
                        if (++made == {{updates}})
                            enough.Cancel();
                    },
                }
            );
            Console.WriteLine("after training from the start:");
            Measure(network.Parameters.Zip(result.Model.Values).ToDictionary(p => p.First.Name, p => p.Second.ToSingles()));

            Model Measure(Dictionary<string, float[]> values)
            {
                TrainingResult measured = network.Run(train, training with { Start = Named(values), Epochs = 0 });
                Say("training loss", measured.Final.Train!.Loss, {{PythonText.Number(run.Losses.Train)}});
            {{(
                run.Losses.Test is { } loss ? $"    Say(\"test loss    \", measured.Final.Test!.Loss, {PythonText.Number(loss)});\n" : ""
            )}}    return measured.Model;
            }

            Dictionary<string, ParameterValues> Named(Dictionary<string, float[]> values) =>
                values.ToDictionary(pair => pair.Key, pair => new ParameterValues(network.Parameter(pair.Key).Parameter, pair.Value));

            // On a processor with other instructions the last bits may differ; more than that would be an error.
            void Say(string what, double found, double shown)
            {
                Console.WriteLine(FormattableString.Invariant($"{what} {found:G6}  (Longhand: {shown:G6}{(found == shown ? ", the same bits" : "")})"));
                if (Math.Abs(found - shown) > 1e-3 * Math.Abs(shown))
                    Environment.ExitCode = {{(run.IsTouched ? 0 : 1)}};
            }

            """
        );
        return text.ToString();
    }

    private static void Set(StringBuilder text, string name, DataSet data)
    {
        int length = (int)data.InputShape.Length;
        float[] inputs = CodeRun.Inputs(data);
        text.Append($"var {name} = new DataSet(\n    new float[][]\n    {{\n");
        text.Append(Rows(inputs, data.Count, length));
        text.Append("    },\n");
        if (data.HasClasses)
        {
            text.Append("    new[]\n    {\n");
            text.Append(
                PythonText.Wrapped(
                    Enumerable.Range(0, data.Count).Select(i => data.Class(i).ToString(CultureInfo.InvariantCulture)),
                    "        "
                )
            );
            text.Append("    }\n);\n");
            return;
        }
        var targets = new float[data.Count * data.TargetLength];
        var row = new double[data.TargetLength];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopyTarget(i, row);
            for (int j = 0; j < row.Length; j++)
                targets[i * row.Length + j] = (float)row[j];
        }
        text.Append("    new float[][]\n    {\n");
        text.Append(Rows(targets, data.Count, data.TargetLength));
        text.Append("    }\n);\n");
    }

    private static string Rows(float[] values, int count, int length) =>
        PythonText.Wrapped(
            Enumerable.Range(0, count).Select(i => $"[{string.Join(", ", values.Skip(i * length).Take(length).Select(Literal))}]"),
            "        "
        );

    private void Parameters(StringBuilder text, string name, IReadOnlyList<ParameterValues> values)
    {
        text.Append($"var {name} = new Dictionary<string, float[]>\n{{\n");
        foreach ((NetworkParameter parameter, ParameterValues value) in run.Network.Parameters.Zip(values))
        {
            string[] numbers = [.. value.ToSingles().Select(Literal)];
            string line = $"    [\"{parameter.Name}\"] = [{string.Join(", ", numbers)}],\n";
            text.Append(
                line.Length < MostInLine ? line : $"    [\"{parameter.Name}\"] =\n    [\n{PythonText.Wrapped(numbers, "        ")}    ],\n"
            );
        }
        text.Append("};\n");
    }

    private static string Optional(string name, string? value) => value is null ? "" : $"\n    {name} = {value},";

    private static string Literal(float value) =>
        float.IsNaN(value) ? "float.NaN"
        : float.IsInfinity(value) ? (value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity")
        : PythonText.Number(value) + "f";

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private string Conventions()
    {
        Conventions conventions = run.Experiment.Conventions;
        Conventions preset = Longhand.Conventions.Presets.First(p => p.Name == conventions.Name);
        string name = ReferenceEquals(preset, Longhand.Conventions.PyTorch)
            ? "PyTorch"
            : char.ToUpperInvariant(preset.Name[0]) + preset.Name[1..];
        string[] changed =
        [
            .. new[]
            {
                conventions.ReluDerivativeAtZero.Equals(preset.ReluDerivativeAtZero)
                    ? null
                    : $"ReluDerivativeAtZero = {PythonText.Number(conventions.ReluDerivativeAtZero)}",
                conventions.SharesPoolTies == preset.SharesPoolTies ? null : $"SharesPoolTies = {Truth(conventions.SharesPoolTies)}",
                conventions.FlipsKernels == preset.FlipsKernels ? null : $"FlipsKernels = {Truth(conventions.FlipsKernels)}",
            }.OfType<string>(),
        ];
        return $"Conventions.{name}{(changed.Length == 0 ? "" : $" with {{ {string.Join(", ", changed)} }}")}";
    }

    private static string Truth(bool value) => value ? "true" : "false";
}
