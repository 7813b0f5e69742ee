namespace Longhand.Experiments.Plots;

/// <summary>Pixels that are painted on, with smooth edges. Everything is in pixels of the raster, y down.</summary>
internal sealed class Raster
{
    // Coverage is found exactly along a row, and by this many samples from row to row.
    private const int Samples = 5;

    private readonly byte[] rgb;
    private readonly float[] coverage;

    public Raster(int width, int height, Rgb ground)
    {
        (Width, Height) = (width, height);
        rgb = new byte[checked(width * height * 3)];
        coverage = new float[width * height];
        for (int i = 0; i < rgb.Length; i += 3)
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (ground.R, ground.G, ground.B);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green and blue of every pixel, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => rgb;

    public Rgb this[int x, int y]
    {
        get
        {
            int i = 3 * (y * Width + x);
            return new(rgb[i], rgb[i + 1], rgb[i + 2]);
        }
    }

    /// <summary>
    /// Draws lines of a width, round where they turn and end. Together they are one shape: where they cross, nothing is covered twice.
    /// </summary>
    public void Draw(IEnumerable<IReadOnlyList<Point>> lines, double width, Rgb color, double opacity)
    {
        var touched = new Region();
        foreach (IReadOnlyList<Point> line in lines)
        {
            if (line.Count == 1)
                Segment(line[0], line[0], width / 2, touched);
            for (int i = 1; i < line.Count; i++)
                Segment(line[i - 1], line[i], width / 2, touched);
        }
        Settle(touched, color, opacity);
    }

    /// <summary>Fills a polygon; what it encloses twice stays free.</summary>
    public void Fill(IReadOnlyList<Point> outline, Rgb color, double opacity)
    {
        if (outline.Count < 3)
            return;
        var touched = new Region();
        int top = Row(outline.Min(p => p.Y)),
            bottom = Row(outline.Max(p => p.Y));
        var crossings = new List<double>();
        for (int y = top; y <= bottom; y++)
        for (int s = 0; s < Samples; s++)
        {
            Crossings(outline, y + (s + 0.5) / Samples, crossings);
            for (int k = 0; k + 1 < crossings.Count; k += 2)
                Span(y, crossings[k], crossings[k + 1], touched);
        }
        Settle(touched, color, opacity);
    }

    /// <summary>Paints one pixel.</summary>
    public void Blend(int x, int y, Rgb color, double opacity)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height)
            return;
        int i = 3 * (y * Width + x);
        rgb[i] = Mix(rgb[i], color.R, opacity);
        rgb[i + 1] = Mix(rgb[i + 1], color.G, opacity);
        rgb[i + 2] = Mix(rgb[i + 2], color.B, opacity);
    }

    // Every pixel's middle knows its distance from the segment; the edge is one pixel wide.
    private void Segment(Point a, Point b, double half, Region touched)
    {
        double reach = half + 0.5,
            dx = b.X - a.X,
            dy = b.Y - a.Y,
            length2 = dx * dx + dy * dy;
        int top = Row(Math.Min(a.Y, b.Y) - reach),
            bottom = Row(Math.Max(a.Y, b.Y) + reach);
        for (int y = top; y <= bottom; y++)
        {
            (double from, double to) = Reach(a, b, y + 0.5, reach);
            int left = Column(from),
                right = Column(to);
            for (int x = left; x <= right; x++)
            {
                double px = x + 0.5 - a.X,
                    py = y + 0.5 - a.Y;
                double t = length2 == 0 ? 0 : Math.Clamp((px * dx + py * dy) / length2, 0, 1);
                double distance = Math.Sqrt((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy));
                // A line thinner than a pixel covers a part of it only.
                double covered = Math.Clamp(reach - distance, 0, Math.Min(1, 2 * half));
                if (covered > coverage[y * Width + x])
                {
                    coverage[y * Width + x] = (float)covered;
                    touched.Add(x, y);
                }
            }
        }
    }

    // The stretch of a row that a segment can touch.
    private static (double, double) Reach(Point a, Point b, double y, double reach)
    {
        double dy = b.Y - a.Y;
        if (Math.Abs(dy) < 1e-9)
            return (Math.Min(a.X, b.X) - reach, Math.Max(a.X, b.X) + reach);
        double At(double level) => a.X + Math.Clamp((level - a.Y) / dy, 0, 1) * (b.X - a.X);
        double slope = Math.Abs((b.X - a.X) / dy),
            wide = Math.Min(reach * Math.Sqrt(1 + slope * slope), reach + Math.Abs(b.X - a.X));
        (double one, double other) = (At(y - reach), At(y + reach));
        return (Math.Min(one, other) - wide, Math.Max(one, other) + wide);
    }

    private static void Crossings(IReadOnlyList<Point> outline, double y, List<double> crossings)
    {
        crossings.Clear();
        for (int i = 0; i < outline.Count; i++)
        {
            Point a = outline[i],
                b = outline[(i + 1) % outline.Count];
            if (a.Y <= y != b.Y <= y)
                crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
        }
        crossings.Sort();
    }

    private void Span(int y, double from, double to, Region touched)
    {
        int left = Column(from),
            right = Column(to);
        for (int x = left; x <= right; x++)
        {
            double part = Math.Min(to, x + 1) - Math.Max(from, x);
            if (part <= 0)
                continue;
            coverage[y * Width + x] += (float)(part / Samples);
            touched.Add(x, y);
        }
    }

    private void Settle(Region touched, Rgb color, double opacity)
    {
        for (int y = touched.Top; y <= touched.Bottom; y++)
        for (int x = touched.Left; x <= touched.Right; x++)
        {
            float covered = coverage[y * Width + x];
            if (covered <= 0)
                continue;
            coverage[y * Width + x] = 0;
            Blend(x, y, color, Math.Min(1, covered) * opacity);
        }
    }

    private int Row(double y) => (int)Math.Clamp(Math.Floor(y), 0, Height - 1);

    private int Column(double x) => (int)Math.Clamp(Math.Floor(x), 0, Width - 1);

    private static byte Mix(byte below, byte above, double opacity) => (byte)Math.Round(below + opacity * (above - below));

    // The rectangle of the pixels that a shape covers.
    private sealed class Region
    {
        public int Left { get; private set; } = int.MaxValue;

        public int Top { get; private set; } = int.MaxValue;

        public int Right { get; private set; } = -1;

        public int Bottom { get; private set; } = -1;

        public void Add(int x, int y)
        {
            Left = Math.Min(Left, x);
            Right = Math.Max(Right, x);
            Top = Math.Min(Top, y);
            Bottom = Math.Max(Bottom, y);
        }
    }
}
