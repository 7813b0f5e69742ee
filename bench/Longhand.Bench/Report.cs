using System.Globalization;
using System.Text;

namespace Longhand.Bench;

/// <summary>The medians of one workload on so many threads; a peer that cannot say has none.</summary>
/// <param name="Workload">What was measured.</param>
/// <param name="Threads">On so many threads.</param>
/// <param name="Longhand">Longhand's figure.</param>
/// <param name="Share">Of the peak at the same moment; null where operations say nothing.</param>
/// <param name="Peers">The peers' figures.</param>
/// <param name="Ratios">How many times as fast as each peer Longhand was in the same turn.</param>
internal sealed record Row(
    Workload Workload,
    int Threads,
    double Longhand,
    double? Share,
    IReadOnlyDictionary<string, double> Peers,
    IReadOnlyDictionary<string, double> Ratios
);

/// <summary>The table, as Markdown.</summary>
internal static class Report
{
    /// <summary>The lines between which a page has the table.</summary>
    public const string Begin = "<!-- bench -->",
        End = "<!-- /bench -->";

    /// <summary>Whether a page has a place for the table.</summary>
    public static bool HasPlace(string page) =>
        page.IndexOf(Begin, StringComparison.Ordinal) is >= 0 and var from && page.IndexOf(End, StringComparison.Ordinal) > from;

    /// <summary>A page with the table in its place.</summary>
    public static string Place(string page, string report)
    {
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length,
            to = page.IndexOf(End, StringComparison.Ordinal);
        // The page has a title of its own.
        string table = report[(report.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim();
        return $"{page[..from]}\n{table}\n{page[to..]}";
    }

    public static string Write(
        Options options,
        IReadOnlyList<Row> rows,
        IReadOnlyDictionary<int, double> peaks,
        IReadOnlyDictionary<string, string> versions,
        IEnumerable<string> missing
    )
    {
        string[] names = [.. versions.Keys];
        var text = new StringBuilder();
        text.AppendLine("# Longhand beside its peers");
        text.AppendLine();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} processors, vectors of {Peak.Width * 32} bits, .NET {Environment.Version}; medians of {options.Repeats}, taking turns."
        );
        text.AppendLine(
            $"Peak measured by multiply-adds on registers: {string.Join(", ", peaks.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Value:0} GFLOP/s on {p.Key} thread{(p.Key == 1 ? "" : "s")}")))}."
        );
        if (versions.Count > 0)
            text.AppendLine($"Peers: {string.Join("; ", versions.Select(v => $"{v.Key} {v.Value.Trim()}"))}.");
        if (options.OpenBlas is null && versions.ContainsKey("PyTorch"))
            text.AppendLine(
                "PyTorch is faster on several threads with an OpenBLAS that shares its OpenMP threads: `apt-get download libopenblas0-openmp`, `dpkg-deb -x` it into a folder, `--openblas FOLDER/usr/lib/x86_64-linux-gnu/openblas-openmp`."
            );
        text.AppendLine(options.Mnist is null ? "W5 and W6 ran on noise of MNIST's shape (no --mnist)." : "W5 and W6 ran on MNIST.");
        text.AppendLine();
        text.AppendLine($"| | workload | threads | Longhand |{string.Concat(names.Select(n => $" {n} |"))} ratio | of peak |");
        text.AppendLine($"|---|---|--:|--:|{string.Concat(names.Select(_ => "--:|"))}--:|--:|");
        foreach (Row row in rows)
        {
            Workload w = row.Workload;
            string peers = string.Concat(names.Select(n => row.Peers.TryGetValue(n, out double value) ? $" {Number(value)} |" : " |"));
            string ratios = string.Join(", ", row.Ratios.Select(r => $"{Number(r.Value)}× {r.Key}")),
                share = row.Share is { } part ? string.Create(CultureInfo.InvariantCulture, $"{part:0 %}") : "";
            text.AppendLine($"| {w.Family} | {w.What} | {row.Threads} | {Number(row.Longhand)} {w.Unit} |{peers} {ratios} | {share} |");
        }
        text.AppendLine();
        text.AppendLine(
            "Ratios above 1 mean that Longhand is faster. They and the shares of the peak are medians of what each turn gave by itself."
        );
        foreach (string line in missing)
            text.AppendLine($"Not installed: {line}.");
        return text.ToString();
    }

    /// <summary>Three or four digits.</summary>
    public static string Number(double value) =>
        value.ToString(
            Math.Abs(value) >= 100 ? "#,0"
                : Math.Abs(value) >= 10 ? "0.0"
                : Math.Abs(value) >= 1 ? "0.00"
                : "0.000",
            CultureInfo.InvariantCulture
        );

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null
            ? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString()
            : line.Split(':', 2)[1].Trim();
    }
}
