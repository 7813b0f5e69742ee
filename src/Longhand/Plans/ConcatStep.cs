using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>Several values side by side: the features of each sample, or the channels of each pixel, one value's behind the other's.</summary>
internal sealed unsafe class ConcatStep : PlanStep, IParallelWork
{
    private const int Block = 8192;

    private readonly PlanSite site;
    private readonly int[] widths;
    private readonly int total,
        rows,
        rowsPerPart;
    private bool backward;

    public ConcatStep(PlanSite site)
    {
        this.site = site;
        widths = [.. site.InputShapes.Select(shape => shape.Channels)];
        total = site.Node.Output.Channels;
        rows = site.Output.Length / total;
        rowsPerPart = Math.Max(1, Block / total);
    }

    public override void Forward() => Run(back: false);

    public override void Backward() => Run(back: true);

    public void Part(int part)
    {
        int first = part * rowsPerPart,
            end = Math.Min(rows, first + rowsPerPart);
        for (int k = 0, start = 0; k < widths.Length; start += widths[k], k++)
        {
            int width = widths[k];
            if (backward && site.InputGradients[k] is null)
                continue;
            float* whole = (backward ? site.OutputGradient! : site.Output).Pointer + start,
                one = (backward ? site.InputGradients[k]! : site.Inputs[k]).Pointer;
            for (long row = first; row < end; row++)
            {
                var joined = new Span<float>(whole + row * total, width);
                var single = new Span<float>(one + row * width, width);
                if (backward)
                    joined.CopyTo(single);
                else
                    single.CopyTo(joined);
            }
        }
    }

    private void Run(bool back)
    {
        backward = back;
        site.Share(this, (rows + rowsPerPart - 1) / rowsPerPart, site.Output.Length);
    }
}
