namespace Longhand.Experiments.Plots;

/// <summary>Marks over two axes.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="X">The axis below.</param>
/// <param name="Y">The axis at the left.</param>
/// <param name="Marks">What is drawn, the lowest first.</param>
internal sealed record Chart(string Title, Axis X, Axis Y, IReadOnlyList<Mark> Marks) : Figure(Title)
{
    /// <summary>Whether equal lengths on both axes are the same measure, so that the frame is as high as it is wide.</summary>
    public bool IsSquare { get; init; }

    /// <summary>A line below the title: what cannot be seen from the lines themselves.</summary>
    public string Note { get; init; } = "";

    /// <inheritdoc/>
    public override double Width => IsSquare ? 520 : base.Width;

    /// <inheritdoc/>
    public override double Height => IsSquare ? 560 : base.Height;

    /// <inheritdoc/>
    public override Drawing Draw(double width) => new ChartDrawing(this, width).Draw();
}
