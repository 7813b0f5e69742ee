using Longhand.Grading.Slips;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Grading;

/// <summary>
/// Marks a student's answers line by line, in the order of the working.
/// </summary>
/// <remarks>
/// An answer is right when its distance from the value is at most half a unit of its last digit, plus what the rounding of the earlier answers
/// that it was computed from can move it. At least the first significant digit has to be given: half a unit counts as no more than half a unit
/// of that digit. A wrong answer follows when the same holds of what comes out of the student's own earlier answers.
/// </remarks>
public sealed class Grader
{
    // What double precision itself may be off by.
    private const double Noise = 1e-11;

    private readonly Model model;
    private readonly ExplainRequest request;
    private readonly AnswerKeys keys;
    private readonly double tolerance;
    private readonly double relativeTolerance;
    private readonly Dictionary<(AnswerArray Array, int Index), Answer> answers = [];
    private readonly Dictionary<AnswerArray, int[]> answered;

    private Grader(Model model, ExplainRequest request, IEnumerable<Answer> answers, double tolerance, double relativeTolerance)
    {
        (this.model, this.request, this.tolerance, this.relativeTolerance) = (model, request, tolerance, relativeTolerance);
        keys = new AnswerKeys(model.Network, request);
        foreach (Answer answer in answers)
        {
            AnswerRange range = keys.Find(answer.Key);
            if (range.Sizes.Count > 0)
                throw new LonghandException($"{answer.Key} is an array [{string.Join("][", range.Sizes)}], but there is a single number.");
            if (!this.answers.TryAdd((range.Array, range.First), answer))
                throw new LonghandException($"{answer.Key} is answered twice.");
        }
        answered = this.answers.Keys.GroupBy(k => k.Array).ToDictionary(g => g.Key, g => g.Select(k => k.Index).Order().ToArray());
    }

    /// <summary>Marks answers.</summary>
    /// <param name="model">Network and parameters.</param>
    /// <param name="request">What was to be worked out.</param>
    /// <param name="answers">What was written, in any order.</param>
    /// <param name="tolerance">An answer that is no farther than this from the value is right in any case.</param>
    /// <param name="relativeTolerance">The same as a share of the value.</param>
    /// <returns>The answers in the order of the working.</returns>
    /// <exception cref="LonghandException">A key stands for nothing here, or is answered twice; or the network cannot be worked out.</exception>
    public static GradedWork Grade(
        Model model,
        ExplainRequest request,
        IEnumerable<Answer> answers,
        double tolerance = 0,
        double relativeTolerance = 0
    ) => new Grader(model, request, answers, tolerance, relativeTolerance).Grade();

    private GradedWork Grade()
    {
        var order = new List<(AnswerArray Array, int Index)>();
        var right = new Dictionary<(AnswerArray, int), (Interval Value, bool IsRight)>();
        new MarkedRun(model, request, answered)
        {
            Put = (array, i, value) =>
            {
                WrittenNumber written = answers[(array, i)].Number;
                bool isRight = Matches(written, value);
                order.Add((array, i));
                right.Add((array, i), (value, isRight));
                return isRight ? Including(Carried(written, value), value.Value) : value;
            },
        }.Run();
        foreach ((AnswerArray array, int index) in answers.Keys)
            if (!right.ContainsKey((array, index)))
                throw new LonghandException(
                    $"{keys.KeyOf(array, index)}: the loss does not depend on it, so that there is nothing to compute."
                );

        var own = new Dictionary<(AnswerArray, int), Interval>();
        var computed = new Dictionary<AnswerArray, Interval[]>();
        new MarkedRun(model, request, answered)
        {
            Computed = (array, grid) => computed[array] = grid.ToArray(),
            Put = (array, i, value) =>
            {
                own.Add((array, i), value);
                return computed[array][i] = Own(answers[(array, i)].Number, value);
            },
        }.Run();

        var otherwise = new Dictionary<(AnswerArray, int), Interval>();
        if (right.Values.Any(answer => !answer.IsRight))
            new MarkedRun(model, request, answered)
            {
                Slip = LayerSlips.SlopeFromInput,
                Put = (array, i, value) =>
                {
                    otherwise.Add((array, i), value);
                    return computed[array][i];
                },
            }.Run();

        AnswerVerdict VerdictOf((AnswerArray Array, int Index) place) =>
            right[place].IsRight ? AnswerVerdict.Right
            : Matches(answers[place].Number, own[place]) || Matches(answers[place].Number, otherwise[place]) ? AnswerVerdict.Follows
            : AnswerVerdict.Wrong;
        var wrong = order.Where(place => VerdictOf(place) == AnswerVerdict.Wrong).ToList();
        var diagnoses = new Diagnosis(model, request, keys, answered, answers, own, computed).Of(wrong);
        return new([
            .. order.Select(place =>
            {
                Interval expected = right[place].Value;
                WrittenNumber written = answers[place].Number;
                (string Name, string Sentence, double? Value)? diagnosis = diagnoses.TryGetValue(place, out var found) ? found : null;
                return new GradedAnswer
                {
                    Key = keys.KeyOf(place.Array, place.Index),
                    Name = keys.NameOf(place.Array, place.Index),
                    Section = place.Array.Kind switch
                    {
                        AnswerArrayKind.Value => WorkingSection.Forward,
                        AnswerArrayKind.Loss or AnswerArrayKind.Penalty => WorkingSection.Loss,
                        AnswerArrayKind.Parameter => WorkingSection.Update,
                        _ => WorkingSection.Backward,
                    },
                    Written = written,
                    Verdict = VerdictOf(place),
                    Expected = expected.Value,
                    Tolerance = Math.Max(
                        Math.Max(tolerance, relativeTolerance * Math.Abs(expected.Value)),
                        HalfUnit(written, expected.Value) + Math.Max(expected.High - expected.Value, expected.Value - expected.Low)
                    ),
                    FromOwn = own[place].Value,
                    Diagnosis = diagnosis?.Sentence,
                    Slip = diagnosis?.Name,
                    SlipValue = diagnosis?.Value,
                };
            }),
        ]);
    }

    private bool Matches(WrittenNumber written, Interval value) =>
        value.Distance(written.Value) <= HalfUnit(written, value.Value) + Noise * Math.Max(1, Math.Abs(value.Value))
        || Math.Abs(written.Value - value.Value) <= Math.Max(tolerance, relativeTolerance * Math.Abs(value.Value));

    /// <summary>Half a unit of the last digit written, but no more than half a unit of the first significant digit of the value.</summary>
    private static double HalfUnit(WrittenNumber written, double value) =>
        Math.Abs(value) <= Noise || !double.IsFinite(value)
            ? written.HalfUnit
            : Math.Min(written.HalfUnit, 0.5 * Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value)))));

    // What someone who wrote this goes on with: the number as written, or what they had before they rounded it.
    private static Interval Carried(WrittenNumber written, Interval value)
    {
        double unit = HalfUnit(written, value.Value),
            low = Math.Max(value.Low, written.Value - unit),
            high = Math.Min(value.High, written.Value + unit);
        return low <= high
            ? new(value.Value, Math.Min(low, written.Value), Math.Max(high, written.Value))
            : new(value.Value, written.Value, written.Value);
    }

    private Interval Own(WrittenNumber written, Interval value)
    {
        if (Matches(written, value))
            return Including(Carried(written, value), value.Value);
        // A whole number that is wrong comes from whole numbers: nothing was rounded.
        double unit = written.IsWhole ? 0 : HalfUnit(written, written.Value);
        return new(written.Value, written.Value - unit, written.Value + unit);
    }

    private static Interval Including(Interval interval, double value) =>
        new(value, Math.Min(interval.Low, value), Math.Max(interval.High, value));
}
