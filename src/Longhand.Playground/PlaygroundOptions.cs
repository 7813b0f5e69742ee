namespace Longhand.Playground;

/// <summary>Where a playground's server listens, and what it serves beside what is in the library.</summary>
public sealed record PlaygroundOptions
{
    /// <summary>
    /// An address of this machine that others may reach, 0.0.0.0 or :: for all of them, or its name: who comes needs the token in
    /// <see cref="PlaygroundServer.Links"/>. Null for loopback, without a token.
    /// </summary>
    public string? Listen { get; init; }

    /// <summary>The port; null takes <see cref="PlaygroundServer.UsualPort"/>, or a free one where that is taken, and 0 a free one.</summary>
    public int? Port { get; init; }

    /// <summary>Sets of images that pages may train on beside the digits of the library: MNIST, Fashion-MNIST.</summary>
    public IReadOnlyList<(DataSet Train, DataSet Test)> Images { get; init; } = [];
}
