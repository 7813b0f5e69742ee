using Longhand.Tests.Commands;
using Xunit;

namespace Longhand.Tests.Formats;

/// <summary>One malformed file of each kind on the command line: a sentence with the file and the place, exit code 2, nothing on standard output.</summary>
public class HostileDataTests
{
    private static readonly byte[] Sound = Sample.Npy("|u1", "(2, 1)", [0, 1]);

    public static TheoryData<string, string, byte[], string> Files =>
        new()
        {
            { "npy x x", "x", Sound[..^1], "x: byte 129: the file ends here" },
            { "npy x x", "x", [.. Sound, 0], "x: byte 130: the file goes on behind its last element" },
            { "npy x x", "x", "{}"u8.ToArray(), "x: byte 2: the file ends within the header of an npy file." },
            { "npy x x", "x", Sample.Npy("<f4", "(1,)", Sample.Floats(float.NaN)), "x: byte 128: element [0] is NaN" },
            { "npy x x", "x", Sample.Npy("<f8", "(3037000500, 3037000500)", []), "exceeds, with 3,037,000,500, the limit" },
            { "npz x", "x", Sound, "x: this zip file is damaged or cut off" },
            {
                "npz x",
                "x",
                Sample.Zip(true, ("x.npy", Sound), ("y.npy", Sound[..^1])),
                "x, \"y.npy\": byte 129 (unpacked): the file ends here"
            },
            { "idx x x", "x", Sample.Idx(8, [2], [1]), "x: byte 9: the file ends here" },
            { "idx x x", "x", Sample.Idx(8, [uint.MaxValue, uint.MaxValue], [1]), "x: byte 4: size 1 of the array is 4,294,967,295" },
            { "idx x x", "x", Sample.Gzip(Sample.Idx(8, [2], [1, 2]))[..^12], "x: " },
            { "csv x", "x", "1,2\n3\n"u8.ToArray(), "x, line 2: here are 1 fields, but the first line has 2." },
            { "csv x", "x", [.. "1,2\n3,"u8, 0xFF, 0xFE, .. "\n"u8], "x, line 2, column 2: this is not text in UTF-8." },
            { "csv x", "x", "\0\0,1\n"u8.ToArray(), "x, line 1, column 1: \"\\u0000\\u0000\" is not a number." },
            { "cifar10 .", "data_batch_1.bin", new byte[3072], "is missing here: data_batch_2.bin" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_refused_with_its_place(string line, string name, byte[] file, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File(name), file);
        File.WriteAllText(folder.File("e.yaml"), $"network: 1 -> dense 2\nloss: cross-entropy\ndata: {line}\n");
        string message = CommandLine.Run("train", folder.File("e.yaml")).Refusal();
        Assert.Contains(folder.Path, message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void A_line_without_end_is_left_where_it_is_too_long()
    {
        using var folder = new TemporaryFolder();
        using (var file = new StreamWriter(folder.File("t.csv")))
        {
            file.Write("1,2\n\"");
            for (int i = 0; i < 70; i++)
                file.Write(new string('7', 1_000_000));
        }
        string message = CommandLine.Run("data", $"csv \"{folder.File("t.csv")}\"").Refusal();
        Assert.Contains("t.csv, line 2: ", message);
        Assert.InRange(message.Length, 1, 500);
    }
}
