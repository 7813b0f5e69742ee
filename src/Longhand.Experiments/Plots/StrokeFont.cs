using System.Globalization;

namespace Longhand.Experiments.Plots;

/// <summary>Text as lines through points, for pictures that can hold no text; and how wide it is, by which every figure is laid out.</summary>
internal static class StrokeFont
{
    private const double Em = 1000,
        Dot = 14,
        Small = 0.64, // indices and exponents
        Lowered = -130,
        Raised = 330,
        CapitalLift = 190,
        Rounding = 1e-6,
        OtherFonts = 1.12; // the fonts that show an SVG are up to so much wider

    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉₋₊",
        Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺",
        Indexed = "0123456789−+";

    // What is not known is shown as an empty box.
    private static readonly Glyph unknown = new(
        600,
        [
            [new(100, 0), new(100, 700), new(500, 700), new(500, 0), new(100, 0)],
        ]
    );
    private static readonly Dictionary<char, Glyph> glyphs = Load();

    /// <summary>The width of a text in pixels.</summary>
    public static double Width(string text, double size) => text.Sum(c => Of(c).Advance) * size / Em;

    /// <summary>The width that a text is given, so that the fonts that show an SVG have room for it, too.</summary>
    public static double Room(string text, double size) => Width(text, size) * OtherFonts;

    /// <summary>A text cut to a width, with an ellipsis where it was too long.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Room(text, size) <= width + Rounding)
            return text;
        int length = text.Length;
        while (length > 0 && Room(text[..length] + "…", size) > width)
            length--;
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>A text in lines that are no wider, broken at spaces; a word that is too wide by itself ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Lines(string text, double size, double width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Room(longer, size) > width)
            {
                lines.Add(Fit(line, size, width));
                longer = word;
            }
            line = longer;
        }
        if (line.Length > 0)
            lines.Add(Fit(line, size, width));
        return lines;
    }

    /// <summary>The strokes of a text that begins at the origin of its base line, x to the right and y down, in pixels.</summary>
    public static IEnumerable<IReadOnlyList<Point>> Strokes(string text, double size)
    {
        double pen = 0,
            scale = size / Em;
        foreach (char c in text)
        {
            Glyph glyph = Of(c);
            foreach (Point[] stroke in glyph.Strokes)
                yield return [.. stroke.Select(p => new Point((pen + p.X) * scale, -p.Y * scale))];
            pen += glyph.Advance;
        }
    }

    /// <summary>Whether a character has a glyph.</summary>
    public static bool Knows(char c) => glyphs.ContainsKey(c);

    private static Glyph Of(char c) => glyphs.GetValueOrDefault(c, unknown);

    private static Dictionary<char, Glyph> Load()
    {
        var all = new Dictionary<char, Glyph>
        {
            [' '] = new(280, []),
            ['\u00a0'] = new(280, []),
            ['\u202f'] = new(160, []),
        };
        foreach (string line in Glyphs.Text.Split('\n'))
        {
            string[] words = line.TrimEnd('\r').Split(' ');
            all[words[0][0]] = new(Number(words[1]), Path(words[2..]));
        }
        Dictionary<char, Point[][]> marks = Glyphs
            .Marks.Split('\n')
            .Select(line => line.TrimEnd('\r').Split(' '))
            .ToDictionary(words => words[0][0], words => Path(words[1..]));
        foreach (string made in Glyphs.Marked.Split(' '))
            all[made[0]] = Marked(all[made[1]], marks[made[2]], char.IsUpper(made[1]) && made[2] != '¸');
        for (int i = 0; i < Indexed.Length; i++)
        {
            all[Subscripts[i]] = Moved(all[Indexed[i]], Lowered);
            all[Superscripts[i]] = Moved(all[Indexed[i]], Raised);
        }
        return all;
    }

    private static Glyph Marked(Glyph letter, Point[][] mark, bool capital)
    {
        double middle = letter.Advance / 2,
            lift = capital ? CapitalLift : 0;
        return new(
            letter.Advance,
            [.. letter.Strokes, .. mark.Select(stroke => stroke.Select(p => new Point(p.X + middle, p.Y + lift)).ToArray())]
        );
    }

    private static Glyph Moved(Glyph glyph, double up) =>
        new(
            glyph.Advance * Small,
            [.. glyph.Strokes.Select(stroke => stroke.Select(p => new Point(p.X * Small, p.Y * Small + up)).ToArray())]
        );

    private static Point[][] Path(string[] words)
    {
        var strokes = new List<List<Point>>();
        int at = 0;
        double Next() => Number(words[at++]);
        Point NextPoint() => new(Next(), Next());
        void Begin(Point p) => strokes.Add([p]);
        while (at < words.Length)
        {
            char command = words[at++][0];
            switch (command)
            {
                case 'M':
                    Begin(NextPoint());
                    break;
                case 'L':
                    while (at < words.Length && !char.IsAsciiLetterUpper(words[at][0]))
                        strokes[^1].Add(NextPoint());
                    break;
                case 'Q':
                    (Point control, Point to) = (NextPoint(), NextPoint());
                    Point from = strokes[^1][^1];
                    Curve(strokes[^1], Between(from, control), Between(to, control), to);
                    break;
                case 'C':
                    Curve(strokes[^1], NextPoint(), NextPoint(), NextPoint());
                    break;
                case 'D':
                    Begin(default);
                    strokes[^1].Clear();
                    Arc(strokes[^1], NextPoint(), new(Dot, Dot), 0, 360);
                    break;
                case 'O':
                    Begin(default);
                    strokes[^1].Clear();
                    Arc(strokes[^1], NextPoint(), NextPoint(), 0, 360);
                    break;
                default:
                    if (strokes.Count == 0)
                        strokes.Add([]);
                    Arc(strokes[^1], NextPoint(), NextPoint(), Next(), Next());
                    break;
            }
        }
        return [.. strokes.Select(stroke => stroke.ToArray())];
    }

    private static Point Between(Point end, Point control) => new(end.X + 2 * (control.X - end.X) / 3, end.Y + 2 * (control.Y - end.Y) / 3);

    private static void Curve(List<Point> stroke, Point c1, Point c2, Point to)
    {
        const int pieces = 12;
        Point from = stroke[^1];
        for (int i = 1; i <= pieces; i++)
        {
            double t = i / (double)pieces,
                u = 1 - t;
            double Mix(double a, double b, double c, double d) => u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
            stroke.Add(new(Mix(from.X, c1.X, c2.X, to.X), Mix(from.Y, c1.Y, c2.Y, to.Y)));
        }
    }

    private static void Arc(List<Point> stroke, Point middle, Point radii, double from, double to)
    {
        int pieces = Math.Max(6, (int)Math.Abs(to - from) / 9);
        for (int i = 0; i <= pieces; i++)
        {
            double angle = (from + (to - from) * i / pieces) * Math.PI / 180;
            stroke.Add(new(middle.X + radii.X * Math.Cos(angle), middle.Y + radii.Y * Math.Sin(angle)));
        }
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);

    private sealed record Glyph(double Advance, Point[][] Strokes);
}
