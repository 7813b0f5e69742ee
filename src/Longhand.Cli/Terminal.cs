namespace Longhand.Cli;

/// <summary>What the output can show. Everything is decided here, since a pipe, a file and a dumb terminal take no colours and no cursor.</summary>
/// <param name="IsTerminal">Whether a person watches the output as it comes.</param>
/// <param name="HasColor">Whether it shows colours.</param>
/// <param name="CanRedraw">Whether lines can be drawn over.</param>
/// <param name="Width">Characters in a line.</param>
public sealed record Terminal(bool IsTerminal, bool HasColor, bool CanRedraw, int Width)
{
    // Nothing is wrapped in a file.
    private const int Unbounded = 10_000;

    /// <summary>A pipe or a file.</summary>
    public static Terminal Redirected { get; } = new(false, false, false, Unbounded);

    /// <summary>The console of this process.</summary>
    public static Terminal OfConsole()
    {
        if (Console.IsOutputRedirected)
            return Redirected;
        bool dumb = Environment.GetEnvironmentVariable("TERM") is "dumb" or "";
        bool plain = dumb || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        int width = 80;
        try
        {
            width = Math.Max(40, Console.WindowWidth);
        }
        catch (IOException) { }
        return new(true, !plain, !dumb, width);
    }
}
