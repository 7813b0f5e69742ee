using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Longhand.Experiments.Plots;
using Longhand.Formats;

namespace Longhand.Experiments.Reports;

/// <summary>
/// The page about a run: one file that needs nothing else and asks no network for anything. Its policy lets run the one script that is
/// named by its hash, so that nothing in the names of classes, columns or files could.
/// </summary>
internal static class TrainingPage
{
    /// <summary>Sees that the page can be written, so that a run does not end before a closed door.</summary>
    /// <exception cref="LonghandException">Nothing can be written there.</exception>
    public static void Prepare(string path)
    {
        // What stands there is not touched: an empty file is put beside it and taken away again.
        if (Directory.Exists(path) || string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            SafeFile.Write(path, _ => { });
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
            return;
        string probe = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            SafeFile.Write(probe, _ => { });
        }
        catch (LonghandException e)
        {
            throw new LonghandException(e.Message.Replace(probe, path, StringComparison.Ordinal), e);
        }
        File.Delete(probe);
    }

    /// <summary>Writes the page.</summary>
    /// <exception cref="LonghandException">The file cannot be written.</exception>
    public static void Write(TrainingRun run, string path)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Text(run));
        SafeFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The page's text.</summary>
    public static string Text(TrainingRun run)
    {
        string style = Resource("report.css") + SvgWriter.Style + "\n",
            script = Resource("report.js");
        var html = new Html();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Raw(
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'\">\n"
        );
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Element("title", $"{run.Data.Train.Name}: {run.Network}");
        html.Raw($"<style>{style}</style>\n</head>\n<body>\n");
        new PageContent(run, html).Write();
        html.Raw($"<script>{script}</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>What wrote the page.</summary>
    public static string Version =>
        typeof(Network).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(TrainingPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
