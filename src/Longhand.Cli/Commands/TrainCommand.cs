using System.CommandLine;
using Longhand.Experiments;
using Longhand.Experiments.Reports;
using Longhand.Formats;

namespace Longhand.Cli.Commands;

/// <summary><c>train FILE</c>: trains a network and says what it has learned.</summary>
internal static class TrainCommand
{
    private const int Failed = 1,
        Cancelled = 130;

    public static Command Create(Session session)
    {
        var file = Operands.Argument("FILE", "an experiment file, or - for standard input");
        var epochs = new Option<string?>("--epochs") { Description = "how often the training data are gone through", HelpName = "N" };
        var seed = new Option<string?>("--seed") { Description = "the seed of everything random", HelpName = "N" };
        var threads = new Option<string?>("--threads")
        {
            Description = "threads that compute; results do not depend on it",
            HelpName = "N",
        };
        var precision = new Option<string?>("--precision")
        {
            Description = "f32, or f64 on the reference: slow, for checking",
            HelpName = "f32|f64",
        };
        var model = new Option<string?>("--model") { Description = "write the trained model (safetensors)", HelpName = "FILE" };
        var history = new Option<bool>("--history") { Description = "with --json: all parameters in every event" };
        var plots = new Option<string?>("--plots")
        {
            Description = "draw loss, weights, predictions … into DIR (SVG and PNG)",
            HelpName = "DIR",
        };
        var page = new Option<string?>("--report") { Description = "write a page about the run (HTML)", HelpName = "FILE" };
        var command = new Command("train", "Trains a network and says what it has learned.")
        {
            file,
            epochs,
            seed,
            threads,
            precision,
            model,
            history,
            plots,
            page,
        };
        var keeping = new TrainOptions();
        foreach (Option option in keeping.All)
            command.Add(option);
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    keeping.Check(parsed);
                    Experiment experiment = session.LoadExperiment(
                        Operands.One(parsed, file, "an experiment file", Examples.First("train"))
                    );
                    TrainSettings settings = experiment.Settings;
                    experiment = experiment with
                    {
                        Settings = settings with
                        {
                            Epochs = Session.Whole(parsed, epochs, 0) ?? settings.Epochs,
                            Seed = Session.Seed(parsed, seed) ?? settings.Seed,
                            Threads = Session.Whole(parsed, threads, 1, TrainSettings.MostThreads) ?? settings.Threads,
                            DoublePrecision = Precision(parsed.GetValue(precision)) ?? settings.DoublePrecision,
                        },
                    };
                    return Run(
                        session,
                        parsed,
                        keeping,
                        experiment,
                        parsed.GetValue(model),
                        parsed.GetValue(history),
                        new TrainingRecorder(experiment, parsed.GetValue(plots), parsed.GetValue(page))
                    );
                }
            )
        );
        return command;
    }

    private static bool? Precision(string? text) =>
        text switch
        {
            null => null,
            "f32" => false,
            "f64" => true,
            _ => throw new LonghandException($"--precision {Quoted.Of(text)}: f32 or f64 is needed."),
        };

    private static int Run(
        Session session,
        ParseResult parsed,
        TrainOptions keeping,
        Experiment experiment,
        string? modelPath,
        bool history,
        TrainingRecorder recorder
    )
    {
        experiment.RequireLoss("training");
        ExperimentData data = experiment.LoadData();
        Training training = experiment.ToTraining(data) with { Cancellation = session.Cancellation };
        // Before anything is made for it.
        experiment.Network.RequireRunnable(data.Train, training);
        using RunFolder? run = keeping.Run(parsed, experiment);
        if (run is not null)
            recorder.AddPage(run.Report);
        training = keeping.Apply(parsed, session, experiment, run, training);
        using TensorBoardLog? curves = keeping.TensorBoard(parsed) is { } folder
            ? TensorBoardLog.Create(folder, DateTimeOffset.UtcNow)
            : null;
        training = training with
        {
            OnEpoch = report =>
            {
                recorder.OnEpoch?.Invoke(report);
                run?.Add(report);
                if (curves is not null)
                    CurveLog.Add(curves, report);
            },
        };
        if (training.Resume is { } from)
        {
            experiment.Network.RequireRunnable(data.Train, training);
            session.Error.WriteLine($"longhand: going on from {from.Path}, after {Words.Count(from.Epoch, "epoch")}.");
        }
        if (session.IsJson)
            foreach (string note in data.Train.Notes)
                session.Error.WriteLine($"longhand: {note}");
        TrainingResult result = session.IsJson
            ? new TrainingEvents(session, experiment, history).Run(data, training)
            : new TrainingReport(session.NewPage(), experiment, data).Run(training);
        if (result.Stopped != StopReason.NotFinite)
            foreach (string path in (string[])[.. new[] { modelPath, run?.Model }.OfType<string>()])
                experiment.Finished(result.Model, data).Save(path);
        IReadOnlyList<string> files = recorder.Finish(data, result);
        if (!session.IsJson)
            new Verdict(session.NewPage(), experiment, data, result).Write(modelPath ?? run?.Model, run?.Path, files);
        if (result.Problem is { } problem)
        {
            session.Error.WriteLine($"longhand: {problem}");
            return Failed;
        }
        if (result.Stopped == StopReason.Cancelled)
        {
            session.Error.WriteLine(
                $"longhand: cancelled in epoch {result.History[^1].Epoch} of {training.Epochs}."
                    + (training.Checkpoints is { } kept ? $" Go on with --checkpoint {kept.Folder} --resume." : "")
            );
            return Cancelled;
        }
        return 0;
    }
}
