using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Longhand.Tests;

public class SplitTests
{
    // An example's one input is its own number, so that a part can be recognised by what is in it.
    private static DataSet Numbered(int count, bool inRandomOrder = false) =>
        new(Rows.Of([.. Enumerable.Range(0, count).Select(i => (double)i)], 1), null, Rows.Of(new double[count], 1))
        {
            InRandomOrder = inRandomOrder,
        };

    private static int[] Numbers(DataSet set) => [.. Enumerable.Range(0, set.Count).Select(i => (int)set[i].Input[0])];

    [Fact]
    public void Two_parts_hold_each_example_once() =>
        Prop.ForAll(
                Gen.Choose(2, 300).ToArbitrary(),
                Gen.Choose(1, 99).ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (count, percent, seed) =>
                {
                    int first = count * percent / 100;
                    if (first == 0)
                        return Refused(() => Numbered(count).Split(percent / 100.0, (ulong)seed));
                    (DataSet a, DataSet b) = Numbered(count).Split(percent / 100.0, (ulong)seed);
                    return a.Count == first
                        && Numbers(a).Concat(Numbers(b)).Order().SequenceEqual(Enumerable.Range(0, count))
                        && Numbers(Numbered(count).Split(percent / 100.0, (ulong)seed).First).SequenceEqual(Numbers(a));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_in_random_order_is_cut_where_it_stands()
    {
        (DataSet first, DataSet second) = Numbered(10, inRandomOrder: true).Split(0.7);
        Assert.Equal(Enumerable.Range(0, 7), Numbers(first));
        Assert.Equal(Enumerable.Range(7, 3), Numbers(second));
    }

    [Fact]
    public void What_is_in_order_is_shuffled_by_its_seed()
    {
        int[] one = Numbers(Numbered(100).Split(0.5, 1).First);
        Assert.NotEqual(Enumerable.Range(0, 50), one);
        Assert.NotEqual(one, Numbers(Numbered(100).Split(0.5, 2).First));
    }

    [Fact]
    public void Classes_can_be_counted_in_another_order_without_touching_the_inputs()
    {
        DataSet part = Data.Iris().Select([140, 3, 70]);
        DataSet other = Longhand.Experiments.DataSets.WithClasses(part, ["virginica", "rose", "versicolor", "setosa"]);
        Assert.Equal([0, 3, 2], Enumerable.Range(0, 3).Select(other.Class));
        Assert.Equal(part[0].Input, other[0].Input);
        Assert.Equal(4, other.ClassNames.Count);
        Assert.Contains(
            "has a class \"virginica\", but the model knows setosa, versicolor.",
            Assert.Throws<LonghandException>(() => Longhand.Experiments.DataSets.WithClasses(part, ["setosa", "versicolor"])).Message
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(0.001)]
    [InlineData(double.NaN)]
    public void A_part_without_examples_is_refused(double share) => Assert.Throws<LonghandException>(() => Numbered(10).Split(share));

    private static bool Refused(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (LonghandException)
        {
            return true;
        }
    }
}
