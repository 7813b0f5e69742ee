using System.CommandLine;
using System.CommandLine.Invocation;
using Longhand.Cli.Commands;

namespace Longhand.Cli;

/// <summary>The command line: words in, text out, an exit code. Nothing here touches the process's console, so that it runs in a test.</summary>
public static class Cli
{
    private const int Failed = 1,
        BadInput = 2,
        Cancelled = 130;

    /// <summary>Runs a command.</summary>
    /// <param name="args">The words behind <c>longhand</c>.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output: the result and nothing else.</param>
    /// <param name="error">Standard error: messages.</param>
    /// <param name="terminal">What the output can show; a pipe when absent.</param>
    /// <param name="cancellation">Ends a run cleanly, as Ctrl-C does.</param>
    /// <returns>0 done, 1 the run failed, 2 bad input, 130 cancelled.</returns>
    public static int Run(
        string[] args,
        TextReader input,
        TextWriter output,
        TextWriter error,
        Terminal? terminal = null,
        CancellationToken cancellation = default
    ) => Run(args, new Session(input, output, error, terminal ?? Terminal.Redirected, cancellation));

    /// <summary>Runs a command in a session that wants to know more than its output.</summary>
    internal static int Run(string[] args, Session session)
    {
        (TextWriter output, TextWriter error) = (session.Output, session.Error);
        try
        {
            return Invoke(args, session, output, error);
        }
        catch (LonghandException e)
        {
            return Say(error, e.Message, BadInput);
        }
        catch (TrainingFailedException e)
        {
            return Say(error, e.Message, Failed);
        }
        catch (OperationCanceledException)
        {
            return Say(error, "cancelled.", Cancelled);
        }
        catch (OutOfMemoryException)
        {
            return Say(error, "there is not enough memory for this; a smaller network, batch or data set is needed.", BadInput);
        }
        catch (Exception e)
        {
            // A person is told that it is not their fault; what a developer needs is one variable away.
            if (Environment.GetEnvironmentVariable("LONGHAND_DEBUG") is { Length: > 0 })
                error.WriteLine(e);
            return Say(error, $"this is a bug in Longhand ({e.Message.TrimEnd('.')}). LONGHAND_DEBUG=1 shows where.", Failed);
        }
    }

    private static int Invoke(string[] args, Session session, TextWriter output, TextWriter error)
    {
        RootCommand root = Root.Create(session);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        bool isQuestion = parsed.Action is not null and not ParseErrorAction && parsed.CommandResult.Command.Action != parsed.Action;
        if (!isQuestion && Problem(parsed) is { } problem)
            return Say(error, problem, BadInput);
        return parsed.Invoke(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                // Ctrl-C is handled by the program, which lets a run end cleanly.
                ProcessTerminationTimeout = null,
            }
        );
    }

    private static string? Problem(ParseResult parsed)
    {
        bool isRoot = parsed.CommandResult.Command == parsed.RootCommandResult.Command;
        if (parsed.UnmatchedTokens is [var unmatched, ..])
            return isRoot && !unmatched.StartsWith('-')
                    ? $"there is no command {Quoted.Of(unmatched)}."
                        + (
                            Nearest.Suggestion(unmatched, parsed.CommandResult.Command.Subcommands.Select(command => command.Name))
                                is { Length: > 0 } near
                                ? near
                                : " See: longhand --help"
                        )
                : unmatched.StartsWith('-') ? Operands.UnknownOption(parsed, unmatched).Message
                : $"{Quoted.Of(unmatched)} is one word too many.";
        if (parsed.Errors is not [var first, ..])
            return null;
        return first.Message.Replace('\'', '"');
    }

    private static int Say(TextWriter error, string message, int exit)
    {
        error.WriteLine($"longhand: {message.Trim()}");
        return exit;
    }
}
