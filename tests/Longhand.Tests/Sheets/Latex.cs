using System.ComponentModel;
using System.Diagnostics;
using Longhand.Tests.Formats;

namespace Longhand.Tests.Sheets;

/// <summary>Compiles LaTeX, where it is installed.</summary>
internal static class Latex
{
    private const string Install = "pdflatex is not installed: apt-get install texlive-latex-recommended lmodern";

    // A guard against hanging, not a measure.
    private static readonly TimeSpan most = TimeSpan.FromMinutes(2);

    public static void Compile(string document)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("sheet.tex"), document);
        var start = new ProcessStartInfo("pdflatex", "-interaction=nonstopmode -halt-on-error -no-shell-escape sheet.tex")
        {
            WorkingDirectory = Path.GetDirectoryName(folder.File("sheet.tex")),
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(most))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("pdflatex hangs");
            }
            string log = output.Result;
            int error = log.IndexOf("\n!", StringComparison.Ordinal);
            Assert.True(process.ExitCode == 0, error < 0 ? log : log[error..]);
            // Lines that run out of the page by more than the eye forgives.
            Assert.DoesNotMatch(@"Overfull \\hbox \((?:[2-9]\d|\d{3,})\.\d+pt too wide\)", log);
            Assert.DoesNotContain("Missing character", log);
        }
        catch (Win32Exception)
        {
            Assert.Skip(Install);
        }
    }
}
