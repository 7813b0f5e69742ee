using System.Text;
using Longhand.Experiments.Plots;
using Longhand.Formats;

namespace Longhand.Experiments.Reports;

/// <summary>The figures of a run as files in a folder, each as SVG and as PNG.</summary>
internal static class TrainingPlots
{
    /// <summary>Makes the folder and writes something into it, so that a run does not end before a closed door.</summary>
    /// <exception cref="LonghandException">There is a file of that name, or nothing can be written there.</exception>
    public static void Prepare(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0'))
            throw new LonghandException($"--plots {Quoted.Of(folder)}: this is not the name of a folder.");
        if (File.Exists(folder))
            throw new LonghandException($"--plots {folder}: this is a file, but plots are written into a folder.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"--plots {folder}: the folder cannot be made ({e.Message.TrimEnd('.')}).", e);
        }
        string probe = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        SafeFile.Write(probe, _ => { });
        File.Delete(probe);
    }

    /// <summary>Writes every figure of a run.</summary>
    /// <returns>The names of the files, without their endings.</returns>
    /// <exception cref="LonghandException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(TrainingRun run, string folder)
    {
        Prepare(folder);
        var written = new List<string>();
        foreach ((string file, Figure figure) in TrainingFigures.Of(run))
        {
            string svg = figure.ToSvg();
            byte[] png = figure.ToPng();
            SafeFile.Write(Path.Combine(folder, file + ".svg"), stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
            SafeFile.Write(Path.Combine(folder, file + ".png"), stream => stream.Write(png));
            written.Add(file);
        }
        return written;
    }
}
