using System.Buffers.Binary;
using System.IO.Compression;
using Longhand.Playground.Images;
using Longhand.Playground.Questions;

namespace Longhand.Playground;

/// <summary>
/// A run that was trained again from its initial weights, as frames that a page without a server replays: the same frames that a live page
/// gets, each with its length before it, the pictures as differences from the frame before, everything compressed.
/// </summary>
internal sealed class Recording
{
    // More than this nobody drags a slider through.
    private const int MostFrames = 90;

    private Recording(IReadOnlyList<byte[]> frames, Moment end) => (Frames, End) = (frames, end);

    /// <summary>The frames as <see cref="FrameWriter"/> writes them.</summary>
    public IReadOnlyList<byte[]> Frames { get; private set; }

    /// <summary>What the run held behind the last frame.</summary>
    public Moment End { get; }

    /// <summary>Trains a run again and keeps what it shows: often at the beginning, where most happens, and rarer later.</summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="epochs">How many epochs.</param>
    /// <param name="batches">How many batches of the next.</param>
    /// <param name="patience">How long it may take.</param>
    /// <exception cref="LonghandException">It would take longer, or there is nothing to draw.</exception>
    public static Recording Make(Setup setup, int epochs, int batches, TimeSpan patience)
    {
        if (setup.Plane is null)
            throw new LonghandException("Only runs on examples in a plane can be saved as a page.");
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        var writer = new FrameWriter(setup);
        using var course = new Course(setup, setup.Draw());
        TrainingLoop loop = course.Loop;
        var frames = new List<byte[]>();
        foreach (int epoch in Epochs(epochs))
        {
            while (loop.Epoch < epoch && loop.Problem is null)
            {
                loop.StepEpoch();
                if (System.Diagnostics.Stopwatch.GetElapsedTime(start) > patience)
                    throw new LonghandException(
                        $"Training again takes longer than {patience.TotalSeconds} seconds: epoch {loop.Epoch} of {epochs} was reached. Save an earlier epoch."
                    );
            }
            frames.Add(Frame(writer, course));
            if (loop.Problem is not null)
                break;
        }
        for (int batch = 0; batch < batches && loop.StepBatch(); batch++) { }
        if (batches > 0)
            frames.Add(Frame(writer, course));
        return new(frames, loop.Moment());
    }

    /// <summary>The frames, compressed; every second one is left out as often as it takes.</summary>
    /// <param name="most">How many bytes they may have.</param>
    public byte[] Packed(int most)
    {
        byte[] packed = Pack(Frames);
        while (packed.Length > most && Frames.Count > 2)
        {
            Frames = [.. Frames.Where((_, i) => i % 2 == 0 || i == Frames.Count - 1)];
            packed = Pack(Frames);
        }
        return packed.Length <= most
            ? packed
            : throw new LonghandException($"A picture of this network needs {packed.Length} bytes; {most} is the limit. Take fewer units.");
    }

    private static byte[] Frame(FrameWriter writer, Course course) =>
        writer.Write(course, running: false, withCurve: false, Look.Usual).Bytes.ToArray();

    // Squares: the distance between two frames grows as the losses fall more slowly.
    private static IEnumerable<int> Epochs(int last) =>
        Enumerable
            .Range(0, MostFrames)
            .Select(i => (int)Math.Round(last * Math.Pow(i / (MostFrames - 1.0), 2)))
            .Concat(Enumerable.Range(0, Math.Min(last, MostFrames / 4) + 1))
            .Distinct()
            .Order();

    private static byte[] Pack(IReadOnlyList<byte[]> frames)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            byte[]? before = null;
            byte[] length = new byte[sizeof(uint)];
            foreach (byte[] frame in frames)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)frame.Length);
                zip.Write(length);
                zip.Write(Differences(frame, before));
                before = frame;
            }
        }
        return packed.ToArray();
    }

    // Pictures change little from one frame to the next.
    private static byte[] Differences(byte[] frame, byte[]? before)
    {
        if (before is null)
            return frame;
        byte[] differences = [.. frame];
        int start = Pictures(frame),
            other = Pictures(before);
        for (int i = start; i < frame.Length; i++)
            differences[i] = (byte)(frame[i] - before[i - start + other]);
        return differences;
    }

    private static int Pictures(byte[] frame) => sizeof(uint) + (int)BinaryPrimitives.ReadUInt32LittleEndian(frame);
}
