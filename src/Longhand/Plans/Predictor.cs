using System.Collections.Concurrent;
using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>
/// A model's parameters and the plans that predict with them. Each call takes a plan of its own and gives it back, so that any number of
/// threads may predict at once; nothing is allocated once there are as many plans as callers.
/// </summary>
internal sealed unsafe class Predictor
{
    // Samples that are computed at once. Of images only so many that what passes from layer to layer stays in the second cache, yet enough that
    // the weights of a dense layer are worth fetching.
    private const int MostAtOnce = 256,
        LeastAtOnce = 16,
        CachedLength = 1 << 18;

    private readonly Network network;
    private readonly ParameterBlock parameters;
    private readonly ConcurrentDictionary<(int Batch, int Threads), ConcurrentBag<Seat>> idle = [];
    private readonly int inputs,
        outputs,
        mostAtOnce;

    public Predictor(Network network, IReadOnlyList<ParameterValues> values)
    {
        this.network = network;
        parameters = new ParameterBlock(network, values, training: false);
        inputs = (int)network.Input.Length;
        outputs = (int)network.Output.Length;
        long largest = network.Nodes.Select(n => n.Output).Where(s => s.IsImage).Select(s => s.Length).DefaultIfEmpty(1).Max();
        mostAtOnce = (int)Math.Clamp(CachedLength / largest, LeastAtOnce, MostAtOnce);
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
                seat = TinyPlan.Fits(network, batch)
                    ? new TinySeat(network, new TinyPlan(network, parameters, batch, training: false))
                    : new PlanSeat(
                        network,
                        new Plan(
                            network,
                            parameters,
                            batch,
                            training: false,
                            WorkerPool.Shared(threads),
                            static _ => 0,
                            parametersAreFixed: true
                        )
                    );
            seat.Predict(samples.Slice(first * inputs, batch * inputs), results.Slice(first * outputs, batch * outputs));
            seats.Add(seat);
        }
    }

    // A plan between two calls.
    private abstract class Seat
    {
        public abstract void Predict(ReadOnlySpan<float> samples, Span<float> results);
    }

    private sealed class PlanSeat(Network network, Plan plan) : Seat
    {
        private readonly int inputs = (int)network.Input.Length,
            outputs = (int)network.Output.Length;

        public override void Predict(ReadOnlySpan<float> samples, Span<float> results)
        {
            if (network.Input.IsImage && network.Input.Channels > 1)
                for (int s = 0; s < plan.Batch; s++)
                    ImageLayout.FromChannels(samples.Slice(s * inputs, inputs), network.Input, plan.Input.Span.Slice(s * inputs, inputs));
            else
                samples.CopyTo(plan.Input.Span);
            plan.Forward();
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
