namespace Longhand.Plans;

using Longhand.Kernels;

/// <summary>From row by row with the channels together, as images lie in a plan, to channel by channel, as vectors are read; and back.</summary>
internal sealed unsafe class FlattenStep(PlanSite site) : SampleStep(site, site.Output.Length)
{
    private readonly int channels = site.InputShapes[0].Channels,
        pixels = site.InputShapes[0].Height * site.InputShapes[0].Width;

    public override void Part(int sample)
    {
        long first = (long)sample * channels * pixels;
        if (IsBackward)
            Packing.Transpose(
                Site.OutputGradient!.Pointer + first,
                pixels,
                channels,
                pixels,
                Site.InputGradients[0]!.Pointer + first,
                channels
            );
        else
            Packing.Transpose(Site.Inputs[0].Pointer + first, channels, pixels, channels, Site.Output.Pointer + first, pixels);
    }
}
