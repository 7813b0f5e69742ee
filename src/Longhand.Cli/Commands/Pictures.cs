using System.Text;

namespace Longhand.Cli.Commands;

/// <summary>The first images of a data set as characters, side by side: the larger a pixel, the more ink.</summary>
internal static class Pictures
{
    private const string Ink = " .:-=+*#%@";
    private const int Most = 5,
        Widest = 32,
        Gap = 3;

    /// <summary>As many images as a line has room for, each with its class.</summary>
    public static string Draw(DataSet data, int width)
    {
        // A character is twice as high as wide, and stands for a block of two squares.
        int step = (data.InputShape.Width + Widest - 1) / Widest,
            columns = (data.InputShape.Width + step - 1) / step,
            rows = (data.InputShape.Height + 2 * step - 1) / (2 * step),
            count = Math.Clamp((width + Gap) / (columns + Gap), 1, Math.Min(Most, data.Count));
        double[][] images = [.. Enumerable.Range(0, count).Select(i => data[i].Input)];
        double least = images.Min(image => image.Min()),
            range = Math.Max(images.Max(image => image.Max()) - least, double.Epsilon);
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++)
            Line(image =>
                string.Concat(
                    Enumerable
                        .Range(0, columns)
                        .Select(column => Mark((Mean(images[image], data.InputShape, row * 2 * step, column * step, step) - least) / range))
                )
            );
        if (data.HasClasses)
            Line(image => data.ClassNames[data.Class(image)]);
        return text.ToString();

        void Line(Func<int, string> part)
        {
            IEnumerable<string> parts = Enumerable.Range(0, count).Select(image => Cut(part(image), columns).PadRight(columns + Gap));
            text.Append(string.Concat(parts).TrimEnd()).Append('\n');
        }
    }

    private static string Cut(string name, int columns) => name.Length <= columns ? name : name[..(columns - 1)] + "…";

    private static char Mark(double share) => Ink[(int)Math.Clamp(share * Ink.Length, 0, Ink.Length - 1)];

    // The mean over a block and all channels.
    private static double Mean(double[] image, Shape shape, int top, int left, int step)
    {
        double sum = 0;
        int count = 0;
        for (int channel = 0; channel < shape.Channels; channel++)
        for (int row = top; row < Math.Min(top + 2 * step, shape.Height); row++)
        for (int column = left; column < Math.Min(left + step, shape.Width); column++)
        {
            sum += image[(channel * shape.Height + row) * shape.Width + column];
            count++;
        }
        return sum / count;
    }
}
