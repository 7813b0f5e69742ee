using System.CommandLine;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary>The option <c>--format</c>: in which notation a worked solution is written.</summary>
internal sealed class SolutionFormat
{
    private static readonly string[] names = ["text", "markdown", "latex", "html"];

    /// <summary>The option.</summary>
    public Option<string?> Option { get; } =
        new("--format")
        {
            Description = "text (for people at a terminal), markdown, latex (a document for pdflatex) or html (one page with MathML)",
            HelpName = "FORMAT",
        };

    /// <summary>The notation that was asked for; refuses what is none, before anything is computed.</summary>
    public string Read(Session session, ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } format)
            return names[0];
        if (!names.Contains(format))
            throw new LonghandException(
                $"--format {Quoted.Of(format)}: text, markdown, latex or html is needed.{(format == "json" ? " For JSON there is --json." : Nearest.Suggestion(format, names))}"
            );
        return session.IsJson
            ? throw new LonghandException($"--format {format} and --json exclude one another: leave one of them out.")
            : format;
    }

    /// <summary>Writes a solution.</summary>
    public static void Write(Session session, Solution solution, string format)
    {
        if (format == "markdown")
            session.Output.Write(solution.ToMarkdown());
        else if (format == "latex")
            session.Output.Write(solution.ToLatex());
        else if (format == "html")
            session.Output.Write(solution.ToHtml());
        else
            session.Output.WriteLine(Text(session.Terminal, solution).TrimEnd());
    }

    // A line is easier to follow where it need not be broken, but not across a whole wide screen.
    private static string Text(Terminal terminal, Solution solution)
    {
        const int usual = 80,
            most = 120;
        int width = terminal.IsTerminal ? Math.Min(terminal.Width, most) : usual;
        return terminal.HasColor ? solution.ToText(width, Painted) : solution.ToText(width);
    }

    private static string Painted(SolutionPart part, string text)
    {
        const int bold = 1,
            dim = 2,
            cyan = 36;
        int code = part switch
        {
            SolutionPart.Title => bold,
            SolutionPart.Heading => cyan,
            _ => dim,
        };
        return $"\e[{code}m{text}\e[0m";
    }
}
