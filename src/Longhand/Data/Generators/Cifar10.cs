using System.Globalization;
using Longhand.Formats;

namespace Longhand;

public static partial class Data
{
    private const int CifarSide = 32,
        CifarPixels = 3 * CifarSide * CifarSide;

    private static readonly string[] cifarClasses =
    [
        "airplane",
        "automobile",
        "bird",
        "cat",
        "deer",
        "dog",
        "frog",
        "horse",
        "ship",
        "truck",
    ];

    internal static readonly DataKind Cifar10Kind = Register(
        DataFolder.Kind(
            "cifar10",
            "CIFAR-10's photographs in ten classes, 32×32 pixels in colour, from a folder of its binary files",
            [],
            "it is at https://www.cs.toronto.edu/~kriz/cifar.html (the binary version)",
            Cifar10
        )
    );

    /// <summary>
    /// CIFAR-10 (Krizhevsky 2009): 50,000 photographs in ten classes to train with and 10,000 to test with, 32×32 pixels in three colours,
    /// divided by 255.
    /// </summary>
    /// <param name="folder">
    /// Where the files of its binary version lie: data_batch_1.bin to data_batch_5.bin and test_batch.bin, or the folder above,
    /// which holds cifar-10-batches-bin. A record is a label and 1024 bytes each of red, green and blue.
    /// </param>
    /// <exception cref="LonghandException">The folder or one of the files is missing or may not be read.</exception>
    /// <exception cref="DataFormatException">A file is not made of whole records, or a label is not 0 to 9.</exception>
    public static (DataSet Train, DataSet Test) Cifar10(string folder)
    {
        DataFolder.Require("cifar10", folder, "binary files");
        string inside = Path.Combine(folder, "cifar-10-batches-bin");
        if (Directory.Exists(inside))
            folder = inside;
        string[] files = [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin"), "test_batch.bin"];
        // All are looked for before the first is read: whoever forgot one hears of it at once.
        if (files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is { } missing)
            throw new LonghandException($"{folder}: a file of cifar10 is missing here: {missing}.");
        string[] paths = [.. files.Select(file => Path.Combine(folder, file))];
        return (Photographs(paths[..5]), Photographs(paths[5..]));
    }

    private static DataSet Photographs(IReadOnlyList<string> paths)
    {
        const int record = 1 + CifarPixels;
        var pixels = new MemoryStream();
        var labels = new List<int>();
        var one = new byte[record];
        foreach (string path in paths)
        {
            using FileStream file = SafeFile.OpenRead(path, "the data file");
            if (file.Length == 0 || file.Length % record != 0)
                throw new DataFormatException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: byte {file.Length}: the file ends here, but records of {record} bytes are needed, and {file.Length:N0} bytes are no whole number of them."
                    )
                );
            if (file.Length + pixels.Length > Array.MaxLength)
                throw new DataFormatException($"{path}: with this file there are more than 2^31-1 bytes of pixels.");
            for (long at = 0; at < file.Length; at += record)
            {
                int got = file.ReadAtLeast(one, record, throwOnEndOfStream: false);
                if (got < record)
                    throw new DataFormatException($"{path}: byte {at + got}: the file ends within a record.");
                if (one[0] >= cifarClasses.Length)
                    throw new DataFormatException(
                        $"{path}: byte {at}: the label of record {at / record} is {one[0]}, but cifar10's classes are 0 to {cifarClasses.Length - 1}."
                    );
                labels.Add(one[0]);
                pixels.Write(one.AsSpan(1));
            }
        }
        return new DataSet(Rows.Of(pixels.ToArray(), CifarPixels, 255), Shape.Image(CifarSide, CifarSide, 3), [.. labels], cifarClasses)
        {
            Name = "cifar10",
        };
    }
}
