namespace Longhand.Working;

/// <summary>Parts of a solution's text that may look different from its lines.</summary>
public enum SolutionPart
{
    /// <summary>The name of a section.</summary>
    Title,

    /// <summary>What a block is about.</summary>
    Heading,

    /// <summary>Said in passing: a choice that a line takes for granted, what is left out.</summary>
    Remark,
}
