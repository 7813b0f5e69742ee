using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>Softmax and its logarithm over the features of each sample, or the channels of each pixel: either way over rows as they lie.</summary>
internal sealed unsafe class RowStep : PlanStep, IParallelWork
{
    // About so many numbers make a part.
    private const int Block = 4096;

    private readonly RowKernel kernel;
    private readonly PlanSite site;
    private readonly int width,
        rows,
        rowsPerPart,
        parts;
    private readonly Rooms rooms;
    private bool backward;

    public RowStep(RowKernel kernel, PlanSite site)
    {
        (this.kernel, this.site) = (kernel, site);
        width = site.Node.Output.Channels;
        rows = site.Output.Length / width;
        // Whole vectors of rows, whatever their width.
        rowsPerPart = Math.Max(1, Block / width / LaneWidth.Most) * LaneWidth.Most;
        parts = (rows + rowsPerPart - 1) / rowsPerPart;
        rooms = new Rooms(Math.Min(parts, site.Pool.Threads), RowKernel.Room(width));
    }

    public override void Forward() => Run(back: false);

    public override void Backward()
    {
        if (site.InputGradients[0] is not null)
            Run(back: true);
    }

    public void Part(int part)
    {
        int first = part * rowsPerPart,
            count = Math.Min(rowsPerPart, rows - first);
        long from = (long)first * width;
        float* x = site.Inputs[0].Pointer + from,
            y = site.Output.Pointer + from;
        int room = rooms.Enter(out float* memory);
        if (backward)
            kernel.Backward(x, y, site.OutputGradient!.Pointer + from, site.InputGradients[0]!.Pointer + from, count, width, memory);
        else
            kernel.Forward(x, y, count, width, memory);
        rooms.Leave(room);
    }

    private void Run(bool back)
    {
        backward = back;
        site.Share(this, parts, site.Output.Length * 8L);
    }
}
