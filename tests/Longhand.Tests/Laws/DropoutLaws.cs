using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;
using Xunit;

namespace Longhand.Tests.Laws;

public class DropoutLaws
{
    private const ulong Key = 12345;

    [Fact]
    public void A_mask_depends_on_key_step_sample_and_index_alone()
    {
        double[] mask = Mask(0.5, new(Key, 3), 8, 50);
        Assert.Equal(mask, Mask(0.5, new(Key, 3), 8, 50));
        // Fewer samples: those that remain keep their masks.
        Assert.Equal(mask.Take(4 * 50), Mask(0.5, new(Key, 3), 4, 50));
        Assert.NotEqual(mask, Mask(0.5, new(Key + 1, 3), 8, 50));
        Assert.NotEqual(mask, Mask(0.5, new(Key, 4), 8, 50));
        Assert.NotEqual(mask.Take(50), mask.Skip(50).Take(50));
        // What a smaller share drops, a larger one drops, too: both read the same uniform number.
        double[] less = Mask(0.2, new(Key, 3), 8, 50);
        Assert.All(less.Zip(mask), pair => Assert.True(pair.First != 0 || pair.Second == 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_mean_stays(double probability)
    {
        double[] mask = Mask(probability, new(Key, 0), 100, 1000);
        double deviation = Math.Sqrt(probability / (1 - probability) / mask.Length);
        Assert.Equal(1, mask.Average(), 5 * deviation + 1e-12);
        Assert.All(mask, m => Assert.True(m == 0 || Math.Abs(m * (1 - probability) - 1) < 1e-12));
        Assert.Equal(probability, mask.Count(m => m == 0) / (double)mask.Length, 5 * Math.Sqrt(0.25 / mask.Length));
    }

    [Fact]
    public void Masks_are_not_correlated_along_samples_indices_or_steps()
    {
        const int n = 400;
        double[] mask = Mask(0.5, new(Key, 0), n, n),
            next = Mask(0.5, new(Key, 1), n, n);
        double limit = 5.0 / n;
        Assert.InRange(Correlation(mask[..^1], mask[1..]), -limit, limit);
        Assert.InRange(Correlation(mask[..^n], mask[n..]), -limit, limit);
        Assert.InRange(Correlation(mask, next), -limit, limit);

        static double Correlation(double[] a, double[] b) => a.Zip(b, (x, y) => (x - 1) * (y - 1)).Average();
    }

    [Fact]
    public void Kernel_and_reference_draw_the_same_mask()
    {
        foreach (
            Shape shape in (Shape[])
                [
                    [17],
                    [3, 4, 2],
                ]
        )
        {
            Network network = Network.Chain(shape, new Dropout(0.4));
            Model model = Lab.Model(network, 81);
            Grid<Float64> x = Lab.Random(82, Lab.BatchOf(network, 5)),
                dy = Lab.Random(83, Lab.BatchOf(network, 5));
            var expected = Lab.Reference(model, x, dy, training: true);
            var found = Lab.Steps(model, x, dy, training: true);
            Assert.Equal(expected.Output.Select(v => v == 0), found.Output.Select(v => v == 0));
            Assert.Equal(expected.InputGradient.Select(v => v == 0), found.InputGradient.Select(v => v == 0));
            Assert.Equal(expected.Output.Select(v => v == 0), expected.InputGradient.Select(v => v == 0));
            Assert.Contains(0, expected.Output);
        }
    }

    [Fact]
    public void In_inference_nothing_happens()
    {
        Network network = Network.Chain([6], new Dropout(0.5));
        Grid<Float64> x = Lab.Hard(84, 4, 6);
        Assert.Equal(Lab.Doubles(x), Lab.Reference(Lab.Model(network, 85), x, null, training: false).Output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void All_cannot_be_dropped(double probability) => Assert.Throws<LonghandException>(() => new Dropout(probability));

    // What ones become.
    private static double[] Mask(double probability, MaskKey key, int samples, int length)
    {
        var ones = new Grid<Float64>(samples, length);
        for (int i = 0; i < ones.Length; i++)
            ones.SetFlat(i, new(1));
        return Lab.Doubles(
            new ReferenceRun<Float64>(Network.Chain([length], new Dropout(probability)), [], ones, training: true, _ => key).Forward()
        );
    }
}
