namespace Longhand;

/// <summary>Puts together what the notation says, and tells of each error which part it came from.</summary>
internal sealed class NotationAssembly(NotationSource source, Shape input)
{
    private const int MostWarnings = 10;

    private readonly NetworkBuilder builder = new(input);
    private readonly Dictionary<string, NameStep> names = new(StringComparer.Ordinal);

    // Names that were given within a repetition, where each round gives them anew.
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);
    private readonly List<NameStep> given = [];
    private readonly List<NotationStep> made = [];

    /// <summary>Which step made each of the network's layers; an inserted flatten has that of the layer behind it.</summary>
    public IReadOnlyList<NotationStep> Made => made;

    public Network Build(IEnumerable<NotationStep> steps, IEnumerable<string> warnings)
    {
        Take(steps, null);
        foreach (NameStep step in given)
            if (builder.IsLayer(step.Name))
                throw source.Error(
                    step.Part,
                    step.At,
                    $"{Quoted.Of(step.Name)} is the name of a layer. Choose another name behind \"as\"."
                );
        return builder.Build([.. warnings, .. Unread()]);
    }

    /// <summary>A sentence as it continues behind a colon.</summary>
    public static string Continued(string sentence) =>
        sentence.Length > 1 && char.IsUpper(sentence[0]) && char.IsLower(sentence[1]) || sentence.StartsWith("A ", StringComparison.Ordinal)
            ? char.ToLowerInvariant(sentence[0]) + sentence[1..]
            : sentence;

    private void Take(IEnumerable<NotationStep> steps, List<string>? round)
    {
        foreach (NotationStep step in steps)
            switch (step)
            {
                case RepeatStep repeat:
                    for (int i = 0; i < repeat.Count; i++)
                        TakeRound(repeat);
                    break;
                case NameStep name:
                    Name(name);
                    round?.Add(name.Name);
                    break;
                case FromStep from:
                    Do(from, [from.Name], () => builder.From(from.Name));
                    break;
                case LayerStep layer:
                    Do(layer, layer.Others, () => builder.Add(layer.Layer, layer.Others));
                    break;
            }
    }

    private void TakeRound(RepeatStep repeat)
    {
        var round = new List<string>();
        Take(repeat.Steps, round);
        foreach (string name in round)
        {
            builder.Forget(name);
            names.Remove(name);
            ended.Add(name);
        }
    }

    private void Name(NameStep step)
    {
        if (names.TryGetValue(step.Name, out NameStep? first))
            throw source.Error(step.Part, step.At, $"the name {Quoted.Of(step.Name)} is given twice, first in part {first.Part.Number}.");
        Do(step, [], () => builder.As(step.Name));
        names.Add(step.Name, step);
        if (!ended.Contains(step.Name))
            given.Add(step);
    }

    private void Do(NotationStep step, IEnumerable<string> read, Action action)
    {
        if (read.FirstOrDefault(name => !names.ContainsKey(name) && ended.Contains(name)) is { } gone)
            throw source.Error(
                step.Part,
                step.At,
                $"the name {Quoted.Of(gone)} was given within a repetition, and each round keeps its names to itself."
            );
        try
        {
            action();
        }
        catch (ShapeException e)
        {
            throw new ShapeException(source.Message(step.Part, step.At, Continued(e.Message))) { At = step.At };
        }
        catch (LonghandException e)
        {
            throw source.Error(step.Part, step.At, Continued(e.Message));
        }
        while (made.Count < builder.Count)
            made.Add(step);
    }

    // Layers that nothing reads: the end of a branch that was left and never joined. A few are enough to see what is meant.
    private IEnumerable<string> Unread() =>
        builder
            .Unread()
            .Take(MostWarnings)
            .Select(node =>
                source.Message(
                    made[node.Index].Part,
                    made[node.Index].Part.Start,
                    $"{node.Name} is read by nothing, so it takes no part in the output."
                )
            );
}
