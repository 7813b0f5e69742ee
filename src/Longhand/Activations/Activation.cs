using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Activations;

/// <summary>
/// A layer that applies one rule to each number by itself. The rule states its value and its slope side by side; everything else
/// (reference, SIMD kernel, working, gradient check, properties) is read from them.
/// </summary>
public abstract partial class Activation : Layer
{
    // See Layer.Kinds: the kinds in the other files are registered by the time this has run.
    static Activation() { }

    /// <inheritdoc/>
    public sealed override bool IsActivation => true;

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override string Symbol => "h";

    /// <summary>The value at <paramref name="x"/>.</summary>
    public abstract T Value<T>(T x)
        where T : IReal<T>;

    /// <summary>The slope at <paramref name="x"/>, where the value is <paramref name="y"/>.</summary>
    public abstract T Slope<T>(T x, T y)
        where T : IReal<T>;

    /// <inheritdoc/>
    public sealed override void Forward<T>(Pass<T> p)
    {
        for (int i = 0; i < p.Y.Length; i++)
            p.Y.SetFlat(i, Value(p.X.Flat(i)));
    }

    /// <inheritdoc/>
    public sealed override void Backward<T>(Pass<T> p)
    {
        (bool readsInput, bool readsOutput) = SlopeReads;
        for (int i = 0; i < p.Y.Length; i++)
        {
            // What the slope does not read is not fetched, so that what is fetched is what must be kept.
            T x = readsInput ? p.X.Flat(i) : T.Of(0);
            T y = readsOutput ? p.Y.Flat(i) : T.Of(0);
            p.DX.SetFlat(i, p.DY.Flat(i) * Slope(x, y));
        }
    }

    /// <summary>Whether the slope is computed from the input, from the output, from both or from neither: found by reading it with <see cref="Reach"/>.</summary>
    public (bool Input, bool Output) SlopeReads
    {
        get
        {
            Reach slope = Slope(Reach.Source(0), Reach.Source(1));
            return (slope.Includes(0), slope.Includes(1));
        }
    }

    // A slope that is the same everywhere, and values that keep to it: a step has slope 0 everywhere and is not linear.
    /// <inheritdoc/>
    public sealed override bool IsLinear =>
        SlopeReads is (false, false) && Value(Float64.Of(-1.0)).Value + Value(Float64.Of(1.0)).Value == 2 * Value(Float64.Of(0.0)).Value;

    /// <inheritdoc/>
    public sealed override MatrixForm Matrix => MatrixForm.Entrywise;

    internal sealed override PlanStep Lay(PlanSite site) => new ElementwiseStep(Kernel!, site);
}

/// <summary>What an activation is: a value and a slope, written once over any number.</summary>
public interface IActivationRule
{
    /// <summary>The value at <paramref name="x"/>.</summary>
    T Value<T>(T x)
        where T : IReal<T>;

    /// <summary>The slope at <paramref name="x"/>, where the value is <paramref name="y"/>.</summary>
    T Slope<T>(T x, T y)
        where T : IReal<T>;
}

/// <summary>An activation made from its rule.</summary>
/// <param name="kind">The keyword.</param>
/// <param name="notation">As it is written, arguments included.</param>
/// <param name="range">Where its values lie; null where they lie where the input does.</param>
/// <param name="rule">Value and slope.</param>
public sealed class Elementwise<TRule>(string kind, string notation, OutputRange? range, TRule rule) : Activation
    where TRule : struct, IActivationRule
{
    /// <inheritdoc/>
    public override string Kind => kind;

    /// <inheritdoc/>
    public override string Notation => notation;

    /// <summary>This activation under conventions that choose what its text left open; the same one where nothing is open.</summary>
    public Func<Conventions, Layer>? Choice { get; init; }

    /// <inheritdoc/>
    public override Layer Under(Conventions conventions) => Choice?.Invoke(conventions) ?? this;

    /// <inheritdoc/>
    public override OutputRange Range(OutputRange input) => range ?? input;

    /// <inheritdoc/>
    public override T Value<T>(T x) => rule.Value(x);

    /// <inheritdoc/>
    public override T Slope<T>(T x, T y) => rule.Slope(x, y);

    internal override ElementwiseKernel? Kernel => field ??= new ElementwiseKernel<TRule>(rule, SlopeReads);
}
