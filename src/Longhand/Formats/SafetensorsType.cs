using System.Diagnostics.CodeAnalysis;

namespace Longhand.Formats;

/// <summary>The element types that are read, in the format's order: its files begin with the last of them (which also aligns the data).</summary>
[SuppressMessage("Design", "CA1028", Justification = "An enum of names; its storage is nobody's concern.")]
public enum SafetensorsType
{
    /// <summary>A truth value in a byte.</summary>
    Bool,

    /// <summary>8 bits, unsigned.</summary>
    U8,

    /// <summary>8 bits, signed.</summary>
    I8,

    /// <summary>16 bits, signed.</summary>
    I16,

    /// <summary>16 bits, unsigned.</summary>
    U16,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of an IEEE single: bfloat16.</summary>
    BF16,

    /// <summary>32 bits, signed.</summary>
    I32,

    /// <summary>32 bits, unsigned.</summary>
    U32,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>IEEE double precision.</summary>
    F64,

    /// <summary>64 bits, signed.</summary>
    I64,

    /// <summary>64 bits, unsigned.</summary>
    U64,
}

internal static class SafetensorsTypes
{
    private static readonly SafetensorsType[] All = Enum.GetValues<SafetensorsType>();

    /// <summary>The name in a file: F32.</summary>
    public static string Name(this SafetensorsType type) => type.ToString().ToUpperInvariant();

    /// <summary>Bytes of one element.</summary>
    public static int Size(this SafetensorsType type) =>
        type switch
        {
            SafetensorsType.Bool or SafetensorsType.U8 or SafetensorsType.I8 => 1,
            SafetensorsType.I16 or SafetensorsType.U16 or SafetensorsType.F16 or SafetensorsType.BF16 => 2,
            SafetensorsType.I32 or SafetensorsType.U32 or SafetensorsType.F32 => 4,
            _ => 8,
        };

    public static SafetensorsType? Parse(string name)
    {
        foreach (SafetensorsType type in All)
            if (type.Name() == name)
                return type;
        return null;
    }

    public static string Names() => string.Join(", ", All.Select(Name));
}
