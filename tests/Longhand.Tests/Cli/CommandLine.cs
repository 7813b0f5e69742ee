using System.Globalization;
using System.Text.Json;
using Longhand.Cli;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>The command line run inside the test: what it wrote, and how it ended.</summary>
internal sealed record CommandLine(int Exit, string Output, string Error)
{
    public static CommandLine Run(params string[] args) => RunWith("", args);

    public static CommandLine RunWith(string input, params string[] args) => RunWith(input, null, default, args);

    public static CommandLine RunWith(string input, Terminal? terminal, CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int exit = Longhand.Cli.Cli.Run(args, new StringReader(input), output, error, terminal, cancellation);
        return new(exit, output.ToString(), error.ToString());
    }

    /// <summary>The one JSON value of the output, which must have come without complaint.</summary>
    public JsonElement Json()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, Exit);
        return Parse(Output);
    }

    /// <summary>The events of train --json.</summary>
    public List<JsonElement> Events() => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    /// <summary>The one sentence with which bad input was refused.</summary>
    public string Refusal()
    {
        Assert.Equal(2, Exit);
        Assert.Equal("", Output);
        Assert.StartsWith("longhand: ", Error);
        Assert.EndsWith("\n", Error);
        Assert.DoesNotContain("Exception", Error);
        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("System.", Error);
        Assert.Single(Error.Split("longhand: ", StringSplitOptions.RemoveEmptyEntries));
        return Error["longhand: ".Length..].TrimEnd('\n');
    }

    private static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;
}
