using System.Globalization;

namespace Longhand;

/// <summary>Reports as text, a line for each, every number to its last bit.</summary>
internal static class HistoryText
{
    private const string Absent = "-";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static double ReadNumber(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static string Write(IEnumerable<EpochReport> history) =>
        string.Join(
            '\n',
            history.Select(report =>
                string.Join(
                    ' ',
                    [
                        report.Epoch.ToString(CultureInfo.InvariantCulture),
                        Optional(report.Loss),
                        Number(report.Penalty),
                        .. Sets(report).SelectMany(of => (string[])[Optional(of?.Loss), Optional(of?.Accuracy)]),
                        Number(report.LearningRate),
                        report.Updates.ToString(CultureInfo.InvariantCulture),
                    ]
                )
            )
        );

    /// <exception cref="FormatException">It is not what <see cref="Write"/> writes.</exception>
    public static IReadOnlyList<EpochReport> Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)];

    private static EpochReport ReadLine(string line)
    {
        string[] words = line.Split(' ');
        Measurement? Set(int at) => ReadOptional(words[at]) is { } loss ? new(loss, ReadOptional(words[at + 1])) : null;
        return new(
            int.Parse(words[0], CultureInfo.InvariantCulture),
            ReadOptional(words[1]),
            ReadNumber(words[2]),
            Set(3),
            Set(5),
            Set(7),
            ReadNumber(words[9]),
            int.Parse(words[10], CultureInfo.InvariantCulture)
        )
        {
            Parameters = () => throw new InvalidOperationException("The parameters of an epoch before a run was resumed are not kept."),
        };
    }

    private static Measurement?[] Sets(EpochReport report) => [report.Train, report.Validation, report.Test];

    private static string Optional(double? value) => value is { } number ? Number(number) : Absent;

    private static double? ReadOptional(string text) => text == Absent ? null : ReadNumber(text);
}
