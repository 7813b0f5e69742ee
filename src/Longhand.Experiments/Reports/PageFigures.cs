using System.Globalization;
using System.Text.Json;
using Longhand.Experiments.Plots;

namespace Longhand.Experiments.Reports;

/// <summary>Figures on a page: one drawing for wide and one for narrow screens, and for curves a readout and a table of their values.</summary>
internal static class PageFigures
{
    /// <summary>Half of a wide page, a whole wide page, a narrow page.</summary>
    public const double Half = 552,
        Whole = 1116,
        Narrow = 356;

    private const int MostPoints = 600,
        MostRows = 60,
        MostSeries = 12;

    /// <summary>A figure that is looked at.</summary>
    public static void Write(Html html, Figure figure, double width = Half, bool whole = false)
    {
        html.Raw($"<figure class=\"card{(whole ? " whole" : "")}\">\n");
        Drawings(html, figure, Math.Min(width, whole ? width : figure.Width));
        html.Raw("</figure>\n");
    }

    /// <summary>A chart of lines over one axis, whose values can be read.</summary>
    public static void WriteCurves(Html html, Chart chart, string unit = "", bool whole = false)
    {
        LineMark[] lines = [.. chart.Marks.OfType<LineMark>().Where(m => !m.IsGuide && m.Name.Length > 0).Take(MostSeries)];
        int all = chart.Marks.OfType<LineMark>().Count(m => m.Name.Length > 0);
        if (lines.Length == 0)
        {
            Write(html, chart, whole ? Whole : Half, whole);
            return;
        }
        double[] x = [.. lines.SelectMany(l => l.X).Distinct().Order()];
        html.Raw($"<figure class=\"card{(whole ? " whole" : "")}\">\n");
        html.Raw(
            $"<div class=\"chart\" tabindex=\"0\" role=\"group\" aria-label=\"{SvgWriter.Escape(chart.Title)}: arrow keys read the values\">\n"
        );
        Drawings(html, chart, whole ? Whole : Half);
        html.Raw("<div class=\"readout\" hidden></div><div class=\"sr\" aria-live=\"polite\"></div>\n");
        html.Raw($"<script type=\"application/json\">{Json(chart, lines, Picked(x, MostPoints), unit)}</script>\n</div>\n");
        html.Raw("<details><summary>Values as a table</summary><div class=\"scroll\" tabindex=\"0\">\n");
        double[] told = Picked(x, MostRows);
        Dictionary<double, double>[] values = [.. lines.Select(ByX)];
        html.Table(
            chart.Title
                + (told.Length < x.Length ? $", {told.Length} of {x.Length} values" : "")
                + (lines.Length < all ? $", the first {lines.Length} of {all} lines" : ""),
            [chart.X.Name, .. lines.Select(l => l.Name + ">")],
            told.Select(at =>
                (string[])
                    [
                        at.ToString(CultureInfo.InvariantCulture),
                        .. values.Select(v => v.TryGetValue(at, out double y) ? Words.Printed(y) : ""),
                    ]
            )
        );
        html.Raw("</div></details>\n</figure>\n");
    }

    private static void Drawings(Html html, Figure figure, double width)
    {
        foreach ((string name, Drawing drawing) in new[] { ("wide", figure.Draw(width)), ("narrow", figure.Draw(Narrow)) })
        {
            string frame = drawing.Frame is { } f
                ? FormattableString.Invariant(
                    $" data-frame=\"{f.Box.X:0.##} {f.Box.Y:0.##} {f.Box.Width:0.##} {f.Box.Height:0.##} {f.X.Low} {f.X.High}\""
                )
                : "";
            html.Raw($"<div class=\"{name}\"{frame}>{SvgWriter.Inline(drawing)}</div>\n");
        }
    }

    // The first, the last, and evenly chosen ones between them.
    private static double[] Picked(double[] x, int most) =>
        x.Length <= most ? x : [.. Enumerable.Range(0, most).Select(i => x[(int)((long)i * (x.Length - 1) / (most - 1))])];

    // JSON writes < > & as escapes, so that nothing in it ends the script element.
    private static string Json(Chart chart, LineMark[] lines, double[] x, string unit)
    {
        object?[] Values(LineMark line)
        {
            Dictionary<double, double> at = ByX(line);
            return [.. x.Select(v => at.TryGetValue(v, out double y) && double.IsFinite(y) ? (object?)(double)(float)y : null)];
        }
        return JsonSerializer.Serialize(
            new
            {
                name = chart.X.Name,
                unit,
                x,
                series = lines.Select(line => new { name = line.Name, y = Values(line) }),
            }
        );
    }

    private static Dictionary<double, double> ByX(LineMark line)
    {
        var values = new Dictionary<double, double>();
        for (int i = 0; i < line.X.Count; i++)
            values[line.X[i]] = line.Y[i];
        return values;
    }
}
