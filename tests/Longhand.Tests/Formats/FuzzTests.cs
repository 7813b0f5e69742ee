using System.Diagnostics;
using System.Text;
using Longhand.Experiments;
using Xunit;

namespace Longhand.Tests.Formats;

/// <summary>
/// Files of every format, damaged at random: each is read, or refused with a sentence; none crashes the program, keeps it busy, or makes it
/// take more memory than a small multiple of the file.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private const long MostAllocated = 32_000_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // 100,000 files in the long run, over all formats.
    private static readonly int FilesEach = Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 11_200 : 230;

    private readonly TemporaryFolder folder = new();

    public FuzzTests() => ExperimentKinds.Register();

    public void Dispose() => folder.Dispose();

    /// <summary>The formats: sound files to start from, and what reads them.</summary>
    private static readonly Dictionary<string, (byte[][] Seeds, string File, Action<string> Read)> formats = new()
    {
        ["idx"] = (
            [
                Sample.Idx(8, [3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
                Sample.Idx(13, [3, 1], [0x3F, 0x80, 0, 0, 0x40, 0, 0, 0, 0x40, 0x40, 0, 0]),
                Sample.Idx(14, [2], [0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 4, 0, 0, 0, 0, 0, 0]),
            ],
            "x.idx",
            path => Data.FromIdx(path, path)
        ),
        ["idx packed"] = (
            [
                Sample.Gzip(Sample.Idx(8, [3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
                Sample.Gzip(Sample.Idx(8, [20_000], new byte[20_000])),
            ],
            "x.gz",
            path => Data.FromIdx(path, path)
        ),
        ["npy"] = (
            [
                Sample.Npy("<f4", "(2, 2)", Sample.Floats(1, 2, 3, 4)),
                Sample.Npy(">f8", "(2, 3, 1)", new byte[48], fortran: true),
                Sample.Npy("|u1", "(2, 3, 2, 2)", new byte[24], version: 2),
                Sample.Npy("<i8", "(3,)", Sample.Longs(0, 1, 2), version: 3),
            ],
            "x.npy",
            path => Data.FromNpy(path, path)
        ),
        ["npz"] = (
            [
                Sample.Zip(
                    true,
                    ("x.npy", Sample.Npy("<f4", "(2, 2)", Sample.Floats(1, 2, 3, 4))),
                    ("y.npy", Sample.Npy("|u1", "(2,)", [0, 1]))
                ),
                Sample.Zip(
                    false,
                    ("x_train.npy", Sample.Npy("<f4", "(2, 2)", Sample.Floats(1, 2, 3, 4))),
                    ("y_train.npy", Sample.Npy("|u1", "(2,)", [0, 1])),
                    ("x_test.npy", Sample.Npy("<f4", "(1, 2)", Sample.Floats(1, 2))),
                    ("y_test.npy", Sample.Npy("|u1", "(1,)", [0]))
                ),
            ],
            "x.npz",
            path => Data.FromNpz(path)
        ),
        ["cifar10"] = (
            [
                [.. Enumerable.Range(0, 2).SelectMany(label => (byte[])[(byte)label, .. new byte[3072]])],
            ],
            "data_batch_3.bin",
            path =>
            {
                string folder = Path.GetDirectoryName(path)!;
                foreach (string name in (string[])["data_batch_1", "data_batch_2", "data_batch_4", "data_batch_5", "test_batch"])
                    if (!File.Exists(Path.Combine(folder, name + ".bin")))
                        File.WriteAllBytes(Path.Combine(folder, name + ".bin"), new byte[3073]);
                Data.Cifar10(folder);
            }
        ),
        ["csv"] = (
            [
                "a,b,kind\n1,2.5,x\n-3e2,?,\"y, z\"\n5,6,x\n"u8.ToArray(),
                "\uFEFF1;2,5;7\r\n3;4,25;8\r\n5;;9\r\n"u8.ToArray(),
                "x\ty\n0.5\t1\n\"1\"\t0\n"u8.ToArray(),
            ],
            "x.csv",
            path => Data.Make($"csv \"{path}\" missing=mean")
        ),
        ["safetensors"] = (
            [
                Model("2 -> dense 2 tanh -> dense 1", "standard shift=1.5,2 divisor=3,0.25"),
                Model("4x4 -> conv 2 3x3 -> batchnorm -> dense 3", null),
            ],
            "m.safetensors",
            path => Longhand.Model.Load(path).Predict(new float[Longhand.Model.Load(path).Network.Input.Length])
        ),
        ["experiment"] = (
            [
                """
                network: 2 -> dense 2 sigmoid as a -> dense 2 -> add a
                weights:
                  dense1.weight: [[0.15, 0.2], [0.25, 1/3]]   # a comment
                  dense1.bias: [0.35, -2e-3]
                names: {dense1.weight: U}
                input: [[0.05, 0.1], [1, 2]]
                target: [[0.01, 0.99], [0, 1]]
                features: ["x", "x*y"]
                loss: half-mse
                optimizer: sgd lr=0.5 momentum=0.9
                regularization: l2 0.001
                train: {epochs: 5, batch: 2, split: 0.5, seed: 7}
                conventions: {preset: textbook, digits: 4}
                """u8.ToArray(),
                "network:\n  - 4x4x2\n  - conv 3 3x3 pad same relu\n  - maxpool 2\n  - dense 3\ndata: iris\nscale: minmax\nloss: cross-entropy\n"u8.ToArray(),
            ],
            "e.yaml",
            path => Experiment.Load(path)
        ),
        ["experiment in JSON"] = (
            [
                """
                {"network": "2 -> dense 2 \u0073igmoid -> dense 1", "weights": {"dense1.bias": [1, -2.5e-1]},
                 "input": [0.05, 0.1], "target": [1], "loss": "mse", "train": {"epochs": 5, "shuffle": true}}
                """u8.ToArray(),
            ],
            "e.json",
            path => Experiment.Load(path)
        ),
    };

    public static TheoryData<string> Formats => [.. formats.Keys];

    private static byte[] Model(string network, string? scaling)
    {
        Network parsed = Network.Parse(network);
        string path = Path.GetTempFileName();
        Model model = Longhand.Model.Create(parsed);
        new Model(parsed, model.Values)
        {
            ClassNames = ["a", "b", "c"],
            InputNames = ["x", "y"],
            Scaling = scaling is null ? null : ScalingText.Read(scaling, parsed.Input),
            Training = new Training { Loss = Loss.MeanSquaredError },
        }.Save(path);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_are_read_or_refused(string format)
    {
        (byte[][] seeds, string name, Action<string> read) = formats[format];
        string path = folder.File(name);
        foreach (byte[] seed in seeds)
        {
            // A sound file may be refused for what it says, but is not called damaged; and it warms the reader up for the count of memory.
            File.WriteAllBytes(path, seed);
            _ = Refusal(read, path);
        }
        int refused = 0;
        for (int number = 0; number < FilesEach; number++)
        {
            byte[] file = new Mutation(new Random(number), seeds).Next();
            File.WriteAllBytes(path, file);
            string told =
                $"{format}, file {number} ({file.Length} bytes: {Convert.ToHexString(file.AsSpan(0, Math.Min(file.Length, 200)))})";
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            string? message = null;
            try
            {
                message = Refusal(read, path);
            }
            catch (Exception e)
            {
                Assert.Fail($"{told}: {e}");
            }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostAllocated + 64L * file.Length, $"{told}: {allocated:N0} bytes of memory");
            // A busy machine may stop a test for as long: only what takes so long again and again is slow by itself.
            for (int again = 0; clock.Elapsed > Longest; again++)
            {
                Assert.True(again < 3, $"{told}: {clock.Elapsed}");
                clock.Restart();
                _ = Refusal(read, path);
            }
            if (message is null)
                continue;
            refused++;
            Assert.InRange(message.Length, 10, 2000);
            Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
        }
        Assert.InRange(refused, FilesEach / 20, FilesEach);
    }

    private static string? Refusal(Action<string> read, string path)
    {
        try
        {
            read(path);
            return null;
        }
        catch (LonghandException e)
        {
            return e.Message;
        }
    }

    /// <summary>One damaged file: a few changes to a sound one.</summary>
    private sealed class Mutation(Random random, byte[][] seeds)
    {
        private static readonly string[] numbers =
        [
            "0",
            "-1",
            "1e999",
            "nan",
            "-0",
            "2147483648",
            "4294967295",
            "9223372036854775807",
            "18446744073709551616",
            "99999999999999999999999999",
            "1/0",
            "0.1e-400",
        ];

        private static readonly byte[][] marks =
        [
            .. new[]
            {
                "\"",
                "'",
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\n",
                "\0",
                "\uFEFF",
                "&a ",
                "*a",
                "!!str ",
                "- ",
                "\t",
                "\ud7ff",
                ";",
                "?",
                "\\u0000",
            }.Select(Encoding.UTF8.GetBytes),
            [0xFF, 0xFF, 0xFF, 0xFF],
            [0x7F, 0xFF, 0xFF, 0xFF],
            [0x80, 0, 0, 0],
            [0xC0, 0x80],
        ];

        public byte[] Next()
        {
            List<byte> file = [.. Seed()];
            for (int changes = 1 + random.Next(4); changes > 0; changes--)
                Change(file);
            return [.. file];
        }

        private byte[] Seed() => seeds[random.Next(seeds.Length)];

        private void Change(List<byte> file)
        {
            int at = random.Next(file.Count + 1),
                length = random.Next(Math.Min(file.Count - at, 1 << random.Next(8)) + 1);
            switch (random.Next(9))
            {
                case 0:
                    for (int bits = 1 + random.Next(8); bits > 0 && file.Count > 0; bits--)
                        file[random.Next(file.Count)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file.RemoveRange(at, file.Count - at);
                    break;
                case 2:
                    file.RemoveRange(at, length);
                    break;
                case 3:
                    file.InsertRange(at, file.GetRange(at, length));
                    break;
                case 4:
                    byte[] other = Seed();
                    int from = random.Next(other.Length);
                    file.RemoveRange(at, length);
                    file.InsertRange(at, other[from..(from + random.Next(other.Length - from) + 1)]);
                    break;
                case 5:
                    Overwrite(file, at, marks[random.Next(marks.Length)]);
                    break;
                case 6:
                    file.InsertRange(at, marks[random.Next(marks.Length)]);
                    break;
                case 7:
                    Number(file, at);
                    break;
                default:
                    for (int i = at; i < at + length; i++)
                        file[i] = (byte)random.Next(256);
                    break;
            }
        }

        private static void Overwrite(List<byte> file, int at, byte[] with)
        {
            for (int i = 0; i < with.Length && at + i < file.Count; i++)
                file[at + i] = with[i];
        }

        // The first number in digits from here on becomes an extreme one.
        private void Number(List<byte> file, int at)
        {
            int start = at;
            while (start < file.Count && file[start] is < (byte)'0' or > (byte)'9')
                start++;
            int end = start;
            while (end < file.Count && file[end] is >= (byte)'0' and <= (byte)'9')
                end++;
            file.RemoveRange(start, end - start);
            file.InsertRange(start, Encoding.ASCII.GetBytes(numbers[random.Next(numbers.Length)]));
        }
    }
}
