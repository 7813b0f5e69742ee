using System.Diagnostics;
using Longhand.Experiments;
using Longhand.Layers;
using Spectre.Console;

namespace Longhand.Cli.Commands;

/// <summary>A training run for a person: what will be done, how it goes. On a terminal it is drawn over, elsewhere a few lines tell it.</summary>
internal sealed class TrainingReport(Page page, Experiment experiment, ExperimentData data)
{
    private const int Lines = 10,
        BarWidth = 30;

    private static readonly TimeSpan redrawEvery = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch clock = new();
    private TimeSpan drawn = -redrawEvery;
    private EpochReport? last;
    private double samples;

    public TrainingResult Run(Training training)
    {
        if (!page.Terminal.CanRedraw)
            return experiment.Network.Run(
                data.Train,
                training with
                {
                    OnEpoch = training.OnEpoch + (report => PlainLine(report, training.Epochs)),
                }
            );
        Header();
        TrainingResult? result = null;
        page.Console.Live(new Text(""))
            .Start(live =>
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
                        OnUpdate = (update, updates) => Redraw(live, training.Epochs, last!.Epoch + (double)update / updates, force: false),
                    }
                )
            );
        return result!;
    }

    // The header comes with the first report: by then everything that can be wrong with the input has been found.
    private void PlainLine(EpochReport report, int epochs)
    {
        if (report.Epoch == 0)
        {
            Header();
            clock.Start();
        }
        int every = Math.Max(1, (epochs + Lines - 1) / Lines);
        bool ended = !double.IsFinite(report.Loss ?? 0);
        if (report.Epoch % every != 0 && report.Epoch != epochs && !ended)
            return;
        int width = Words.Count(epochs).Length;
        page.Line($"epoch {Words.Count(report.Epoch).PadLeft(width)}   {Numbers(report)}");
    }

    private void Header()
    {
        Network network = experiment.Network;
        TrainSettings settings = experiment.Settings;
        page.Strong($"Training {network}");
        page.Fact("shapes", string.Join(" → ", network.Nodes.Select(Shape).Prepend(network.Input.ToString())));
        page.Fact("parameters", $"{Words.Count(network.ParameterCount)} numbers to be learned");
        page.Fact("data", DataLine());
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
        samples = epoch * data.Train.Count;
        double share = epochs == 0 ? 1 : Math.Min(1, epoch / epochs),
            seconds = clock.Elapsed.TotalSeconds;
        int filled = (int)Math.Round(share * BarWidth);
        string bar = new string('━', filled) + new string('╌', BarWidth - filled);
        string left = share is > 0 and < 1 ? $"{Words.Time(seconds * (1 - share) / share)} left" : "";
        string speed = seconds > 0 ? $"{Words.Count((long)(samples / seconds))} examples/s" : "";
        live.UpdateTarget(
            new Spectre.Console.Rows(
                new Text(
                    $"{bar} {100 * share:0} %   epoch {Words.Count((int)epoch)} of {Words.Count(epochs)}   {speed}   {left}",
                    page.Terminal.HasColor ? new Style(Color.Teal) : Style.Plain
                ),
                new Text(last is null ? "" : Numbers(last))
            )
        );
    }
}
