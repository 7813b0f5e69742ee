using Longhand.Experiments;
using Xunit;

namespace Longhand.Tests;

/// <summary>Data that stand in the experiment's line itself: points, a table, a formula.</summary>
public class WrittenDataTests
{
    static WrittenDataTests() => ExperimentKinds.Register();

    private static string Problem(string text) => Assert.ThrowsAny<LonghandException>(() => Data.Make(text)).Message;

    [Fact]
    public void Points_take_their_classes_in_turn()
    {
        DataSet points = Data.Make("points '1,2 0.5,3 -1e1,.5 ; -1,0 2,-2;'").All;
        Assert.Equal([0, 1, 0, 1, 0], Enumerable.Range(0, 5).Select(points.Class));
        Assert.Equal([-10, 0.5], points[4].Input);
        Assert.Equal(["0", "1", "2"], points.ClassNames);
        Assert.Equal(["x", "y"], points.InputNames);
        DataSet values = Data.Points("1,2,0.5\n3,4,1");
        Assert.False(values.HasClasses);
        Assert.Equal([1.0], values[1].Target);
    }

    [Theory]
    [InlineData("points ''", "there is no point")]
    [InlineData("points '1,2 3,4'", "there is one class; a semicolon begins the next")]
    [InlineData("points '1,2; 3'", "column 6, behind \"1,2; \": \"3\" is no point")]
    [InlineData("points '1,2,3 4,5'", "column 7, behind \"1,2,3 \": \"4,5\" has 2 numbers, but the points before have 3")]
    [InlineData("points '1,2; 3,4,5'", "but the points before have 2")]
    [InlineData("points '; 3,4,5'", "points with values have no classes")]
    [InlineData("points '1,2; 3,x'", "column 8, behind \"1,2; 3,\": \"x\" is no number")]
    [InlineData("points '1,2; 3,inf'", "is no number between")]
    public void What_is_wrong_with_points_is_said_with_its_place(string text, string problem) => Assert.Contains(problem, Problem(text));

    [Fact]
    public void More_classes_than_can_be_are_refused() =>
        Assert.Contains("more than 100 classes", Problem($"points '{new string(';', 120)}'"));

    [Fact]
    public void An_inequality_makes_classes_and_an_expression_values()
    {
        DataSet above = Data.Formula("y >= sin(3x)", 200, extent: 2, seed: 7);
        Assert.Equal(2, above.ClassNames.Count);
        DataSet below = Data.Formula("sin(3x) ≤ y", 200, extent: 2, seed: 7);
        DataSet values = Data.Formula("x*y", 200, extent: 2, seed: 7);
        for (int i = 0; i < 200; i++)
        {
            double[] point = above[i].Input;
            Assert.All(point, c => Assert.InRange(c, -2, 2));
            Assert.Equal(point[1] >= Math.Sin(3 * point[0]) ? 1 : 0, above.Class(i));
            Assert.Equal(above.Class(i), below.Class(i));
            Assert.Equal(point, values[i].Input);
            Assert.Equal(point[0] * point[1], values[i].Target[0], 1e-12);
        }
        DataSet noisy = Data.Formula("y > 0", 1000, noise: 1);
        int wrong = Enumerable.Range(0, 1000).Count(i => noisy.Class(i) != (noisy[i].Input[1] > 0 ? 1 : 0));
        Assert.InRange(wrong, 20, 150);
        // Where a side is no number, the inequality does not hold.
        DataSet root = Data.Formula("y > sqrt(x)", 200);
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(root[i].Input[0] >= 0 || root.Class(i) == 0));
    }

    [Theory]
    [InlineData("formula 'y > sn(x)'", "column 5: unknown function \"sn\"")]
    [InlineData("formula 'y = x'", "column 3: one comparison is read")]
    [InlineData("formula '0 < x < 1'", "column 7: one comparison is read, such as y > sin(x); of several, min(…) > 0")]
    [InlineData("formula 'y >'", "expression")]
    [InlineData("formula '> y'", "expression")]
    [InlineData("formula 'z'", "unknown name \"z\"")]
    [InlineData("formula 'y > 99'", "holds at none of the 500 points")]
    [InlineData("formula 'y < 99'", "holds at all of the 500 points")]
    [InlineData("formula '1/(x-x)'", "is not a finite number at x =")]
    [InlineData("formula 'x' extent=-1", "extent is -1")]
    [InlineData("formula 'x' noise=-1", "noise is -1")]
    public void What_is_wrong_with_a_formula_is_said(string text, string problem) => Assert.Contains(problem, Problem(text));

    [Fact]
    public void A_table_is_read_as_a_file_of_it_would_be()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "a,b,kind\n1,2.5,low\n3,?,high\n5,6,low\n");
            foreach (
                string options in (string[])["missing=mean", "missing=drop", "missing=drop ignore=b", "target=a missing=drop ignore=kind"]
            )
            {
                DataSet written =
                        Data.Make($"table 'a, b, kind; 1, 2.5, low; 3, ?, high; 5, 6, low' {options}".Replace("drop", "mean")).All,
                    read = Data.Make($"csv '{path}' {options}".Replace("drop", "mean")).All;
                Assert.Equal(read.Count, written.Count);
                Assert.Equal(read.ClassNames, written.ClassNames);
                for (int i = 0; i < read.Count; i++)
                    Assert.Equal(read[i].Input, written[i].Input);
            }
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Contains("the table, line 3, column 1 (\"a\"): \"x\" is not a number", Problem("table 'a,b;1,2;x,3'"));
        Assert.Contains("unknown option \"separator\"", Problem("table 'a,b;1,2' separator=tab"));
    }

    [Fact]
    public void An_experiment_with_them_is_written_down_again_word_for_word()
    {
        const string text = "network: 2 -> dense 1\ndata: \"points '/1,2 3,4; 5,6'\"\nloss: mse\n";
        Experiment experiment = Experiment.Read(text.Replace("/", ""), "experiment", "/somewhere");
        Assert.Contains("points '1,2 3,4; 5,6'", experiment.ToText(PathStyle.Full));
        Experiment table = Experiment.Read("network: 1 -> dense 1\ndata: \"table 'a,b;1,2;3,4'\"\nloss: mse\n", "experiment", "/somewhere");
        Assert.Contains("table 'a,b;1,2;3,4'", table.ToText(PathStyle.Full));
    }
}
