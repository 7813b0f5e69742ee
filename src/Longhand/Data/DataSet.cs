namespace Longhand;

/// <summary>
/// Examples to train on or to measure with: inputs of one shape, and for each a class number or a row of target values. A data set is
/// immutable; taking a part of it copies indices, not numbers.
/// </summary>
public sealed class DataSet
{
    private readonly Rows inputs;
    private readonly Rows? targets;
    private readonly int[]? classes;
    private readonly int[]? selection;

    /// <summary>The caller's own arrays: one row per example, targets being values (regression, probabilities).</summary>
    /// <exception cref="LonghandException">There are no examples, the counts differ, or a row is shorter or longer than the first.</exception>
    public DataSet(double[][] inputs, double[][] targets)
        : this(Rows.Of(inputs, "inputs"), null, Rows.Of(targets, "targets")) { }

    /// <inheritdoc cref="DataSet(double[][], double[][])"/>
    public DataSet(float[][] inputs, float[][] targets)
        : this(Rows.Of(inputs, "inputs"), null, Rows.Of(targets, "targets")) { }

    /// <summary>The caller's own arrays: one row per example, and for each its class, counted from 0.</summary>
    /// <exception cref="LonghandException">There are no examples, the counts differ, a row has another length, or a class is negative.</exception>
    public DataSet(double[][] inputs, int[] classes)
        : this(Rows.Of(inputs, "inputs"), null, classes) { }

    /// <inheritdoc cref="DataSet(double[][], int[])"/>
    public DataSet(float[][] inputs, int[] classes)
        : this(Rows.Of(inputs, "inputs"), null, classes) { }

    /// <summary>Examples with target values, of a given input shape (images lie channel by channel).</summary>
    public DataSet(Rows inputs, Shape? inputShape, Rows targets)
    {
        this.inputs = inputs;
        this.targets = targets;
        InputShape = Fit(inputs, inputShape);
        TargetLength = targets.Width;
        RequireSameCount(inputs.Count, targets.Count, "rows of targets");
    }

    /// <summary>Examples with class numbers, of a given input shape (images lie channel by channel).</summary>
    public DataSet(Rows inputs, Shape? inputShape, int[] classes, IReadOnlyList<string>? classNames = null)
    {
        this.inputs = inputs;
        this.classes = classes;
        InputShape = Fit(inputs, inputShape);
        TargetLength = 1;
        RequireSameCount(inputs.Count, classes.Length, "classes");
        for (int i = 0; i < classes.Length; i++)
            if (classes[i] < 0)
                throw new LonghandException($"Classes are counted from 0, but example {i} has class {classes[i]}.");
        int count = Math.Max(2, classes.Max() + 1);
        if (classNames is not null && classNames.Count < count)
            throw new LonghandException($"There are {classNames.Count} class names, but classes up to {count - 1}.");
        ClassNames =
            classNames ?? [.. Enumerable.Range(0, count).Select(c => c.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    private DataSet(DataSet from, int[]? selection)
        : this(from, from.inputs, from.targets, from.classes, selection) { }

    private DataSet(DataSet from, Rows inputs, Rows? targets, int[]? classes, int[]? selection)
    {
        this.inputs = inputs;
        this.targets = targets;
        this.classes = classes;
        InputShape = from.InputShape;
        TargetLength = from.TargetLength;
        ClassNames = from.ClassNames;
        Name = from.Name;
        InRandomOrder = from.InRandomOrder;
        Continuation = from.Continuation;
        InputNames = from.InputNames;
        Scaling = from.Scaling;
        Notes = from.Notes;
        this.selection = selection;
    }

    /// <summary>What it is called in reports.</summary>
    public string Name { get; init; } = "data";

    /// <summary>What the columns of a vector input are called (x, y; sepal_length …); empty where they have no names.</summary>
    public IReadOnlyList<string> InputNames { get; init; } = [];

    /// <summary>The shape of one input.</summary>
    public Shape InputShape { get; }

    /// <summary>How many examples there are.</summary>
    public int Count => selection?.Length ?? inputs.Count;

    /// <summary>Whether the examples have class numbers rather than target values.</summary>
    public bool HasClasses => classes is not null;

    /// <summary>The names of the classes, by number; empty where targets are values.</summary>
    public IReadOnlyList<string> ClassNames { get; private init; } = [];

    /// <summary>How many target values an example has (1 for a class number).</summary>
    public int TargetLength { get; }

    /// <summary>Whether the examples already stand in random order, so that <see cref="Split"/> cuts without shuffling.</summary>
    public bool InRandomOrder { get; init; }

    /// <summary>The random numbers that the data were drawn from, where weights may be drawn on from there (the Playground's rule).</summary>
    public RandomSource? Continuation { get; init; }

    /// <summary>What the inputs have been scaled with; null where they are as they were measured.</summary>
    public InputScaling? Scaling { get; private init; }

    /// <summary>What a person should know of how they were read, in whole sentences: "3 of 150 lines were left out …".</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The class of example <paramref name="index"/>, counted from 0.</summary>
    public int Class(int index) =>
        (classes ?? throw new InvalidOperationException("These examples have target values, not classes."))[Row(index)];

    /// <summary>Copies the input of example <paramref name="index"/>; an image channel by channel.</summary>
    public void CopyInput(int index, Span<float> destination) => inputs.Copy(Row(index), destination);

    /// <inheritdoc cref="CopyInput(int, Span{float})"/>
    public void CopyInput(int index, Span<double> destination) => inputs.Copy(Row(index), destination);

    /// <summary>Copies the target values of example <paramref name="index"/>; only where targets are values.</summary>
    public void CopyTarget(int index, Span<double> destination) =>
        (targets ?? throw new InvalidOperationException("These examples have classes, not target values.")).Copy(Row(index), destination);

    /// <summary>One example, as Explain and Predict take it.</summary>
    public Example this[int index]
    {
        get
        {
            var input = new double[inputs.Width];
            CopyInput(index, input);
            if (HasClasses)
                return new Example(input, [], Class(index)) { Scaling = Scaling };
            var target = new double[TargetLength];
            CopyTarget(index, target);
            return new Example(input, target, null) { Scaling = Scaling };
        }
    }

    /// <summary>The examples with the given numbers, in that order.</summary>
    public DataSet Select(IEnumerable<int> indices) => new(this, [.. indices.Select(Row)]);

    /// <summary>The first <paramref name="count"/> examples from <paramref name="start"/> on.</summary>
    public DataSet Slice(int start, int count) => Select(Enumerable.Range(start, count));

    /// <summary>Two parts, the first with ⌊share · Count⌋ examples; shuffled first unless they stand in random order.</summary>
    /// <param name="share">Between 0 and 1, both parts getting at least one example.</param>
    /// <param name="seed">The seed of the shuffle (stream "data").</param>
    /// <param name="stratify">Whether each class is to have the same share of both parts, as far as whole examples allow.</param>
    /// <exception cref="LonghandException">The share leaves one part empty, or there are no classes to be stratified.</exception>
    public (DataSet First, DataSet Second) Split(double share, ulong seed = 1, bool stratify = false)
    {
        int first = (int)Math.Floor(Count * share + 1e-9);
        if (!(share > 0) || first < 1 || first >= Count)
            throw new LonghandException(
                $"A split of {share} leaves one part of the {Count} examples empty; choose a share between 0 and 1."
            );
        if (stratify && !HasClasses)
            throw new LonghandException($"A stratified split needs classes, but the targets of {Name} are values.");
        int[] order = [.. Enumerable.Range(0, Count)];
        if (!InRandomOrder)
            new RandomStream(seed, RandomStream.Data).Shuffle(order.AsSpan());
        (int[] one, int[] other) = stratify ? Splitting.Stratified(order, Class, first) : (order[..first], order[first..]);
        return (Select(one), Select(other));
    }

    /// <summary>The same examples under other class numbers, one for each of them.</summary>
    internal DataSet Relabelled(int[] numbers, IReadOnlyList<string> names)
    {
        var labels = new int[inputs.Count];
        for (int i = 0; i < numbers.Length; i++)
            labels[Row(i)] = numbers[i];
        return new(this, inputs, null, labels, selection) { ClassNames = names };
    }

    /// <summary>The same examples, each input read through other rows.</summary>
    internal DataSet WithRows(Func<Rows, Rows> through, InputScaling scaling) =>
        new(this, through(inputs), targets, classes, selection) { Scaling = scaling };

    /// <summary>The same examples with these rows for inputs, one for each of them.</summary>
    internal DataSet Gathered(Rows rows, InputScaling scaling)
    {
        bool whole = selection is null;
        int[]? labels = classes is null || whole ? classes : [.. selection!.Select(row => classes[row])];
        return new(this, rows, targets is null || whole ? targets : GatheredTargets(), labels, null) { Scaling = scaling };
    }

    private Rows GatheredTargets()
    {
        var gathered = new double[checked(Count * TargetLength)];
        for (int i = 0; i < Count; i++)
            CopyTarget(i, gathered.AsSpan(i * TargetLength, TargetLength));
        return Rows.Of(gathered, TargetLength);
    }

    private int Row(int index) => selection is null ? index : selection[index];

    private static Shape Fit(Rows inputs, Shape? shape)
    {
        Shape fitted = shape ?? [inputs.Width];
        if (fitted.Length != inputs.Width)
            throw new LonghandException($"An input of shape {fitted} has {fitted.Length} numbers, but the rows have {inputs.Width}.");
        return fitted;
    }

    private static void RequireSameCount(int inputs, int targets, string what)
    {
        if (inputs != targets)
            throw new LonghandException($"There are {inputs} rows of inputs, but {targets} {what}.");
    }
}

/// <summary>One example: its input, and its target as values or as a class number.</summary>
/// <param name="Input">The input; an image channel by channel.</param>
/// <param name="Target">The target values; empty where there is a class or no target.</param>
/// <param name="Class">The class, counted from 0.</param>
public sealed record Example(double[] Input, double[] Target, int? Class)
{
    /// <summary>What the input has been scaled with already.</summary>
    internal InputScaling? Scaling { get; init; }
}
