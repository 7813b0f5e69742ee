using Xunit;

namespace Longhand.Tests;

public class GeneratorTests
{
    private static (double X, double Y, int Class)[] Points(DataSet set) =>
        [.. Enumerable.Range(0, set.Count).Select(i => set[i]).Select(e => (e.Input[0], e.Input[1], e.Class!.Value))];

    [Fact]
    public void Blobs_are_told_apart_by_a_line()
    {
        (double X, double Y, int Class)[] points = Points(Data.Blobs());
        Assert.Equal(1000, points.Length);
        Assert.Equal(500, points.Count(p => p.Class == 1));
        Assert.All(points, p => Assert.Equal(p.Class == 0, p.X + p.Y > 0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Blobs_stand_ten_apart_with_the_deviation_asked_for(int classes)
    {
        (double X, double Y, int Class)[] points = Points(Data.Blobs(20_000 * classes, classes, noise: 2, seed: 3));
        var centres = points
            .GroupBy(p => p.Class)
            .OrderBy(g => g.Key)
            .Select(g => (X: g.Average(p => p.X), Y: g.Average(p => p.Y)))
            .ToArray();
        Assert.Equal(classes, centres.Length);
        for (int c = 0; c < classes; c++)
        {
            (double X, double Y) next = centres[(c + 1) % classes];
            // 20,000 points fix a centre to 2/√20,000 = 0.014.
            Assert.Equal(10, Math.Sqrt(Math.Pow(centres[c].X - next.X, 2) + Math.Pow(centres[c].Y - next.Y, 2)), 0.1);
        }
        Assert.Equal(4, points.Average(p => Math.Pow(p.X - centres[p.Class].X, 2)), 0.1);
        Assert.Equal(4, points.Average(p => Math.Pow(p.Y - centres[p.Class].Y, 2)), 0.1);
    }

    [Fact]
    public void Circles_have_the_radii_they_state()
    {
        Assert.All(Points(Data.Circles(200, noise: 0)), p => Assert.Equal(p.Class == 0 ? 1 : 0.5, Math.Sqrt(p.X * p.X + p.Y * p.Y), 1e-12));
        // With noise of deviation σ per coordinate, the mean square radius is r² + 2σ².
        (double X, double Y, int Class)[] noisy = Points(Data.Circles(100_000));
        Assert.Equal(1.02, noisy.Where(p => p.Class == 0).Average(p => p.X * p.X + p.Y * p.Y), 0.01);
        Assert.Equal(0.27, noisy.Where(p => p.Class == 1).Average(p => p.X * p.X + p.Y * p.Y), 0.01);
        Assert.Equal(0, noisy.Average(p => p.X), 0.01);
    }

    [Fact]
    public void Moons_are_half_circles()
    {
        (double X, double Y, int Class)[] points = Points(Data.Moons(2000, noise: 0));
        foreach ((double x, double y, int moon) in points)
        {
            (double u, double v) = moon == 0 ? (x, y) : (1 - x, 0.5 - y);
            Assert.Equal(1, u * u + v * v, 1e-12);
            Assert.InRange(v, -1e-12, 1);
        }
        Assert.Equal(1000, points.Count(p => p.Class == 0));
        Assert.Contains(points, p => p.Class == 0 && p.X < -0.9);
        Assert.Contains(points, p => p.Class == 1 && p.X > 1.9);
    }

    [Fact]
    public void The_same_seed_gives_the_same_points()
    {
        foreach (
            Func<ulong, DataSet> make in new Func<ulong, DataSet>[]
            {
                s => Data.Blobs(seed: s),
                s => Data.Circles(seed: s),
                s => Data.Moons(seed: s),
            }
        )
        {
            Assert.Equal(Points(make(5)), Points(make(5)));
            Assert.NotEqual(Points(make(5)), Points(make(6)));
        }
    }

    [Fact]
    public void Arguments_out_of_range_are_refused_in_words()
    {
        Assert.Equal(
            "circles: n is 1, but it must lie between 2 and 10,000,000.",
            Assert.Throws<LonghandException>(() => Data.Circles(1)).Message
        );
        Assert.Equal(
            "moons: noise is -1, but it must lie between 0 and 1000000.",
            Assert.Throws<LonghandException>(() => Data.Moons(noise: -1)).Message
        );
        Assert.Throws<LonghandException>(() => Data.Circles(noise: double.NaN));
        Assert.Throws<LonghandException>(() => Data.Blobs(noise: double.PositiveInfinity));
        Assert.Throws<LonghandException>(() => Data.Blobs(classes: 1));
        Assert.Throws<LonghandException>(() => Data.Blobs(classes: 101));
        Assert.Throws<LonghandException>(() => Data.Blobs(n: 4, classes: 5));
    }

    [Fact]
    public void Digits_are_1797_images()
    {
        DataSet digits = Data.Digits();
        Assert.Equal(1797, digits.Count);
        Assert.Equal(Shape.Image(8, 8), digits.InputShape);
        Assert.Equal(Enumerable.Range(0, 10).Select(d => d.ToString()), digits.ClassNames);
        // How many of each digit: UCI's own table for the test part.
        int[] counts = [.. Enumerable.Range(0, 10).Select(d => Enumerable.Range(0, digits.Count).Count(i => digits.Class(i) == d))];
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], counts);
        Example first = digits[0];
        Assert.Equal(0, first.Class);
        Assert.Equal([0, 0, 5 / 16.0, 13 / 16.0, 9 / 16.0, 1 / 16.0, 0, 0], first.Input[..8]);
        Assert.Equal(1, Enumerable.Range(0, digits.Count).Max(i => digits[i].Input.Max()));
    }

    [Fact]
    public void Iris_are_150_flowers()
    {
        DataSet iris = Data.Iris();
        Assert.Equal(150, iris.Count);
        Assert.Equal(["sepal_length", "sepal_width", "petal_length", "petal_width"], iris.InputNames);
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.ClassNames);
        Assert.Equal([5.1, 3.5, 1.4, 0.2], iris[0].Input);
        for (int species = 0; species < 3; species++)
            Assert.Equal(50, Enumerable.Range(0, 150).Count(i => iris.Class(i) == species));
        // The means that are given everywhere for these data.
        Assert.Equal(5.843, Enumerable.Range(0, 150).Average(i => iris[i].Input[0]), 0.0005);
        Assert.Equal(3.758, Enumerable.Range(0, 150).Average(i => iris[i].Input[2]), 0.0005);
        Assert.Equal(1.199, Enumerable.Range(0, 150).Average(i => iris[i].Input[3]), 0.0005);
    }

    [Fact]
    public void Boolean_data_are_the_truth_table()
    {
        DataSet xor = Data.Boolean("B xor A");
        Assert.Equal(["A", "B"], xor.InputNames);
        Assert.Equal([(0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0)], Points(xor));
        Assert.Equal(["0", "1"], xor.ClassNames);
        DataSet implies = Data.Boolean("a -> b");
        Assert.Equal([1, 1, 0, 1], Points(implies).Select(p => p.Class));
        Assert.Equal(8, Data.Boolean("x1 and x2 or x10").Count);
        Assert.Equal(["x1", "x2", "x10"], Data.Boolean("x10 and x2 or x1").InputNames);
    }

    [Fact]
    public void A_constant_is_nothing_to_learn() =>
        Assert.Equal(
            "boolean: \"1 or 0\" has no variable, so that there is nothing to learn it from.",
            Assert.Throws<LonghandException>(() => Data.Boolean("1 or 0")).Message
        );
}
