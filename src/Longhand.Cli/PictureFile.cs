using System.Text;
using Longhand.Experiments.Plots;
using Longhand.Formats;

namespace Longhand.Cli;

/// <summary>A figure as a file of its own, SVG or PNG by its name.</summary>
internal static class PictureFile
{
    /// <summary>Whether a file is to be a picture.</summary>
    public static bool Is(string path) => Path.GetExtension(path).ToUpperInvariant() is ".SVG" or ".PNG";

    /// <summary>Writes it.</summary>
    /// <exception cref="LonghandException">The file cannot be written.</exception>
    public static void Write(Figure figure, string path)
    {
        byte[] bytes = Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase)
            ? figure.ToPng()
            : Encoding.UTF8.GetBytes(figure.ToSvg());
        SafeFile.Write(path, stream => stream.Write(bytes));
    }
}
