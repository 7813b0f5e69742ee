using System.Diagnostics;
using Longhand.Tests.Formats;

namespace Longhand.Tests.Learning;

/// <summary>The program itself, killed while it trains.</summary>
public class KillTests
{
    private const string Experiment = """
        network: 2 -> dense 16 -> batchnorm -> relu -> dropout 0.2 -> dense 1
        data: moons n=300 noise=0.3
        loss: bce-logits
        optimizer: adam lr=0.01
        train: {epochs: 80, batch: 16, validation: 0.2, schedule: cosine warmup=5, clip: 1.0, early-stopping: patience=500}

        """;

    [Fact]
    public void A_run_that_is_killed_again_and_again_ends_with_the_bits_of_one_that_never_was()
    {
        int kills = Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 100 : 5;
        using var folder = new TemporaryFolder();
        string file = folder.File("e.yaml"),
            whole = folder.File("whole.safetensors");
        File.WriteAllText(file, Experiment);
        Finish(Start("train", file, "--json", "--model", whole));
        byte[] expected = File.ReadAllBytes(whole);
        var random = new RandomStream(7, "kills");
        int killed = 0;
        for (int run = 0; killed < kills; run++)
        {
            string checkpoints = folder.File($"checkpoints-{run}"),
                model = folder.File($"model-{run}.safetensors");
            bool ended = false;
            while (!ended)
            {
                // With each life it gets further, and in the end to the end.
                using Process process = Start([
                    "train",
                    file,
                    "--json",
                    "--threads",
                    "1",
                    "--model",
                    model,
                    "--checkpoint",
                    checkpoints,
                    "--checkpoint-every",
                    "0.02s",
                    "--resume",
                ]);
                string? first = process.StandardOutput.ReadLine();
                if (first is null)
                    Assert.Fail(process.StandardError.ReadToEnd());
                if (killed < kills && !process.WaitForExit(random.Below(120)))
                {
                    process.Kill();
                    process.WaitForExit();
                    killed++;
                    // Nothing is half-written, whenever it happened.
                    Assert.False(File.Exists(model) && !File.ReadAllBytes(model).SequenceEqual(expected));
                    foreach (string path in Checkpoint.Files(checkpoints))
                        Checkpoint.Read(path);
                    continue;
                }
                Finish(process);
                ended = true;
            }
            Assert.Equal(expected, File.ReadAllBytes(model));
            Assert.InRange(Directory.GetFileSystemEntries(checkpoints).Length, 1, 2);
        }
    }

    [Fact]
    public void A_file_that_may_not_grow_ends_the_run_with_one_sentence_and_leaves_what_was_saved()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits on the size of files are set by a shell");
        using var folder = new TemporaryFolder();
        string file = folder.File("e.yaml"),
            checkpoints = folder.File("checkpoints");
        // Of the two networks one has checkpoints of some 20 kB, the other of more than the 64 kB that are allowed.
        foreach (int units in (int[])[16, 4000])
        {
            File.WriteAllText(file, Experiment.Replace("dense 16", $"dense {units}").Replace("epochs: 80", "epochs: 2"));
            var shell = new ProcessStartInfo("bash")
            {
                ArgumentList =
                {
                    "-c",
                    "trap '' XFSZ; ulimit -f 64; exec dotnet \"$@\"",
                    "bash",
                    Path.Combine(AppContext.BaseDirectory, "Longhand.Cli.dll"),
                    "train",
                    file,
                    "--checkpoint",
                    checkpoints,
                    "--resume",
                },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // The runtime maps its code through a file larger than that.
                Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
            };
            using Process process = Process.Start(shell)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (units == 16)
            {
                Assert.Equal(
                    (0, ""),
                    (
                        process.ExitCode,
                        error.Replace($"longhand: there is no checkpoint in {checkpoints}: starting from the beginning.\n", "")
                    )
                );
                Directory.Move(checkpoints, folder.File("kept"));
                continue;
            }
            Assert.Equal(2, process.ExitCode);
            Assert.EndsWith($"checkpoint-0000000000.safetensors: no file may be as large as this one here.\n", error);
            Assert.Empty(Directory.GetFileSystemEntries(checkpoints));
        }
        Assert.NotNull(Checkpoint.Newest(folder.File("kept"), Assert.Fail));
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Longhand.Cli.dll"));
        foreach (string word in args)
            start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    private static void Finish(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
    }
}
