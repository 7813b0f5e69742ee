using Longhand.Analysis;
using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>The sections of the page about a run, in the order in which someone asks for them.</summary>
internal sealed class PageContent(TrainingRun run, Html html)
{
    private const int MostParameters = 24,
        MostText = 100_000;

    public void Write()
    {
        Head();
        html.Raw("<main>\n");
        Curves();
        Outcome();
        new MistakeSection(run, html).Write();
        Network();
        Parameters();
        Experiment();
        html.Raw("</main>\n");
        html.Raw("<footer>\n");
        html.Element(
            "p",
            $"Written by Longhand {TrainingPage.Version}. The same experiment with the same version gives the same numbers on the same kind of machine, on any number of threads."
        );
        html.Raw("</footer>\n");
    }

    private void Head()
    {
        // What the model is worth: it may have gone back to an earlier epoch than the last.
        EpochReport end = run.Result.Final;
        html.Raw("<header>\n");
        html.Element("h1", $"Training on {run.Data.Train.Name}");
        html.Element("p class=\"notation\"", run.Network.ToString().Replace("->", "→", StringComparison.Ordinal));
        html.Element("p class=\"lead\"", Verdict(end));
        Findings();
        html.Raw("<dl class=\"tiles\">\n");
        foreach ((string name, Measurement? of) in new[] { ("train", end.Train), ("validation", end.Validation), ("test", end.Test) })
        {
            if (of?.Accuracy is { } accuracy)
                Tile($"{name} accuracy", Words.Percent(accuracy));
            if (of is not null)
                Tile($"{name} loss", Words.Printed(of.Loss));
        }
        if (run.Result.Stopped != StopReason.NotFinite && !run.Judged.HasClasses)
        {
            if (run.Evaluation.R2 is { } r2)
                Tile("R²", Words.Printed(r2));
            if (run.Evaluation.MeanAbsoluteError is { } error)
                Tile("mean error", Words.Printed(error));
        }
        int epochs = run.Result.History[^1].Epoch;
        Tile(run.Result.RestoredEpoch is { } kept ? $"epochs ({Words.Count(kept)} kept)" : "epochs", Words.Count(epochs));
        Tile("parameters", Words.Count(run.Network.ParameterCount));
        Tile("time", Words.Time(run.Result.Seconds));
        html.Raw("</dl>\n</header>\n");
    }

    private string Verdict(EpochReport end)
    {
        if (run.Result.Problem is { } problem)
            return problem;
        DataSet data = run.Judged;
        Measurement? measured = end.Test ?? end.Validation ?? end.Train;
        string stopped = run.Result.Stopped == StopReason.Cancelled ? "Cancelled. " : "";
        if (measured?.Accuracy is { } accuracy)
            return $"{stopped}Of the {Words.Count(data.Count)} {run.JudgedName} it gets {Words.Count((long)Math.Round(accuracy * data.Count))} right ({Words.Percent(accuracy)})"
                + (
                    run.Data.Test is null && run.Data.Validation is null
                        ? "; none were kept aside, so nothing says how it would do with others."
                        : "."
                );
        if (measured is null)
            return stopped;
        string of =
            $"{stopped}On the {Words.Count(data.Count)} {run.JudgedName} the loss ({run.Loss.Notation}) is {Words.Printed(measured.Loss)}.";
        return Reports.Findings.Errors(run.Evaluation) is { } errors ? $"{of} {errors}" : of;
    }

    // What the course of the run says: the same sentences that the command line ends with.
    private void Findings()
    {
        if (run.Result.Stopped == StopReason.NotFinite || run.Result.Model.Training is not { } training)
            return;
        foreach (string sentence in Reports.Findings.Of(run.Result, training).Concat(DeadUnits.Find(run.Result.Model, run.Data.Train)))
            html.Element("p class=\"lead\"", sentence);
        foreach (string note in run.Data.Train.Notes)
            html.Element("p class=\"muted\"", note);
    }

    private void Curves()
    {
        Open("curves", "How it went");
        html.Raw("<div class=\"grid\">\n");
        Chart? accuracy = CurveFigures.Accuracy(run),
            rate = CurveFigures.LearningRate(run);
        PageFigures.WriteCurves(html, CurveFigures.Loss(run) with { Note = "" }, whole: accuracy is null && rate is null);
        if (accuracy is not null)
            PageFigures.WriteCurves(html, accuracy with { Note = "" }, " %");
        if (rate is not null)
            PageFigures.WriteCurves(html, rate, whole: accuracy is not null);
        html.Raw("</div>\n</section>\n");
    }

    private void Outcome()
    {
        if (run.Result.Stopped == StopReason.NotFinite)
            return;
        Open("outcome", "What it has learned");
        html.Raw("<div class=\"grid\">\n");
        Chart[] charts =
        [
            .. new[]
            {
                PlaneFigures.Regions(run),
                PlaneFigures.Surface(run),
                PlaneFigures.Curve(run),
                PredictionFigures.Predictions(run),
            }.OfType<Chart>(),
        ];
        foreach (Chart chart in charts)
            PageFigures.Write(html, chart);
        if (!run.Judged.HasClasses)
            Errors();
        if (PredictionFigures.Confusion(run) is { } confusion)
            Classes(confusion, stacked: charts.Length % 2 == 1);
        if (ImageFigures.Filters(run) is { } filters)
            PageFigures.Write(html, filters, PageFigures.Whole, whole: true);
        if (ImageFigures.FeatureMaps(run) is { } maps)
            PageFigures.Write(html, maps, PageFigures.Whole, whole: true);
        html.Raw("</div>\n</section>\n");
    }

    private void Errors()
    {
        (IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows) = ErrorTable.Of(run);
        html.Raw("<div class=\"card padded\"><div class=\"scroll\" tabindex=\"0\">\n");
        html.Table($"How far predictions are from their targets, {run.JudgedName}", headings, rows);
        html.Raw("</div></div>\n");
    }

    // The matrix and the table of the same classes stand side by side, or one above the other beside a chart.
    private void Classes(MatrixFigure confusion, bool stacked)
    {
        bool whole = confusion.Width > PageFigures.Half;
        if (stacked)
            html.Raw($"<div class=\"stack{(whole ? " whole" : "")}\">\n");
        PageFigures.Write(html, confusion, confusion.Width, whole);
        html.Raw($"<div class=\"card padded{(whole ? " whole" : "")}\"><div class=\"scroll\" tabindex=\"0\">\n");
        html.Table($"Class by class, {run.JudgedName}", ["class", "examples>", "precision>", "recall>", "F1>"], ClassTable.Of(run)!);
        html.Raw("</div></div>\n");
        if (stacked)
            html.Raw("</div>\n");
    }

    private void Network()
    {
        Summary summary = Summary.Of(run.Network, optimizer: run.Experiment.Optimizer);
        Open("network", "The network");
        html.Raw("<div class=\"grid\">\n");
        var figure = new NetworkFigure(run.Result.Model);
        PageFigures.Write(html, figure, PageFigures.Whole, whole: true);
        html.Raw("<div class=\"card padded whole\"><div class=\"scroll\" tabindex=\"0\">\n");
        html.Table(
            $"{Words.Count(run.Network.ParameterCount)} numbers are learned; an example takes {Words.Count(summary.Multiplications)} multiplications by weights. Shapes are features, or height × width × channels.",
            ["name", "layer", "output", "parameters>", "multiplications?>", "bytes?>"],
            summary
                .Layers.Select(layer =>
                    (string[])
                        [
                            layer.Node.Name,
                            layer.Node.Layer.Notation,
                            layer.Node.Output.ToString(),
                            Words.Count(layer.Parameters),
                            Words.Count(layer.Multiplications),
                            Words.Count(layer.OutputBytes),
                        ]
                )
                .Prepend([
                    "x",
                    "input",
                    run.Network.Input.ToString(),
                    "",
                    "",
                    Words.Count(run.Network.Input.Length * summary.BytesPerNumber),
                ]),
            "layers"
        );
        html.Raw("</div></div>\n</div>\n</section>\n");
    }

    private void Parameters()
    {
        (string Name, Chart Figure)[] all = [.. ParameterFigures.Of(run)];
        if (all.Length == 0)
            return;
        Open("parameters", "How weights and biases moved");
        html.Raw("<div class=\"grid\">\n");
        foreach ((_, Chart figure) in all.Take(MostParameters))
            PageFigures.WriteCurves(html, figure);
        html.Raw("</div>\n");
        if (all.Length > MostParameters)
            html.Element("p class=\"muted\"", $"The first {MostParameters} of {all.Length}; --plots DIR draws them all.");
        html.Raw("</section>\n");
    }

    private void Experiment()
    {
        Open("experiment", "To repeat it");
        string text = run.Experiment.ToText();
        bool isShown = text.Length is > 0 and <= MostText;
        string name = Path.GetFileName(run.Experiment.Source.Name) is { Length: > 0 } file && file.Contains('.') ? file : "experiment.yaml";
        string command =
            $"longhand train {(name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_')) ? $"\"{name}\"" : name)}";
        html.Raw("<div class=\"bar\">");
        html.Raw($"<p><code>{SvgWriter.Escape(command)}</code> with Longhand {SvgWriter.Escape(TrainingPage.Version)}");
        // What the command line said in place of the file stands in the text below, and needs no option.
        html.Raw(isShown ? $", and in <code>{SvgWriter.Escape(name)}</code>:</p>" : ".</p>");
        if (isShown)
            html.Raw("<button type=\"button\" data-copy=\"source\">Copy</button>");
        html.Raw("</div>\n");
        if (isShown)
            html.Element("pre id=\"source\" tabindex=\"0\"", text);
        html.Raw("</section>\n");
    }

    private void Open(string id, string title)
    {
        html.Raw($"<section aria-labelledby=\"{id}\">\n");
        html.Element($"h2 id=\"{id}\"", title);
    }

    private void Tile(string name, string value)
    {
        html.Raw("<div>");
        html.Element("dt", name);
        html.Element("dd", value);
        html.Raw("</div>\n");
    }
}
