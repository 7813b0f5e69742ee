namespace Longhand.Cli.Commands;

/// <summary>Points of the plane as characters: enough to see what there is to be learned.</summary>
internal static class Scatter
{
    private const string Marks = "o+x*#@%&=~";

    public static string Draw(DataSet data)
    {
        var points = Enumerable.Range(0, data.Count).Select(i => data[i]).ToList();
        var plot = new CharacterPlot(
            CharacterPlot.Range(points.Select(p => (double)p.Input[0])),
            CharacterPlot.Range(points.Select(p => (double)p.Input[1]))
        );
        foreach (Example point in points)
            plot.Mark(point.Input[0], point.Input[1], Mark(point));
        return plot.Draw(
            data.HasClasses
                ? string.Join("   ", data.ClassNames.Select((name, label) => $"{Marks[label % Marks.Length]} {name}"))
                : "- below 0   + above 0"
        );
    }

    private static char Mark(Example point) =>
        point.Class is { } label ? Marks[label % Marks.Length]
        : point.Target[0] < 0 ? '-'
        : '+';
}
