using System.Globalization;
using System.Text;

namespace Longhand.Cli;

/// <summary>
/// A small picture with axes as an SVG file of its own: clean on a light and on a dark background, without scripts or fonts from elsewhere.
/// </summary>
internal sealed class Svg
{
    private const int Size = 560,
        Left = 70,
        Top = 50,
        Right = 30,
        Bottom = 60;

    private const int TicksAtMost = 6;

    private readonly StringBuilder body = new();
    private readonly (double Low, double High) across,
        up;

    public Svg(string title, (double Low, double High) across, (double Low, double High) up, string acrossName, string upName)
    {
        this.across = across;
        this.up = up;
        Write($"<text class=\"title\" x=\"{Left}\" y=\"28\">{Escape(title)}</text>");
        foreach (double tick in Ticks(across))
        {
            Write($"<path class=\"grid\" d=\"M{X(tick)} {Top}V{Top + Size}\"/>");
            Write($"<text text-anchor=\"middle\" x=\"{X(tick)}\" y=\"{Top + Size + 20}\">{Label(tick)}</text>");
        }
        foreach (double tick in Ticks(up))
        {
            Write($"<path class=\"grid\" d=\"M{Left} {Y(tick)}H{Left + Size}\"/>");
            Write($"<text text-anchor=\"end\" dominant-baseline=\"middle\" x=\"{Left - 8}\" y=\"{Y(tick)}\">{Label(tick)}</text>");
        }
        Write($"<text class=\"axis\" text-anchor=\"middle\" x=\"{Left + Size / 2}\" y=\"{Top + Size + 44}\">{Escape(acrossName)}</text>");
        int middle = Top + Size / 2;
        Write(
            $"<text class=\"axis\" text-anchor=\"middle\" transform=\"rotate(-90 18 {middle})\" x=\"18\" y=\"{middle}\">{Escape(upName)}</text>"
        );
    }

    /// <summary>Whether a file is to be such a picture, by its name.</summary>
    public static bool IsFile(string path) => Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>A line through points.</summary>
    /// <param name="kind">How it looks: level, curve, path, border.</param>
    /// <param name="points">Its points, in the plane's own numbers.</param>
    public void Line(string kind, IEnumerable<(double X, double Y)> points) =>
        Write($"<polyline class=\"{kind}\" points=\"{string.Join(' ', points.Select(p => $"{X(p.X)},{Y(p.Y)}"))}\"/>");

    /// <summary>Many short pieces that are one line to the eye.</summary>
    public void Pieces(string kind, IEnumerable<((double X, double Y) From, (double X, double Y) To)> pieces)
    {
        string way = string.Concat(pieces.Select(p => $"M{X(p.From.X)} {Y(p.From.Y)}L{X(p.To.X)} {Y(p.To.Y)}"));
        if (way.Length > 0)
            Write($"<path class=\"{kind}\" d=\"{way}\"/>");
    }

    /// <summary>A part of the plane that stands out.</summary>
    public void Area((double X, double Y) from, (double X, double Y) to) =>
        Write($"<path class=\"area\" d=\"M{X(from.X)} {Y(from.Y)}H{X(to.X)}V{Y(to.Y)}H{X(from.X)}Z\"/>");

    /// <summary>A point, with a word beside it where one is given.</summary>
    public void Point(string kind, double x, double y, double radius, string label = "")
    {
        Write(FormattableString.Invariant($"<circle class=\"{kind}\" cx=\"{X(x)}\" cy=\"{Y(y)}\" r=\"{radius}\"/>"));
        if (label.Length > 0)
            Write(
                FormattableString.Invariant(
                    $"<text x=\"{X(x)}\" y=\"{Y(y)}\" dx=\"{radius + 5}\" dy=\"{(kind == "minimum" ? radius + 12 : -radius - 3)}\">{Escape(label)}</text>"
                )
            );
    }

    /// <summary>The whole file.</summary>
    public override string ToString() =>
        $$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Left + Size + Right}} {{Top + Size + Bottom}}" width="{{Left
                + Size
                + Right}}" height="{{Top + Size + Bottom}}">
            <style>
            svg { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #d8dee4; --blue: #0b62c4; --red: #c3361f; --level: #8792a0; font: 13px system-ui, sans-serif }
            @media (prefers-color-scheme: dark) { svg { --ink: #e6e9ed; --paper: #14181d; --faint: #333b45; --blue: #6cb1ff; --red: #ff8a70; --level: #6f7b89 } }
            text { fill: var(--ink) } .title { font-size: 17px; font-weight: 600 } .axis { font-style: italic; font-size: 15px }
            path, polyline { fill: none; stroke: var(--ink) } .grid { stroke: var(--faint) } .frame { fill: none; stroke: var(--ink) }
            .level { stroke: var(--level); stroke-width: 1.2 } .curve { stroke: var(--blue); stroke-width: 2 } .border { stroke: var(--ink); stroke-width: 1.6; stroke-dasharray: 6 4 }
            .path { stroke: var(--red); stroke-width: 2 } .area { fill: var(--blue); fill-opacity: .22; stroke: none }
            .step { fill: var(--red) } .minimum { fill: var(--blue) } .true { fill: var(--blue); stroke: var(--ink) } .false { fill: var(--paper); stroke: var(--ink); stroke-width: 2 }
            </style>
            <rect width="100%" height="100%" fill="var(--paper)"/>
            <clipPath id="inside"><rect x="{{Left}}" y="{{Top}}" width="{{Size}}" height="{{Size}}"/></clipPath>
            {{body}}<rect class="frame" x="{{Left}}" y="{{Top}}" width="{{Size}}" height="{{Size}}"/>
            </svg>

            """.ReplaceLineEndings(
            "\n"
        );

    private string X(double x) => Place(Left + (x - across.Low) / (across.High - across.Low) * Size);

    private string Y(double y) => Place(Top + (up.High - y) / (up.High - up.Low) * Size);

    private static string Place(double pixel) => Math.Clamp(pixel, -1e5, 1e5).ToString("0.##", CultureInfo.InvariantCulture);

    // Steps of 1, 2 or 5 times a power of ten.
    private static IEnumerable<double> Ticks((double Low, double High) range)
    {
        double step = Math.Pow(10, Math.Floor(Math.Log10((range.High - range.Low) / TicksAtMost)));
        foreach (double factor in (double[])[1, 2, 5, 10])
            if ((range.High - range.Low) / (step * factor) <= TicksAtMost)
            {
                step *= factor;
                break;
            }
        for (double k = Math.Ceiling(range.Low / step); k * step <= range.High; k++)
            yield return k * step;
    }

    private static string Label(double value) => (value + 0.0).ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private void Write(string element)
    {
        bool drawn = element.StartsWith("<p", StringComparison.Ordinal) && !element.Contains("\"grid\"", StringComparison.Ordinal);
        body.Append(drawn ? element.Replace("/>", " clip-path=\"url(#inside)\"/>", StringComparison.Ordinal) : element).Append('\n');
    }
}
