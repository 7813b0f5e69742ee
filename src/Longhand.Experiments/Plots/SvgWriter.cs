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

    private static void Elements(StringBuilder text, Drawing drawing)
    {
        foreach (Element element in drawing.Elements)
            text.Append(
                    element switch
                    {
                        Stroke stroke => Line(stroke),
                        Area area => $"<path d=\"{Path(area.Outline)}Z\" {Fill(area.Paint)}/>",
                        Disc disc => Circle(disc),
                        Label label => Words(label),
                        Picture picture => Pixels(picture),
                        _ => throw new NotSupportedException(element.GetType().Name),
                    }
                )
                .Append('\n');
    }

    private static string Line(Stroke stroke) =>
        $"<path d=\"{Path(stroke.Points)}\" fill=\"none\" {Colored("stroke", 's', stroke.Paint)} stroke-width=\"{Number(stroke.Width)}\""
        + (stroke.Points.Count > 2 ? " stroke-linejoin=\"round\"" : "")
        + (
            stroke.Dashes.Length > 0
                ? $" stroke-dasharray=\"{string.Join(' ', stroke.Dashes.Select(Number))}\""
                : " stroke-linecap=\"round\""
        )
        + "/>";

    private static string Circle(Disc disc)
    {
        string rim = disc.Rim is { } paint
            ? $" {Colored("stroke", 's', paint).Replace("class=\"", "class=\"f" + disc.Paint.Slot + " ", StringComparison.Ordinal)} stroke-width=\"{Number(disc.RimWidth)}\""
            : $" class=\"f{disc.Paint.Slot}\"";
        // The rim lies around the disc, as on the picture; a stroke in SVG lies half inside.
        double radius = disc.Rim is null ? disc.Radius : disc.Radius + disc.RimWidth / 2;
        return $"<circle cx=\"{Number(disc.Center.X)}\" cy=\"{Number(disc.Center.Y)}\" r=\"{Number(radius)}\" fill=\"{Palette.Light[disc.Paint.Slot]}\"{Opacity("fill", disc.Paint)}{rim}/>";
    }

    private static string Words(Label label) =>
        $"<text x=\"{Number(label.At.X)}\" y=\"{Number(label.At.Y)}\" font-size=\"{Number(label.Size)}\""
        + (label.Anchor == Anchor.Start ? "" : $" text-anchor=\"{(label.Anchor == Anchor.Middle ? "middle" : "end")}\"")
        + (label.Bold ? " font-weight=\"600\"" : "")
        + (label.Turned == 0 ? "" : $" transform=\"rotate({Number(label.Turned)} {Number(label.At.X)} {Number(label.At.Y)})\"")
        + $" {Fill(label.Paint)}>{Escape(label.Text)}</text>";

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
