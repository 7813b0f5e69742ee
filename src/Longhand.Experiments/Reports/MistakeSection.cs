using System.Globalization;
using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>The worst mistakes on a page: pictures where inputs are images, rows of a table otherwise.</summary>
internal sealed class MistakeSection(TrainingRun run, Html html)
{
    private const int MostColumns = 8;

    public void Write()
    {
        if (run.Result.Stopped == StopReason.NotFinite)
            return;
        DataSet data = run.Judged;
        (IReadOnlyList<Mistake> worst, int count) = Mistakes.Of(run);
        html.Raw("<section aria-labelledby=\"mistakes\">\n");
        html.Element("h2 id=\"mistakes\"", data.HasClasses ? "Worst mistakes" : "Farthest off");
        if (worst.Count == 0)
            html.Element("p", $"None: all {Words.Count(data.Count)} {run.JudgedName} are right.");
        else
        {
            if (data.HasClasses)
                html.Element(
                    "p class=\"muted\"",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{count:N0} of {data.Count:N0} {run.JudgedName} {(count == 1 ? "is" : "are")} wrong; {(count > worst.Count ? $"these {worst.Count} are the surest of what is not so" : "the surest first")}."
                    )
                );
            if (data.InputShape.IsImage)
                Pictures(data, worst);
            else
                Rows(data, worst);
        }
        html.Raw("</section>\n");
    }

    private void Pictures(DataSet data, IReadOnlyList<Mistake> worst)
    {
        bool probabilities = data.HasClasses && new Judge(run).HasProbabilities;
        html.Raw("<ul class=\"mistakes\">\n");
        foreach (Mistake mistake in worst)
        {
            Tile tile = ImageFigures.Image(data[mistake.Index].Input, data.InputShape);
            string words = $"{mistake.True} taken for {mistake.Found}";
            html.Raw(
                $"<li><img src=\"data:image/png;base64,{Convert.ToBase64String(PngFile.Encode(tile.Columns, tile.Rows, tile.Rgba))}\" width=\"{tile.Columns}\" height=\"{tile.Rows}\" alt=\"{SvgWriter.Escape($"example {mistake.Index}: {words}")}\">\n"
            );
            html.Element("strong", words);
            html.Raw("<br>");
            html.Element(
                "span class=\"muted\"",
                $"example {mistake.Index}"
                    + (
                        mistake.FoundScore is { } found
                            ? $"; {mistake.Found}: {Score(found, probabilities)}, {mistake.True}: {Score(mistake.TrueScore, probabilities)}"
                            : ""
                    )
            );
            html.Raw("</li>\n");
        }
        html.Raw("</ul>\n");
    }

    private void Rows(DataSet data, IReadOnlyList<Mistake> worst)
    {
        int columns = (int)Math.Min(MostColumns, data.InputShape.Length);
        string[] names =
        [
            .. Enumerable
                .Range(0, columns)
                .Select(c =>
                    data.InputNames.Count > c ? data.InputNames[c] : ParameterFigures.NameOf("x", [(int)data.InputShape.Length], c)
                ),
        ];
        bool probabilities = data.HasClasses && new Judge(run).HasProbabilities;
        string score = probabilities ? "probability" : "score";
        string[] headings = data.HasClasses
            ? ["example", .. names.Select(n => n + "?>"), "true class", "found", $"its {score}>", $"{score} of the true class?>"]
            : ["example", .. names.Select(n => n + "?>"), "target>", "prediction>", "off by>"];
        html.Raw("<div class=\"card padded\"><div class=\"scroll\" tabindex=\"0\">\n");
        html.Table(
            columns < data.InputShape.Length ? $"The first {columns} of {data.InputShape.Length} inputs are shown." : "",
            headings,
            worst.Select(m =>
                (string[])
                    [
                        m.Index.ToString(CultureInfo.InvariantCulture),
                        .. data[m.Index].Input.Take(columns).Select(Words.Printed),
                        m.True,
                        m.Found,
                        .. m.FoundScore is { } found
                            ? (string[])[Score(found, probabilities), Score(m.TrueScore, probabilities)]
                            : [Words.Printed(m.TrueScore)],
                    ]
            )
        );
        html.Raw("</div></div>\n");
    }

    private static string Score(double value, bool probabilities) => probabilities ? Words.Percent(value) : Words.Printed(value);
}
