using System.CommandLine;
using System.Globalization;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary>The options of <c>train</c> that say where a run is kept: checkpoints, a folder for the run, curves for TensorBoard.</summary>
internal sealed class TrainOptions
{
    private readonly Option<string?> checkpoint = new("--checkpoint")
    {
        Description = "save the run's state into DIR, so that it can be resumed",
        HelpName = "DIR",
    };

    private readonly Option<string?> every = new("--checkpoint-every")
    {
        Description = "how often: every so many epochs, or every so many seconds (30s when not given)",
        HelpName = "N|30s",
    };

    private readonly Option<bool> resume = new("--resume") { Description = "go on from the newest checkpoint in the folder" };

    private readonly Option<string?> runs = new("--runs")
    {
        Description = "keep the run in a folder of its own below DIR: experiment, history, checkpoints, model, report",
        HelpName = "DIR",
    };

    private readonly Option<string?> tensorBoard = new("--tensorboard")
    {
        Description = "write curves for TensorBoard into DIR",
        HelpName = "DIR",
    };

    public IEnumerable<Option> All => [checkpoint, every, resume, runs, tensorBoard];

    /// <summary>The folder for the curves; null where none are wanted.</summary>
    public string? TensorBoard(ParseResult parsed) => parsed.GetValue(tensorBoard);

    /// <summary>A folder for the run; null where none is wanted.</summary>
    public RunFolder? Run(ParseResult parsed, Experiment experiment) =>
        parsed.GetValue(runs) is { } folder ? RunFolder.Create(folder, experiment, DateTime.Now) : null;

    /// <summary>What is said about checkpoints is in order; called before anything is made.</summary>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(resume) && parsed.GetValue(checkpoint) is null)
            throw new LonghandException("--resume needs --checkpoint DIR, the folder that the run's checkpoints are in.");
        if (parsed.GetValue(every) is { } text)
        {
            if (parsed.GetValue(checkpoint) is null && parsed.GetValue(runs) is null)
                throw new LonghandException("--checkpoint-every needs --checkpoint DIR, the folder that checkpoints are saved into.");
            Often("", text);
        }
    }

    /// <summary>The training with its checkpoints, and the one that it goes on from.</summary>
    public Training Apply(ParseResult parsed, Session session, Experiment experiment, RunFolder? run, Training training)
    {
        if ((parsed.GetValue(checkpoint) ?? run?.Checkpoints) is not { } folder)
            return training;
        training = training with { Checkpoints = Often(folder, parsed.GetValue(every)) with { Experiment = experiment.ToText() } };
        if (!parsed.GetValue(resume))
        {
            if (Checkpoint.Newest(folder) is { } there)
                throw new LonghandException(
                    $"{folder} holds checkpoints of an earlier run, the newest after {Words.Count(there.Epoch, "epoch")}: add --resume to go on from it, or choose another folder."
                );
            return training;
        }
        Checkpoint? found = Checkpoint.Newest(folder, warning => session.Error.WriteLine($"longhand: {warning}"));
        if (found is null)
            session.Error.WriteLine($"longhand: there is no checkpoint in {folder}: starting from the beginning.");
        return training with { Resume = found };
    }

    private static Checkpointing Often(string folder, string? text)
    {
        var usual = new Checkpointing(folder);
        if (text is null)
            return usual;
        string number = text.TrimEnd('s', 'e', 'p', 'o', 'c', 'h', ' ');
        string unit = text[number.Length..].Trim();
        if (Rational.TryParse(number, out Rational value, out _) && value.Sign > 0)
        {
            if (unit is "" or "epoch" or "epochs" && value.IsInteger && value <= int.MaxValue)
                return usual with { EveryEpochs = (int)value.Numerator };
            const double longest = 1e9;
            if (unit == "s" && (double)value < longest)
                return usual with { Every = TimeSpan.FromSeconds((double)value) };
        }
        throw new LonghandException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"--checkpoint-every {Quoted.Of(text)}: a number of epochs such as 5, or a time such as 30s is needed."
            )
        );
    }
}
