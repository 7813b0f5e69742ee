using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Xunit;

namespace Longhand.Tests.Working;

/// <summary>Reads what the notations write, with strangers' readers.</summary>
internal static partial class FormatPages
{
    /// <summary>A web page as XML; fails where it is not well-formed.</summary>
    public static XElement Xml(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }

    /// <summary>Fails where a page runs something or asks for something from elsewhere.</summary>
    public static void StandsAlone(XElement page)
    {
        string[] ids = [.. page.DescendantsAndSelf().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        foreach (XElement element in page.DescendantsAndSelf())
        {
            Assert.DoesNotContain(element.Name.LocalName, (string[])["script", "link", "img", "iframe", "object", "embed", "base", "form"]);
            foreach (XAttribute attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration))
            {
                Assert.DoesNotContain(attribute.Name.LocalName, (string[])["src", "style", "srcset", "action", "data"]);
                Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.ToString());
                if (attribute.Name.LocalName == "href")
                    Assert.Contains(attribute.Value[1..], ids);
            }
            if (element.Name.LocalName == "style")
            {
                Assert.DoesNotContain("url(", element.Value);
                Assert.DoesNotContain("@import", element.Value);
            }
        }
    }

    /// <summary>What is wrong with LaTeX at a glance: letters beyond ASCII, braces or growing parentheses that do not match.</summary>
    public static string? Fault(string latex)
    {
        int depth = 0;
        for (int i = 0; i < latex.Length; i++)
        {
            if (latex[i] > '~' || (latex[i] < ' ' && latex[i] != '\n'))
                return $"U+{(int)latex[i]:X4}";
            if (latex[i] == '\\')
                i++;
            else if (latex[i] is '{' or '}' && (depth += latex[i] == '{' ? 1 : -1) < 0)
                return "a brace that closes nothing";
        }
        return depth != 0 ? $"{depth} open braces"
            : latex.Split(@"\left").Length != latex.Split(@"\right").Length ? "left without right"
            : null;
    }

    /// <summary>The digits of a formula in a notation that knows nothing above and below a line but ASCII, in order of size.</summary>
    public static string Digits(string formula) => string.Concat(formula.Replace(@"\mathbf{1}", "").Where(char.IsAsciiDigit).Order());

    /// <summary>The same of a formula as plain text.</summary>
    public static string DigitsOfText(string line)
    {
        const string above = "⁰¹²³⁴⁵⁶⁷⁸⁹",
            below = "₀₁₂₃₄₅₆₇₈₉";
        line = line.Replace("½", "1/2").Replace("⅓", "1/3").Replace("¼", "1/4");
        // 1e−8 is written 1·10⁻⁸ elsewhere.
        line = PowerOfTen().Replace(line, "10");
        return Digits(
            string.Concat(
                line.Select(c =>
                    above.Contains(c) ? (char)('0' + above.IndexOf(c))
                    : below.Contains(c) ? (char)('0' + below.IndexOf(c))
                    : c
                )
            )
        );
    }

    /// <summary>Compiles a document and returns what LaTeX said.</summary>
    public static string Compile(string latex)
    {
        string folder = Directory.CreateTempSubdirectory("longhand-latex").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "solution.tex"), latex);
            var start = new ProcessStartInfo("pdflatex", ["-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "solution.tex"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            };
            Process? process = null;
            try
            {
                process = Process.Start(start);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("pdflatex is not here: apt-get install texlive-latex-recommended lmodern");
            }
            using (process)
            {
                string said = process!.StandardOutput.ReadToEnd();
                process.WaitForExit();
                Assert.True(process.ExitCode == 0 && File.Exists(Path.Combine(folder, "solution.pdf")), said);
                return said;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("(?<=[0-9])e(?=−?[0-9])")]
    private static partial Regex PowerOfTen();
}
