using System.CommandLine;

namespace Longhand.Cli;

/// <summary>The words behind a command's name.</summary>
internal static class Operands
{
    /// <summary>An argument of any number of words; how many there must be is said by whoever reads them, in a sentence.</summary>
    public static Argument<string[]> Argument(string name, string description) =>
        new(name)
        {
            Description = description,
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [],
        };

    /// <summary>The only word.</summary>
    public static string One(ParseResult parsed, Argument<string[]> argument, string what, string example)
    {
        string[] words = Words(parsed, argument);
        return words switch
        {
            [var only] => only,
            [] => throw new LonghandException($"{Command(parsed)} needs {what}, for example: {example}"),
            _ => throw new LonghandException(
                $"{Command(parsed)} reads {what}, but there are {words.Length} words: {string.Join(' ', words.Select(w => Quoted.Of(w)))}. Put what holds spaces in quotation marks."
            ),
        };
    }

    /// <summary>A network: one quoted word, or several that are joined.</summary>
    public static string Network(ParseResult parsed, Argument<string[]> argument, string example)
    {
        string[] words = Words(parsed, argument);
        if (words.Length == 0)
            throw new LonghandException($"{Command(parsed)} needs a network, for example: {example}");
        // "2 -> dense 1" without quotation marks: the shell has taken > for itself, and written into a file called "dense".
        if (words.Length > 1 && words.Any(word => word is "-" || (word.EndsWith('-') && !word.Contains(' '))))
            throw new LonghandException($"the shell has taken the > of an arrow for itself: quote the network, as in {example}");
        return string.Join(' ', words);
    }

    /// <summary>The words; one that looks like an option is one that is not known.</summary>
    public static string[] Words(ParseResult parsed, Argument<string[]> argument)
    {
        string[] words = parsed.GetValue(argument) ?? [];
        foreach (string word in words)
            if (word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal))
                throw UnknownOption(parsed, word);
        return words;
    }

    /// <summary>The message about an option that the command does not have.</summary>
    public static LonghandException UnknownOption(ParseResult parsed, string word)
    {
        string name = word.Split('=', ':')[0];
        string[] known =
        [
            .. parsed
                .CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options)
                .Select(option => option.Name)
                .Distinct(),
        ];
        string near = Nearest.Suggestion(name, known);
        return new(
            $"{Command(parsed)} has no option {Quoted.Of(name)}.{(near.Length > 0 ? near : $" See: longhand{(parsed.CommandResult.Command is RootCommand ? "" : " " + Command(parsed))} --help")}"
        );
    }

    // The root command is named after the file that runs.
    private static string Command(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "longhand" : parsed.CommandResult.Command.Name;
}
