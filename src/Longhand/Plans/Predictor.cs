using System.Collections.Concurrent;
using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>
/// A model's parameters and the plans that predict with them. Each call takes a plan of its own and gives it back, so that any number of
/// threads may predict at once; nothing is allocated once there are as many plans as callers.
/// </summary>
internal sealed unsafe class Predictor
{
    // Samples that are computed at once. Of images only so many that what passes from layer to layer stays in the second cache, each thread with its
    // own; behind the images all again, so that the weights of a dense layer are fetched once for all of them. What waits between the two
    // takes 16 MB at most.
    private const int MostAtOnce = 256,
        LeastImagesAtOnce = 8,
        LeastSlicesOfThread = 4,
        CachedLength = 1 << 18,
        MostBetween = 1 << 22;

    private readonly Network network;
    private readonly ParameterBlock parameters;
    private readonly ConcurrentDictionary<(int Batch, int Threads), ConcurrentBag<Seat>> idle = [];
    private readonly int inputs,
        outputs,
        imagesAtOnce,
        mostAtOnce,
        seam;

    public Predictor(Network network, IReadOnlyList<ParameterValues> values)
    {
        this.network = network;
        parameters = new ParameterBlock(network, values, training: false);
        inputs = (int)network.Input.Length;
        outputs = (int)network.Output.Length;
        long largest = network.Nodes.Select(n => n.Output).Where(s => s.IsImage).Select(s => s.Length).DefaultIfEmpty(1).Max();
        imagesAtOnce = (int)Math.Clamp(CachedLength / largest, LeastImagesAtOnce, MostAtOnce);
        seam = Seam(network);
        mostAtOnce =
            seam == network.OutputValue
                ? imagesAtOnce
                : (int)Math.Clamp(MostBetween / Math.Max(1, network.ShapeOf(seam).Length), imagesAtOnce, MostAtOnce);
    }

    /// <summary>The outputs of samples that lie one behind the other, images channel by channel.</summary>
    /// <param name="samples">The inputs.</param>
    /// <param name="results">Room for the outputs of as many samples.</param>
    /// <param name="threads">How many threads compute; they do not change the result.</param>
    public void Predict(ReadOnlySpan<float> samples, Span<float> results, int threads)
    {
        int count = samples.Length / inputs;
        for (int first = 0; first < count; first += mostAtOnce)
        {
            int batch = Math.Min(mostAtOnce, count - first);
            ConcurrentBag<Seat> seats = idle.GetOrAdd((batch, threads), static _ => []);
            if (!seats.TryTake(out Seat? seat))
                seat = NewSeat(batch, threads);
            seat.Predict(samples.Slice(first * inputs, batch * inputs), results.Slice(first * outputs, batch * outputs));
            seats.Add(seat);
        }
    }

    private Seat NewSeat(int batch, int threads)
    {
        if (TinyPlan.Fits(network, batch))
            return new TinySeat(network, new TinyPlan(network, parameters, batch, training: false));
        WorkerPool pool = WorkerPool.Shared(threads),
            single = WorkerPool.Shared(1);
        if (seam == 0 || seam == network.OutputValue || batch <= imagesAtOnce)
            return new PlanSeat(network, NewPlan(batch, 0, network.OutputValue, pool));
        // Of several threads none waits long for the last.
        int slice = Math.Clamp(batch / (LeastSlicesOfThread * threads), LeastImagesAtOnce / 2, imagesAtOnce);
        (int whole, int rest) = Math.DivRem(batch, slice);
        var images = new Plan[Math.Min(threads, whole)];
        for (int i = 0; i < images.Length; i++)
            images[i] = NewPlan(slice, 0, seam, single);
        return new SplitSeat(
            network,
            images,
            rest == 0 ? null : NewPlan(rest, 0, seam, single),
            whole,
            NewPlan(batch, seam, network.OutputValue, pool),
            pool
        );

        Plan NewPlan(int samples, int from, int to, WorkerPool workers) =>
            new(network, parameters, samples, training: false, workers, static _ => 0, parametersAreFixed: true, from, to);
    }

    // The first value behind which there are no images any more, and from which all that follows is computed; the output where there is none.
    private static int Seam(Network network)
    {
        for (int value = 0; value < network.OutputValue; value++)
            if (
                !network.ShapeOf(value).IsImage
                && network.Nodes.Skip(value).All(n => !n.Output.IsImage && n.Inputs.All(input => input >= value))
            )
                return value;
        return network.OutputValue;
    }

    // A plan between two calls.
    private abstract class Seat
    {
        public abstract void Predict(ReadOnlySpan<float> samples, Span<float> results);

        // Images of several channels are turned round on their way.
        protected static void Forward(Network network, ReadOnlySpan<float> samples, Plan plan)
        {
            if (!network.Input.IsImage || network.Input.Channels == 1)
            {
                plan.Forward(samples);
                return;
            }
            int inputs = samples.Length / plan.Batch;
            for (int s = 0; s < plan.Batch; s++)
                ImageLayout.FromChannels(samples.Slice(s * inputs, inputs), network.Input, plan.Input.Span.Slice(s * inputs, inputs));
            plan.Forward();
        }
    }

    private sealed class PlanSeat(Network network, Plan plan) : Seat
    {
        private readonly int outputs = (int)network.Output.Length;

        public override void Predict(ReadOnlySpan<float> samples, Span<float> results)
        {
            Forward(network, samples, plan);
            if (!network.Output.IsImage)
                plan.Output.Span.CopyTo(results);
            else
                for (int s = 0; s < plan.Batch; s++)
                    ImageLayout.ToChannels(
                        plan.Output.Span.Slice(s * outputs, outputs),
                        network.Output,
                        results.Slice(s * outputs, outputs)
                    );
        }
    }

    // Images in slices, each of them on one thread, and behind them all at once.
    private sealed class SplitSeat(Network network, Plan[] images, Plan? lastImages, int slices, Plan rest, WorkerPool pool)
        : Seat,
            IParallelWork
    {
        private readonly int inputs = (int)network.Input.Length,
            between = (int)(rest.Input.Length / rest.Batch);

        // Which plans are free: one for each thread that computes.
        private readonly ConcurrentBag<Plan> idle = [.. images];
        private float* samples;

        public override void Predict(ReadOnlySpan<float> samples, Span<float> results)
        {
            fixed (float* x = samples)
            {
                this.samples = x;
                pool.Run(this, slices + (lastImages is null ? 0 : 1));
            }
            rest.Forward();
            rest.Output.Span.CopyTo(results);
        }

        public void Part(int part)
        {
            int first = part * images[0].Batch;
            if (part == slices)
            {
                Slice(lastImages!, first);
                return;
            }
            Plan? plan;
            while (!idle.TryTake(out plan)) { }
            try
            {
                Slice(plan, first);
            }
            finally
            {
                idle.Add(plan);
            }
        }

        private void Slice(Plan plan, int first)
        {
            Forward(network, new ReadOnlySpan<float>(samples + (long)first * inputs, plan.Batch * inputs), plan);
            plan.Output.Span.CopyTo(rest.Input.Span[(first * between)..]);
        }
    }

    private sealed class TinySeat(Network network, TinyPlan plan) : Seat
    {
        private readonly int inputs = network.Input[0],
            outputs = network.Output[0],
            lanes = LaneWidth.Count;

        public override void Predict(ReadOnlySpan<float> samples, Span<float> results)
        {
            for (int s = 0; s < plan.Batch; s++)
            {
                float* x = plan.Examples.Pointer + s / lanes * plan.Columns * lanes + s % lanes;
                for (int i = 0; i < inputs; i++)
                    x[i * lanes] = samples[s * inputs + i];
            }
            plan.Forward();
            for (int s = 0; s < plan.Batch; s++)
            {
                float* y = plan.Output.Pointer + s / lanes * outputs * lanes + s % lanes;
                for (int j = 0; j < outputs; j++)
                    results[s * outputs + j] = y[j * lanes];
            }
        }
    }
}
