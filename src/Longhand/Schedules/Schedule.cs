using System.Globalization;

namespace Longhand;

/// <summary>
/// How the learning rate changes while a network is trained. A schedule holds nothing but its numbers: the rate follows from how far
/// the run is and, for those that watch, from the validation losses so far; what a run must remember is its history alone.
/// </summary>
public abstract partial record Schedule
{
    /// <summary>Every schedule there is.</summary>
    public static Registry<Schedule> Kinds => Registries.Schedules;

    // See Layer: an explicit static constructor, or the registry may be found empty.
    static Schedule() { }

    /// <summary>The schedule with this text, such as <c>cosine to=0.001 warmup=5</c>.</summary>
    /// <exception cref="LonghandException">There is no such schedule or option; the nearest is suggested.</exception>
    public static Schedule Parse(string text) => Kinds.Parse(text);

    /// <summary>Over so many periods at the start the rate rises in equal steps to the schedule's first, which then begins.</summary>
    public int Warmup { get; init; }

    /// <summary>Whether a period is an update rather than an epoch.</summary>
    public bool PerStep { get; init; }

    /// <summary>As it is written, arguments included.</summary>
    public string Notation =>
        OwnNotation + (Warmup == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" warmup={Warmup}")) + (PerStep ? " per=step" : "");

    /// <summary>Whether the rate follows the validation loss.</summary>
    public virtual bool Watches => false;

    /// <summary>Whether the rate depends on how long the whole run is.</summary>
    public virtual bool NeedsLength => false;

    /// <summary>The learning rate of one period.</summary>
    /// <param name="start">The optimizer's own rate.</param>
    /// <param name="period">The number of the period, from 0: an epoch, or an update with <see cref="PerStep"/>.</param>
    /// <param name="periods">How many there are in the whole run.</param>
    /// <param name="watched">The validation losses after the epochs before, oldest first; read by schedules that watch.</param>
    public double Rate(double start, int period, int periods, ReadOnlySpan<double> watched = default)
    {
        int rest = Math.Max(1, periods - Warmup);
        // As PyTorch's SequentialLR has it, with LinearLR from 1/(W + 1) to 1 over W periods in front.
        return period < Warmup
            ? RateOf(start, 0, rest, []) * (period + 1) / (Warmup + 1)
            : RateOf(start, period - Warmup, rest, watched.Length > Warmup ? watched[Warmup..] : []);
    }

    /// <summary>The name and its own arguments, without <see cref="Warmup"/> and <see cref="PerStep"/>.</summary>
    protected abstract string OwnNotation { get; }

    /// <inheritdoc cref="Rate"/>
    protected abstract double RateOf(double start, int period, int periods, ReadOnlySpan<double> watched);

    /// <inheritdoc/>
    public sealed override string ToString() => Notation;

    // Every schedule takes warmup= and per= beside its own options.
    private static Kind<Schedule> Add(string name, string usage, string summary, string[] options, Func<Arguments, Schedule> make)
    {
        string example = usage.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        return Registries.Schedules.Add(
            new(
                name,
                $"{usage} [warmup=0] [per=epoch|step]",
                summary,
                a =>
                {
                    Schedule schedule = make(a) with { Warmup = Whole(a, "warmup", 0), PerStep = IsPerStep(a) };
                    return schedule is { Watches: true, PerStep: true }
                        ? throw a.Error($"{name} watches the validation loss, which is measured once an epoch; leave out per=step")
                        : schedule;
                }
            )
            {
                Options = [.. options, "warmup", "per"],
                Examples = [example, $"{example} warmup=3"],
            }
        );
    }

    private static bool IsPerStep(Arguments a) =>
        a.Text("per") switch
        {
            null or "epoch" => false,
            "step" => true,
            { } other => throw a.Error($"per is {Quoted.Of(other)}, but epoch or step is needed"),
        };

    // A whole number of at least 1; 0 where that is what is taken when nothing is said.
    private static int Whole(Arguments a, string name, int otherwise)
    {
        if (a.Text(name) is not { } text || (otherwise == 0 && text == "0"))
            return otherwise;
        return Arguments.CountProblem(text, out int count) is { } problem ? throw a.Error($"{name} {problem}") : count;
    }

    // " name=value"; nothing where the optimizer's own rate is meant.
    private static string Option(string name, double value) =>
        double.IsNaN(value) ? "" : string.Create(CultureInfo.InvariantCulture, $" {name}={value}");

    // Along half a cosine from one number (share 0) to another (share 1).
    private static double AlongCosine(double from, double to, double share) => to + (from - to) * (1 + Math.Cos(Math.PI * share)) / 2;

    private static double Checked(double value, string name, double least, double most = double.PositiveInfinity) =>
        value >= least && value <= most || double.IsNaN(value)
            ? value
            : throw new LonghandException(
                string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, but a number from {least} to {most} is needed.")
            );

    private static int Checked(int every) =>
        every >= 1 ? every : throw new LonghandException($"A period of {every} is too short; at least 1 is needed.");
}
