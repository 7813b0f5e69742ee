using System.Globalization;
using Longhand.Numbers;

namespace Longhand.Experiments.Code;

/// <summary>
/// A number that writes itself down as a Python expression over arrays: an activation, a loss or an optimizer that is read with it becomes
/// code, without a second statement of what it is.
/// </summary>
/// <param name="Text">The expression.</param>
/// <param name="Rank">How tightly it holds together: see <see cref="Ranks"/>.</param>
/// <param name="IsConstant">Whether no array is in it, so that it is a plain number of Python's.</param>
internal readonly record struct Written(string Text, int Rank = Ranks.Atom, bool IsConstant = false) : IRowReal<Written>
{
    /// <summary>The number of an update, in the place of a whole number: no real one is as large.</summary>
    public const int Step = 1_000_000_007;

    /// <summary>What stands for the update's number in the code.</summary>
    public const string StepName = "t";

    // What the expressions need is gathered while a rule is read; one thread reads one rule at a time.
    [ThreadStatic]
    private static WrittenNotes? notes;

    /// <summary>What is gathered while rules are read.</summary>
    public static WrittenNotes Notes
    {
        get => notes ??= new(PythonLibrary.NumPy);
        set => notes = value;
    }

    /// <summary>A variable, which is an array.</summary>
    public static Written Array(string name) => new(name);

    public static Written Of(double value) =>
        double.IsInfinity(value) || double.IsNaN(value) ? new("math.inf", Ranks.Atom, true)
        : value < 0 ? new(PythonText.Number(value), Ranks.Sign, true)
        : new(PythonText.Number(value), Ranks.Atom, true);

    public static Written Fraction(long numerator, long denominator)
    {
        if (numerator is Step or Step + 1)
        {
            Written step = numerator == Step ? new(StepName, Ranks.Atom, true) : new($"{StepName} + 1", Ranks.Sum, true);
            return denominator == 1 ? step : step / Of(denominator);
        }
        double value = (double)numerator / denominator;
        // A short decimal is what a person would write; a third has none.
        return PythonText.Number(value).Length <= 6 ? Of(value) : Of(numerator) / Of(denominator);
    }

    public static Written Pi => new("math.pi", Ranks.Atom, true);

    public static Written operator +(Written a, Written b) =>
        a.Text == "0" ? b
        : b.Text == "0" ? a
        : new($"{a.In(Ranks.Sum)} + {b.In(Ranks.Sum)}", Ranks.Sum, a.IsConstant && b.IsConstant);

    public static Written operator -(Written a, Written b) =>
        b.Text == "0" ? a
        : a.Text == "0" ? -b
        : new($"{a.In(Ranks.Sum)} - {b.In(Ranks.Product)}", Ranks.Sum, a.IsConstant && b.IsConstant);

    public static Written operator *(Written a, Written b) =>
        a.Text == "1" ? b
        : b.Text == "1" ? a
        : new($"{a.In(Ranks.Product)} * {b.In(Ranks.Product)}", Ranks.Product, a.IsConstant && b.IsConstant);

    public static Written operator /(Written a, Written b) =>
        b.Text == "1" ? a : new($"{a.In(Ranks.Product)} / {b.In(Ranks.Sign)}", Ranks.Product, a.IsConstant && b.IsConstant);

    public static Written operator -(Written a) => new($"-{a.In(Ranks.Sign)}", Ranks.Sign, a.IsConstant);

    public static Written Exp(Written x) => Call("exp", x);

    public static Written Expm1(Written x) => Call("expm1", x);

    public static Written Log(Written x) => Call("log", x);

    public static Written Sqrt(Written x) => Call("sqrt", x);

    public static Written Power(Written x, int n) =>
        n == Step ? new($"{x.In(Ranks.Atom)} ** {StepName}", Ranks.Power, x.IsConstant)
        : n == Step + 1 ? new($"{x.In(Ranks.Atom)} ** ({StepName} + 1)", Ranks.Power, x.IsConstant)
        : n == 1 ? x
        : new(string.Create(CultureInfo.InvariantCulture, $"{x.In(Ranks.Atom)} ** {n}"), Ranks.Power, x.IsConstant);

    public static Written Sigmoid(Written x) => Helper("sigmoid", x);

    public static Written Tanh(Written x) => Call("tanh", x);

    public static Written Softplus(Written x) => Helper("softplus", x);

    public static Written Erf(Written x) => Helper("erf", x);

    public static Written Atan(Written x) => Call(x.IsConstant ? "atan" : Notes.Library.Atan, x);

    public static Written Sin(Written x) => Call("sin", x);

    public static Written Cos(Written x) => Call("cos", x);

    public static Written Abs(Written x) => x.IsConstant ? new($"abs({x.Text})", Ranks.Atom, true) : Call("abs", x);

    public static Written Max(Written a, Written b) =>
        a.Text == "0" ? Helper("relu", b)
        : b.Text == "0" ? Helper("relu", a)
        : new($"{Notes.Library.Name}.maximum({Filled(a)}, {Filled(b)})");

    public static Written Select(Written test, Written above, Written at, Written below)
    {
        if (above == at && at == below)
            return above;
        string where = $"{Notes.Library.Name}.where(";
        string subject = test.In(Ranks.Sum);
        if (at == below)
            return new($"{where}{subject} > 0, {Filled(above)}, {Filled(below)})");
        return above == at
            ? new($"{where}{subject} >= 0, {Filled(above)}, {Filled(below)})")
            : new($"{where}{subject} > 0, {Filled(above)}, {where}{subject} < 0, {Filled(below)}, {Filled(at)}))");
    }

    public static Written Let(string name, Written value)
    {
        string variable = name.Replace("\u0302", "_hat", StringComparison.Ordinal);
        Notes.Lines.Add($"{variable} = {value.Text}");
        return new(variable, Ranks.Atom, value.IsConstant);
    }

    public static Written LogSumExp(ReadOnlySpan<Written> x) => throw new LonghandException("This is not written element by element.");

    public static Written Softmax(ReadOnlySpan<Written> x, int index) =>
        throw new LonghandException("This is not written element by element.");

    /// <summary>The expression as it stands where something of a rank is needed.</summary>
    public string In(int rank) => Rank >= rank ? Text : $"({Text})";

    private static Written Call(string function, Written x) =>
        new($"{(x.IsConstant ? "math" : Notes.Library.Name)}.{function}({x.Text})", Ranks.Atom, x.IsConstant);

    private static Written Helper(string name, Written x)
    {
        Notes.Helpers.Add(name);
        return new($"{name}({x.Text})", Ranks.Atom, x.IsConstant);
    }

    // A plain number beside an array would change the array's precision.
    private static string Filled(Written x) => x.IsConstant ? Notes.Library.Scalar(x.Text) : x.Text;
}

/// <summary>How tightly parts of a Python expression hold together.</summary>
internal static class Ranks
{
    public const int Sum = 1,
        Product = 2,
        Sign = 3,
        Power = 4,
        Atom = 5;
}

/// <summary>What rules leave behind as they are read.</summary>
/// <param name="Library">What the code computes with.</param>
internal sealed record WrittenNotes(PythonLibrary Library)
{
    /// <summary>Lines that give intermediate results their names.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Functions that the code has to define.</summary>
    public SortedSet<string> Helpers { get; } = [];
}
