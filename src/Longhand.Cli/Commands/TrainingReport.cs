using System.Diagnostics;
using Longhand.Experiments;
using Longhand.Layers;
using Spectre.Console;

namespace Longhand.Cli.Commands;

/// <summary>A training run for a person: what will be done, how it goes. On a terminal it is drawn over, elsewhere a few lines tell it.</summary>
internal sealed class TrainingReport(Page page, Experiment experiment, ExperimentData data)
{
    private const int Lines = 10,
        BarWidth = 30,
        LeastBar = 5;

    private static readonly TimeSpan redrawEvery = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch clock = new();
    private TimeSpan drawn = -redrawEvery;
    private EpochReport? last;
    private bool lastIsTold;

    // The epochs that a resumed run has behind it.
    private int first;

    public TrainingResult Run(Training training)
    {
        first = training.Resume is { } from ? from.Epoch : 0;
        if (!page.Terminal.CanRedraw)
        {
            TrainingResult plain = experiment.Network.Run(
                data.Train,
                training with
                {
                    OnEpoch = training.OnEpoch + (report => PlainLine(report, training.Epochs)),
                }
            );
            // A run that ended early ends with its last epoch all the same.
            if (last is not null && !lastIsTold)
                Tell(last, training.Epochs);
            return plain;
        }
        Header();
        TrainingResult? result = null;
        page.Console.Live(new Text(""))
            .Start(live =>
            {
                result = experiment.Network.Run(
                    data.Train,
                    training with
                    {
                        OnEpoch =
                            training.OnEpoch
                            + (
                                report =>
                                {
                                    last = report;
                                    Redraw(live, training.Epochs, report.Epoch, force: report.Epoch == training.Epochs);
                                }
                            ),
                        OnUpdate = (update, updates) =>
                            Redraw(live, training.Epochs, (last?.Epoch ?? first) + (double)update / updates, force: false),
                    }
                );
                // A run that ended early is shown as it ended.
                if (last is not null)
                    Redraw(live, training.Epochs, last.Epoch, force: true);
            });
        return result!;
    }

    // The header comes with the first report: by then everything that can be wrong with the input has been found.
    private void PlainLine(EpochReport report, int epochs)
    {
        if (last is null)
            Header();
        (last, lastIsTold) = (report, false);
        int every = Math.Max(1, (epochs + Lines - 1) / Lines);
        if (report.Epoch % every == 0 || report.Epoch == epochs)
            Tell(report, epochs);
    }

    private void Tell(EpochReport report, int epochs)
    {
        int width = Words.Count(epochs).Length;
        page.Line($"epoch {Words.Count(report.Epoch).PadLeft(width)}   {Numbers(report)}");
        lastIsTold = true;
    }

    private void Header()
    {
        Network network = experiment.Network;
        TrainSettings settings = experiment.Settings;
        page.Strong($"Training {network}");
        page.Fact("shapes", string.Join(" → ", network.Nodes.Select(Shape).Prepend(network.Input.ToString())));
        page.Fact("parameters", $"{Words.Count(network.ParameterCount)} numbers to be learned");
        page.Fact("data", DataLine());
        foreach (string note in data.Train.Notes)
            page.Fact("", note);
        page.Fact(
            "loss",
            LossLine(experiment.Loss!)
                + (experiment.Regularization.IsNone ? "" : $", with a penalty on weights: {experiment.Regularization}")
        );
        string batch =
            settings.Batch == 0 || settings.Batch >= data.Train.Count
                ? "all examples at once"
                : $"{Words.Count(settings.Batch, "example")} at a time";
        page.Fact("optimizer", $"{experiment.Optimizer}, {batch}, {Words.Count(settings.Epochs, "epoch")}");
        if (settings.Schedule != Schedule.Constant)
            page.Fact("schedule", $"{settings.Schedule}{(settings.Clip is null ? "" : $"; gradients clipped at {settings.Clip}")}");
        else if (settings.Clip is { } clip)
            page.Fact("clip", $"gradients clipped at {clip}");
        if (settings.ClassWeights is { } weights)
            page.Fact("classes", $"weighted {weights}");
        if (settings.EarlyStopping is { } stopping)
            page.Fact(
                "stopping",
                $"after {Words.Count(stopping.Patience, "epoch")} without a better validation loss{(stopping.Restore ? "; the best epoch is kept" : "")}"
            );
        page.Fact(
            "seed",
            $"{settings.Seed}: the same seed gives the same result{(settings.DoublePrecision ? "; computed in double precision" : "")}"
        );
        page.Line();
    }

    private string DataLine()
    {
        var parts = new List<string> { $"{Words.Count(data.Train.Count, "example")} to learn from" };
        if (data.Validation is { } validation)
            parts.Add($"{Words.Count(validation.Count)} held out to watch");
        parts.Add(data.Test is { } test ? $"{Words.Count(test.Count)} kept aside for testing" : "none kept aside");
        return $"{data.Train.Name}: {string.Join(", ", parts)}";
    }

    private static string LossLine(Loss loss) =>
        Loss.Kinds.Find(loss.Notation.Split(' ')[0]) is { } kind ? $"{loss}: {kind.Summary}" : loss.Notation;

    private static string Shape(Node node) => $"{node.Output} ({node.Name})";

    private static string Numbers(EpochReport report)
    {
        var parts = new List<string>();
        double? loss = report.Loss ?? report.Train?.Loss;
        if (loss is { } value)
            parts.Add($"loss {Words.Loss(value), -9}");
        foreach (
            (string name, Measurement? of) in new[] { ("train", report.Train), ("validation", report.Validation), ("test", report.Test) }
        )
            if (of is not null)
                parts.Add(of.Accuracy is { } accuracy ? $"{name} {Words.Percent(accuracy), 7}" : $"{name} loss {Words.Loss(of.Loss), -9}");
        return string.Join("   ", parts);
    }

    private void Redraw(LiveDisplayContext live, int epochs, double epoch, bool force)
    {
        if (!clock.IsRunning)
            clock.Start();
        if (!force && clock.Elapsed - drawn < redrawEvery)
            return;
        drawn = clock.Elapsed;
        // What was done before this run began took none of its time.
        double done = epoch - first,
            share = epochs == 0 ? 1 : Math.Min(1, epoch / epochs),
            seconds = clock.Elapsed.TotalSeconds,
            samples = done * data.Train.Count;
        string left = share < 1 && done > 0 ? $"{Words.Time(seconds * (epochs - epoch) / done)} left" : "";
        string speed = seconds > 0 ? $"{Words.Count((long)(samples / seconds))} examples/s" : "";
        string text = $" {100 * share:0} %   epoch {Words.Count((int)epoch)} of {Words.Count(epochs)}   {speed}   {left}".TrimEnd();
        // The bar gives way, so that the line is not broken.
        int width = Math.Clamp(page.Terminal.Width - text.Length - 1, LeastBar, BarWidth),
            filled = (int)Math.Round(share * width);
        live.UpdateTarget(
            new Spectre.Console.Rows(
                new Text(
                    $"{new string('━', filled)}{new string('╌', width - filled)}{text}",
                    page.Terminal.HasColor ? new Style(Color.Teal) : Style.Plain
                ),
                new Text(last is null ? "" : Numbers(last))
            )
        );
    }
}
