using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Grading;

/// <summary>The parameters' next values, by the optimizer's own rule.</summary>
internal sealed class UpdateRun(Network network, ExplainRequest request, Optimizer optimizer)
{
    private readonly Interval[][] states = [.. network.Parameters.Select((p, i) => Begun(p, i, request.Before, optimizer.State.Count))];

    /// <summary>One update.</summary>
    /// <param name="update">Its number, from 1.</param>
    /// <param name="gradients">∂L/∂parameter, or the next value of what is carried along.</param>
    /// <param name="parameters">The parameters, which become their next values.</param>
    public void Step(int update, IReadOnlyList<Grid<Interval>> gradients, IReadOnlyList<Grid<Interval>> parameters)
    {
        var constants = new Interval[Optimizer.MaximumConstants];
        var rate = new Interval(optimizer.LearningRate);
        optimizer.Constants((request.Before?.Updates ?? 0) + update, rate, constants);
        int kept = optimizer.State.Count;
        foreach ((int p, NetworkParameter parameter) in network.Parameters.Index())
            for (int i = 0; i < parameters[p].Length; i++)
            {
                Interval gradient = gradients[p].Flat(i),
                    weight = parameters[p].Flat(i);
                parameters[p]
                    .SetFlat(
                        i,
                        parameter.Parameter.Trainable ? Next(parameter, weight, gradient, states[p].AsSpan(i * kept, kept)) : gradient
                    );
            }

        Interval Next(NetworkParameter parameter, Interval weight, Interval gradient, Span<Interval> state)
        {
            if (request.Regularization.IsNone || parameter.Parameter.Role != ParameterRole.Weight)
                return optimizer.Next(weight, gradient, state, constants);
            Interval slope = request.Regularization.Slope(weight);
            if (!request.Conventions.PlaygroundTraining)
                return optimizer.Next(weight, gradient + slope, state, constants);
            Interval next = optimizer.Next(weight, gradient, state, constants),
                shrunk = next - rate * slope;
            return request.Regularization.L1 != 0 && next.Value * shrunk.Value < 0 ? new Interval(0) : shrunk;
        }
    }

    private static Interval[] Begun(NetworkParameter parameter, int number, OptimizerProgress? before, int kept)
    {
        var state = new Interval[parameter.Parameter.Length * kept];
        for (int k = 0; k < kept; k++)
            if (before?.Kept[k][number] is { } numbers)
                for (int i = 0; i < numbers.Length; i++)
                    state[i * kept + k] = new(numbers[i]);
        return state;
    }
}
