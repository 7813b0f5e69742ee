using Xunit;

namespace Longhand.Tests;

/// <summary>The values are those of seedrandom 2.4.3 under Node 20: the first three, and the hundred-thousandth.</summary>
public class PlaygroundRandomTests
{
    private static readonly string longSeed = new string('x', 300) + "yz";

    public static TheoryData<string, double[], double> Values =>
        new()
        {
            { "0.5", [0.49767758747058916, 0.8074465011135612, 0.7863697779919979], 0.23635607460294233 },
            { "", [0.23144008215179881, 0.27404636548159655, 0.7901279251811976], 0.4462439527896872 },
            { "0.59704", [0.3720885891366738, 0.5777042295963245, 0.512260760220704], 0.8877992584694697 },
            { longSeed, [0.7832066137260364, 0.01982222395747031, 0.510083499992679], 0.14903200154899598 },
            { "grüße €", [0.38805978875440905, 0.8013383049521315, 0.9616552869784124], 0.1875277864863837 },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void Numbers_are_seedrandoms_bit_for_bit(string seed, double[] first, double hundredThousandth)
    {
        var random = new PlaygroundRandom(seed);
        foreach (double expected in first)
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(random.NextDouble()));
        double last = 0;
        for (int i = first.Length; i < 100_000; i++)
            last = random.NextDouble();
        Assert.Equal(BitConverter.DoubleToInt64Bits(hundredThousandth), BitConverter.DoubleToInt64Bits(last));
    }

    [Fact]
    public void A_copy_goes_on_alike_and_apart()
    {
        var random = new PlaygroundRandom("7");
        random.NextDouble();
        PlaygroundRandom copy = random.Copy();
        double[] fromCopy = [copy.NextDouble(), copy.NextDouble(), copy.NextDouble()];
        double[] fromFirst = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
        Assert.Equal(fromFirst, fromCopy);
        Assert.NotEqual(fromFirst[0], fromFirst[1]);
    }

    [Fact]
    public void Numbers_are_uniform()
    {
        var random = new PlaygroundRandom("uniform");
        const int n = 100_000;
        var counts = new int[10];
        for (int i = 0; i < n; i++)
            counts[(int)(10 * random.NextDouble())]++;
        // χ² with 9 degrees of freedom: 27.9 is exceeded once in a thousand seeds, and this seed is fixed.
        double chiSquare = counts.Sum(c => Math.Pow(c - n / 10.0, 2) / (n / 10.0));
        Assert.InRange(chiSquare, 0.5, 27.9);
    }
}
