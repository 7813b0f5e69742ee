namespace Longhand.Playground;

/// <summary>What a frame shows of each unit beside the numbers, as bytes.</summary>
internal abstract class Pictures
{
    /// <summary>Bytes of all pictures of a frame.</summary>
    public abstract int Length { get; }

    /// <summary>Draws all units.</summary>
    /// <param name="values">The network's parameters.</param>
    /// <param name="bytes">Room for <see cref="Length"/>.</param>
    public abstract void Draw(IReadOnlyList<ParameterValues> values, Span<byte> bytes);

    /// <summary>The input features, which do not change.</summary>
    public abstract byte[] DrawFeatures();

    /// <summary>The pictures that suit what is shown: of the plane, or of a table's examples.</summary>
    public static Pictures Of(Setup setup) => setup.Plane is null ? new UnitHistograms(setup) : new UnitMaps(setup);
}
