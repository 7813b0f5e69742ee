using BenchmarkDotNet.Running;
using Longhand.Bench;

if (args is ["openblas-peer", ..])
    return OpenBlasPeer.Serve();
if (args is ["kernels", .. var rest])
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest);
    return 0;
}
if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(Options.Usage);
    return 0;
}
Options options = Options.Parse(args is ["w5-memory", .. var plain] ? plain : args, out string? problem);
if (problem is not null)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
if (args is ["w5-memory", ..])
    return Memory.Measure(options);
string scripts = Path.Combine(AppContext.BaseDirectory, "peers");
var missing = new SortedSet<string>();
var versions = new SortedDictionary<string, string>();
var rows = new List<Row>();
var peaks = options.Threads.ToDictionary(n => n, n => Peak.Measure(n));
foreach (int threads in options.Threads)
{
    Workload[] chosen =
    [
        .. Workload.All.Where(w => (options.Only.Count == 0 || options.Only.Contains(w.Family)) && threads <= w.MostThreads),
    ];
    if (chosen.Length == 0)
        continue;
    List<Peer> peers = options.Peers ? Peers.Start(options, threads, scripts, missing) : [];
    try
    {
        foreach (Peer peer in peers)
            versions[peer.Name] = peer.Version;
        foreach (Workload workload in chosen)
        {
            Row row = Turns.Take(options, workload, threads, peers);
            rows.Add(row);
            Console.Error.WriteLine(
                $"{workload.Id}, {threads} thread{(threads == 1 ? "" : "s")}: {Report.Number(row.Longhand)} {workload.Unit}"
                    + string.Concat(row.Peers.Select(p => $"; {p.Key} {Report.Number(p.Value)}"))
            );
        }
    }
    finally
    {
        foreach (Peer peer in peers)
            peer.Dispose();
    }
}
Peers.CleanUp();
string report = Report.Write(
    options,
    [.. rows.OrderBy(r => Workload.All.ToList().IndexOf(r.Workload)).ThenBy(r => r.Threads)],
    peaks,
    versions,
    missing
);
Console.Write(report);
if (options.Out is { } file)
    File.WriteAllText(file, report);
if (options.Page is { } page)
    File.WriteAllText(page, Report.Place(File.ReadAllText(page), report));
return 0;
