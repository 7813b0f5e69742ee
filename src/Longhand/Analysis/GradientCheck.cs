using Longhand.Kernels;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Plans;
using Longhand.Reference;

namespace Longhand.Analysis;

/// <summary>What a reference gradient is compared with.</summary>
public enum GradientSource
{
    /// <summary>The exact derivative: the forward pass and the loss read with <see cref="Numbers.Dual"/>.</summary>
    Dual,

    /// <summary>(L(θ + h) − L(θ − h)) / 2h in double precision.</summary>
    Difference,

    /// <summary>The kernels that train, in single precision.</summary>
    Kernel,
}

/// <summary>The coordinate of one parameter at which a source is farthest from the reference.</summary>
/// <param name="Source">What the reference was compared with.</param>
/// <param name="Parameter">Which parameter: dense1.weight, or "input".</param>
/// <param name="Index">The coordinate, one index per size of the parameter.</param>
/// <param name="Reference">∂L/∂θ by the reference.</param>
/// <param name="Other">∂L/∂θ by the other source.</param>
/// <param name="RelativeError">Their distance, relative to the scale that the tolerance is meant for.</param>
/// <param name="Tolerance">What is allowed.</param>
public sealed record GradientComparison(
    GradientSource Source,
    string Parameter,
    IReadOnlyList<int> Index,
    double Reference,
    double Other,
    double RelativeError,
    double Tolerance
)
{
    /// <summary>Whether the two agree.</summary>
    public bool Ok => RelativeError <= Tolerance;
}

/// <summary>A coordinate with a kink or a jump of the loss so near that the derivative differs on its two sides.</summary>
/// <param name="Parameter">Which parameter.</param>
/// <param name="Index">The coordinate.</param>
/// <param name="Reference">The gradient that the reference gives there.</param>
/// <param name="Left">The derivative one step below.</param>
/// <param name="Right">The derivative one step above; equal to the left one where the loss jumps.</param>
public sealed record GradientKink(string Parameter, IReadOnlyList<int> Index, double Reference, double Left, double Right);

/// <summary>
/// The gradients of a network, each computed four ways: by the layers' own backward passes (the reference, in double precision), as exact
/// derivatives of the forward pass, as central differences, and by the kernels that train. All but the first are compared with the first.
/// </summary>
/// <remarks>
/// An error is relative to the larger of the two numbers, but not below a floor, since next to large gradients a small one is the
/// difference of large numbers: a thousandth of the largest gradient for the exact derivative; for the central difference besides 1e-4 of
/// the loss, whose last digit it cannot see; for the kernels a tenth of the same parameter's largest, and what single precision loses in
/// the outputs. A coordinate that fails is excused where a kink or a jump within one step explains the whole difference.
/// </remarks>
public sealed record GradientCheck
{
    /// <summary>How far reference and exact derivative may be apart.</summary>
    public const double DualTolerance = 1e-9;

    /// <summary>How far reference and central difference may be apart.</summary>
    public const double DifferenceTolerance = 1e-5;

    /// <summary>How far reference and kernels may be apart.</summary>
    public const double KernelTolerance = 1e-4;

    internal GradientCheck(
        IReadOnlyList<GradientComparison> comparisons,
        IReadOnlyList<GradientKink> kinks,
        double loss,
        long checkedCoordinates,
        long coordinates,
        bool kernelCompared
    )
    {
        Comparisons = comparisons;
        Kinks = kinks;
        Loss = loss;
        CheckedCoordinates = checkedCoordinates;
        Coordinates = coordinates;
        KernelCompared = kernelCompared;
    }

    /// <summary>For each parameter and each source the worst coordinate.</summary>
    public IReadOnlyList<GradientComparison> Comparisons { get; }

    /// <summary>Coordinates at which a kink or a jump excuses a difference.</summary>
    public IReadOnlyList<GradientKink> Kinks { get; }

    /// <summary>The loss at which the gradients were taken.</summary>
    public double Loss { get; }

    /// <summary>How many coordinates were compared: large parameters are sampled.</summary>
    public long CheckedCoordinates { get; }

    /// <summary>How many coordinates there are.</summary>
    public long Coordinates { get; }

    /// <summary>Whether the kernels were compared: in inference they have no way back, which matters where layers depend on the mode.</summary>
    public bool KernelCompared { get; }

    /// <summary>Whether all agree.</summary>
    public bool Ok => Comparisons.All(c => c.Ok);

    /// <summary>The comparison that uses up most of its tolerance; null where there is no coordinate.</summary>
    public GradientComparison? Worst => Comparisons.MaxBy(c => c.RelativeError / c.Tolerance);

    /// <summary>The worst comparison with one source; null where there is none.</summary>
    public GradientComparison? WorstOf(GradientSource source) => Comparisons.Where(c => c.Source == source).MaxBy(c => c.RelativeError);

    /// <summary>Checks every gradient of a model on one batch.</summary>
    /// <param name="model">The network with the parameters at which its gradients are taken.</param>
    /// <param name="input">[N, features] or [N, C, H, W].</param>
    /// <param name="target">[N, outputs].</param>
    /// <param name="loss">The loss.</param>
    /// <param name="training">What dropout and batchnorm do; a dropout mask is the same for all.</param>
    /// <param name="maximumCoordinates">How many coordinates of one parameter are checked; of a larger one as many are drawn.</param>
    /// <param name="seed">The seed that they, and dropout masks, are drawn with.</param>
    /// <exception cref="LonghandException">Shapes do not fit, or loss and outputs do not go together.</exception>
    public static GradientCheck Run(
        Model model,
        Grid<Float64> input,
        Grid<Float64> target,
        Loss loss,
        bool training = true,
        int maximumCoordinates = 200,
        ulong seed = 1
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumCoordinates);
        RequireShapes(model.Network, input, target, loss);
        // Coordinates are moved one at a time: in a copy, since the batch is the caller's.
        var copy = new Grid<Float64>(input.ToArray(), [.. input.Sizes]);
        return new Checker(model, copy, target, loss, training, maximumCoordinates, seed).Run();
    }

    /// <summary>
    /// The Hessian of the loss in the trainable parameters times a direction, by reading the backward pass with <see cref="Dual"/>
    /// (Pearlmutter 1994, doi:10.1162/neco.1994.6.1.147). The matrix itself is never formed.
    /// </summary>
    /// <param name="model">The network with the parameters at which curvature is taken.</param>
    /// <param name="input">[N, features] or [N, C, H, W].</param>
    /// <param name="target">[N, outputs].</param>
    /// <param name="loss">The loss.</param>
    /// <param name="direction">For each of the network's parameters, in their order, how much each number moves.</param>
    /// <param name="training">What dropout and batchnorm do.</param>
    /// <param name="seed">The seed that dropout masks are drawn with.</param>
    /// <returns>For each parameter how fast its gradient changes along the direction; zeros for what is not trained.</returns>
    /// <exception cref="LonghandException">Shapes do not fit, or loss and outputs do not go together.</exception>
    public static IReadOnlyList<double[]> HessianVectorProduct(
        Model model,
        Grid<Float64> input,
        Grid<Float64> target,
        Loss loss,
        IReadOnlyList<double[]> direction,
        bool training = true,
        ulong seed = 1
    )
    {
        Network network = model.Network;
        RequireShapes(network, input, target, loss);
        if (
            direction.Count != network.Parameters.Count
            || network.Parameters.Where((p, i) => direction[i].Length != p.Parameter.Length).Any()
        )
            throw new ShapeException("A direction has a number for each number of each parameter, in the network's order.");
        Grid<Dual>[] parameters =
        [
            .. network.Parameters.Select(
                (p, i) =>
                    model.Values[i].Grid(p.Parameter, k => new Dual(model.Values[i].Double(k), p.Parameter.Trainable ? direction[i][k] : 0))
            ),
        ];
        var run = new ReferenceRun<Dual>(network, parameters, AsDual(input), training, Masks(seed));
        Backward(run, AsDual(target), loss);
        return
        [
            .. network.Parameters.Select(
                (p, i) =>
                    p.Parameter.Trainable
                        ? Array.ConvertAll(run.ParameterResults[i].ToArray(), g => g.Derivative)
                        : new double[p.Parameter.Length]
            ),
        ];
    }

    private static void RequireShapes(Network network, Grid<Float64> input, Grid<Float64> target, Loss loss)
    {
        if (loss.Refuse(network.Range, network.Output) is { } refusal)
            throw new LonghandException(refusal + ".");
        if (!input.Sizes.Skip(1).SequenceEqual(network.Input.MemoryOrder()))
            throw new ShapeException($"The network reads {network.Input}, but the batch is [{string.Join(", ", input.Sizes)}].");
        if (!target.Sizes.SequenceEqual([input.Size(0), network.Output[0]]))
            throw new ShapeException(
                $"{input.Size(0)} examples with {network.Output} outputs need targets [{input.Size(0)}, {network.Output}], "
                    + $"but there are [{string.Join(", ", target.Sizes)}]."
            );
    }

    private static Grid<Dual> AsDual(Grid<Float64> grid) => new(Array.ConvertAll(grid.ToArray(), v => Dual.Of(v.Value)), [.. grid.Sizes]);

    // The keys that training has, so that the masks are those of its first update.
    private static Func<int, MaskKey> Masks(ulong seed) => node => new(MaskKey.Of(seed, node), 0);

    private static void Backward<T>(ReferenceRun<T> run, Grid<T> target, Loss loss)
        where T : IScalar<T>
    {
        Grid<T> output = run.Forward();
        var gradient = new Grid<T>([.. output.Sizes]);
        loss.Gradient(output, target, gradient);
        run.Backward(gradient);
    }

    /// <summary>One parameter, or the input: its numbers and what is known of their gradients.</summary>
    private sealed record Source(string Name, IReadOnlyList<int> Sizes, Grid<Float64> Values, Grid<Dual> Duals, double[] Reference)
    {
        public double[]? Kernel { get; set; }

        // The largest gradient when each output has a gradient of ±1/N: how much an error in the outputs' own gradient moves this one.
        public double Reach { get; set; }

        public double Largest { get; } = Reference.Length == 0 ? 0 : Reference.Max(Math.Abs);

        public int[] IndexOf(int position)
        {
            var index = new int[Sizes.Count];
            for (int d = index.Length - 1; d >= 0; position /= Sizes[d], d--)
                index[d] = position % Sizes[d];
            return index;
        }
    }

    private sealed class Checker(
        Model model,
        Grid<Float64> input,
        Grid<Float64> target,
        Loss loss,
        bool training,
        int maximumCoordinates,
        ulong seed
    )
    {
        // The cube root of a double's precision balances the error of the difference against the rounding of the loss.
        private const double RelativeStep = 6e-6;

        private readonly Network network = model.Network;
        private readonly Grid<Dual> dualTarget = AsDual(target);
        private readonly List<GradientComparison> comparisons = [];
        private readonly List<GradientKink> kinks = [];
        private Grid<Float64>[] parameters = [];
        private Grid<Dual>[] dualParameters = [];
        private Grid<Dual> dualInput = new();
        private double lossValue,
            largest;

        public GradientCheck Run()
        {
            List<Source> sources = Reference();
            bool kernel = training || !network.Nodes.Any(node => node.Layer.DependsOnMode);
            if (kernel)
                Kernel(sources);
            var random = new RandomStream(seed, "gradient check");
            long count = 0;
            foreach (Source source in sources)
            {
                int[] coordinates = [.. Enumerable.Range(0, source.Reference.Length)];
                if (coordinates.Length > maximumCoordinates)
                {
                    random.Shuffle(coordinates.AsSpan());
                    Array.Resize(ref coordinates, maximumCoordinates);
                    Array.Sort(coordinates);
                }
                count += coordinates.Length;
                Compare(source, coordinates);
            }
            return new(comparisons, kinks, lossValue, count, sources.Sum(s => (long)s.Reference.Length), kernel);
        }

        private List<Source> Reference()
        {
            parameters =
            [
                .. network.Parameters.Select((p, i) => model.Values[i].Grid(p.Parameter, k => new Float64(model.Values[i].Double(k)))),
            ];
            dualParameters = [.. parameters.Select(AsDual)];
            dualInput = AsDual(input);
            ReferenceRun<Float64> run = MakeRun(parameters, input);
            Backward(run, target, loss);
            lossValue = loss.Value(run.Output, target).Value;
            largest = run.Gradient(network.OutputValue)!.ToArray().Max(g => Math.Abs(g.Value));
            List<Source> sources = [];
            var places = new List<Func<ReferenceRun<Float64>, Grid<Float64>?>>();
            for (int i = 0; i < parameters.Length; i++)
            {
                if (!network.Parameters[i].Parameter.Trainable)
                    continue;
                int index = i;
                places.Add(r => r.ParameterResults[index]);
                sources.Add(Make(network.Parameters[i].Name, parameters[i], dualParameters[i], run.ParameterResults[i]));
            }
            // An input that the output does not depend on has no gradient: none arrived.
            places.Add(r => r.Gradient(0));
            sources.Add(Make("input", input, dualInput, run.Gradient(0) ?? Zeros(input)));
            largest = Math.Max(largest, sources.Max(s => s.Largest));

            var signs = new RandomStream(seed, "gradient check signs");
            var upstream = new Grid<Float64>([.. run.Output.Sizes]);
            double factor = loss.IsSum ? 1 : 1.0 / input.Size(0);
            for (int i = 0; i < upstream.Length; i++)
                upstream.SetFlat(i, new Float64(signs.Below(2) == 0 ? factor : -factor));
            run.Backward(upstream);
            for (int i = 0; i < sources.Count; i++)
                sources[i].Reach = places[i](run)?.ToArray().Max(g => Math.Abs(g.Value)) ?? 0;
            return sources;

            static Source Make(string name, Grid<Float64> values, Grid<Dual> duals, Grid<Float64> gradient) =>
                new(name, values.Sizes, values, duals, Array.ConvertAll(gradient.ToArray(), g => g.Value));

            static Grid<Float64> Zeros(Grid<Float64> like) => new([.. like.Sizes]);
        }

        private ReferenceRun<T> MakeRun<T>(Grid<T>[] parameterGrids, Grid<T> inputGrid)
            where T : IScalar<T> => new(network, parameterGrids, inputGrid, training, Masks(seed));

        private void Compare(Source source, int[] coordinates)
        {
            var worst = new Dictionary<GradientSource, GradientComparison>();
            foreach (int k in coordinates)
            {
                double reference = source.Reference[k];
                bool kink = false;
                Try(GradientSource.Dual, DerivativeAt(source, k, 0), DualTolerance, 1e-3 * largest);
                double step = StepAt(source, k),
                    difference = DifferenceAt(source, k, step),
                    floor = Math.Max(1e-3 * largest, 1e-4 * Math.Abs(lossValue));
                // A kink that lies within the step, but not at the point itself, is passed by a smaller one.
                if (!(RelativeError(reference, difference, floor) <= DifferenceTolerance))
                {
                    double nearer = DifferenceAt(source, k, step / 16);
                    if (RelativeError(reference, nearer, floor) <= DifferenceTolerance)
                        difference = nearer;
                }
                Try(GradientSource.Difference, difference, DifferenceTolerance, floor);
                if (source.Kernel is { } kernel)
                    Try(
                        GradientSource.Kernel,
                        kernel[k],
                        KernelTolerance,
                        Math.Max(Math.Max(0.1 * source.Largest, 1e-3 * largest), 0.01 * source.Reach)
                    );

                void Try(GradientSource against, double other, double tolerance, double least)
                {
                    double error = RelativeError(reference, other, least);
                    if (!(error <= tolerance))
                    {
                        kink = kink || IsKink(source, k, reference, other);
                        if (kink)
                            return;
                    }
                    if (!worst.TryGetValue(against, out GradientComparison? before) || !(error <= before.RelativeError))
                        worst[against] = new(against, source.Name, source.IndexOf(k), reference, other, error, tolerance);
                }
            }
            comparisons.AddRange(worst.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        }

        // Along a kink the derivative goes from one value to another, and every reading of it, the difference too, lies between them:
        // so it excuses what is as small as its own height, and nothing else. A jump shows in the difference alone, which grows as the
        // step shrinks.
        private bool IsKink(Source source, int k, double reference, double other)
        {
            double step = StepAt(source, k),
                left = DerivativeAt(source, k, -step),
                right = DerivativeAt(source, k, step);
            bool kink = Math.Abs(other - reference) <= 1.01 * Math.Abs(right - left);
            if (!kink)
            {
                double wide = DifferenceAt(source, k, step),
                    narrow = DifferenceAt(source, k, step / 16);
                kink = Math.Abs(narrow) > 8 * Math.Abs(wide) && Math.Abs(narrow) * step > 1e-3 * Math.Abs(lossValue);
            }
            if (kink)
                kinks.Add(new(source.Name, source.IndexOf(k), reference, left, right));
            return kink;
        }

        private static double StepAt(Source source, int k) => RelativeStep * Math.Max(1, Math.Abs(source.Values.Flat(k).Value));

        private double DerivativeAt(Source source, int k, double shift)
        {
            double value = source.Values.Flat(k).Value;
            source.Duals.SetFlat(k, new Dual(value + shift, 1));
            Dual result = loss.Value(MakeRun(dualParameters, dualInput).Forward(), dualTarget);
            source.Duals.SetFlat(k, Dual.Of(value));
            return result.Derivative;
        }

        private double DifferenceAt(Source source, int k, double step)
        {
            Float64 value = source.Values.Flat(k);
            double above = value.Value + step,
                below = value.Value - step;
            double difference = LossAt(above) - LossAt(below);
            source.Values.SetFlat(k, value);
            // What the two arguments are apart after rounding.
            return difference / (above - below);

            double LossAt(double at)
            {
                source.Values.SetFlat(k, new Float64(at));
                return loss.Value(MakeRun(parameters, input).Forward(), target).Value;
            }
        }

        // Not a number is as far away as can be; two equal infinities agree.
        private static double RelativeError(double a, double b, double floor)
        {
            if (a == b)
                return 0;
            double error = Math.Abs(a - b) / Math.Max(Math.Max(Math.Abs(a), Math.Abs(b)), floor);
            return double.IsNaN(error) ? double.PositiveInfinity : error;
        }

        private void Kernel(List<Source> sources)
        {
            IReadOnlyList<ParameterValues> values = model.Values;
            using var pool = new WorkerPool(1);
            var block = new ParameterBlock(network, values, training: true);
            RunPlan(new Plan(network, block, input.Size(0), training: true, pool, node => MaskKey.Of(seed, node)));
            foreach (Source source in sources)
                for (int i = 0; i < network.Parameters.Count; i++)
                    if (network.Parameters[i].Name == source.Name)
                        source.Kernel = Doubles(block.Result(i));

            // A plan does not compute the gradient of its input. Behind a layer that adds a parameter to it, that parameter's is the same.
            Network tapped = Tapped(input.Size(0));
            var zeros = new ParameterValues(tapped.Parameters[0].Parameter, new float[input.Length]);
            block = new ParameterBlock(tapped, [zeros, .. values], training: true);
            RunPlan(new Plan(tapped, block, input.Size(0), training: true, pool, node => MaskKey.Of(seed, node - 1)));
            sources[^1].Kernel = Doubles(block.Result(0));

            static double[] Doubles(FloatBuffer buffer) => Array.ConvertAll(buffer.Span.ToArray(), v => (double)v);
        }

        private void RunPlan(Plan plan)
        {
            int batch = input.Size(0),
                length = input.Length / batch;
            var sample = new float[length];
            for (int s = 0; s < batch; s++)
            {
                for (int i = 0; i < length; i++)
                    sample[i] = (float)input.Flat(s * length + i).Value;
                Span<float> place = plan.Input.Span.Slice(s * length, length);
                if (network.Input.IsImage)
                    ImageLayout.FromChannels(sample, network.Input, place);
                else
                    sample.CopyTo(place);
            }
            plan.Forward();
            var wanted = new Grid<Float32>(Array.ConvertAll(target.ToArray(), t => new Float32((float)t.Value)), [.. target.Sizes]);
            loss.Gradient(plan.Output.Grid([.. target.Sizes]), wanted, plan.OutputGradient!.Grid([.. target.Sizes]));
            plan.Backward();
        }

        private Network Tapped(int batch)
        {
            var tap = new Tap(batch);
            List<Node> nodes = [new(0, "input", tap, [0], network.Input, tap.Parameters([network.Input]))];
            foreach (Node node in network.Nodes)
                nodes.Add(node with { Index = node.Index + 1, Inputs = [.. node.Inputs.Select(value => value + 1)] });
            return new(network.Input, nodes, network.OutputValue + 1, new Dictionary<string, int>());
        }
    }

    /// <summary>y = x + p with a number p for each number of the batch: ∂L/∂p is the gradient of the network's input.</summary>
    private sealed class Tap(int batch) : Layer
    {
        public override string Kind => "tap";
        public override string Notation => "tap";

        public override Shape Output(IReadOnlyList<Shape> inputs) => inputs[0];

        public override IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs) =>
            [new("shift", [batch, .. inputs[0].MemoryOrder()]) { Role = ParameterRole.Fixed }];

        public override void Forward<T>(Pass<T> p)
        {
            for (int i = 0; i < p.Y.Length; i++)
                p.Y.SetFlat(i, p.X.Flat(i) + p["shift"].Flat(i));
        }

        public override void Backward<T>(Pass<T> p)
        {
            for (int i = 0; i < p.Y.Length; i++)
            {
                p.DX.SetFlat(i, p.DY.Flat(i));
                p.Gradient("shift").SetFlat(i, p.DY.Flat(i));
            }
        }
    }
}
