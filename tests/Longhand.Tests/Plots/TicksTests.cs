using FsCheck;
using FsCheck.Fluent;
using Longhand.Experiments.Plots;

namespace Longhand.Tests.Plots;

/// <summary>Which values are marked on an axis, whatever its range is.</summary>
public class TicksTests
{
    // Ranges of every size and place: from 10⁻⁶ to 10⁶ wide, up to a thousand widths away from 0.
    private static void ForAllRanges(Action<double, double, int> law) =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    double width = Math.Pow(10, random.NextDouble() * 12 - 6),
                        low = width * (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(4));
                    law(low, low + width, random.Next(3, 9));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Linear_ticks_lie_within_the_range_three_to_ten_of_them_evenly_spaced() =>
        ForAllRanges(
            (low, high, about) =>
            {
                IReadOnlyList<double> ticks = Ticks.Linear(low, high, about);
                double slack = 1e-7 * (high - low);
                Assert.InRange(ticks.Count, 3, 10);
                Assert.All(ticks, tick => Assert.InRange(tick, low - slack, high + slack));
                double step = ticks[1] - ticks[0];
                for (int i = 1; i < ticks.Count; i++)
                    Assert.Equal(step, ticks[i] - ticks[i - 1], slack);
                double digit = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-6));
                Assert.Contains((double[])[1, 2, 5], d => Math.Abs(d - digit) < 1e-4);
                // No tick could be added at either end.
                Assert.True(ticks[0] - step < low + slack && ticks[^1] + step > high - slack);
            }
        );

    [Fact]
    public void Texts_of_ticks_differ_and_read_back_to_their_ticks() =>
        ForAllRanges(
            (low, high, about) =>
            {
                IReadOnlyList<double> ticks = Ticks.Linear(low, high, about);
                (IReadOnlyList<string> texts, string factor) = Ticks.Texts(ticks, Scale.Linear);
                Assert.Equal(ticks.Count, texts.Distinct().Count());
                double unit = factor.Length == 0 ? 1 : Math.Pow(10, Lowered(factor["×10".Length..]));
                for (int i = 0; i < ticks.Count; i++)
                {
                    double read = double.Parse(
                        texts[i].Replace('−', '-').Replace(",", ""),
                        System.Globalization.CultureInfo.InvariantCulture
                    );
                    Assert.Equal(ticks[i], read * unit, 1e-6 * (high - low));
                }
            }
        );

    [Theory]
    [InlineData(0, 500)]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(0, 7)]
    [InlineData(0, 123_456)]
    [InlineData(-1, 1)]
    public void Epochs_are_marked_by_whole_numbers(int low, int high)
    {
        IReadOnlyList<double> ticks = Ticks.Linear(low, high, 6, whole: true);
        Assert.InRange(ticks.Count, 2, 10);
        Assert.All(ticks, tick => Assert.Equal(Math.Round(tick), tick));
    }

    [Fact]
    public void Logarithmic_ticks_lie_within_the_range_and_grow() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    double low = Math.Pow(10, random.NextDouble() * 40 - 20),
                        high = low * Math.Pow(10, random.NextDouble() * 20 + 0.01);
                    IReadOnlyList<double> ticks = Ticks.Logarithmic(low, high, 6);
                    Assert.InRange(ticks.Count, 2, 12);
                    Assert.All(ticks, tick => Assert.InRange(tick, low * (1 - 1e-6), high * (1 + 1e-6)));
                    Assert.Equal(ticks.Order(), ticks);
                    IReadOnlyList<string> texts = Ticks.Texts(ticks, Scale.Log).Texts;
                    Assert.Equal(ticks.Count, texts.Distinct().Count());
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Decades_are_written_as_powers_of_ten() =>
        Assert.Equal(["10⁻⁵", "10⁻⁴", "10⁻³"], Ticks.Texts(Ticks.Logarithmic(1e-5, 2e-3, 6), Scale.Log).Texts);

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    [InlineData(-2e-300, -2e-300)]
    [InlineData(0.1, 0.1 + 1e-17)]
    public void A_range_without_width_is_widened(double low, double high)
    {
        Axis axis = Axis.Between("x", low, high);
        Assert.True(axis.Low < low && axis.High > high);
        Assert.InRange(axis.Share(low), 0.4, 0.6);
    }

    [Fact]
    public void What_is_not_finite_has_no_place_on_an_axis()
    {
        Axis axis = Axis.Of("x", [1, double.NaN, double.PositiveInfinity, 3, double.MaxValue], room: 0);
        Assert.Equal((1, 3), (axis.Low, axis.High));
        Axis log = Axis.Of("x", [0, -5, 0.01, 10], Scale.Log, room: 0);
        Assert.Equal(0.01, log.Low, 1e-12);
        Assert.Equal((0, 1), (Axis.Of("x", [double.NaN], room: 0).Low, Axis.Of("x", [], room: 0).High));
    }

    private static int Lowered(string raised) =>
        int.Parse(
            string.Concat(raised.Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c)))),
            System.Globalization.CultureInfo.InvariantCulture
        );
}
