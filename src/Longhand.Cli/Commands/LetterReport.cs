using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Experiments.Reports;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary>A summary in letters, with the numbers that it comes to beside the formulas where they are given.</summary>
/// <param name="formulas">The summary of the network as it is written.</param>
/// <param name="putIn">The summary with numbers in place of letters; null where none were given.</param>
/// <param name="numbers">The numbers.</param>
internal sealed class LetterReport(Summary formulas, Summary? putIn, IReadOnlyDictionary<string, int> numbers)
{
    private Network Network => formulas.Network;

    public void Write(Page page, IReadOnlyList<NetworkWarning> warnings)
    {
        string[] Row(LayerSummary layer, int k) =>
            [
                layer.Node.Name,
                layer.Node.Layer.Notation + (layer.Node.Inserted ? " (inserted)" : ""),
                Shape(layer.Node.Value),
                Unless0(layer.ParameterFormula, putIn?.Layers[k].ParameterFormula),
                Unless0(layer.MultiplicationFormula, putIn?.Layers[k].MultiplicationFormula),
                Text(layer.OutputByteFormula, putIn?.Layers[k].OutputByteFormula),
                string.Join(", ", layer.Stored),
            ];
        string[] first = [Summary.InputName, "input", Shape(0), "", "", Text(formulas.Bytes([0]), putIn?.Bytes([0])), ""];
        page.Table(["name", "layer", "output", "parameters", "MACs", "bytes", "keeps"], formulas.Layers.Select(Row).Prepend(first));
        page.Strong($"Parameters: {Text(formulas.ParameterFormula, putIn?.ParameterFormula)}");
        page.Strong($"MACs an example: {Text(formulas.MultiplicationFormula, putIn?.MultiplicationFormula)}");
        (MemoryFormula use, MemoryFormula? numbers) = (formulas.MemoryFormula, putIn?.MemoryFormula);
        page.Strong($"Bytes (batch of {Words.Count(formulas.Batch)}, {formulas.BytesPerNumber} bytes a number):");
        page.Line($"  parameters  {Text(use.Parameters, numbers?.Parameters)}");
        page.Line($"  all values  {Text(use.Forward, numbers?.Forward)}");
        page.Line();
        Kept(page, use, numbers);
        page.Line();
        Rules(page);
        foreach (NetworkWarning warning in warnings)
            page.Warning($"Note: {warning.Message}");
    }

    private void Kept(Page page, MemoryFormula use, MemoryFormula? numbers)
    {
        string names = string.Join(", ", formulas.KeptValues.Select(formulas.NameOf)),
            output = formulas.NameOf(Network.OutputValue);
        page.Strong("Bytes to be kept for the backward pass, counted in two ways:");
        page.Line(
            $"  what the layers' way back reads   {Text(use.Stored, numbers?.Stored, factored: true)}  ({(names.Length == 0 ? "nothing" : names)})"
        );
        page.Line($"  as course sheets count            {Text(use.StoredByCourse, numbers?.StoredByCourse, factored: true)}");
        string input = Network.Input.Formula.ToString(),
            gradient = Network.ShapeOf(Network.OutputValue).Formula.ToString();
        page.Line(
            formulas.KeptValues.Contains(0)
                ? $"The sheets leave out the input ({input}), which the data hold anyway; here it counts, since the way back multiplies by it."
                : $"The way back reads nothing of the input ({input}) in either count."
        );
        page.Line(
            $"They count the gradient of the output, ∂L/∂{output} ({gradient}), which the way back begins with; it is no value of the forward pass."
        );
    }

    private void Rules(Page page)
    {
        if (putIn is not null)
            page.Line(
                $"Behind each formula: what it comes to with {string.Join(", ", numbers.Select(pair => $"{pair.Key} = {Words.Count(pair.Value)}"))}."
            );
        else
            page.Line($"--set {string.Join(',', formulas.Letters().Select((letter, k) => $"{letter}={k + 2}"))} puts numbers in.");
        page.Line("A MAC is a multiplication by a weight of a dense or convolutional layer, those of a padding's zeros included.");
        page.Line($"keeps: the values that the way back reads, by the layers that wrote them ({Summary.InputName} is the input).");
        if (Network.Input.IsImage && (Network.Input.Size(0).HasLetters || Network.Input.Size(1).HasLetters))
            page.Line("The formulas hold for images that every window fits into.");
    }

    private string Shape(int value)
    {
        string text = Network.ShapeOf(value).ToString();
        return putIn is null || !Network.ShapeOf(value).HasLetters ? text : $"{text} = {putIn.Network.ShapeOf(value)}";
    }

    private static string Unless0(Polynomial formula, Polynomial? number) => formula.IsZero ? "" : Text(formula, number);

    private static string Text(Polynomial formula, Polynomial? number, bool factored = false)
    {
        string text = formula.Number is null ? (factored ? formula.ToFactoredString() : formula.ToString()) : Count(formula);
        return number is null || number.Equals(formula) ? text : $"{text} = {Count(number)}";
    }

    private static string Count(Polynomial formula) => formula.Number is null ? formula.ToString() : Words.Count(formula.ToInt64());
}
