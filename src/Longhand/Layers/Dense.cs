using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

public abstract partial class Layer
{
    internal static readonly Kind<Layer> DenseKind = Registries.Layers.Add(
        new(
            "dense",
            "dense N [nobias]",
            "N weighted sums of all inputs, y = Wx + b",
            a => new Dense(a.NextSize("the number of units"), !a.Flag("nobias"))
        )
        {
            Aliases = ["fc", "linear"],
            Flags = ["nobias"],
            Positional = 1,
            Shorthand = Units,
            BehindALayer = new Dictionary<string, string> { ["linear"] = "identity" },
            Examples = ["dense 3", "dense 2 nobias"],
        }
    );

    // FC5
    private static string? Units(string word) =>
        word.Length > 2 && word.StartsWith("fc", StringComparison.OrdinalIgnoreCase) && word.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0
            ? $"dense {word[2..]}"
            : null;
}

/// <summary>y = Wx + b: each unit is a weighted sum of all inputs. Weights are [units, inputs], as in PyTorch.</summary>
/// <param name="units">How many outputs.</param>
/// <param name="bias">Whether a number is added to each sum.</param>
public sealed class Dense(Size units, bool bias = true) : Layer
{
    private readonly Size units =
        units.HasLetters || units.Number > 0 ? units : throw new LonghandException($"A dense layer has at least 1 unit, not {units}.");

    /// <summary>How many outputs.</summary>
    /// <exception cref="LonghandException">They are a letter.</exception>
    public int Units => units.Number;

    /// <summary>Whether a number is added to each sum.</summary>
    public bool HasBias { get; } = bias;

    /// <inheritdoc/>
    public override string Kind => "dense";

    /// <inheritdoc/>
    public override string Notation => $"dense {units}{(HasBias ? "" : " nobias")}";

    /// <inheritdoc/>
    public override bool ReadsVector => true;

    /// <inheritdoc/>
    public override bool IsLinear => true;

    internal override Layer Small => new Dense(1, HasBias);

    /// <inheritdoc/>
    public override Shape Output(IReadOnlyList<Shape> inputs) =>
        inputs[0].Rank == 1
            ? Shape.Of(units)
            : throw new ShapeException(
                $"dense {units} reads a vector, but its input is {inputs[0]}. Put a flatten before it: {inputs[0]} becomes {inputs[0].Formula}."
            );

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs)
    {
        Size n = inputs[0].Size(0);
        (int fanIn, int fanOut) = (n.NumberOr(1), units.NumberOr(1));
        var weight = new Parameter("weight", Size.List(units, n)) { FanIn = fanIn, FanOut = fanOut };
        return HasBias
            ?
            [
                weight,
                new("bias", Size.List(units))
                {
                    FanIn = fanIn,
                    FanOut = fanOut,
                    Role = ParameterRole.Bias,
                },
            ]
            : [weight];
    }

    /// <inheritdoc/>
    public override void Forward<T>(Pass<T> p) // x: [N, n]   W: [units, n]   b: [units]   y: [N, units]
    {
        Grid<T> x = p.X,
            w = p["weight"],
            y = p.Y;
        for (int s = 0; s < p.Batch; s++)
        for (int j = 0; j < w.Size(0); j++)
        {
            T sum = w[j, 0] * x[s, 0];
            for (int i = 1; i < w.Size(1); i++)
                sum += w[j, i] * x[s, i];
            y[s, j] = HasBias ? sum + p["bias"][j] : sum;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(Pass<T> p) // ∂W = Σₛ δ xᵀ   ∂b = Σₛ δ   ∂x = Wᵀ δ
    {
        Grid<T> x = p.X,
            w = p["weight"],
            dy = p.DY,
            dx = p.DX,
            dw = p.Gradient("weight");
        for (int j = 0; j < w.Size(0); j++)
        {
            for (int i = 0; i < w.Size(1); i++)
            {
                T sum = dy[0, j] * x[0, i];
                for (int s = 1; s < p.Batch; s++)
                    sum += dy[s, j] * x[s, i];
                dw[j, i] = sum;
            }
            if (HasBias)
            {
                T sum = dy[0, j];
                for (int s = 1; s < p.Batch; s++)
                    sum += dy[s, j];
                p.Gradient("bias")[j] = sum;
            }
        }
        for (int s = 0; s < p.Batch; s++)
        for (int i = 0; i < w.Size(1); i++)
        {
            T sum = dy[s, 0] * w[0, i];
            for (int j = 1; j < w.Size(0); j++)
                sum += dy[s, j] * w[j, i];
            dx[s, i] = sum;
        }
    }

    /// <inheritdoc/>
    public override MatrixForm Matrix
    {
        get
        {
            MatrixTerm w = MatrixTerm.Parameter("weight"),
                x = MatrixTerm.Input,
                delta = MatrixTerm.OutputGradient;
            return HasBias
                ? MatrixForm.Of(w * x + MatrixTerm.Parameter("bias"), w.Transpose * delta, delta * x.Transpose, delta.SumOfColumns)
                : MatrixForm.Of(w * x, w.Transpose * delta, delta * x.Transpose);
        }
    }

    internal override bool IsAffineMap => true;

    internal override bool FusesElementwise => true;

    internal override PlanStep Lay(PlanSite site) => new DenseStep(site);
}
