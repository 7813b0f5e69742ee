using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests;

/// <summary>Arrays as examples: what becomes of their sizes and types, and what does not fit.</summary>
public sealed class ArrayDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private DataParts Make(byte[] x, byte[] y, string options = "")
    {
        File.WriteAllBytes(folder.File("x.npy"), x);
        File.WriteAllBytes(folder.File("y.npy"), y);
        return Data.Make($"npy x.npy y.npy {options}", folder.Path);
    }

    private string Problem(byte[] x, byte[] y, string options = "") =>
        Assert.ThrowsAny<LonghandException>(() => Make(x, y, options)).Message;

    private static byte[] Pixels(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    private static readonly byte[] TwoRows = Sample.Npy("<f8", "(2, 3)", Sample.Doubles(1, 2, 3, 4, 5, 6));
    private static readonly byte[] TwoClasses = Sample.Npy("<i8", "(2,)", Sample.Longs(1, 0));

    [Fact]
    public void Rows_and_classes()
    {
        DataSet data = Make(TwoRows, TwoClasses).All;
        Assert.Equal([3], data.InputShape);
        Assert.Equal([4.0, 5, 6], data[1].Input);
        Assert.Equal(["0", "1"], data.ClassNames);
        Assert.Equal(1, data.Class(0));
    }

    [Theory]
    [InlineData("(2, 2, 3)", "", 2, 3, 1)]
    [InlineData("(1, 3, 2, 2)", "", 2, 2, 3)]
    [InlineData("(1, 2, 2, 3)", "", 2, 2, 3)]
    [InlineData("(1, 3, 4, 1)", "channels=last", 3, 4, 1)]
    [InlineData("(1, 3, 4, 1)", "channels=first", 4, 1, 3)]
    [InlineData("(1, 2, 6, 1)", "", 2, 6, 1)]
    public void Images_are_divided_and_lie_channel_by_channel(string sizes, string options, int height, int width, int channels)
    {
        int count = sizes.StartsWith("(2", StringComparison.Ordinal) ? 2 : 1;
        DataSet data = Make(
            Sample.Npy("|u1", sizes, Pixels(12)),
            Sample.Npy("<f4", $"({count},)", Sample.Floats(new float[count])),
            options
        ).All;
        Assert.Equal(Shape.Image(height, width, channels), data.InputShape);
        int length = 12 / count;
        bool last = sizes == "(1, 2, 2, 3)";
        double[] expected =
        [
            .. Enumerable
                .Range(0, length)
                .Select(i => (last ? i % 4 * 3 + i / 4 : i) + (count - 1) * length)
                .Select(pixel => pixel / 255.0),
        ];
        Assert.Equal(expected, data[count - 1].Input);
        var singles = new float[length];
        data.CopyInput(count - 1, singles);
        Assert.Equal(expected.Select(pixel => (float)pixel), singles);
    }

    [Fact]
    public void Division_is_asked_for_or_left_out()
    {
        byte[] x = Sample.Npy("|u1", "(2, 1, 1)", [10, 20]),
            floats = Sample.Npy("<f4", "(2, 1)", Sample.Floats(10, 20));
        Assert.Equal([20.0], Make(x, TwoClasses, "divide=1").All[1].Input);
        Assert.Equal([5.0], Make(floats, TwoClasses, "divide=4").All[1].Input);
        Assert.Equal([20.0], Make(Sample.Npy("|u1", "(2, 1)", [10, 20]), TwoClasses).All[1].Input);
        var single = new float[1];
        Make(floats, TwoClasses, "divide=3").All.CopyInput(0, single);
        Assert.Equal((float)(10 / 3.0), single[0]);
    }

    [Theory]
    [InlineData("<i8", "", true)]
    [InlineData("<f8", "", false)]
    [InlineData("<f8", "as=classes", true)]
    [InlineData("<i8", "as=values", false)]
    public void Whole_numbers_are_classes_and_others_values(string descr, string options, bool classes)
    {
        byte[] y = Sample.Npy(descr, "(2, 1)", descr == "<i8" ? Sample.Longs(7, 3) : Sample.Doubles(7, 3));
        DataSet data = Make(TwoRows, y, options).All;
        Assert.Equal(classes, data.HasClasses);
        if (classes)
            Assert.Equal(["3", "7"], data.ClassNames);
        else
            Assert.Equal([7.0], data[0].Target);
    }

    [Fact]
    public void One_hot_rows_are_classes_when_they_are_said_to_be()
    {
        byte[] y = Sample.Npy("<f4", "(2, 3)", Sample.Floats(0, 0, 1, 1, 0, 0));
        Assert.Equal(3, Make(TwoRows, y).All.TargetLength);
        DataSet data = Make(TwoRows, y, "as=classes").All;
        Assert.Equal([2, 0], [data.Class(0), data.Class(1)]);
        Assert.Equal(3, data.ClassNames.Count);
        Assert.Contains(
            "example 1 has 3 numbers, but they are not a 1 among zeros",
            Problem(TwoRows, Sample.Npy("<f4", "(2, 3)", Sample.Floats(0, 0, 1, 1, 0, 1)), "as=classes")
        );
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_its_file()
    {
        Assert.EndsWith(
            $"y.npy: there are 3 targets, but {folder.File("x.npy")} holds 2 examples.",
            Problem(TwoRows, Sample.Npy("|u1", "(3,)", [0, 1, 0]))
        );
        Assert.Contains(
            "x.npy: byte 136: element [1, 0] is NaN",
            Problem(Sample.Npy("<f8", "(2, 1)", Sample.Doubles(1, double.NaN)), TwoClasses)
        );
        Assert.Contains(
            "y.npy: byte 128: element [0] is infinite",
            Problem(TwoRows, Sample.Npy("<f8", "(2,)", Sample.Doubles(double.NegativeInfinity, 1)))
        );
        Assert.Contains("every class is 1", Problem(TwoRows, Sample.Npy("|u1", "(2,)", [1, 1])));
        Assert.Contains(
            "example 0 is 0.5, but a class is a whole number",
            Problem(TwoRows, Sample.Npy("<f8", "(2,)", Sample.Doubles(0.5, 1)), "as=classes")
        );
        Assert.Contains(
            "channels=first) or in the last (channels=last)?",
            Problem(Sample.Npy("|u1", "(2, 3, 2, 3)", Pixels(36)), TwoClasses)
        );
        Assert.Contains(
            "channels=first) or in the last (channels=last)?",
            Problem(Sample.Npy("|u1", "(2, 2, 2, 2)", Pixels(16)), TwoClasses)
        );
        Assert.Contains("1 to 4 dimensions", Problem(Sample.Npy("|u1", "(2, 1, 1, 1, 1)", [0, 1]), TwoClasses));
        Assert.Contains("targets have 1 or 2 dimensions", Problem(TwoRows, Sample.Npy("|u1", "(2, 1, 1)", [0, 1])));
        Assert.Contains("divide is 0", Problem(TwoRows, TwoClasses, "divide=0"));
        Assert.Contains("channels is \"middle\", but auto, first or last is needed", Problem(TwoRows, TwoClasses, "channels=middle"));
    }

    [Fact]
    public void An_archive_has_a_test_part_with_the_same_classes()
    {
        byte[] test = Sample.Npy("<f8", "(1, 3)", Sample.Doubles(7, 8, 9));
        byte[] npz = Sample.Zip(
            true,
            ("x_train.npy", TwoRows),
            ("y_train.npy", TwoClasses),
            ("x_test.npy", test),
            ("y_test.npy", Sample.Npy("<i8", "(1,)", Sample.Longs(2)))
        );
        File.WriteAllBytes(folder.File("a.npz"), npz);
        DataParts parts = Data.FromNpz(folder.File("a.npz"));
        Assert.Equal(["0", "1", "2"], parts.All.ClassNames);
        Assert.Equal(parts.All.ClassNames, parts.Test!.ClassNames);
        Assert.Equal([7.0, 8, 9], parts.Test[0].Input);
        Assert.Null(Data.Make("npz a.npz x=x_test y=y_test as=values", folder.Path).Test);
        Assert.Contains(
            "x is \"z\", but the file has no such array; it has \"x_train\"",
            Assert.ThrowsAny<LonghandException>(() => Data.Make("npz a.npz x=z y=y_test", folder.Path)).Message
        );
    }

    [Fact]
    public void Idx_arrays_are_examples_too()
    {
        File.WriteAllBytes(folder.File("x.gz"), Sample.Gzip(Sample.Idx(8, [2, 2, 2], Pixels(8))));
        File.WriteAllBytes(folder.File("y"), Sample.Idx(8, [2], [3, 5]));
        DataSet data = Data.Make("idx x.gz y", folder.Path).All;
        Assert.Equal(Shape.Image(2, 2), data.InputShape);
        Assert.Equal([4 / 255.0, 5 / 255.0, 6 / 255.0, 7 / 255.0], data[1].Input);
        Assert.Equal(["3", "5"], data.ClassNames);
    }

    [Fact]
    public void Cifar_is_read_colour_by_colour()
    {
        byte[] Record(byte label) => [label, .. Enumerable.Range(0, 3072).Select(i => (byte)(i / 1024 * 100 + label))];
        for (int batch = 1; batch <= 5; batch++)
            File.WriteAllBytes(folder.File($"data_batch_{batch}.bin"), [.. Record((byte)batch), .. Record(0)]);
        File.WriteAllBytes(folder.File("test_batch.bin"), Record(9));
        DataParts parts = Data.Make($"cifar10 '{folder.Path}'");
        Assert.Equal(10, parts.All.Count);
        Assert.Equal(Shape.Image(32, 32, 3), parts.All.InputShape);
        Assert.Equal(3, parts.All.Class(4));
        Assert.Equal([3 / 255.0, 103 / 255.0, 203 / 255.0], new[] { 0, 1024, 3071 }.Select(i => parts.All[4].Input[i]));
        Assert.Equal("truck", parts.Test!.ClassNames[parts.Test.Class(0)]);

        File.WriteAllBytes(folder.File("data_batch_2.bin"), [.. Record(0), .. Record(10)]);
        Assert.Contains("data_batch_2.bin: byte 3073: the label of record 1 is 10, but", Problem());
        File.WriteAllBytes(folder.File("data_batch_2.bin"), Record(0)[..3000]);
        Assert.Contains("data_batch_2.bin: byte 3000: the file ends here", Problem());
        File.Delete(folder.File("data_batch_4.bin"));
        Assert.Contains("a file of cifar10 is missing here: data_batch_4.bin", Problem());

        string Problem() => Assert.ThrowsAny<LonghandException>(() => Data.Cifar10(folder.Path)).Message;
    }
}
