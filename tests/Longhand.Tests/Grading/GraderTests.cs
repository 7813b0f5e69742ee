using System.Globalization;
using Longhand.Experiments;
using Longhand.Grading;
using Longhand.Working;
using Xunit;

namespace Longhand.Tests.Grading;

/// <summary>
/// What marking promises: a right answer is never marked wrong, however it was rounded; and the slip that makes an answer wrong is found.
/// </summary>
public class GraderTests(ITestOutputHelper log)
{
    private static readonly string[] inOneLine = ["sign", "factor-two", "factor-half", "neighbour", "decimal-point", "rounded-early"];

    private static bool IsFull => Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1";

    [Fact]
    public void The_slip_that_was_made_is_found()
    {
        int wanted = IsFull ? 1000 : 160,
            made = 0,
            found = 0;
        var kinds = new SortedDictionary<string, (int Made, int Found)>(StringComparer.Ordinal);
        var misses = new List<string>();
        for (int seed = 1; made < wanted; seed++)
        {
            (string Experiment, string Slip, string Key, List<(string Key, string Text)> Answers)? generated =
                seed % 5 == 0 ? PlainConvolution.Slipped(seed) : Slipped(seed);
            if (generated is not { } sheet)
                continue;
            made++;
            GradedAnswer? first = Grade(sheet.Experiment, sheet.Answers).FirstError;
            // A line further up may differ by a few units of its last digit and be the first already.
            bool isFound =
                first?.Slip == sheet.Slip
                && sheet.Answers.FindIndex(a => a.Key == first.Key) <= sheet.Answers.FindIndex(a => a.Key == sheet.Key);
            found += isFound ? 1 : 0;
            (int m, int f) = kinds.GetValueOrDefault(sheet.Slip);
            kinds[sheet.Slip] = (m + 1, f + (isFound ? 1 : 0));
            if (!isFound)
                misses.Add(
                    $"seed {seed}: {sheet.Slip} at {sheet.Key}; found {first?.Slip ?? "nothing"} at {first?.Key ?? "none"}, {first?.Diagnosis}"
                );
        }
        foreach ((string kind, (int m, int f)) in kinds)
            log.WriteLine($"{kind, -26} {f, 4} of {m, 4}");
        foreach (string miss in misses)
            log.WriteLine(miss);
        Assert.True(kinds.Count >= 22, $"{kinds.Count} kinds");
        Assert.True(found >= 0.95 * made, $"{found} of {made} found:\n{string.Join("\n", misses.Take(20))}");
    }

    [Fact]
    public void What_follows_from_a_wrong_answer_is_not_counted_again()
    {
        int wrongAgain = 0,
            following = 0;
        for (int seed = 1; seed <= (IsFull ? 1000 : 150); seed++)
        {
            var plain = new PlainNetwork(seed);
            int line = seed * 7 % plain.Work("", -1).Count;
            List<(string Key, double Value)> lines = plain.Work("sign", line);
            // The logarithm of what a lost sign has made negative cannot be written down.
            if (lines.Exists(l => !double.IsFinite(l.Value)))
                continue;
            GradedWork grading = Grade(plain.Experiment, lines.Select(l => (l.Key, Text(l.Value, 7, seed))));
            foreach (GradedAnswer answer in grading.Answers)
            {
                if (answer.Verdict == AnswerVerdict.Wrong && answer.Key != lines[line].Key)
                    log.WriteLine(
                        $"seed {seed}: {lines[line]} then {answer.Key} = {answer.Written.Text}, from own {answer.FromOwn:R}, expected {answer.Expected:R}"
                    );
                wrongAgain += answer.Verdict == AnswerVerdict.Wrong && answer.Key != lines[line].Key ? 1 : 0;
                following += answer.Verdict == AnswerVerdict.Follows ? 1 : 0;
            }
        }
        Assert.Equal(0, wrongAgain);
        Assert.True(following > 500, $"{following} follow");
    }

    [Fact]
    public void A_right_answer_is_never_marked_wrong()
    {
        int marked = 0;
        for (int seed = 1; seed <= (IsFull ? 2000 : 300); seed++)
        {
            var random = new Random(seed);
            var plain = new PlainNetwork(seed);
            int digits = random.Next(2, 9);
            bool roundsEachLine = random.Next(2) == 0;
            if (roundsEachLine)
                plain.Carry = value => Rounded(value, digits);
            List<(string Key, double Value)> lines = plain.Work("", -1);
            lines.AddRange(plain.Updates(lines.ToDictionary(l => l.Key, l => l.Value), ""));
            // Whoever rounds what they go on with has written it down; whoever does not may leave lines out and change the digits.
            var answers = lines
                .Where(_ => roundsEachLine || random.Next(4) > 0)
                .Select(l =>
                    (l.Key, Text: Text(l.Value, roundsEachLine && !l.Key.StartsWith("steps") ? digits : random.Next(1, 10), random.Next()))
                )
                .ToList();
            foreach (GradedAnswer answer in Grade(plain.Experiment, answers).Answers)
            {
                marked++;
                Assert.True(
                    answer.Verdict == AnswerVerdict.Right,
                    $"seed {seed}, {digits} digits: {answer.Key} = {answer.Written.Text} is {answer.Verdict}, expected {answer.Expected:R} ± {answer.Tolerance:E2}"
                );
            }
        }
        Assert.True(marked > 5000, $"{marked}");
    }

    [Theory]
    [InlineData("3 -> dense 4 -> batchnorm -> gelu -> dense 2 softmax", "cross-entropy-probs", "adam lr=0.1")]
    [InlineData("2 -> dense 3 swish learn as a -> dense 3 elu -> add a -> dense 2 logsoftmax", "cross-entropy", "rmsprop lr=0.1")]
    [InlineData(
        "4x4 -> conv 2 3x3 pad same relu as a -> conv 2 1x1 -> add a -> maxpool 2 -> globalavgpool -> dense 2",
        "huber",
        "sgd lr=0.1 momentum=0.9"
    )]
    [InlineData("3 -> dense 3 sigmoid -> dropout 0.5 -> dense 2 softplus", "sse", "adamw lr=0.1 weight-decay=0.01")]
    [InlineData("4x4x2 -> conv 4 2x2 groups 2 leakyrelu -> avgpool 2 -> flatten -> dense 2 arctan", "mse", "adagrad lr=0.1")]
    [InlineData("2 -> dense 3 sin -> dense 2 step", "half-mse", "nadam lr=0.1")]
    public void Every_layer_and_optimizer_can_be_graded(string network, string loss, string optimizer)
    {
        Network parsed = Network.Parse(network);
        var random = new Random(1);
        string Numbers(IEnumerable<int> sizes) =>
            sizes.Any()
                ? $"[{string.Join(", ", Enumerable.Range(0, sizes.First()).Select(_ => Numbers(sizes.Skip(1))))}]"
                : (random.Next(1, 100) / 100.0).ToString(CultureInfo.InvariantCulture);
        string text = $"""
            network: {network}
            input: {Numbers([3, .. parsed.Input.MemoryOrder()])}
            target: [[0.5, 0.5], [0.25, 0.75], [1, 0]]
            loss: {loss}
            optimizer: {optimizer}
            regularization: l2 0.1
            """;
        Experiment read = Experiment.Read(text, "generated", Directory.GetCurrentDirectory());
        ExplainRequest request = read.ToExplainRequest("grade") with { Steps = 1 };
        var keys = new AnswerKeys(read.Network, request);
        string[] all =
        [
            .. keys.Arrays.SelectMany(a => Enumerable.Range(0, a.Sizes.Aggregate(1, (n, size) => n * size)).Select(i => keys.KeyOf(a, i))),
        ];
        // Whatever is answered, each number is expected to be what the working has for it.
        GradedWork nonsense = Grade(text, all.Select(key => (key, "77")));
        var expected = nonsense.Answers.ToDictionary(a => a.Key, a => a.Expected);
        int compared = 0;
        foreach (WorkingStep step in Solution.Explain(read.CreateModel(), request).Steps)
            if (expected.TryGetValue(step.Key, out double value))
            {
                compared++;
                Assert.True(Math.Abs(value - step.Value) <= 1e-12 * Math.Max(1, Math.Abs(value)), $"{step.Key}: {value:R} for {step.Line}");
            }
        Assert.True(compared > 20, $"{compared} compared");
        Assert.All(nonsense.Answers, a => Assert.NotEqual(AnswerVerdict.Right, a.Verdict));
        GradedWork right = Grade(text, expected.Select(e => (e.Key, Text(e.Value, 6, random.Next()))));
        Assert.All(right.Answers, a => Assert.True(a.Verdict == AnswerVerdict.Right, $"{a.Key}: {a.Written.Text}, {a.Expected:R}"));
    }

    private static (string, string, string, List<(string, string)>)? Slipped(int seed)
    {
        var random = new Random(seed);
        var plain = new PlainNetwork(seed);
        string[] slips = [.. plain.Slips];
        string slip = slips[random.Next(slips.Length)];
        List<(string Key, double Value)> clean = plain.Work("", -1);
        clean.AddRange(plain.Updates(clean.ToDictionary(l => l.Key, l => l.Value), ""));
        bool isLine = inOneLine.Contains(slip),
            isFactor = slip.StartsWith("factor");
        int site = isLine
            ? random.Next(isFactor ? clean.FindIndex(l => l.Key == "loss") : 0, clean.FindIndex(l => l.Key.StartsWith("steps")))
            : random.Next(plain.Layers);
        List<(string Key, double Value)> lines = plain.Work(slip, site);
        lines.AddRange(plain.Updates(lines.ToDictionary(l => l.Key, l => l.Value), slip));
        int digits = slip == "rounded-early" ? 4 : random.Next(4, 7);
        bool all = isLine || random.Next(3) > 0;
        int[] kept = [.. Enumerable.Range(0, lines.Count).Where(_ => all || random.Next(10) < 7)];
        // Only what differs by more than rounding is a wrong answer.
        int first = kept.FirstOrDefault(
            i => !(Math.Abs(lines[i].Value - clean[i].Value) <= 4 * Unit(lines[i].Value, digits)) && double.IsFinite(lines[i].Value),
            -1
        );
        if (first < 0 || kept.Any(i => !double.IsFinite(lines[i].Value)))
            return null;
        return (
            plain.Experiment,
            slip,
            lines[first].Key,
            [.. kept.Select(i => (lines[i].Key, Text(lines[i].Value, digits, random.Next())))]
        );
    }

    internal static GradedWork Grade(string experiment, IEnumerable<(string Key, string Text)> answers)
    {
        Experiment read = Experiment.Read(experiment, "generated", Directory.GetCurrentDirectory());
        ExplainRequest request = read.ToExplainRequest("grade");
        string text = string.Join("\n", answers.Select(a => $"{a.Key}: {a.Text}"));
        return Grader.Grade(read.CreateModel(), request, AnswerEntries.Read(text, "answers", new AnswerKeys(read.Network, request)));
    }

    internal static double Unit(double value, int digits) =>
        value == 0 ? 0 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - digits + 1);

    internal static double Rounded(double value, int digits) =>
        double.Parse(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // As one student or another writes it: with a comma, a long minus, a power of ten.
    internal static string Text(double value, int digits, int style)
    {
        string text = value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture);
        decimal plain = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        bool isPlain = Math.Abs(value) is 0 or (> 1e-6 and < 1e3) && style % 4 > 0;
        // Not rounded before the decimal point: 27 has no way to say that it stands for 30.
        if (isPlain && Math.Abs(value) < 10)
            text = plain.ToString(CultureInfo.InvariantCulture);
        text = style % 3 == 0 ? text.Replace('.', ',') : text;
        return style % 5 == 0 ? text.Replace('-', '−') : text;
    }
}
