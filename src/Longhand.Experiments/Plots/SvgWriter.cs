using System.Globalization;
using System.Text;

namespace Longhand.Experiments.Plots;

/// <summary>
/// A drawing as SVG: text stays text. The light colours stand in the elements, so that every program shows them; a page that prefers dark
/// takes the others from a style sheet.
/// </summary>
internal static class SvgWriter
{
    private const string FontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

    /// <summary>The rules that a page needs that holds such drawings: their dark colours, on a screen alone.</summary>
    public static string Style { get; } =
        "@media screen and (prefers-color-scheme: dark){"
        + string.Concat(Palette.Dark.Select((color, slot) => $".f{slot}{{fill:{color}}}.s{slot}{{stroke:{color}}}"))
        + "}";

    /// <summary>A file of its own.</summary>
    public static string Write(Drawing drawing)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Open(text, drawing, " xmlns=\"http://www.w3.org/2000/svg\"");
        text.Append($"<style>{Style}</style>\n");
        text.Append($"<rect width=\"100%\" height=\"100%\" {Fill(Paint.Ground)}/>\n");
        Elements(text, drawing);
        return text.Append("</svg>\n").ToString();
    }

    /// <summary>A part of a page that holds <see cref="Style"/>.</summary>
    public static string Inline(Drawing drawing)
    {
        var text = new StringBuilder();
        Open(text, drawing, "");
        Elements(text, drawing);
        return text.Append("</svg>\n").ToString();
    }

    /// <summary>Text as it may stand in XML and HTML, in attributes too; what no XML may hold is left out.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            escaped.Append(
                rune.Value switch
                {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '&' => "&amp;",
                    '"' => "&quot;",
                    '\'' => "&#39;",
                    '\t' or '\n' => rune.ToString(),
                    < 0x20 or (>= 0x7f and < 0xa0) or 0xfffe or 0xffff => "",
                    _ => rune.ToString(),
                }
            );
        return escaped.ToString();
    }

    private static void Open(StringBuilder text, Drawing drawing, string space) =>
        text.Append(
                $"<svg{space} width=\"{Number(drawing.Width)}\" height=\"{Number(drawing.Height)}\" viewBox=\"0 0 {Number(drawing.Width)} {Number(drawing.Height)}\" role=\"img\" aria-label=\"{Escape(drawing.Title)}\" font-family=\"{FontFamily}\">\n"
            )
            .Append($"<title>{Escape(drawing.Title)}</title>\n")
            .Append($"<desc>{Escape(drawing.Description)}</desc>\n");

    // Elements in a row that look the same share a group: a cloud of points says its colours once.
    private static void Elements(StringBuilder text, Drawing drawing)
    {
        (string Shape, string Look)[] parts = [.. drawing.Elements.Select(Part)];
        for (int first = 0; first < parts.Length; )
        {
            string look = parts[first].Look;
            int end = first + 1;
            while (end < parts.Length && look.Length > 0 && parts[end].Look == look)
                end++;
            if (end - first == 1)
                text.Append(parts[first].Shape.Replace("|", look.Length > 0 ? " " + look : "", StringComparison.Ordinal)).Append('\n');
            else
            {
                text.Append("<g ").Append(look).Append(">\n");
                for (int i = first; i < end; i++)
                    text.Append(parts[i].Shape.Replace("|", "", StringComparison.Ordinal)).Append('\n');
                text.Append("</g>\n");
            }
            first = end;
        }
    }

    // The shape of an element, with a | where its looks go, and these.
    private static (string Shape, string Look) Part(Element element) =>
        element switch
        {
            Stroke stroke => ($"<path d=\"{Path(stroke.Points)}\"|/>", Line(stroke)),
            Area area => (
                $"<path d=\"{Path(area.Outline)}Z\"|/>",
                Filled(area.Paint, area.Rim, 2 * area.RimWidth, " paint-order=\"stroke\"")
            ),
            Disc disc => (
                // The rim lies around the disc, as on the picture; a stroke in SVG lies half inside.
                $"<circle cx=\"{Number(disc.Center.X)}\" cy=\"{Number(disc.Center.Y)}\" r=\"{Number(disc.Rim is null ? disc.Radius : disc.Radius + disc.RimWidth / 2)}\"|/>",
                Filled(disc.Paint, disc.Rim, disc.RimWidth, "")
            ),
            Label label => (
                $"<text x=\"{Number(label.At.X)}\" y=\"{Number(label.At.Y)}\"{Turned(label)}|>{Escape(label.Text).Replace("|", "&#124;", StringComparison.Ordinal)}</text>",
                Words(label)
            ),
            Picture picture => (Pixels(picture), ""),
            _ => throw new NotSupportedException(element.GetType().Name),
        };

    private static string Line(Stroke stroke) =>
        $"fill=\"none\" {Colored("stroke", 's', stroke.Paint)} stroke-width=\"{Number(stroke.Width)}\" stroke-linejoin=\"round\""
        + (
            stroke.Dashes.Length > 0 && stroke.Points.Count > 1
                ? $" stroke-dasharray=\"{string.Join(' ', stroke.Dashes.Select(Number))}\""
                : " stroke-linecap=\"round\""
        );

    private static string Filled(Paint paint, Paint? rim, double width, string order) =>
        rim is { } line
            ? $"fill=\"{Palette.Light[paint.Slot]}\"{Opacity("fill", paint)} stroke=\"{Palette.Light[line.Slot]}\"{Opacity("stroke", line)} class=\"f{paint.Slot} s{line.Slot}\" stroke-width=\"{Number(width)}\"{order}"
            : Fill(paint);

    private static string Turned(Label label) =>
        label.Turned == 0 ? "" : $" transform=\"rotate({Number(label.Turned)} {Number(label.At.X)} {Number(label.At.Y)})\"";

    private static string Words(Label label) =>
        $"font-size=\"{Number(label.Size)}\""
        + (label.Anchor == Anchor.Start ? "" : $" text-anchor=\"{(label.Anchor == Anchor.Middle ? "middle" : "end")}\"")
        + (label.Bold ? " font-weight=\"600\"" : "")
        + $" {Fill(label.Paint)}";

    private static string Pixels(Picture picture) =>
        $"<image x=\"{Number(picture.Box.X)}\" y=\"{Number(picture.Box.Y)}\" width=\"{Number(picture.Box.Width)}\" height=\"{Number(picture.Box.Height)}\" preserveAspectRatio=\"none\""
        + (picture.Smooth ? "" : " image-rendering=\"pixelated\"")
        + $" href=\"data:image/png;base64,{Convert.ToBase64String(PngFile.Encode(picture.Columns, picture.Rows, picture.Rgba))}\"/>";

    private static string Path(IReadOnlyList<Point> points)
    {
        var path = new StringBuilder();
        for (int i = 0; i < points.Count; i++)
            path.Append(
                    i == 0 ? "M"
                    : i == 1 ? "L"
                    : " "
                )
                .Append(Number(points[i].X))
                .Append(' ')
                .Append(Number(points[i].Y));
        // A point alone is drawn as a dot, which is a line to where it began.
        if (points.Count == 1)
            path.Append('L').Append(Number(points[0].X)).Append(' ').Append(Number(points[0].Y));
        return path.ToString();
    }

    private static string Fill(Paint paint) => Colored("fill", 'f', paint);

    private static string Colored(string attribute, char letter, Paint paint) =>
        $"{attribute}=\"{Palette.Light[paint.Slot]}\" class=\"{letter}{paint.Slot}\"{Opacity(attribute, paint)}";

    private static string Opacity(string attribute, Paint paint) =>
        paint.Opacity >= 1 ? "" : $" {attribute}-opacity=\"{paint.Opacity.ToString("0.###", CultureInfo.InvariantCulture)}\"";

    private static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);
}
