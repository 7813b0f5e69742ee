using Spectre.Console;

namespace Longhand.Cli;

/// <summary>Text for a person: lines with emphasis, and tables; plain where the output is no terminal.</summary>
internal sealed class Page
{
    public Page(TextWriter output, Terminal terminal)
    {
        Terminal = terminal;
        TextWriter writer = terminal.CanRedraw ? output : new TrimmedWriter(output);
        Console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = terminal.CanRedraw ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = terminal.HasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
                // The library would switch colours on by itself under some build servers.
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
        Console.Profile.Width = terminal.Width;
        Console.Profile.Capabilities.Unicode = true;
        Console.Profile.Capabilities.Links = false;
    }

    /// <summary>What the output can show.</summary>
    public Terminal Terminal { get; }

    /// <summary>The console itself, for what is drawn over.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>A line of text as it stands.</summary>
    public void Line(string text = "") => Console.Write(new Text(text + "\n"));

    /// <summary>A line that stands out.</summary>
    public void Strong(string text) => Console.Write(new Text(text + "\n", Styled(new Style(decoration: Decoration.Bold))));

    /// <summary>A line that calls for attention.</summary>
    public void Warning(string text) => Console.Write(new Text(text + "\n", Styled(new Style(foreground: Color.Yellow))));

    /// <summary>A name and what stands for it, the names in a column of their own.</summary>
    public void Fact(string name, string text)
    {
        Console.Write(new Text($"  {name, -11}", Styled(new Style(foreground: Color.Teal))));
        Line(text);
    }

    /// <summary>A table; columns whose heading ends in > are aligned to the right.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (string heading in headings)
        {
            var column = new TableColumn(new Text(heading.TrimEnd('>'), Styled(new Style(decoration: Decoration.Bold))));
            table.AddColumn(heading.EndsWith('>') ? column.RightAligned() : column);
        }
        foreach (IReadOnlyList<string> row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        Console.Write(table);
    }

    // Without colour there is no emphasis either: whoever says NO_COLOR wants plain text.
    private Style Styled(Style style) => Terminal.HasColor ? style : Style.Plain;
}
