using System.Diagnostics;
using System.Globalization;
using Longhand.Formats;
using Xunit;

namespace Longhand.Tests.Formats;

/// <summary>Data larger than one wants in memory: mapped, read by index, and trained on in a process of its own.</summary>
public sealed class MappedTests : IDisposable
{
    private const int Side = 28,
        Pixels = Side * Side;

    // The long run's files hold two gigabytes.
    private static readonly int Images = Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 2_750_000 : 150_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Images of one grey each, which tells the class; the file is written where it is not zero alone.
    private void WriteIdx(string x, string y, int count)
    {
        using FileStream images = File.Create(folder.File(x)),
            labels = File.Create(folder.File(y));
        images.Write(Sample.Idx(8, [(uint)count, Side, Side], []));
        labels.Write(Sample.Idx(8, [(uint)count], []));
        var block = new byte[1000 * Pixels];
        for (int i = 0; i < 1000; i++)
            block.AsSpan(i * Pixels, Pixels).Fill((byte)Grey(i));
        byte[] classes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i % 10))];
        for (int first = 0; first < count; first += 1000)
        {
            images.Write(block.AsSpan(0, Math.Min(1000, count - first) * Pixels));
            labels.Write(classes.AsSpan(0, Math.Min(1000, count - first)));
        }
    }

    private static int Grey(int image) => 25 * (image % 1000 % 10);

    [Fact]
    public void Mapped_arrays_hold_what_arrays_in_memory_hold()
    {
        const int count = 130_000;
        WriteIdx("x.idx", "y.idx", count);
        Idx mapped = Idx.Read(folder.File("x.idx"));
        Assert.Null(mapped.Array.Array);
        Assert.Equal((long)count * Pixels, mapped.Count);
        DataSet data = Data.FromIdx(folder.File("x.idx"), folder.File("y.idx"));
        Assert.Equal(count, data.Count);
        var row = new float[Pixels];
        foreach (int i in (int[])[0, 1, 77_777, count - 1])
        {
            data.CopyInput(i, row);
            Assert.Equal(Enumerable.Repeat((float)(Grey(i) / 255.0), Pixels), row);
            Assert.Equal(i % 10, data.Class(i));
            Assert.Equal(Grey(i) / 255.0, data[i].Input[Pixels - 1]);
        }
    }

    [Fact]
    public void Mapped_floats_are_those_in_the_file_and_NaN_is_found_in_them()
    {
        const int count = 1_100_000,
            width = 25;
        byte[] header = Sample.Npy(">f4", $"({count}, {width})", []);
        long at = header.Length + 4L * (width * (count - 2L) + 7);
        using (FileStream file = File.Create(folder.File("x.npy")))
        {
            file.Write(header);
            file.SetLength(header.Length + 4L * width * count);
            file.Position = at;
            file.Write([0x3F, 0x80, 0, 0]);
        }
        NumberArray array = Npy.Read(folder.File("x.npy"));
        Assert.Null(array.Array);
        array.RequireFinite();
        var row = new float[width];
        new ArrayRows(array, width, 1, null).Copy(count - 2, row);
        Assert.Equal([.. new float[7], 1, .. new float[width - 8]], row);
        File.Copy(folder.File("x.npy"), folder.File("n.npy"));
        using (FileStream file = File.OpenWrite(folder.File("n.npy")))
        {
            file.Position = at;
            file.Write([0x7F, 0xC0, 0, 0]);
        }
        Assert.Contains(
            $"byte {at}: element [{count - 2}, 7] is NaN",
            Assert.Throws<DataFormatException>(Npy.Read(folder.File("n.npy")).RequireFinite).Message
        );
    }

    [Fact]
    public async Task Training_on_a_mapped_file_takes_little_memory_of_its_own()
    {
        const long limit = 500_000_000;
        WriteIdx("x.idx", "y.idx", Images);
        File.WriteAllText(
            folder.File("e.yaml"),
            """
            network: 28x28 -> dense 16 relu -> dense 10
            data: idx x.idx y.idx
            loss: cross-entropy
            optimizer: adam lr=0.01
            train: {epochs: 1, batch: 256, split: 0.9, measure: end}
            """
        );
        using Process run = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "Longhand.Cli.dll"), "train", folder.File("e.yaml"), "--json"]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> output = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        long most = 0;
        int looks = 0;
        while (!run.WaitForExit(50))
            if (PrivateMemory(run.Id) is { } bytes)
            {
                most = Math.Max(most, bytes);
                looks++;
            }
        Assert.Equal("", await error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"stopped\":\"epochs\"", await output);
        if (OperatingSystem.IsLinux())
        {
            Assert.True(looks > 3, "the run was over before it could be looked at");
            Assert.InRange(most, 1, limit);
            TestContext.Current.TestOutputHelper?.WriteLine($"{Images} images of {Pixels} bytes: {most / 1e6:F0} MB of private memory");
        }
    }

    // Pages of a mapped file belong to the file; what is counted is what the process has written itself.
    private static long? PrivateMemory(int process)
    {
        try
        {
            string[] lines = File.ReadAllLines($"/proc/{process}/smaps_rollup");
            long Of(string name) =>
                lines
                    .Where(line => line.StartsWith(name, StringComparison.Ordinal))
                    .Select(line =>
                        1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                    )
                    .FirstOrDefault();
            return Math.Max(Of("Private_Dirty:"), Of("Anonymous:"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
