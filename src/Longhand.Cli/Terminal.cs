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
        const int usualWidth = 80,
            leastWidth = 40;
        bool plain =
            Environment.GetEnvironmentVariable("TERM") is "dumb" or "" || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        int width = usualWidth;
        try
        {
            width = Console.WindowWidth > 0 ? Math.Max(leastWidth, Console.WindowWidth) : usualWidth;
        }
        catch (IOException) { }
        return new(true, !plain, !plain, width);
    }
}
