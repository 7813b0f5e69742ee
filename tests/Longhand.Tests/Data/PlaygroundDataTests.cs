using Xunit;

namespace Longhand.Tests;

/// <summary>The Playground's six data sets against values read from the page itself (seed "0.5").</summary>
public class PlaygroundDataTests
{
    private static readonly Dictionary<string, Func<int, double, string, DataSet>> make = new()
    {
        ["circle"] = Data.Circle,
        ["xor"] = Data.Xor,
        ["gauss"] = Data.Gauss,
        ["spiral"] = Data.Spiral,
        ["plane"] = Data.Plane,
        ["cones"] = Data.Cones,
    };

    private static readonly Dictionary<string, Func<int, double, PlaygroundRandom, IEnumerable<PlaygroundPoint>>> draw = new()
    {
        ["circle"] = Data.CirclePoints,
        ["xor"] = Data.XorPoints,
        ["gauss"] = Data.GaussPoints,
        ["spiral"] = Data.SpiralPoints,
        ["plane"] = Data.PlanePoints,
        ["cones"] = Data.ConesPoints,
    };

    public static TheoryData<string> Names => [.. make.Keys];

    private static int PageCount(string name) => name is "plane" or "cones" ? 1200 : 500;

    private static (double X, double Y, double Label)[] Points(DataSet set) =>
        [
            .. Enumerable
                .Range(0, set.Count)
                .Select(i => set[i])
                .Select(e => (e.Input[0], e.Input[1], e.Class is int c ? 2 * c - 1 : e.Target[0])),
        ];

    [Theory]
    [InlineData("circle", -1.1640215883756286, 0.4394000153463707, 1)]
    [InlineData("xor", -0.3232241252941083, 3.3744650111356114, -1)]
    [InlineData("gauss", 1.9925507089602776, 2.225059424129882, 1)]
    [InlineData("spiral", 0, 0, 1)]
    [InlineData("plane", -0.027868950352930355, 3.6893580133627353, 0.3661489063009804)]
    [InlineData("cones", -0.027868950352930355, 3.6893580133627353, -0.40515775991782355)]
    public void The_first_point_drawn_is_the_pages(string name, double x, double y, double label)
    {
        int n = PageCount(name);
        PlaygroundPoint first = draw[name](n, 0, new PlaygroundRandom("0.5")).First();
        Assert.Equal(x, first.X, 1e-12);
        Assert.Equal(y, first.Y, 1e-12);
        Assert.Equal(label, first.Label, 1e-12);
        Assert.Contains(Points(make[name](n, 0, "0.5")), p => p == (first.X, first.Y, first.Label));
    }

    [Theory]
    [InlineData("circle", -19.963416904, 4.679303735, -8)]
    [InlineData("xor", -10.808308819, 31.245324853, 8)]
    [InlineData("gauss", -42.111013746, -42.752570279, -18)]
    [InlineData("spiral", -5.333247666, -12.325456339, 10)]
    [InlineData("plane", 46.054342439, 4.895059265, 5.094940170)]
    [InlineData("cones", 46.054342439, 4.895059265, -4.188637271)]
    public void The_training_half_is_the_pages(string name, double sumX, double sumY, double sumLabel)
    {
        (DataSet train, DataSet test) = make[name](PageCount(name), 0, "0.5").Split(0.5);
        (double X, double Y, double Label)[] points = Points(train);
        Assert.Equal(PageCount(name) / 2, train.Count);
        Assert.Equal(PageCount(name) / 2, test.Count);
        // The page's sums are known to nine decimals.
        Assert.Equal(sumX, points.Sum(p => p.X), 0.6e-9);
        Assert.Equal(sumY, points.Sum(p => p.Y), 0.6e-9);
        Assert.Equal(sumLabel, points.Sum(p => p.Label), 0.6e-9);
    }

    [Theory]
    [InlineData("circle", -34)]
    [InlineData("xor", 14)]
    public void Noise_moves_labels_and_leaves_points(string name, double sumLabel)
    {
        (double X, double Y, double Label)[] noisy = Points(make[name](500, 0.25, "0.5").Split(0.5).First);
        (double X, double Y, double Label)[] clean = Points(make[name](500, 0, "0.5").Split(0.5).First);
        Assert.Equal(sumLabel, noisy.Sum(p => p.Label));
        Assert.Equal(clean.Select(p => (p.X, p.Y)), noisy.Select(p => (p.X, p.Y)));
    }

    [Fact]
    public void Weights_drawn_on_from_the_data_are_the_pages()
    {
        double[] weights =
        [
            .15073031362995,
            .244803963887532,
            -.152285869641465,
            -.193486122672418,
            -.161361824608226,
            .429127463730093,
            .148910856805259,
            .388916767137117,
            .469948905979338,
            -.010613650775298,
            .035099852694497,
            .206711661550438,
            .335850983707921,
            .197711349344099,
            -.035417728682149,
            .422898131368533,
            -.041553243244346,
            .263427044980321,
        ];
        RandomSource? random = Data.Circle().Continuation;
        Assert.IsType<PlaygroundRandom>(random);
        foreach (double weight in weights)
            Assert.Equal(weight, random.NextDouble() - 0.5, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_size_and_seed_gives_so_many_points_in_random_order(string name)
    {
        foreach (int n in new[] { 2, 3, 7, 101 })
        {
            DataSet set = make[name](n, 0.3, "0.59704");
            Assert.Equal(n, set.Count);
            Assert.True(set.InRandomOrder);
            Assert.Equal(["x", "y"], set.InputNames);
            Assert.Equal(name, set.Name);
            Assert.Equal(name is not ("plane" or "cones"), set.HasClasses);
        }
        Assert.Equal(Points(make[name](50, 0.1, "a")), Points(make[name](50, 0.1, "a")));
        Assert.NotEqual(Points(make[name](50, 0.1, "a")), Points(make[name](50, 0.1, "b")));
    }

    [Fact]
    public void Without_noise_the_classes_lie_where_they_are_said_to_lie()
    {
        Assert.All(Points(Data.Circle(seed: "1")), p => Assert.Equal(p.Label > 0, Math.Sqrt(p.X * p.X + p.Y * p.Y) < 2.5));
        Assert.All(Points(Data.Circle(seed: "1")), p => Assert.False(Math.Sqrt(p.X * p.X + p.Y * p.Y) is > 2.5 and < 3.5 or > 5));
        Assert.All(Points(Data.Xor(seed: "1")), p => Assert.Equal(p.Label > 0, p.X * p.Y > 0));
        Assert.All(Points(Data.Xor(seed: "1")), p => Assert.InRange(Math.Abs(p.X), 0.3, 5.3));
        Assert.All(Points(Data.Plane(seed: "1")), p => Assert.Equal((p.X + p.Y) / 10, p.Label, 1e-15));
        Assert.All(Points(Data.Cones(seed: "1")), p => Assert.InRange(p.Label, -1, 1));
        Assert.Equal(["-1", "1"], Data.Circle().ClassNames);
    }

    [Fact]
    public void Gauss_has_the_variance_it_states()
    {
        (double X, double Y, double Label)[] points = Points(Data.Gauss(100_000, 0.2, "variance"));
        double[] fromCentre = [.. points.SelectMany(p => new[] { p.X - 2 * p.Label, p.Y - 2 * p.Label })];
        // 0.5 + 7·0.2 = 1.9; the estimate from 200,000 numbers has a standard error of 1.9·√(2/200,000) = 0.006.
        Assert.Equal(0, fromCentre.Average(), 0.02);
        Assert.Equal(1.9, fromCentre.Average(d => d * d), 0.03);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Arguments_out_of_range_are_refused_in_words(string name)
    {
        foreach (int n in new[] { int.MinValue, -1, 0, 1, 10_000_001 })
            Assert.StartsWith($"{name}: n is ", Assert.Throws<LonghandException>(() => make[name](n, 0, "1")).Message);
        foreach (double noise in new[] { -0.1, double.NaN, double.PositiveInfinity, 101 })
            Assert.Contains("between 0 and 1.", Assert.Throws<LonghandException>(() => make[name](10, noise, "1")).Message);
        Assert.Contains("(per cent) is 0.25 here", Assert.Throws<LonghandException>(() => make[name](10, 25, "1")).Message);
    }
}
