using System.Runtime.CompilerServices;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Activations;

public abstract partial class Activation
{
    /// <summary>
    /// x·σ(βx), the identity gated by a sigmoid (Ramachandran, Zoph and Le 2017, arXiv:1710.05941); for β = 1 also called SiLU. For β → 0 it
    /// is x/2, for β → ∞ relu. Its slope is σ(1 + βx(1 − σ)) with σ = σ(βx). With a trainable β it is <see cref="LearnedSwish"/>.
    /// </summary>
    /// <param name="beta">β, how sharply the gate opens.</param>
    public static Activation Swish(double beta = 1) =>
        new Elementwise<SwishRule>(
            "swish",
            $"swish{Option("beta", beta, 1)}",
            new(
                // The extreme of u·σ(u), −0.278465 at u = −1.278465, is reached at x = u/β.
                beta > 0
                    ? -0.2785 / beta
                    : double.NegativeInfinity,
                beta < 0 ? -0.2785 / beta : double.PositiveInfinity
            ),
            new(beta)
        );

    internal static readonly Kind<Layer> SwishKind = Registries.Layers.Add(
        new("swish", "swish [1] [learn]", "x·σ(βx); with learn β is a parameter", MakeSwish)
        {
            Options = ["beta"],
            Flags = ["learn"],
            Positional = 1,
            Examples = ["swish", "swish beta=1.7", "swish beta=-1", "swish beta=0", "swish learn", "swish beta=1.7 learn"],
        }
    );

    private static Layer MakeSwish(Arguments arguments)
    {
        double beta = arguments.NextNumber("beta", 1);
        return arguments.Flag("learn") ? new LearnedSwish(beta) : Swish(beta);
    }

    private readonly struct SwishRule(double beta) : IActivationRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T x)
            where T : IReal<T> => x * T.Sigmoid(T.Of(beta) * x);

        // βy + σ(1 − βy) is the same and shorter, but far from 0 it is the difference of two large numbers.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Slope<T>(T x, T y)
            where T : IReal<T>
        {
            T gate = T.Sigmoid(T.Of(beta) * x);
            return gate * (T.Of(1) + T.Of(beta) * x * (T.Of(1) - gate));
        }
    }
}

/// <summary>x·σ(βx) with one trainable β for the whole layer; see <see cref="Activation.Swish"/>.</summary>
/// <param name="beta">Where β starts.</param>
public sealed class LearnedSwish(double beta = 1) : Layer
{
    /// <inheritdoc/>
    public override string Kind => "swish";

    /// <inheritdoc/>
    public override bool IsActivation => true;

    /// <inheritdoc/>
    public override string Symbol => "h";

    /// <inheritdoc/>
    public override string Notation => $"swish{Option("beta", beta, 1)} learn";

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs) =>
        [
            new("beta", [1])
            {
                Role = ParameterRole.Fixed,
                Initial = beta,
                Symbol = "β",
            },
        ];

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p)
    {
        T b = p["beta"][0];
        for (int i = 0; i < p.Y.Length; i++)
            p.Y.SetFlat(i, p.X.Flat(i) * T.Sigmoid(b * p.X.Flat(i)));
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂x = δσ(1 + βx(1 − σ))   ∂β = Σ δx²σ(1 − σ) = Σ δxy(1 − σ)
    {
        T b = p["beta"][0],
            sum = T.Of(0);
        for (int i = 0; i < p.Y.Length; i++)
        {
            T x = p.X.Flat(i),
                dy = p.DY.Flat(i),
                gate = T.Sigmoid(b * x);
            p.DX.SetFlat(i, dy * (gate * (T.Of(1) + b * x * (T.Of(1) - gate))));
            sum += dy * (x * p.Y.Flat(i) * (T.Of(1) - gate));
        }
        p.Gradient("beta")[0] = sum;
    }
}
