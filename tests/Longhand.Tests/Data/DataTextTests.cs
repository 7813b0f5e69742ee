using Xunit;

namespace Longhand.Tests;

/// <summary>The one line of an experiment that names its data.</summary>
public class DataTextTests
{
    /// <summary>A kind that no document tells of.</summary>
    public const string OwnKind = "registered-by-a-test";

    private static string Problem(string text) => Assert.Throws<LonghandException>(() => Data.Make(text)).Message;

    [Fact]
    public void All_kinds_are_registered_with_what_they_need()
    {
        string[] names = [.. Data.Kinds.Select(k => k.Name)];
        foreach (string name in "circle xor gauss spiral plane cones blobs circles moons boolean digits iris mnist fashion".Split(' '))
            Assert.Contains(name, names);
        Assert.Equal(names.Distinct(), names);
        foreach (DataKind kind in Data.Kinds)
        {
            Assert.StartsWith(kind.Name, kind.Usage);
            Assert.All(kind.Options, o => Assert.Contains($"[{o.Name}=", kind.Usage));
            Assert.All(kind.Operands, o => Assert.Contains(o, kind.Usage));
            Assert.NotEmpty(kind.Summary);
        }
    }

    [Fact]
    public void What_the_usage_states_are_the_defaults()
    {
        foreach (DataKind kind in Data.Kinds.Where(k => k.Operands.Count == 0))
        {
            DataSet bare = Data.Make(kind.Name).All;
            string spelledOut = kind.Name + string.Concat(kind.Options.Select(o => $" {o.Name}={o.Default}"));
            DataSet same = Data.Make(spelledOut).All;
            Assert.Equal(bare.Count, same.Count);
            for (int i = 0; i < bare.Count; i += 97)
                Assert.Equal(bare[i].Input, same[i].Input);
        }
    }

    [Fact]
    public void Options_reach_their_generator()
    {
        DataSet set = Data.Make("  Circle N=20\tnoise=1e-1 seed='0.59704' ").All;
        DataSet same = Data.Circle(20, 0.1, "0.59704");
        Assert.Equal(20, set.Count);
        for (int i = 0; i < 20; i++)
            Assert.Equal(same[i].Input, set[i].Input);
        Assert.Equal(3, Data.Make("blobs n=30 classes=3 seed=18446744073709551615").All.ClassNames.Count);
        Assert.Equal(2, Data.Make("boolean \"A xor B\"").All.InputShape.Length);
        Assert.Equal(["A"], Data.Make("boolean 'not A'").All.InputNames);
    }

    [Fact]
    public void A_seed_is_text_for_the_playgrounds_six() =>
        Assert.NotEqual(Data.Make("xor seed=0.5").All[0].Input, Data.Make("xor seed=0.50").All[0].Input);

    [Theory]
    [InlineData("circle n=5x", "data \"circle n=5x\": n is \"5x\", but a whole number is needed")]
    [InlineData("circle n=5.0", "n is \"5.0\", but a whole number is needed")]
    [InlineData("circle n=1,000", "n is \"1,000\", but a whole number is needed")]
    [InlineData("circle n=99999999999", "n is 99999999999, which is out of range")]
    [InlineData("circle noise=0,1", "noise is \"0,1\", but a number is needed")]
    [InlineData("circle noise=NaN", "noise is \"NaN\", but a number is needed")]
    [InlineData("circle noise=1e999", "noise is \"1e999\", but a number is needed")]
    [InlineData("blobs seed=-1", "seed is \"-1\", but a whole number from 0 to 18446744073709551615 is needed")]
    [InlineData("cirlce", "unknown data \"cirlce\". Did you mean \"circle\"?")]
    [InlineData("banana", "unknown data \"banana\". Known are blobs, boolean, cifar10, circle, ")]
    [InlineData("", "here belongs the name of data: blobs, boolean, ")]
    [InlineData("circle niose=1", "unknown option \"niose\". Did you mean \"noise\"?")]
    [InlineData("circle radius=1", "unknown option \"radius\". Known are n, noise, seed.")]
    [InlineData("circle n=5 N=6", "n is given twice")]
    [InlineData("circle n=", "n= has nothing behind it")]
    [InlineData("circle 500", "\"500\" is one word too many; the form is: circle [n=500]")]
    [InlineData("iris n=5", "iris has no options, but \"n\" is given")]
    [InlineData("boolean", "EXPRESSION is missing; the form is: boolean \"EXPRESSION\"")]
    [InlineData("boolean A xor B", "\"xor\" is one word too many; the form is: boolean \"EXPRESSION\". Options are written")]
    [InlineData("boolean \"A xor B", "the quotation mark in column 9 is never closed")]
    [InlineData("boolean \"A xro B\"", "Did you mean \"xor\"?")]
    [InlineData("mnist ''", "DIR is empty, but a path is needed")]
    [InlineData("mnist a\0b", "column 8 holds a control character (code 0)")]
    [InlineData("circle n=1", "data \"circle n=1\": circle: n is 1, but it must lie between 2 and 10,000,000.")]
    public void Errors_say_what_was_found_and_what_is_right(string text, string expected) => Assert.Contains(expected, Problem(text));

    [Fact]
    public void An_endless_text_is_refused_in_few_words() => Assert.InRange(Problem(new string('x', 1_000_000)).Length, 1, 300);

    [Fact]
    public void Paths_are_relative_to_the_folder_given()
    {
        string folder = Path.Combine(Path.GetTempPath(), "longhand-base");
        string message = Assert.Throws<LonghandException>(() => Data.Make("mnist \"no such\"", folder)).Message;
        Assert.Contains(Path.Combine(folder, "no such") + ": there is no such folder", message);
    }

    [Fact]
    public void Others_can_register_kinds()
    {
        var kind = new DataKind(
            OwnKind,
            "registered-by-a-test FILE [rows=2]",
            "Data of a test",
            [new("rows", "2", "how many")],
            a => new DataParts(Data.Blobs(a.Whole("rows", 2)), a.Has("rows") ? Data.Blobs() : null)
        )
        {
            Operands = ["FILE"],
        };
        Assert.Same(kind, Data.Register(kind));
        Data.Register(kind);
        Assert.Equal(12, Data.Make("registered-by-a-test f rows=12").All.Count);
        Assert.Null(Data.Make("registered-by-a-test f").Test);
        Assert.Throws<InvalidOperationException>(() => Data.Register(kind with { Summary = "another" }));
        Assert.Equal("f=1", DataArguments.Parse("registered-by-a-test 'f=1'").Operand(0));
    }
}
