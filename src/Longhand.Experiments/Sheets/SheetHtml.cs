using System.Globalization;
using System.Security;
using System.Text;
using Longhand.Working;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Longhand.Experiments.Sheets;

/// <summary>A sheet as one web page that needs nothing beside it: no script, no font, no picture from elsewhere.</summary>
internal static class SheetHtml
{
    /// <summary>The page.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="results">What came out of its commands, in their order.</param>
    public static string Write(Sheet sheet, IReadOnlyList<SheetResult> results)
    {
        string style;
        using (var reader = new StreamReader(typeof(SheetHtml).Assembly.GetManifestResourceStream("sheet.css")!))
            style = reader.ReadToEnd();
        var body = Renderer(new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" });
        body.ObjectRenderers.Replace<CodeBlockRenderer>(new CodeRenderer(sheet, results.ToDictionary(r => r.Step)));
        body.Render(sheet.Document);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="Longhand">
            <title>{Encode(sheet.Title)}</title>
            <style>
            {style.TrimEnd()}{(results.Any(r => r.Working is not null) ? "\n" + Solution.HtmlStyle.TrimEnd() : "")}
            </style>
            </head>
            <body>
            <main>
            {body.Writer.ToString()!.TrimEnd()}
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static HtmlRenderer Renderer(TextWriter writer)
    {
        var renderer = new HtmlRenderer(writer);
        Sheet.Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(new MathInlineRenderer());
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(new MathBlockRenderer());
        return renderer;
    }

    private sealed class MathInlineRenderer : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj)
        {
            bool display = LatexMath.IsDisplay(obj);
            string formula = LatexMath.ToMathMl(obj.Content.ToString(), display);
            renderer.Write(display ? $"<span class=\"formula\">{formula}</span>" : formula);
        }
    }

    private sealed class MathBlockRenderer : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
            renderer.EnsureLine().WriteLine($"<div class=\"formula\">{LatexMath.ToMathMl(obj.Lines.ToString(), display: true)}</div>");
    }

    private sealed class CodeRenderer(Sheet sheet, Dictionary<SheetStep, SheetResult> results) : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock obj)
        {
            renderer.EnsureLine();
            object? meaning = obj is FencedCodeBlock fenced ? sheet.Meaning.GetValueOrDefault(fenced) : null;
            renderer.WriteLine(
                meaning switch
                {
                    SheetStep step => Command(results[step]),
                    List<Expectation> answers => Answers(answers),
                    string file =>
                        $"<figure class=\"file\"><figcaption>{file}</figcaption><pre><code>{Encode(obj.Lines.ToString())}</code></pre></figure>",
                    _ => $"<pre><code>{Encode(obj.Lines.ToString())}</code></pre>",
                }
            );
        }
    }

    private static string Command(SheetResult result)
    {
        var text = new StringBuilder($"<figure class=\"run\"><pre class=\"command\"><code>{Encode(result.Step.Text)}</code></pre>");
        string output = result.Working is { } working
            ? $"<div class=\"working\">{working}</div>"
            : $"<pre class=\"output\"><code>{Encode((result.Message + result.Text).TrimEnd())}</code></pre>";
        if (result.Step.Showing != Showing.Quiet)
            text.Append(result.Step.Showing == Showing.Folded ? $"<details><summary>what it prints</summary>{output}</details>" : output);
        foreach ((string name, string svg) in result.Pictures)
            // As a picture of its own, so that its styles stay its own.
            text.Append(
                CultureInfo.InvariantCulture,
                $"<img alt=\"{Encode(name)}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\"/>"
            );
        return text.Append("</figure>").ToString();
    }

    private static string Answers(List<Expectation> answers)
    {
        var text = new StringBuilder("<table class=\"answers\"><tbody>");
        foreach (Expectation answer in answers)
            text.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Label(answer)}</th><td>{Encode(answer.Answer)}</td></tr>");
        return text.Append("</tbody></table>").ToString();
    }

    private static string Label(Expectation answer)
    {
        if (answer.Label is null)
            return $"<code>{Encode(answer.Path)}</code>";
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        Renderer(writer).Render(answer.Label);
        string html = writer.ToString().Trim();
        return html.StartsWith("<p>", StringComparison.Ordinal) ? html["<p>".Length..^"</p>".Length] : html;
    }

    private static string Encode(string text) => SecurityElement.Escape(text);
}
