namespace Longhand.Working;

/// <summary>Which sides of each line are written.</summary>
public enum Show
{
    /// <summary>In symbols, with the numbers put in, and what comes out.</summary>
    Both,

    /// <summary>In symbols alone.</summary>
    Symbols,

    /// <summary>With the numbers put in, and what comes out.</summary>
    Numbers,
}
