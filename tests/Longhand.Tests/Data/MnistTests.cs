using System.IO.Compression;
using Xunit;

namespace Longhand.Tests;

/// <summary>MNIST's four files, in small.</summary>
public sealed class MnistTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("longhand-mnist-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Images(byte count) => [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 3, .. Pixels(count)];

    private static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, 0, 0, 0, (byte)labels.Length, .. labels];

    private static byte[] Pixels(int count) => [.. Enumerable.Range(0, 6 * count).Select(i => (byte)(255 - i))];

    private string Put(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var zip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            zip.Write(bytes);
        }
        else
            File.WriteAllBytes(path, bytes);
        return path;
    }

    private void PutAll(string separator, string suffix)
    {
        Put($"train-images{separator}idx3-ubyte{suffix}", Images(4));
        Put($"train-labels{separator}idx1-ubyte{suffix}", Labels(3, 1, 4, 9));
        Put($"t10k-images{separator}idx3-ubyte{suffix}", Images(2));
        Put($"t10k-labels{separator}idx1-ubyte{suffix}", Labels(2, 7));
    }

    [Theory]
    [InlineData("-", "")]
    [InlineData("-", ".gz")]
    [InlineData(".", "")]
    [InlineData(".", ".gz")]
    public void Both_parts_are_read_under_every_name(string separator, string suffix)
    {
        PutAll(separator, suffix);
        (DataSet train, DataSet test) = Data.Mnist(folder);
        Assert.Equal(4, train.Count);
        Assert.Equal(2, test.Count);
        Assert.Equal(Shape.Image(2, 3), train.InputShape);
        Assert.Equal([3, 1, 4, 9], Enumerable.Range(0, 4).Select(train.Class));
        Assert.Equal([2, 7], Enumerable.Range(0, 2).Select(test.Class));
        Assert.Equal(10, test.ClassNames.Count);
        Assert.Equal([1, 254 / 255.0, 253 / 255.0, 252 / 255.0, 251 / 255.0, 250 / 255.0], train[0].Input);
        Assert.Equal(249 / 255.0, test[1].Input[0]);
    }

    [Fact]
    public void A_line_of_an_experiment_reads_them()
    {
        PutAll("-", ".gz");
        DataParts parts = Data.Make($"fashion {Path.GetFileName(folder)}", Path.GetDirectoryName(folder));
        Assert.Equal(4, parts.All.Count);
        Assert.Equal(2, parts.Test?.Count);
        Assert.Equal("Ankle boot", parts.All.ClassNames[parts.All.Class(3)]);
        Assert.Equal("fashion", parts.All.Name);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        PutAll("-", "");
        File.Delete(Path.Combine(folder, "t10k-labels-idx1-ubyte"));
        Assert.Equal(
            $"{folder}: a file of mnist is missing here. Looked for t10k-labels-idx1-ubyte, t10k-labels-idx1-ubyte.gz, "
                + "t10k-labels.idx1-ubyte and t10k-labels.idx1-ubyte.gz.",
            Assert.Throws<LonghandException>(() => Data.Mnist(folder)).Message
        );
        string nowhere = Path.Combine(folder, "nowhere");
        Assert.StartsWith($"{nowhere}: there is no such folder;", Assert.Throws<LonghandException>(() => Data.Mnist(nowhere)).Message);
        string file = Path.Combine(folder, "train-images-idx3-ubyte");
        Assert.StartsWith($"{file}: this is a file, but", Assert.Throws<LonghandException>(() => Data.Mnist(file)).Message);
    }

    [Fact]
    public void Images_and_labels_must_fit()
    {
        PutAll("-", "");
        string labels = Put("train-labels-idx1-ubyte", Labels(1, 2, 3));
        string images = Path.Combine(folder, "train-images-idx3-ubyte");
        Assert.Equal($"{labels}: byte 4: there are 3 labels, but {images} holds 4 images.", FormatProblem());
        Put("train-labels-idx1-ubyte", Labels(1, 2, 10, 3));
        Assert.Equal($"{labels}: byte 10: label 2 is 10, but mnist's classes are 0 to 9.", FormatProblem());
        Put("train-labels-idx1-ubyte", Images(4));
        Assert.Equal($"{labels}: byte 3: labels have 1 dimension, but this array has 3.", FormatProblem());
        Put("train-images-idx3-ubyte", Labels(1, 2, 3, 4));
        Assert.Equal($"{images}: byte 3: images (count × height × width) have 3 dimensions, but this array has 1.", FormatProblem());
    }

    private string FormatProblem() => Assert.Throws<DataFormatException>(() => Data.Mnist(folder)).Message;
}
