using System.Text;
using System.Text.RegularExpressions;

namespace Longhand.Experiments.Code;

/// <summary>An optimizer's update as lines of Python, read from its declaration.</summary>
internal static class ArrayUpdate
{
    /// <summary>
    /// A function <c>update(w, g, state, t, rate)</c>: the next value of an array of parameters, its state set to the next.
    /// </summary>
    public static string Write(Optimizer optimizer)
    {
        List<string> lines = Written.Notes.Lines;
        lines.Clear();
        Written rate = new("rate", Ranks.Atom, true);
        var constants = new Written[Optimizer.MaximumConstants];
        var first = new Written[Optimizer.MaximumConstants];
        optimizer.Constants<Written>(Written.Step, rate, constants);
        optimizer.Constants<Written>(1, rate, first);
        var names = new List<string>();
        for (int i = 0; i < constants.Length; i++)
        {
            // What is a plain name or number needs no line of its own.
            if (constants[i].Text is null || constants[i].Rank == Ranks.Atom && !constants[i].Text.Contains('('))
                continue;
            bool isSame = SameBut(constants[i].Text, first[i].Text);
            string name = $"c{i}";
            lines.Add(
                isSame ? $"{name} = {constants[i].Text}" : $"{name} = {first[i].Text} if {Written.StepName} == 1 else {constants[i].Text}"
            );
            constants[i] = new(name, Ranks.Atom, true);
            names.Add(name);
        }
        Written[] state = [.. optimizer.State.Select(name => Written.Array(name))];
        Written next = optimizer.Next(Written.Array("w"), Written.Array("g"), state.AsSpan(), constants);
        var text = new StringBuilder();
        text.Append($"\ndef update(w, g, state, {Written.StepName}, rate):\n    # {optimizer}\n");
        if (state.Length > 0)
            text.Append($"    {string.Join(", ", optimizer.State)}{(state.Length == 1 ? "," : "")} = state\n");
        foreach (
            string line in lines.Where(line =>
                !names.Any(name => line.StartsWith($"{name} = ", StringComparison.Ordinal)) || Reads(lines, next.Text, line)
            )
        )
            text.Append($"    {line}\n");
        if (state.Length > 0)
            text.Append($"    state[:] = {string.Join(", ", state.Select(s => s.Text))}{(state.Length == 1 ? "," : "")}\n");
        text.Append($"    return {next.Text}\n");
        lines.Clear();
        return text.ToString();
    }

    // A constant is written down only where something reads it.
    private static bool Reads(List<string> lines, string result, string line)
    {
        string name = line[..line.IndexOf(' ')];
        return result.Contains(name, StringComparison.Ordinal)
            || lines.Any(other => other != line && other[(other.IndexOf('=') + 1)..].Contains(name, StringComparison.Ordinal));
    }

    // The first update's constants are the general ones with 1 in the place of the number, unless the rule makes an exception of it.
    private static bool SameBut(string general, string first) => general == first || Regex.IsMatch(general, $@"\b{Written.StepName}\b");
}
