using System.Text.Json;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>What holds for every schedule there is, and PyTorch's rates for each.</summary>
public class ScheduleLaws
{
    private static readonly Lazy<JsonElement[]> golden = new(() =>
        [
            .. JsonDocument
                .Parse(File.ReadAllBytes(Path.Combine(Tests.Golden.Root, "tests", "golden", "schedules.json")))
                .RootElement.GetProperty("schedules")
                .EnumerateArray(),
        ]
    );

    public static TheoryData<string> Schedules => Lab.Examples(Schedule.Kinds);

    public static TheoryData<int, string> Golden
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach ((int i, JsonElement one) in golden.Value.Index())
                cases.Add(i, one.GetProperty("text").GetString()!);
            return cases;
        }
    }

    [Fact]
    public void Every_kind_gives_an_example_and_values_from_outside()
    {
        Assert.All(Schedule.Kinds.All, kind => Assert.NotEmpty(kind.Examples));
        Assert.All(
            Schedule.Kinds.All,
            kind => Assert.Contains(golden.Value, one => one.GetProperty("text").GetString()!.Split(' ')[0] == kind.Name)
        );
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_schedule_is_that_of_PyTorch(int index, string text)
    {
        JsonElement one = golden.Value[index];
        Schedule schedule = Schedule.Parse(text);
        double[] expected = Lab.Numbers(one.GetProperty("rates")),
            losses = one.TryGetProperty("losses", out JsonElement given) ? Lab.Numbers(given) : [];
        double start = one.GetProperty("start").GetDouble();
        double[] found =
        [
            .. expected.Select((_, t) => schedule.Rate(start, t, expected.Length, losses.AsSpan(0, Math.Min(t, losses.Length)))),
        ];
        Assert.Equal(schedule.Watches, losses.Length > 0);
        Lab.Near(expected, found, 1e-12, text);
    }

    [Fact]
    public void A_plateau_cuts_after_patience_and_one_more_bad_epochs()
    {
        Schedule plateau = Schedule.Plateau(patience: 2, factor: 0.5);
        double[] constant = [1, 1, 1, 1, 1, 1, 1];
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Enumerable.Range(1, 7).Select(t => plateau.Rate(1, t, 7, constant.AsSpan(0, t))));
        // Better by less than one part in ten thousand is no better; what is not a number is no better either.
        Assert.Equal(0.5, plateau.Rate(1, 4, 7, [1, 0.99995, 0.9999, 0.99995]));
        Assert.Equal(0.5, plateau.Rate(1, 4, 7, [1, double.NaN, double.NaN, double.NaN]));
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Notation_reads_back(string text)
    {
        Schedule schedule = Schedule.Parse(text);
        Assert.Equal(text, schedule.Notation);
        Assert.Equal(schedule, Schedule.Parse(schedule.Notation));
        Assert.Equal(Schedule.Parse(text.Split(' ')[0]), Schedule.Parse(Schedule.Parse(text.Split(' ')[0]).Notation));
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_rate_is_never_below_zero_nor_above_the_greatest_that_is_named(string text)
    {
        Schedule schedule = Schedule.Parse(text);
        foreach (int periods in (int[])[1, 2, 3, 10, 101])
            for (int t = 0; t < 2 * periods; t++)
                Assert.InRange(schedule.Rate(0.1, t, periods, new double[t]), 0, 0.1 + 1e-15);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_warm_up_rises_in_equal_steps_to_where_the_schedule_then_begins(string text)
    {
        Schedule plain = Schedule.Parse(text) with { Warmup = 0 },
            warm = plain with { Warmup = 4 };
        double first = plain.Rate(0.1, 0, 16);
        for (int t = 0; t < 4; t++)
            Assert.Equal(first * (t + 1) / 5, warm.Rate(0.1, t, 20), 1e-15);
        for (int t = 4; t < 20; t++)
            Assert.Equal(plain.Rate(0.1, t - 4, 16), warm.Rate(0.1, t, 20), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_counts_updates_when_asked_unless_it_watches_epochs(string text)
    {
        if (Schedule.Parse(text).Watches)
            Assert.Contains(
                "leave out per=step",
                Assert.Throws<LonghandException>(() => Schedule.Parse(text + " per=step")).Message,
                StringComparison.Ordinal
            );
        else
            Assert.Equal(Schedule.Parse(text) with { PerStep = true }, Schedule.Parse(text + " per=step"));
    }

    [Fact]
    public void A_schedule_made_in_code_is_the_one_that_is_read()
    {
        Assert.Equal(Schedule.Parse("cosine to=0.001"), Schedule.Cosine(0.001));
        Assert.Equal(Schedule.Parse("one-cycle"), Schedule.OneCycle());
        Assert.Equal(Schedule.Parse("cyclic to=0.2"), Schedule.Cyclic(to: 0.2));
        Assert.Equal(Schedule.Parse("constant warmup=5 per=step"), Schedule.Constant with { Warmup = 5, PerStep = true });
        Assert.Equal(0.3, Schedule.OneCycle().Rate(0.3, 2, 10));
        Assert.Equal(0.03, Schedule.Cyclic().Rate(0.3, 0, 10), 1e-15);
    }

    [Theory]
    [InlineData("cosin", "unknown schedule \"cosin\". Did you mean \"cosine\"?")]
    [InlineData("step evry=3", "schedule \"step evry=3\": step does not take \"evry=3\". Did you mean \"every\"?")]
    [InlineData("step every=0", "schedule \"step every=0\": every is 0, but a whole number of at least 1 is needed.")]
    [InlineData("step every=2.5", "schedule \"step every=2.5\": every is 2.5, but a whole number of at least 1 is needed.")]
    [InlineData("exponential factor=-1", "schedule \"exponential factor=-1\": factor is -1, but at least 0 is needed.")]
    [InlineData("cosine per=batch", "schedule \"cosine per=batch\": per is \"batch\", but epoch or step is needed.")]
    [InlineData("plateau per=step", "schedule \"plateau per=step\": plateau watches the validation loss, which is measured once an epoch;")]
    [InlineData("plateau factor=2", "schedule \"plateau factor=2\": factor is 2, but a number from 0 to 1 is needed.")]
    [InlineData("constant warmup=x", "schedule \"constant warmup=x\": warmup is \"x\", but a whole number is needed.")]
    public void What_cannot_be_read_is_refused_with_what_would_be_right(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<LonghandException>(() => Schedule.Parse(text)).Message);

    [Fact]
    public void What_a_program_gets_wrong_is_refused_too()
    {
        Assert.Throws<LonghandException>(() => Schedule.Step(0));
        Assert.Throws<LonghandException>(() => Schedule.Exponential(-0.1));
        Assert.Throws<LonghandException>(() => Schedule.Plateau(-1));
    }
}
