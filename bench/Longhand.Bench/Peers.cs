namespace Longhand.Bench;

/// <summary>The peers, each set up as is best for it.</summary>
internal static class Peers
{
    /// <summary>Starts those that are installed; says of the others how to install them.</summary>
    public static List<Peer> Start(Options options, int threads, string folder, ISet<string> missing)
    {
        var started = new List<Peer>();
        string count = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // PyTorch shares its OpenMP threads with OpenBLAS where that build is given, and keeps memory instead of giving it back each step.
        var torch = new Dictionary<string, string>
        {
            ["OMP_NUM_THREADS"] = count,
            ["OPENBLAS_NUM_THREADS"] = count,
            ["MALLOC_MMAP_MAX_"] = "0",
            ["MALLOC_TRIM_THRESHOLD_"] = "4294967296",
            ["MALLOC_TOP_PAD_"] = "268435456",
        };
        if (options.OpenBlas is { } openBlas)
            torch["LD_LIBRARY_PATH"] = openBlas;
        var plain = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = count, ["OPENBLAS_NUM_THREADS"] = count };
        string[] mnist = options.Mnist is { } digits ? ["--mnist", digits] : [];
        Add(
            "PyTorch",
            "apt-get install python3-torch",
            Python,
            [Path.Combine(folder, "torch_peer.py"), "--threads", count, .. mnist],
            torch
        );
        Add(
            "scikit-learn",
            "apt-get install python3-sklearn",
            Python,
            [Path.Combine(folder, "sklearn_peer.py"), "--threads", count, .. mnist],
            plain
        );
        // The core type that has been found fastest where the processor has AVX-512; what OpenBLAS finds by itself elsewhere.
        var blas = new Dictionary<string, string>(plain);
        if (System.Runtime.Intrinsics.X86.Avx512F.IsSupported)
            blas["OPENBLAS_CORETYPE"] = "SkylakeX";
        (string program, string[] first) = Memory.Self;
        Add("OpenBLAS", "apt-get install libopenblas0", program, [.. first, "openblas-peer", count], blas);
        if (options.NodeModules is not { } modules)
            missing.Add("onnxruntime: `npm install onnxruntime-node --ignore-scripts`, then `--node FOLDER/node_modules`");
        else if (Models(folder, missing) is { } models)
            Add(
                "onnxruntime",
                "npm install onnxruntime-node --ignore-scripts",
                "node",
                [Path.Combine(folder, "onnxruntime_peer.cjs"), modules, models, count],
                plain
            );
        return started;

        void Add(string name, string install, string command, string[] arguments, Dictionary<string, string> settings)
        {
            if (Peer.Start(command, arguments, settings, out string? problem) is { } peer)
                started.Add(peer);
            else
                missing.Add($"{name}: `{install}` ({problem})");
        }
    }

    // The system's own Python has the system's own packages.
    private static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static string? models;

    private static string? Models(string folder, ISet<string> missing)
    {
        if (models is not null)
            return models;
        string to = Path.Combine(Path.GetTempPath(), $"longhand-bench-{Environment.ProcessId}");
        using var export = System.Diagnostics.Process.Start(Python, [Path.Combine(folder, "export_onnx.py"), to]);
        export.WaitForExit();
        if (export.ExitCode == 0)
            return models = to;
        missing.Add("onnxruntime: PyTorch writes the networks that it reads: `apt-get install python3-torch`");
        return null;
    }

    /// <summary>Removes what was written on the way.</summary>
    public static void CleanUp()
    {
        if (models is not null)
            Directory.Delete(models, recursive: true);
    }
}
