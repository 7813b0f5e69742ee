namespace Longhand;

/// <summary>
/// What a person handed over cannot be used: a network, a file, a number. The message is written for that person: where it is,
/// what was found, what would be right. The command line prints it as it stands and exits with 2.
/// </summary>
public class LonghandException : Exception
{
    /// <param name="message">Where, what was found and what would be right, in whole sentences.</param>
    public LonghandException(string message)
        : base(message) { }

    /// <param name="message">Where, what was found and what would be right, in whole sentences.</param>
    /// <param name="inner">What was caught; kept for a debugger, never shown.</param>
    public LonghandException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>Where in the text of a network it is, for whoever shows that text; null where that is not known.</summary>
    internal int? At { get; init; }
}

/// <summary>Two shapes do not fit together. The message names the layer, what it reads and what it was given.</summary>
public sealed class ShapeException(string message) : LonghandException(message);

/// <summary>A file's content is not what its format asks for. The message begins with the file and, where known, line and column or offset.</summary>
public sealed class DataFormatException(string message) : LonghandException(message);
