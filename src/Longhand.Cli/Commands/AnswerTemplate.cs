using Longhand.Experiments;
using Longhand.Grading;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary>The keys that can be answered, in the order of the working, with nothing behind them.</summary>
internal sealed class AnswerTemplate(AnswerKeys keys, WorkingSection[] parts)
{
    // Nobody fills in more by hand; the whole array can be answered by its key.
    private const int MostOfAnArray = 100;

    /// <summary>As YAML, or as JSON where that is asked for.</summary>
    public void Write(Session session, string experiment)
    {
        AnswerRange[] arrays = [.. keys.Arrays.Where(a => parts.Length == 0 || parts.Contains(SectionOf(a)))];
        if (arrays.Length == 0)
            throw new LonghandException(
                $"{experiment}: there is nothing to answer in {string.Join(", ", parts.Select(GradeReport.Word))}."
            );
        if (session.IsJson)
            session.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("keys");
                foreach (AnswerRange array in arrays)
                    for (int i = 0; i < Count(array); i++)
                    {
                        json.WriteStartObject();
                        json.WriteString("key", keys.KeyOf(array, i));
                        json.WriteString("name", keys.NameOf(array, i));
                        json.WriteString("section", GradeReport.Word(SectionOf(array)));
                        json.WriteEndObject();
                    }
                json.WriteEndArray();
                json.WriteEndObject();
            });
        else
            Write(session.Output, arrays, experiment);
    }

    private void Write(TextWriter output, AnswerRange[] arrays, string experiment)
    {
        output.WriteLine($"# Answers to {Path.GetFileName(experiment)}. Write a number behind each colon: 0.3775, 0,3775, 3/8 or 2e-3.");
        output.WriteLine("# What is left empty is not marked.");
        WorkingSection? section = null;
        int width = arrays.SelectMany(a => Enumerable.Range(0, Shown(a)).Select(i => keys.KeyOf(a, i).Length)).Max() + 2;
        foreach (AnswerRange array in arrays)
        {
            if (section != SectionOf(array))
            {
                section = SectionOf(array);
                output.WriteLine($"\n# {GradeReport.Title(section.Value)}");
            }
            for (int i = 0; i < Shown(array); i++)
                output.WriteLine($"{(keys.KeyOf(array, i) + ":").PadRight(width)}         # {keys.NameOf(array, i)}");
            if (Count(array) > Shown(array))
                output.WriteLine(
                    $"# … {Words.Count(Count(array) - Shown(array))} more: up to {keys.KeyOf(array, Count(array) - 1)}, or all of them as {array.Key}: [[…]]"
                );
        }
    }

    private static int Count(AnswerRange array) => array.Sizes.Aggregate(1, (product, size) => product * size);

    private static int Shown(AnswerRange array) => Math.Min(Count(array), MostOfAnArray);

    private static WorkingSection SectionOf(AnswerRange array) =>
        array.Key is "loss" or "penalty" ? WorkingSection.Loss
        : array.Key.StartsWith("steps", StringComparison.Ordinal) ? WorkingSection.Update
        : array.Key.StartsWith("gradients.", StringComparison.Ordinal) || array.Key.EndsWith(".outputGradient", StringComparison.Ordinal)
            ? WorkingSection.Backward
        : WorkingSection.Forward;
}
