using System.Text;
using Longhand.Activations;
using Longhand.Layers;

namespace Longhand.Experiments.Code;

/// <summary>The code in NumPy: forward and backward pass written out, activations, losses and optimizers from their declarations.</summary>
internal sealed class NumPyCode(CodeRun run) : PythonCode(run, PythonLibrary.NumPy)
{
    protected override string Language => "NumPy";

    protected override string Imports() =>
        """
            import itertools
            import math

            import numpy as np

            real = np.float32  # what Longhand trains in; np.float64 shows how little rounding matters

            """;

    protected override string Network() =>
        $"""


            def forward(p, x):
            {Forward()}    return {string.Join(", ", Nodes.Select(Name))}{(Nodes.Count == 1 ? "," : "")}


            def backward(p, x, layers, d):
                # d is the gradient of the loss with respect to the value that stands behind it.
                {string.Join(", ", Nodes.Select(Name))}{(Nodes.Count == 1 ? "," : "")} = layers
                g = {"{}"}
            {Backward()}    return g

            """;

    protected override string LossFunctions()
    {
        int outputs = Run.Network.Output[0];
        ArrayLoss loss =
            ArrayLoss.Of(Run.Loss, outputs)
            ?? throw new LonghandException($"The code in NumPy has no {Run.Loss} for {outputs} outputs; the code in C# has all losses.");
        string each =
            !loss.IsElementwise ? loss.Value
            : outputs == 1 ? loss.Value
            : $"np.{(loss.IsMean ? "mean" : "sum")}({loss.Value}, axis=1)";
        string examples =
            Run.Loss.IsSum ? ""
            : loss.IsMean ? " / y.size"
            : " / len(y)";
        var gradient = new Written(loss.Gradient, loss.Gradient.Contains(' ') ? Ranks.Sum : Ranks.Atom);
        string helper = loss.Value.Contains("logsumexp", StringComparison.Ordinal)
            ? """

                def logsumexp(y):
                    largest = y.max(axis=1, keepdims=True)
                    return largest + np.log(np.exp(y - largest).sum(axis=1, keepdims=True))


                """
            : "";
        return $"""
            {helper}
            def loss(y, t):
                # {Run.Loss}
                return np.{(Run.Loss.IsSum ? "sum" : "mean")}({each})


            def loss_gradient(y, t):
                return {(examples.Length == 0 ? gradient.Text : gradient.In(Ranks.Product) + examples)}

            """;
    }

    protected override string Updates()
    {
        string update = ArrayUpdate.Write(Run.Experiment.Optimizer);
        if (Run.Experiment.Regularization.IsNone)
            return "\n" + update;
        string penalty = $"""


            def penalty_slope(w):
                # {Run.Experiment.Regularization}, on the weights alone
                return {PenaltySlope}

            """;
        return "\n" + update + penalty;
    }

    protected override string Training()
    {
        bool isPenalized = !Run.Experiment.Regularization.IsNone,
            apart = isPenalized && Run.IsPlayground;
        var text = new StringBuilder();
        text.Append("\n\n# The numbers that are shown, in one pass.\n");
        text.Append(Compare("shown", "print"));
        text.Append(
            $"""
            for x, y in list(zip(train_x, forward(shown, train_x)[-1]))[:3]:
                print("output for", x, "is", y)

            # Training from the start: {Run.Updates()} updates.
            p = {"{name: value.copy() for name, value in start.items()}"}
            state = {State}
            {(isPenalized ? $"penalized = [{Penalized}]\n" : "")}{(
                apart && Run.Experiment.Regularization.L1 != 0 ? "dead = {name: np.zeros(p[name].shape, bool) for name in penalized}\n" : ""
            )}rate = {PythonText.Number(Run.Experiment.Optimizer.LearningRate)}
            for t, batch in enumerate(itertools.islice(batches(), {Run.Updates()}), 1):
                x = train_x[batch]
                layers = forward(p, x)
                g = backward(p, x, layers, loss_gradient(layers[-1], train_t[batch]))

            """
        );
        if (isPenalized && !apart)
            text.Append("    for name in penalized:\n        g[name] = g[name] + penalty_slope(p[name])\n");
        if (apart)
            text.Append("    before = {name: p[name] for name in penalized}\n");
        text.Append("    p = {name: update(p[name], g[name], state[name], t, rate) for name in p}\n");
        if (apart)
        {
            text.Append("    # The penalty takes a step of its own behind the update.\n");
            text.Append("    for name in penalized:\n");
            text.Append("        w = p[name] - rate * penalty_slope(before[name])\n");
            if (Run.Experiment.Regularization.L1 != 0)
            {
                text.Append("        # A weight that it would take across 0 is 0 from then on.\n");
                text.Append("        dead[name] |= p[name] * w < 0\n");
                text.Append("        w = np.where(dead[name], real(0), w)\n");
            }
            text.Append("        p[name] = w.astype(real)\n");
        }
        text.Append("print(\"after training from the start:\")\n");
        text.Append(Compare("p", "print"));
        return text.ToString();
    }

    protected override string LossOf(string parameters, string set) => $"loss(forward({parameters}, {set}_x)[-1], {set}_t)";

    protected override string Array(ReadOnlySpan<float> values, IReadOnlyList<int> sizes, string indent) =>
        $"np.array({PythonText.Nested(values, sizes, indent)}, real)";

    protected override string? Other(Node node, string input) =>
        node.Layer switch
        {
            Flatten => input,
            Softmax when !node.Output.IsImage =>
                $"np.exp({input} - {input}.max(axis=1, keepdims=True))\n    {Name(node)} /= {Name(node)}.sum(axis=1, keepdims=True)",
            LogSoftmax when !node.Output.IsImage =>
                $"{input} - {input}.max(axis=1, keepdims=True)\n    {Name(node)} -= np.log(np.exp({Name(node)}).sum(axis=1, keepdims=True))",
            _ => null,
        };

    private string State =>
        Run.Experiment.Optimizer.State.Count switch
        {
            0 => "{name: [] for name in p}",
            var count => FormattableString.Invariant(
                $"{{name: [np.zeros_like(value) for _ in range({count})] for name, value in p.items()}}"
            ),
        };

    private string Backward()
    {
        var text = new StringBuilder();
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            Node node = Nodes[i];
            string input = i == 0 ? "x" : Name(Nodes[i - 1]);
            switch (node.Layer)
            {
                case Dense dense:
                    text.Append($"    g[\"{node.Name}.weight\"] = d.T @ {input}\n");
                    if (dense.HasBias)
                        text.Append($"    g[\"{node.Name}.bias\"] = d.sum(axis=0)\n");
                    if (i > 0)
                        text.Append($"    d = d @ p[\"{node.Name}.weight\"]\n");
                    break;
                case Activation activation:
                    Written slope = activation.Slope(Written.Array(input), Written.Array(Name(node)));
                    if (slope.Text != "1")
                        text.Append($"    d = d * {slope.In(Ranks.Product)}\n");
                    break;
                case Softmax:
                    text.Append($"    d = {Name(node)} * (d - (d * {Name(node)}).sum(axis=1, keepdims=True))\n");
                    break;
                case LogSoftmax:
                    text.Append($"    d = d - np.exp({Name(node)}) * d.sum(axis=1, keepdims=True)\n");
                    break;
            }
        }
        return text.ToString();
    }
}
