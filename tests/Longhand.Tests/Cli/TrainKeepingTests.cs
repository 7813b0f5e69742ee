using System.Text.Json;
using Longhand.Experiments;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>What train keeps beside the model: checkpoints, the folder of a run, curves; and compare, which reads such folders.</summary>
public class TrainKeepingTests
{
    private const string Moons = """
        network: 2 -> dense 8 tanh -> dropout 0.1 -> dense 1
        data: moons n=200 noise=0.3
        loss: bce-logits
        optimizer: adam lr=0.02
        train: {epochs: 6, batch: 16, validation: 0.2, schedule: step every=2 factor=0.5}

        """;

    [Fact]
    public void A_run_is_resumed_and_says_from_where()
    {
        using var folder = new TemporaryFolder();
        string checkpoints = folder.File("c");
        CommandLine Train(params string[] more) => CommandLine.RunWith(Moons, ["train", "-", "--json", .. more]);
        string whole = Tail(Train("--model", folder.File("whole"))),
            first = Tail(Train("--epochs", "3", "--checkpoint", checkpoints, "--checkpoint-every", "1"));
        CommandLine resumed = Train("--checkpoint", checkpoints, "--resume", "--model", folder.File("resumed"));
        Assert.Equal(0, resumed.Exit);
        Assert.StartsWith($"longhand: going on from {checkpoints}/checkpoint-", resumed.Error);
        Assert.EndsWith(", after 3 epochs.\n", resumed.Error);
        Assert.Equal([4, 5, 6], resumed.Events()[..^1].Select(e => e.GetProperty("epoch").GetInt32()));
        Assert.Equal(whole, Tail(resumed));
        Assert.NotEqual(whole, first);
        Assert.Equal(File.ReadAllBytes(folder.File("whole")), File.ReadAllBytes(folder.File("resumed")));

        CommandLine fresh = Train("--checkpoint", folder.File("none"), "--resume");
        Assert.Equal($"longhand: there is no checkpoint in {folder.File("none")}: starting from the beginning.\n", fresh.Error);
        Assert.Equal(whole, Tail(fresh));
        Assert.Contains("add --resume to go on from it", Train("--checkpoint", checkpoints).Refusal());
        Assert.Contains("seed \"1\" there, \"2\" here", Train("--checkpoint", checkpoints, "--resume", "--seed", "2").Refusal());
        Assert.Contains("asked for", Train("--checkpoint", checkpoints, "--resume", "--epochs", "2").Refusal());
        Assert.Contains("--resume needs --checkpoint DIR", Train("--resume").Refusal());
        Assert.Contains("--checkpoint-every needs --checkpoint DIR", Train("--checkpoint-every", "3").Refusal());
        foreach (string often in (string[])["soon", "0", "-1s", "1.5", "1.5 epochs", "s", "1e99s"])
            Assert.Contains("a number of epochs such as 5", Train("--checkpoint", folder.File("x"), "--checkpoint-every", often).Refusal());
        Assert.False(Directory.Exists(folder.File("x")));

        // What is shown to a person starts where the run goes on.
        CommandLine told = CommandLine.RunWith(Moons, "train", "-", "--epochs", "8", "--checkpoint", checkpoints, "--resume");
        Assert.DoesNotContain("epoch 0 ", told.Output);
        Assert.Contains("epoch 7 ", told.Output);
        Assert.Contains("Done: 8 epochs", told.Output);

        static string Tail(CommandLine run)
        {
            JsonElement result = run.Events()[^1];
            return $"{result.GetProperty("epochs")} {result.GetProperty("train")} {result.GetProperty("validation")}";
        }
    }

    [Fact]
    public void A_cancelled_run_leaves_a_checkpoint_to_go_on_from()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        CommandLine run = CommandLine.RunWith(Moons, null, cancellation.Token, "train", "-", "--checkpoint", folder.File("c"));
        Assert.Equal(130, run.Exit);
        Assert.Equal($"longhand: cancelled in epoch 1 of 6. Go on with --checkpoint {folder.File("c")} --resume.\n", run.Error);
        Assert.Equal(1, Checkpoint.Newest(folder.File("c"))!.Updates);
    }

    [Fact]
    public void A_run_keeps_what_repeats_it_and_what_became_of_it()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("my moons.yaml");
        File.WriteAllText(file, Moons);
        CommandLine run = CommandLine.Run(
            "train",
            file,
            "--runs",
            folder.File("runs"),
            "--epochs",
            "4",
            "--tensorboard",
            folder.File("tb")
        );
        Assert.Equal((0, ""), (run.Exit, run.Error));
        string kept = Assert.Single(Directory.GetDirectories(folder.File("runs")));
        Assert.Matches(@"my-moons-\d{8}-\d{6}$", kept);
        Assert.Contains($"Run: {kept}\n", run.Output);
        Assert.Equal(
            ["checkpoints", "experiment.yaml", "history.csv", "history.jsonl", "model.safetensors", "report.html"],
            Directory.GetFileSystemEntries(kept).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        // The experiment repeats the run, and a history line is an event of train --json.
        CommandLine again = CommandLine.Run(
            "train",
            Path.Combine(kept, "experiment.yaml"),
            "--json",
            "--model",
            folder.File("again.safetensors")
        );
        Assert.Equal(File.ReadAllBytes(Path.Combine(kept, "model.safetensors")), File.ReadAllBytes(folder.File("again.safetensors")));
        string[] lines = File.ReadAllLines(Path.Combine(kept, "history.jsonl"));
        Assert.Equal(again.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1], lines);
        string[] table = File.ReadAllLines(Path.Combine(kept, "history.csv"));
        Assert.Equal(6, table.Length);
        Assert.All(table, row => Assert.Equal(table[0].Split(',').Length, row.Split(',').Length));
        Assert.StartsWith("0,,0,", table[1]);
        Assert.Equal(4, Checkpoint.Newest(Path.Combine(kept, "checkpoints"), Assert.Fail)!.Epoch);
        // The curves hold the same numbers.
        List<TensorBoardTests.Event> points = TensorBoardTests.Read(
            File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.File("tb"))))
        );
        foreach (string line in lines)
        {
            JsonElement e = JsonDocument.Parse(line).RootElement;
            TensorBoardTests.Event point = points.Single(p => p.Tag == "loss/validation" && p.Step == e.GetProperty("epoch").GetInt64());
            Assert.Equal((float)e.GetProperty("validation").GetProperty("loss").GetDouble(), point.Value);
        }
        Assert.Equal(
            [
                "accuracy/test",
                "accuracy/train",
                "accuracy/validation",
                "learning rate",
                "loss/batches",
                "loss/test",
                "loss/train",
                "loss/validation",
            ],
            points.Select(p => p.Tag).OfType<string>().Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Runs_are_compared_by_their_curves_and_settings()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("moons.yaml"),
            runs = folder.File("runs");
        File.WriteAllText(file, Moons);
        CommandLine.Run("train", file, "--runs", runs);
        CommandLine.Run("train", file, "--runs", runs, "--epochs", "3", "--seed", "5");
        string[] folders = [.. Directory.GetDirectories(runs).Order(StringComparer.Ordinal)];
        JsonElement json = CommandLine.Run("compare", folders[0], folders[1], "--json").Json();
        Assert.Equal(["runs", "differences"], json.EnumerateObject().Select(p => p.Name));
        Assert.Equal([6, 3], json.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("epochs").GetInt32()));
        Assert.Equal(
            ["""{"key":"train.epochs","values":["6","3"]}""", """{"key":"train.seed","values":["1","5"]}"""],
            json.GetProperty("differences").EnumerateArray().Select(d => d.GetRawText())
        );
        CommandLine text = CommandLine.Run("compare", folders[0], folders[1]);
        Assert.Contains("validation loss over epochs: a moons-", text.Output);
        Assert.Matches(@"train\.seed\s+1\s+5", text.Output);
        Assert.Contains("Their settings are the same.", CommandLine.Run("compare", folders[0], folders[0]).Output);
        // Half a line, left by a run that was killed, is no line.
        File.AppendAllText(Path.Combine(folders[0], "history.jsonl"), "{\"event\":\"ep");
        Assert.Equal(0, CommandLine.Run("compare", folders[0], folders[1]).Exit);
        File.AppendAllText(Path.Combine(folders[0], "history.jsonl"), "\n");
        Assert.Contains(
            "history.jsonl, line 8: this is not the report of an epoch",
            CommandLine.Run("compare", folders[0], folders[1]).Refusal()
        );
        Assert.Contains("compare needs 2 to 26 folders", CommandLine.Run("compare", folders[0]).Refusal());
        Assert.Contains("There is no folder nowhere", CommandLine.Run("compare", "nowhere", "nowhere").Refusal());
        Assert.Contains("Cannot read the experiment", CommandLine.Run("compare", runs, runs).Refusal());
    }

    [Fact]
    public void An_early_end_is_told_as_one()
    {
        const string overfitting = """
            network: 2 -> dense 64 relu -> dense 64 relu -> dense 1
            data: moons n=100 noise=0.4
            loss: bce-logits
            optimizer: adam lr=0.02
            train: {epochs: 300, batch: 16, validation: 0.4, early-stopping: patience=5}

            """;
        CommandLine json = CommandLine.RunWith(overfitting, "train", "-", "--json");
        JsonElement result = json.Events()[^1];
        Assert.Equal("early", result.GetProperty("stopped").GetString());
        int best = result.GetProperty("restoredEpoch").GetInt32();
        Assert.Equal(best + 5, result.GetProperty("epochs").GetInt32());
        Assert.Equal(json.Events()[best].GetProperty("test").GetRawText(), result.GetProperty("test").GetRawText());
        string told = CommandLine.RunWith(overfitting, "train", "-").Output;
        Assert.Contains(
            $"It was stopped after epoch {best + 5}, 5 epochs without a better validation loss. The model has the weights of epoch {best}",
            told
        );
        Assert.Contains($"epoch {best + 5, 3}   loss", told);
        // Without the rule the same is found in the curve.
        told = CommandLine.RunWith(overfitting.Replace(", early-stopping: patience=5", ""), "train", "-", "--epochs", "60").Output;
        Assert.Contains("(over-fitting). early-stopping: patience=10 among the train settings would keep the best epoch", told);
    }

    [Fact]
    public void A_run_that_has_not_ended_falling_or_has_gone_up_is_told_what_to_try()
    {
        string Told(string optimizer, int epochs) =>
            CommandLine
                .RunWith(
                    $"network: 2 -> dense 1\ndata: plane n=200 noise=0.5\nloss: mse\noptimizer: {optimizer}\ntrain: {{epochs: {epochs}}}\n",
                    "train",
                    "-"
                )
                .Output;
        Assert.Contains("The loss was still falling at the end: more epochs may help.", Told("sgd lr=0.0004", 20));
        Assert.DoesNotContain("still falling", Told("sgd lr=0.01", 100));
        Assert.Contains("the steps are too long. Try a smaller learning rate (it is 0.3)", Told("sgd lr=0.3", 1));
    }

    [Fact]
    public void An_experiment_written_down_again_is_the_same_experiment()
    {
        foreach (string name in Templates.Names)
        {
            string text = Templates.Text(name);
            Experiment read = Experiment.Read(text, name, "/tmp"),
                again = Experiment.Read(read.ToText(), name, "/tmp");
            Assert.Equal(read.Network.ToString(), again.Network.ToString());
            Assert.Equal(read.DataText, again.DataText);
            Assert.Equal(read.Settings, again.Settings);
            Assert.Equal(read.Optimizer.Notation, again.Optimizer.Notation);
            Assert.Equal(read.Input?.ToDoubles(), again.Input?.ToDoubles());
            Assert.Equal(read.Weights.Keys, again.Weights.Keys);
            Assert.Equal(read.ToText(), again.ToText());
        }
        Experiment paths = Experiment.Read(
            "network: [\"4\", \"dense 3\"]\ndata: 'csv \"my table.csv\" target=last'\nloss: cross-entropy\n",
            "e",
            "/data/here"
        );
        Assert.Contains("data: \"csv \\\"my table.csv\\\" target=last\"", paths.ToText());
        Assert.Contains("data: \"csv \\\"/data/here/my table.csv\\\" target=last\"", paths.ToText(PathStyle.Full));
        Assert.Equal(paths.DataText!.Replace("my", "/data/here/my"), Experiment.Read(paths.ToText(PathStyle.Full), "e", "/").DataText);
        Experiment full = Experiment.Read(paths.ToText(PathStyle.Full), "e", "/");
        Assert.Equal(paths.ToText(), full.ToText(PathStyle.NameOnly));
        Assert.Contains("network: [4, dense 3]", paths.ToText());
    }
}
