using System.Globalization;

namespace Longhand.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Usage = """
        Usage: dotnet run -c Release --project bench/Longhand.Bench -- [options]
               dotnet run -c Release --project bench/Longhand.Bench -- kernels [BenchmarkDotNet options]

        Runs the workloads W1 to W10 on Longhand and on the peers that are installed, taking turns, and prints the medians as a table.

          --only W1,W5       these workloads alone
          --threads 1,2      with these numbers of threads (1,2; no more than there are processors)
          --repeats N        measurements of each, of which the median counts (5); more of short ones
          --quick            two measurements of each
          --mnist DIR        the four IDX files of MNIST for W5 and W6 (LONGHAND_MNIST; without them noise of the same shape)
          --openblas DIR     a folder with an OpenBLAS that shares PyTorch's OpenMP threads (unpacked from libopenblas0-openmp)
          --node DIR         a node_modules folder with onnxruntime-node
          --no-peers         Longhand alone
          --out FILE.md      also writes the table there
          --write FILE.md    puts the table into a page, between the lines <!-- bench --> and <!-- /bench -->
        """;

    public IReadOnlySet<string> Only { get; private init; } = new HashSet<string>();
    public IReadOnlyList<int> Threads { get; private init; } = [.. new[] { 1, 2 }.Where(n => n <= Environment.ProcessorCount)];
    public int Repeats { get; private init; } = 5;
    public string? Mnist { get; private init; } = Environment.GetEnvironmentVariable("LONGHAND_MNIST");
    public string? OpenBlas { get; private init; }
    public string? NodeModules { get; private init; }
    public bool Peers { get; private init; } = true;
    public string? Out { get; private init; }
    public string? Page { get; private init; }

    /// <summary>Reads the arguments; a sentence where they are wrong.</summary>
    public static Options Parse(string[] arguments, out string? problem)
    {
        var values = new Dictionary<string, string>();
        string[] known = ["--only", "--threads", "--repeats", "--mnist", "--openblas", "--node", "--out", "--write"];
        problem = null;
        for (int i = 0; i < arguments.Length && problem is null; i++)
            if (arguments[i] is "--no-peers" or "--quick")
                values[arguments[i]] = "";
            else if (!known.Contains(arguments[i]))
                problem = $"There is no option \"{arguments[i]}\".";
            else if (i + 1 == arguments.Length)
                problem = $"{arguments[i]} needs a value.";
            else
                values[arguments[i]] = arguments[++i];
        var threads = new List<int>();
        foreach (string text in Words(values.GetValueOrDefault("--threads", "")))
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n >= 1 && n <= Environment.ProcessorCount)
                threads.Add(n);
            else
                problem ??= $"--threads takes numbers from 1 to {Environment.ProcessorCount}, not \"{text}\".";
        int repeats = values.ContainsKey("--quick") ? 2 : 5;
        if (values.TryGetValue("--repeats", out string? count) && !(int.TryParse(count, out repeats) && repeats >= 1))
            problem ??= $"--repeats takes a number from 1 on, not \"{count}\".";
        var only = new HashSet<string>(Words(values.GetValueOrDefault("--only", "")), StringComparer.OrdinalIgnoreCase);
        if (only.FirstOrDefault(id => !Workload.Ids.Contains(id, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            problem ??= $"There is no workload \"{unknown}\"; they are {string.Join(", ", Workload.Ids)}.";
        if (values.TryGetValue("--write", out string? page) && !(File.Exists(page) && Report.HasPlace(File.ReadAllText(page))))
            problem ??= $"--write takes a page with the lines {Report.Begin} and {Report.End}; {page} is none.";
        var options = new Options();
        return new Options
        {
            Only = only,
            Threads = threads.Count > 0 ? threads : options.Threads,
            Repeats = repeats,
            Mnist = values.GetValueOrDefault("--mnist", options.Mnist ?? "") is { Length: > 0 } folder ? Path.GetFullPath(folder) : null,
            OpenBlas = values.GetValueOrDefault("--openblas") is { } blas ? Path.GetFullPath(blas) : null,
            NodeModules = values.GetValueOrDefault("--node") is { } node ? Path.GetFullPath(node) : null,
            Peers = !values.ContainsKey("--no-peers"),
            Out = values.GetValueOrDefault("--out"),
            Page = values.GetValueOrDefault("--write"),
        };
    }

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
