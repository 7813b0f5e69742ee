namespace Longhand.Kernels;

/// <summary>How a tile reads the rows of A, as a type, so that a kernel is compiled for it.</summary>
internal interface IRowsOfA
{
    /// <summary>Whether the rows lie side by side, so that their places are part of the instructions.</summary>
    static abstract bool AreNear { get; }

    /// <summary>
    /// Of every so manyth row, 2 or 4, a multiply-add reads the number itself instead of from a register; 0 for none. That saves an
    /// instruction and costs a load, of which the processor has two for two multiply-adds: the lower the tile, the fewer it can spare.
    /// </summary>
    static abstract int ReadEvery { get; }

    /// <summary>Whether B comes from afar and is asked for ahead.</summary>
    static abstract bool FetchAhead { get; }
}

/// <summary>Rows that lie anywhere.</summary>
internal readonly struct FarRows : IRowsOfA
{
    public static bool AreNear => false;

    public static int ReadEvery => 0;

    public static bool FetchAhead => false;
}

/// <summary>Rows side by side, for vectors whose multiply-adds cannot read a number for all lanes.</summary>
internal readonly struct NearRows : IRowsOfA
{
    public static bool AreNear => true;

    public static int ReadEvery => 0;

    public static bool FetchAhead => false;
}

/// <summary>Rows side by side, in low tiles.</summary>
internal readonly struct NearRowsOfLow : IRowsOfA
{
    public static bool AreNear => true;

    public static int ReadEvery => 4;

    public static bool FetchAhead => false;
}

/// <summary>Rows side by side, in tall tiles.</summary>
internal readonly struct NearRowsOfTall : IRowsOfA
{
    public static bool AreNear => true;

    public static int ReadEvery => 2;

    public static bool FetchAhead => false;
}

/// <summary>Rows side by side, in low tiles, with B from afar.</summary>
internal readonly struct NearRowsOfLowAhead : IRowsOfA
{
    public static bool AreNear => true;

    public static int ReadEvery => 4;

    public static bool FetchAhead => true;
}

/// <summary>Rows side by side, in tall tiles, with B from afar.</summary>
internal readonly struct NearRowsOfTallAhead : IRowsOfA
{
    public static bool AreNear => true;

    public static int ReadEvery => 2;

    public static bool FetchAhead => true;
}
