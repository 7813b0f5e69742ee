using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Longhand.Experiments;
using Longhand.Playground.Questions;
using Longhand.Working;

namespace Longhand.Playground;

/// <summary>
/// A run and the ledger of one of its examples as a page of its own, for a course's site: one file that asks for nothing from anywhere,
/// with the playground's own drawing, a slider through the run, and the working of an example in MathML.
/// </summary>
public static partial class StaticPage
{
    // The page with its fonts has 0.9 MB, and the whole is to stay below 5.
    private const int MostFrameBytes = 2_000_000,
        MostLedgerCharacters = 1_000_000;

    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    /// <summary>Trains an experiment and writes the page.</summary>
    /// <param name="experiment">The experiment, as many epochs as it says.</param>
    /// <exception cref="LonghandException">It cannot be drawn, takes too long, or the page is not in this build.</exception>
    public static string Write(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Write(Setup.Of(experiment), experiment.Settings.Epochs, 0, "train", 0);
    }

    /// <summary>Trains again from the initial weights and writes the page.</summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="epochs">How many epochs.</param>
    /// <param name="batches">How many batches of the next.</param>
    /// <param name="set">train or test: where the example of the ledger is from.</param>
    /// <param name="example">Which it is.</param>
    internal static string Write(Setup setup, int epochs, int batches, string set, int example)
    {
        string script = PageFiles.Text("player.js"),
            style = WithFonts(PageFiles.Text("player.css"));
        var recording = Recording.Make(setup, epochs, batches, patience);
        string frames = Convert.ToBase64String(recording.Packed(MostFrameBytes));
        string opened = Encoding.UTF8.GetString(new FrameWriter(setup).Opened([]).Bytes.Span);
        string title = $"{setup.Network}, trained on {setup.Experiment.DataText ?? "its examples"}";
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="generator" content="Longhand">
            <title>{HtmlEncoder.Default.Encode(title)}</title>
            <style>{style}
            {Solution.HtmlStyle}</style>
            </head>
            <body>
            <div id="page"></div>
            {Ledger(recording.End, set, example)}
            <script type="application/json" id="run">{opened}</script>
            <script type="text/plain" id="frames">{frames}</script>
            <script>{Harmless(script)}</script>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    // A ledger that would fill the page is left out, and the page says so.
    private static string Ledger(Moment end, string set, int example)
    {
        string html;
        try
        {
            var arguments = new JsonObject { ["set"] = set, ["example"] = example };
            html = (string)new LedgerQuestion().Answer(new Asked(new LedgerQuestion(), arguments, end))["html"]!;
            // A link inside of a formula is nothing that a screen reader could name; the page's script follows what is marked.
            html = LinkInFormula().Replace(html, "<mtext><span class=\"to\" data-to=\"$1\"$2>$3</span></mtext>");
            if (html.Length > MostLedgerCharacters)
                html = "<p>The working of an example is too long for this page.</p>";
        }
        catch (LonghandException e)
        {
            html = $"<p>{HtmlEncoder.Default.Encode(e.Message)}</p>";
        }
        string which = FormattableString.Invariant(
            $"Example {example + 1} of the {(set == "test" ? "test" : "training")} data, worked by hand"
        );
        return $"""
            <section class="worked" aria-labelledby="worked">
            <h2 id="worked">{which}</h2>
            <p class="lead">With the weights behind the last epoch: forward, loss, backward, and the next update.</p>
            {html}</section>
            """;
    }

    // What ends a script ends it wherever it stands, even in a text; the JSON beside it has no < at all.
    private static string Harmless(string script) =>
        script.Replace("</", "<\\/", StringComparison.Ordinal).Replace("<!--", "<\\!--", StringComparison.Ordinal);

    // The page's fonts stand beside it where it is served; here they must be inside.
    private static string WithFonts(string style) =>
        FontAddress()
            .Replace(
                style,
                found =>
                    PageFiles.Find(found.Groups[1].Value) is { } file
                        ? $"url(data:{file.Type};base64,{Convert.ToBase64String(file.Plain.Bytes)})"
                        : found.Value
            );

    [GeneratedRegex("""<mtext><a href="#([^"]*)"(?: aria-label="[^"]*")?([^>]*)>(.*?)</a></mtext>""")]
    private static partial Regex LinkInFormula();

    [GeneratedRegex("""url\(["']?\./([^"')]+\.woff2)["']?\)""")]
    private static partial Regex FontAddress();
}
