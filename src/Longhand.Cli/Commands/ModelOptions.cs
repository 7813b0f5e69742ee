using System.CommandLine;
using Longhand.Experiments;

namespace Longhand.Cli.Commands;

/// <summary>What <c>evaluate</c> and <c>predict</c> share: a model file, and data as the model was trained on.</summary>
internal static class ModelOptions
{
    public static Argument<string[]> Model() => Operands.Argument("MODEL", "a model file that train --model has written");

    public static Option<string?> Data() =>
        new("--data") { Description = "data as in an experiment: \"circle seed=2\", \"csv FILE target=last\"", HelpName = "DATA" };

    /// <summary>The examples of a line of data, as the model reads them: features computed, classes counted as in its training.</summary>
    public static DataSet Load(Model model, string text)
    {
        DataParts parts = Longhand.Data.Make(text);
        DataSet data = (parts.Test ?? parts.All).WithClasses(model.ClassNames);
        return model.Features.Count == 0 ? data : Features(model, (int)data.InputShape.Length).Apply(data);
    }

    /// <summary>The model's features in its own columns.</summary>
    public static FeatureMap Features(Model model, int columns)
    {
        var source = new Source("the features of the model") { HasPlaces = false };
        Entry[] items = [.. model.Features.Select(text => new ScalarEntry(source, 1, 1, text, quoted: true))];
        return FeatureMap.Read(new ListEntry(source, 1, 1, items), model.InputNames, columns);
    }

    /// <summary>The class that outputs stand for; null for a model that gives values.</summary>
    public static int? ClassOf(Model model, ReadOnlySpan<float> output)
    {
        if (model.ClassNames.Count == 0 || model.Training is not { } training)
            return null;
        if (output.Length == 1)
            return output[0] > training.Loss.Threshold(model.Network.Range) ? 1 : 0;
        int best = 0;
        for (int j = 1; j < output.Length; j++)
            if (output[j] > output[best])
                best = j;
        return best;
    }

    /// <summary>The name of a class.</summary>
    public static string Name(Model model, int label) => label < model.ClassNames.Count ? model.ClassNames[label] : $"class {label}";
}
