namespace Longhand.Experiments;

/// <summary>How large a file may be. Whoever has more numbers than this keeps them in a data or safetensors file.</summary>
internal static class EntryLimits
{
    public const int Bytes = 20_000_000,
        Entries = 5_000_000,
        Depth = 50;

    public static string TooDeep => $"lists and maps are nested more than {Depth} deep here.";

    public static string TooMany => $"more than {Entries:N0} values are too many; keep them in a data file.";
}
