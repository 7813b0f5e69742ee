using System.CommandLine;
using System.Globalization;
using System.Text;
using Longhand.Experiments;
using Longhand.Formats;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Cli;

/// <summary>What a command works with: its streams, and the options that every command has.</summary>
internal sealed class Session(TextReader input, TextWriter output, TextWriter error, Terminal terminal, CancellationToken cancellation)
{
    // Held until the command has done all of its work: half a result is never written.
    private TextWriter? fileOutput;

    /// <summary>Writes machine-readable output.</summary>
    public Option<bool> JsonOption { get; } = new("--json") { Description = "write JSON, and nothing else", Recursive = true };

    /// <summary>Writes into a file.</summary>
    public Option<string?> OutOption { get; } =
        new("--out")
        {
            Description = "write into FILE instead of standard output",
            HelpName = "FILE",
            Recursive = true,
        };

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Where the result goes.</summary>
    public TextWriter Output => fileOutput ?? output;

    /// <summary>Where messages go.</summary>
    public TextWriter Error => error;

    /// <summary>What the output can show.</summary>
    public Terminal Terminal => fileOutput is null ? terminal : Terminal.Redirected;

    /// <summary>Told of a solution before it is written; a sheet shows it in its own way.</summary>
    public Action<Solution>? Explained { get; init; }

    /// <summary>Ends a run cleanly.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Text for a person.</summary>
    public Page NewPage() => new(Output, Terminal);

    /// <summary>Writes one JSON value as a line.</summary>
    public void WriteJson(Action<System.Text.Json.Utf8JsonWriter> write) => Output.Write(Json.Text(write) + "\n");

    /// <summary>Runs a command; its output goes into --out where that is given, once it is whole.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="command">What is to be done; gives the exit code.</param>
    /// <param name="ownFile">Whether the command itself writes a file such as a picture there, beside its output.</param>
    public int Run(ParseResult parsed, Func<int> command, Func<string, bool>? ownFile = null)
    {
        IsJson = parsed.GetValue(JsonOption);
        string? path = parsed.GetValue(OutOption);
        if (path is null || ownFile?.Invoke(path) == true)
            return command();
        var text = new StringBuilder();
        using var writer = new StringWriter(text, CultureInfo.InvariantCulture) { NewLine = "\n" };
        fileOutput = writer;
        int exit = command();
        SafeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
        return exit;
    }

    /// <summary>An experiment from a file, or from standard input for <c>-</c>.</summary>
    public Experiment LoadExperiment(string path) =>
        path == "-"
            ? Experiment.Read(EntryText.ReadAll(input, "standard input"), "standard input", Directory.GetCurrentDirectory())
            : Experiment.Load(path);

    /// <summary>The text of standard input.</summary>
    public string ReadInput() => EntryText.ReadAll(input, "standard input");

    /// <summary>An option as a whole number; null where it is not given.</summary>
    public static int? Whole(ParseResult parsed, Option<string?> option, int least, int most = int.MaxValue) =>
        parsed.GetValue(option) is not { } text ? null
        : Rational.TryParse(text, out Rational value, out _) && value.IsInteger && value >= least && value <= most ? (int)value.Numerator
        : throw new LonghandException(
            most == int.MaxValue
                ? $"{option.Name} {Quoted.Of(text)}: a whole number of at least {least} is needed."
                : $"{option.Name} {Quoted.Of(text)}: a whole number from {least} to {most} is needed."
        );

    /// <summary>An option as a seed; null where it is not given.</summary>
    public static ulong? Seed(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed
        : throw new LonghandException($"{option.Name} {Quoted.Of(text)}: a whole number from 0 to {ulong.MaxValue} is needed.");
}
