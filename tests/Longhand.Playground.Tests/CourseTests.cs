using System.Diagnostics;
using System.Text.Json;

namespace Longhand.Playground.Tests;

/// <summary>A run that is gone along in both directions.</summary>
public sealed class CourseTests
{
    private static readonly JsonSerializerOptions options = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private const string Adam =
        "network=2/dense+5+tanh/dense+1+sigmoid&data=gauss+n=100+noise=0.2+seed=7&loss=bce&optimizer=adam+lr=0.01&batch=7&split=0.7&conventions=pytorch&init=glorot";
    private const string Momentum =
        "data=moons+n=90+noise=0.1+seed=3&conventions=pytorch&optimizer=sgd+lr=0.05+momentum=0.9&regularization=l2+0.01&batch=8";
    private const string LeftOver = "data=circle+n=90+noise=0.1+seed=0.25&batch=7&regularization=l1+0.03&optimizer=sgd+lr=0.1";

    public static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        foreach (
            string link in (string[])["", Adam, Momentum, LeftOver, "batch=all", "data=xor+n=60+seed=0.5&batch=25&network=2/dense+1+tanh"]
        )
        foreach (string by in (string[])["epoch", "batch", "example", "operation"])
            ways.Add(link, by);
        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Forwards_and_back_gives_the_same_numbers(string link, string by)
    {
        using Course course = Begin(link);
        // Not from the very beginning, and not at the start of an epoch.
        for (int i = 0; i < 3; i++)
            Epoch(course);
        course.Forward("batch");
        var states = new List<string>();
        for (int i = 0; i < 60; i++)
        {
            states.Add(State(course));
            Forward(course, by);
        }
        string end = State(course);
        // The first step by epochs ends a part of one, which going back does not know of.
        int least = by == "epoch" ? 1 : 0;
        for (int i = states.Count - 1; i >= least; i--)
        {
            Back(course, by);
            Assert.Equal(states[i], State(course));
        }
        for (int i = least; i < states.Count; i++)
        {
            Assert.Equal(states[i], State(course));
            Forward(course, by);
        }
        Assert.Equal(end, State(course));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Adam)]
    [InlineData(Momentum)]
    [InlineData(LeftOver)]
    public void Operations_end_with_the_bits_of_a_batch(string link)
    {
        using Course one = Begin(link),
            other = Begin(link);
        for (int batch = 0; batch < 8; batch++)
        {
            string before = Parameters(one);
            int operations = one.Examples * Operation.OfExample(Setup.Read(Settings.FromLink(link))).Count;
            for (int i = 1; i <= operations; i++)
            {
                one.Forward("operation");
                Assert.Equal(i, one.Done);
                Assert.Equal(before, Parameters(one));
            }
            one.Forward("operation");
            Assert.Equal("update", one.Last!.Kind);
            other.Forward("batch");
            Assert.Null(other.Last);
            Assert.Equal(Bits(other), Bits(one));
        }
    }

    [Fact]
    public void A_batch_by_operations_goes_forward_to_the_loss_and_back_and_ends_with_the_update()
    {
        using Course course = Begin("network=2/dense+2+relu/dense+1&data=xor+n=8+seed=0.5&batch=2&loss=mse");
        var seen = new List<string>();
        for (int i = 0; i < 15; i++)
        {
            course.Forward("operation");
            seen.Add($"{course.Example} {course.Last!.Kind} {course.Last.Node}");
        }
        string[] example =
        [
            "forward dense1",
            "forward relu1",
            "forward dense2",
            "loss mse",
            "backward dense2",
            "backward relu1",
            "backward dense1",
        ];
        Assert.Equal([.. example.Select(o => $"1 {o}"), .. example.Select(o => $"2 {o}"), "0 update sgd lr=0.03"], seen);
    }

    [Fact]
    public void What_was_set_by_hand_comes_again_on_the_way_and_is_undone_by_going_past_it()
    {
        using Course course = Begin("");
        Epoch(course);
        course.Forward("batch");
        string before = Bits(course);
        course.Edit("dense1.weight", 3, 0.75);
        course.Edit("dense2.bias", 1, -2);
        Assert.True(course.IsTouched);
        string edited = Bits(course);
        course.Forward("batch");
        string after = Bits(course);
        Epoch(course);
        Epoch(course);
        Back(course, "epoch");
        Back(course, "epoch");
        Assert.Equal((1, 0), (course.Loop.Epoch, course.Loop.Batch));
        Assert.False(course.IsTouched);
        course.Forward("batch");
        Assert.Equal(before, Bits(course));
        course.Edit("dense1.weight", 3, 0.75);
        course.Edit("dense2.bias", 1, -2);
        course.Forward("batch");
        course.Forward("batch");
        Back(course, "batch");
        Assert.Equal(after, Bits(course));
        Back(course, "batch");
        Assert.Equal(edited, Bits(course));
    }

    [Fact]
    public void It_goes_back_to_the_beginning_and_no_further()
    {
        using Course course = Begin("");
        string start = State(course);
        foreach (string by in (string[])["epoch", "batch", "example", "operation"])
        {
            Back(course, by);
            Assert.Equal(start, State(course));
        }
        Assert.True(course.IsAtStart);
        course.Forward("operation");
        Assert.False(course.IsAtStart);
        Back(course, "batch");
        Assert.True(course.IsAtStart);
        Epoch(course);
        Epoch(course);
        Back(course, "epoch");
        Back(course, "epoch");
        Assert.Equal(start, State(course));
    }

    [Fact]
    public void A_long_run_is_gone_back_within_the_memory_that_is_stated()
    {
        using Course course = Begin(Adam);
        course.Run(long.MaxValue, 2990);
        string there = State(course);
        for (int i = 0; i < 10; i++)
            Epoch(course);
        for (int i = 0; i < 10; i++)
            Back(course, "epoch");
        Assert.Equal(there, State(course));
        Assert.Equal(2990, course.Loop.Epoch);
    }

    [Fact]
    public void Points_stay_within_their_memory_and_both_ends_are_kept()
    {
        using Course course = Begin(Adam);
        RunPoint first = course.Loop.Point();
        long bytes = 40 * first.Bytes;
        var past = new Past(first, bytes);
        for (int i = 1; i <= 1000; i++)
        {
            past.Keep(first with { Made = i });
            Assert.InRange(past.Count, 1, 41);
            Assert.Equal(0, past.First.Made);
            Assert.Equal(i, past.LastWhere(_ => true).Made);
        }
        // What is near is closer together than what is far.
        Assert.InRange(past.LastWhere(p => p.Made <= 995).Made, 985, 995);
        Assert.InRange(past.LastWhere(p => p.Made <= 500).Made, 100, 500);
        past.Forget(500);
        Assert.InRange(past.LastWhere(_ => true).Made, 100, 500);
    }

    [Fact]
    public void A_run_that_left_the_finite_numbers_is_gone_back_and_the_layer_is_named()
    {
        using Course course = Begin("network=2/dense+4+relu/dense+1&data=plane+n=200+noise=0+seed=0.5&optimizer=sgd+lr=1000");
        var states = new List<string>();
        while (course.Loop.Problem is null)
        {
            states.Add(State(course));
            course.Forward("batch");
        }
        Assert.NotNull(course.Loop.Culprit);
        Assert.Contains(course.Loop.Culprit!.Name, course.Loop.Problem);
        string problem = State(course);
        course.Forward("batch");
        course.Forward("operation");
        Assert.Equal(problem, State(course));
        for (int i = states.Count - 1; i >= 0; i--)
        {
            Back(course, "batch");
            Assert.Equal(states[i], State(course));
        }
    }

    [Fact]
    public void Curves_are_whole_bounded_and_the_same_whatever_way_was_taken()
    {
        using Course one = Begin("data=circle+n=20+noise=0+seed=0.5"),
            other = Begin("data=circle+n=20+noise=0+seed=0.5");
        one.Run(long.MaxValue, 2500);
        while (other.Loop.Epoch < 2500)
            Epoch(other);
        Assert.Equal(one.Losses.Rows, other.Losses.Rows);
        Assert.InRange(one.Losses.Rows.Count, Limits.CurveRows / 2, Limits.CurveRows);
        Assert.Equal((0, 2500), (one.Losses.Rows[0].Epoch, one.Losses.Rows[^1].Epoch));
        for (int i = 0; i < 10; i++)
            Back(one, "epoch");
        Assert.Equal(2488, one.Losses.Rows[^1].Epoch);
        one.Run(long.MaxValue, 2500);
        Assert.Equal(other.Losses.Rows, one.Losses.Rows);
    }

    [Fact]
    public void A_change_of_view_changes_nothing_and_a_change_of_rate_keeps_dead_links_dead()
    {
        var setup = Setup.Read(Settings.FromLink(LeftOver));
        using var course = new Course(setup, setup.Draw());
        course.Run(long.MaxValue, 40);
        course.Forward("batch");
        course.Forward("operation");
        int dead = Dead(course);
        Assert.NotEqual(0, dead);
        var view = Setup.Read(Settings.FromLink($"{LeftOver}&test=true"));
        using var same = new Course(view, view.Draw(), course);
        Assert.Equal(State(course), State(same));
        Assert.False(same.IsTouched);
        Back(same, "epoch");
        Back(same, "epoch");
        Assert.Equal(39, same.Loop.Epoch);

        var faster = Setup.Read(Settings.FromLink(LeftOver.Replace("lr=0.1", "lr=0.2")));
        using var changed = new Course(faster, faster.Draw(), course);
        Assert.True(changed.IsTouched);
        Assert.Equal(dead, Dead(changed));
        Assert.Equal((course.Loop.Epoch, course.Loop.Batch), (changed.Loop.Epoch, changed.Loop.Batch));
        Assert.Equal(course.Loop.NextBatch.ToArray(), changed.Loop.NextBatch.ToArray());
        changed.Run(long.MaxValue, 60);
        Assert.True(Dead(changed) >= dead);
        var weaker = Setup.Read(Settings.FromLink(LeftOver.Replace("l1+0.03", "l1+0.003")));
        using var revived = new Course(weaker, weaker.Draw(), course);
        Assert.Equal(0, Dead(revived));
    }

    private static int Dead(Course course) => course.Loop.Point().Engine.Dead.Sum(d => d?.Count(isDead => isDead) ?? 0);

    private static Course Begin(string link)
    {
        var setup = Setup.Read(Settings.FromLink(link));
        return new Course(setup, setup.Draw());
    }

    private static void Epoch(Course course) => course.Run(long.MaxValue, course.Loop.Epoch + 1);

    private static void Forward(Course course, string by)
    {
        if (by == "epoch")
            Epoch(course);
        else
            course.Forward(by);
    }

    private static void Back(Course course, string by)
    {
        course.Back(by);
        while (course.IsSeeking)
            course.Run(Stopwatch.GetTimestamp(), 0);
    }

    private static string Parameters(Course course) =>
        JsonSerializer.Serialize(course.Loop.Values().Select(v => v.ToSingles().Select(BitConverter.SingleToInt32Bits)));

    // Everything that a run goes on from, bit for bit, and what the page shows of it.
    private static string Bits(Course course)
    {
        RunPoint point = course.Loop.Point();
        return JsonSerializer.Serialize(
            new
            {
                Values = Parameters(course),
                Kept = point.Engine.Kept.Select(k => k.Select(v => v?.ToSingles().Select(BitConverter.SingleToInt32Bits))),
                point.Engine.Dead,
                point.Engine.Updates,
                point.EpochStart.Order,
                point.EpochStart.LeftOver,
                Random = point.EpochStart.Random.ToString(),
                Next = course.Loop.NextBatch.ToArray(),
                course.Loop.Epoch,
                course.Loop.Batch,
                course.Loop.Made,
                course.Loop.LastLoss,
                course.Loop.Problem,
                Train = course.Loop.Measure().Train.Loss.ToString("R"),
                Test = course.Loop.Measure().Test?.Loss.ToString("R"),
                Penalty = course.Loop.Penalty().ToString("R"),
            },
            options
        );
    }

    private static string State(Course course) => $"{course.Done} {course.Example} {Bits(course)}";
}
