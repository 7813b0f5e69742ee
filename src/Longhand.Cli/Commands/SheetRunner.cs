using System.Globalization;
using Longhand.Experiments.Sheets;
using Longhand.Working;

namespace Longhand.Cli.Commands;

/// <summary>Carries out the commands of a sheet one after the other, in this process and just as they would be typed.</summary>
internal static class SheetRunner
{
    /// <summary>What came out of each command.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static IReadOnlyList<SheetResult> Run(Sheet sheet, CancellationToken cancellation)
    {
        using var files = new SheetFiles(sheet);
        var results = new List<SheetResult>();
        foreach (SheetStep step in sheet.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add(Run(files, step, cancellation));
        }
        return results;
    }

    private static SheetResult Run(SheetFiles files, SheetStep step, CancellationToken cancellation)
    {
        string[] words = files.Resolve(step);
        // A person and a program read the same numbers; only one of the two is needed where the other looks at nothing.
        bool looksInto = step.Expectations.Any(e =>
            e.Path is not (Expectation.ExitCode or Expectation.OutputContains or Expectation.MessageContains)
        );
        bool reads =
            !looksInto
            || step.Showing != Showing.Quiet
            || step.Expectations.Any(e => e.Path == Expectation.OutputContains)
            || Writes(words);
        string? working = null;
        // A sheet may hold several solutions; the line keeps their anchors apart.
        (int exit, string text, string message) = reads
            ? Invoke(words, cancellation, solution => working = solution.ToHtmlFragment($"line{step.Line}-"))
            : (0, "", "");
        string? json = null;
        if (looksInto)
        {
            (exit, json, string complaint) = Invoke([.. WithoutOut(words), "--json"], cancellation);
            if (!reads)
                message = complaint;
        }
        return new(
            step,
            exit,
            files.Unresolve(text),
            files.Unresolve(message),
            json is null ? null : SheetResult.ReadJson(json),
            working,
            files.Pictures(step)
        );
    }

    private static bool Writes(string[] words) => words.Any(word => word is "--out" or "--plots");

    // The file has been written by then; the JSON is wanted here.
    private static IEnumerable<string> WithoutOut(string[] words) =>
        words.Where((word, i) => word != "--out" && (i == 0 || words[i - 1] != "--out"));

    private static (int Exit, string Output, string Error) Invoke(
        string[] words,
        CancellationToken cancellation,
        Action<Solution>? explained = null
    )
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exit = Cli.Run(words, new Session(TextReader.Null, output, error, Terminal.Redirected, cancellation) { Explained = explained });
        return (exit, output.ToString(), error.ToString());
    }
}
