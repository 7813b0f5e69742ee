using Longhand.Activations;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Grading.Slips;

/// <summary>The slips that are made in the work of a layer, the likeliest first.</summary>
internal static class LayerSlips
{
    public static IReadOnlyList<LayerSlip> All { get; } =
    [
        new("bias-forgotten", at => $"forgotten to add the bias of {at}")
        {
            AppliesTo = (_, node) => node.Parameters.Any(p => p.Role == ParameterRole.Bias),
            Output = site => site.Forward((p, b) => p.Parameter.Role == ParameterRole.Bias ? Zeros(b) : b),
        },
        new("activation-forgotten", at => $"left out the activation {at}")
        {
            AppliesTo = (_, node) => node.Layer is Activation,
            Output = site => site.X,
        },
        new("derivative-forgotten", at => $"left out the factor φ′, the derivative of {at}")
        {
            AppliesTo = (_, node) => node.Layer is Activation,
            InputGradient = site => site.DY,
        },
        new("derivative-at-output", at => $"put the output h of {at} into φ′ where its input z belongs")
        {
            AppliesTo = (_, node) => node.Layer is Activation,
            InputGradient = site => Sloped(site, (layer, _, y) => layer.Slope(y, layer.Value(y))),
        },
        new("derivative-at-input", at => $"put the input z of {at} into the formula of φ′ where its output h belongs")
        {
            AppliesTo = (_, node) => node.Layer is Activation { SlopeReads.Output: true },
            InputGradient = site => Sloped(site, (layer, x, _) => layer.Slope(x, x)),
        },
        .. new[] { 0, 0.5, 1 }.Select(slope => new LayerSlip(
            "relu-slope-at-zero",
            at => FormattableString.Invariant($"taken {slope} as the slope of {at} at 0, which is another convention")
        )
        {
            AppliesTo = (_, node) => node.Layer is Activation && !ReferenceEquals(node.Layer.Under(AtZero(slope)), node.Layer),
            InputGradient = site => site.Backward(by: site.Node.Layer.Under(AtZero(slope))).DX,
        }),
        new("updated-weights", at => $"gone back through the weights of {at} as they are after the update, not before")
        {
            AppliesTo = (_, node) => node.Parameters.Any(p => p.Role == ParameterRole.Weight && p.Trainable),
            InputGradient = site => site.Request.Optimizer is null ? null : site.Backward((p, w) => Updated(site, p, w)).DX,
        },
        new("weights-transposed", at => $"used the weights of {at} transposed, W for Wᵀ or the other way round")
        {
            AppliesTo = (_, node) => node.Parameters.Any(p => p is { Sizes: [> 1, > 1] }),
            Output = site => site.Forward((_, w) => Transposed(w)),
            InputGradient = site => site.Backward((_, w) => Transposed(w)).DX,
        },
        new("kernel-flipped", at => $"flipped the kernels of {at}: a true convolution where networks correlate")
        {
            AppliesTo = (_, node) => node.Parameters.Any(p => p.Sizes.Count == 4 && p.Sizes[2] * p.Sizes[3] > 1),
            Output = site => site.Forward((_, w) => Flipped(w)),
            InputGradient = site => site.Backward((_, w) => Flipped(w)).DX,
        },
        new(
            "input-before-activation",
            at => $"multiplied by z, what goes into the activation before {at}, where h, what comes out of it, belongs"
        )
        {
            AppliesTo = (network, node) =>
                node.Parameters.Count > 0 && node.Inputs[0] > 0 && network.Nodes[node.Inputs[0] - 1].Layer is Activation,
            ParameterGradient = (site, p) => site.Backward(x: site.BeforeX).Parameter(p),
        },
        new("softmax-not-normalised", at => $"left out the division by the sum in {at}")
        {
            AppliesTo = (_, node) => node.Layer.Kind == "softmax",
            Output = site => SlipSite.Map(site.X, i => Interval.Exp(site.X.Flat(i))),
        },
        Instead("maxpool", "avgpool", "taken the mean of each window where the largest is asked for"),
        Instead("avgpool", "maxpool", "taken the largest of each window where the mean is asked for"),
        Instead("leakyrelu", "relu", "taken plain relu, without its slope below 0,"),
        Instead("sigmoid", "tanh", "taken tanh"),
        Instead("tanh", "sigmoid", "taken the sigmoid"),
    ];

    /// <summary>
    /// No slip: φ′ worked out from z alone. Whoever wrote a wrong h may go on with either, h(1 − h) or σ(z)(1 − σ(z)).
    /// </summary>
    public static LayerSlip SlopeFromInput { get; } =
        new("", _ => "")
        {
            AppliesTo = (_, node) => node.Layer is Activation,
            InputGradient = site => Sloped(site, (layer, x, _) => layer.Slope(x, layer.Value(x))),
        };

    // Another layer of the same shape in the place of one.
    private static LayerSlip Instead(string kind, string other, string what)
    {
        Layer? By(Node node)
        {
            // What follows the keyword is kept where the other layer reads it, too: the window of a pool.
            string rest = other.EndsWith("pool", StringComparison.Ordinal) ? node.Layer.Notation[kind.Length..] : "";
            try
            {
                return Layer.Kinds.Parse(other + rest);
            }
            catch (LonghandException)
            {
                return null;
            }
        }
        return new($"{other}-for-{kind}", at => $"{what} in {at}")
        {
            AppliesTo = (_, node) => node.Layer.Kind == kind && By(node) is not null,
            Output = site => site.Forward(by: By(site.Node)),
            InputGradient = site => site.Backward(by: By(site.Node)).DX,
        };
    }

    private static Conventions AtZero(double slope) => new() { ReluDerivativeAtZero = slope };

    private static Grid<Interval> Sloped(SlipSite site, Func<Activation, Interval, Interval, Interval> slope)
    {
        var layer = (Activation)site.Node.Layer;
        return SlipSite.Map(site.X, i => site.DY.Flat(i) * slope(layer, site.X.Flat(i), site.Y.Flat(i)));
    }

    // The first update, which has no memory of earlier ones yet.
    private static Grid<Interval> Updated(SlipSite site, NetworkParameter parameter, Grid<Interval> weights)
    {
        if (!parameter.Parameter.Trainable)
            return weights;
        Optimizer optimizer = site.Request.Optimizer!;
        var constants = new Interval[Optimizer.MaximumConstants];
        optimizer.Constants(1, new Interval(optimizer.LearningRate), constants);
        Grid<Interval> gradients = site.GradientOf(parameter);
        return SlipSite.Map(
            weights,
            i => optimizer.Next(weights.Flat(i), gradients.Flat(i), new Interval[optimizer.State.Count], constants)
        );
    }

    private static Grid<Interval> Zeros(Grid<Interval> like) => SlipSite.Map(like, _ => new Interval(0));

    // A matrix that is not square is read by columns: the same numbers, laid the other way.
    private static Grid<Interval> Transposed(Grid<Interval> w)
    {
        if (w.Rank != 2)
            return w;
        (int rows, int columns) = (w.Size(0), w.Size(1));
        return SlipSite.Map(w, i => w.Flat(i % columns * rows + i / columns));
    }

    private static Grid<Interval> Flipped(Grid<Interval> w)
    {
        if (w.Rank != 4)
            return w;
        int pixels = w.Size(2) * w.Size(3);
        return SlipSite.Map(w, i => w.Flat(i - i % pixels + (pixels - 1 - i % pixels)));
    }
}
