namespace Longhand.Playground.Images;

/// <summary>
/// Makes an image of a data set from lines drawn by hand, the way that the makers of the set made theirs. Lines are in a square from 0 to 1,
/// x to the right and y down.
/// </summary>
/// <remarks>
/// Digits (Alpaydin and Kaynak, UCI 1998): programs of NIST stretched each digit to fill bitmaps of 32×32, by the data 32 rows and about 20
/// columns of them; the points of each block of 4×4 were counted, 0 … 16. MNIST (LeCun, Cortes and Burges): fitted into 20×20 with its
/// proportions kept, edges softened to greys, then laid on 28×28 with the centre of mass in the middle.
/// </remarks>
internal static class Drawing
{
    // The pen's breadth as a share of the drawing's height, how far one direction may be stretched more than the other (a 1 stays a 1), and
    // how broad a bitmap is filled: of what was tried those with which four networks classified drawn digits best. The bitmaps have strokes
    // of 4 to 6 of 32 points.
    private const double DigitPen = 0.2,
        MostStretch = 1.3;

    private const int Bitmap = 32,
        BitmapWidth = 22,
        Block = 4,
        Fitted = 20;

    // MNIST's strokes are some 2 to 3 of 20 points broad.
    private const double GreyPen = 0.13;

    /// <summary>How many steps there are from no ink to full ink.</summary>
    public static int LevelsOf(DataSet data) => data.Name == "digits" ? Block * Block : 255;

    /// <summary>The image of some lines.</summary>
    /// <param name="lines">Each the x and y of its points in turn.</param>
    /// <param name="data">The set whose images it is to resemble.</param>
    /// <returns>Rows of ink from 0 to 1, as many as an image of the set has numbers.</returns>
    public static float[] ToImage(IReadOnlyList<double[]> lines, DataSet data)
    {
        Shape shape = data.InputShape;
        Line[] parts = [.. lines.SelectMany(Parts)];
        if (parts.Length == 0)
            return new float[shape.Length];
        return data.Name == "digits" ? Counted(parts, shape) : Grey(parts, shape);
    }

    // Stretched to fill the bitmap, its points counted block by block.
    private static float[] Counted(Line[] parts, Shape shape)
    {
        (double left, double top, double width, double height) = Box(parts);
        double pen = DigitPen * Math.Max(height, width / 2);
        if (pen == 0)
            pen = 1;
        double across = BitmapWidth / (width + pen),
            down = Bitmap / (height + pen);
        (across, down) = (Math.Min(across, MostStretch * down), Math.Min(down, MostStretch * across));
        (double x, double y) = (left + width / 2, top + height / 2);
        var counts = new float[shape.Length];
        for (int row = 0; row < Bitmap; row++)
        for (int column = 0; column < Bitmap; column++)
        {
            double px = x + (column + 0.5 - Bitmap / 2.0) / across,
                py = y + (row + 0.5 - Bitmap / 2.0) / down;
            if (Distance(parts, px, py) <= pen / 2)
                counts[row / Block * shape.Width + column / Block] += 1f / (Block * Block);
        }
        return counts;
    }

    // Its proportions kept, edges softened, the centre of mass in the middle.
    private static float[] Grey(Line[] parts, Shape shape)
    {
        (double left, double top, double width, double height) = Box(parts);
        double largest = Math.Max(width, height),
            pen = largest == 0 ? 1 : GreyPen * largest,
            scale = Fitted / (largest + pen);
        (double x, double y) = (left + width / 2, top + height / 2);
        float[] image = [];
        // Once to find the centre of mass, once with it in the middle.
        for (int pass = 0; pass < 2; pass++)
        {
            image = new float[shape.Length];
            double mass = 0,
                across = 0,
                down = 0;
            for (int row = 0; row < shape.Height; row++)
            for (int column = 0; column < shape.Width; column++)
            {
                double px = x + (column + 0.5 - shape.Width / 2.0) / scale,
                    py = y + (row + 0.5 - shape.Height / 2.0) / scale;
                double ink = Math.Clamp((pen / 2 - Distance(parts, px, py)) * scale + 0.5, 0, 1);
                image[row * shape.Width + column] = (float)ink;
                (mass, across, down) = (mass + ink, across + ink * px, down + ink * py);
            }
            if (mass > 0)
                (x, y) = (across / mass, down / mass);
        }
        return image;
    }

    private static IEnumerable<Line> Parts(double[] line)
    {
        if (line.Length == 2)
            yield return new(line[0], line[1], line[0], line[1]);
        for (int i = 0; i + 3 < line.Length; i += 2)
            yield return new(line[i], line[i + 1], line[i + 2], line[i + 3]);
    }

    private static (double Left, double Top, double Width, double Height) Box(Line[] parts)
    {
        double left = parts.Min(p => Math.Min(p.X1, p.X2)),
            top = parts.Min(p => Math.Min(p.Y1, p.Y2));
        return (left, top, parts.Max(p => Math.Max(p.X1, p.X2)) - left, parts.Max(p => Math.Max(p.Y1, p.Y2)) - top);
    }

    private static double Distance(Line[] parts, double x, double y)
    {
        double least = double.PositiveInfinity;
        foreach (Line part in parts)
        {
            double dx = part.X2 - part.X1,
                dy = part.Y2 - part.Y1,
                length = dx * dx + dy * dy;
            double at = length == 0 ? 0 : Math.Clamp(((x - part.X1) * dx + (y - part.Y1) * dy) / length, 0, 1);
            double ox = part.X1 + at * dx - x,
                oy = part.Y1 + at * dy - y;
            least = Math.Min(least, ox * ox + oy * oy);
        }
        return Math.Sqrt(least);
    }

    private readonly record struct Line(double X1, double Y1, double X2, double Y2);
}
