using System.Text;
using Longhand.Layers;

namespace Longhand.Experiments.Code;

/// <summary>The code in PyTorch: the forward pass, its own losses and optimizers, gradients by autograd.</summary>
internal sealed class PyTorchCode(CodeRun run) : PythonCode(run, PythonLibrary.PyTorch)
{
    private static readonly Dictionary<string, string> losses = new()
    {
        ["mse"] = "F.mse_loss(y, t)",
        ["sse"] = "F.mse_loss(y, t, reduction=\"sum\")",
        ["half-mse"] = "0.5 * F.mse_loss(y, t, reduction=\"sum\") / len(y)",
        ["bce"] = "F.binary_cross_entropy(y, t)",
        ["bce-logits"] = "F.binary_cross_entropy_with_logits(y, t)",
        ["cross-entropy"] = "F.cross_entropy(y, t)",
        ["cross-entropy-probs"] = "-(t * torch.log(y)).sum(dim=1).mean()",
        ["kl"] = "F.kl_div(F.log_softmax(y, dim=1), t, reduction=\"batchmean\")",
        ["kl-probs"] = "F.kl_div(torch.log(y), t, reduction=\"batchmean\")",
    };

    protected override string Language => "PyTorch";

    protected override IReadOnlyList<int> ExampleSizes =>
        Run.Network.Input.IsImage ? [.. Run.Network.Input.MemoryOrder()] : base.ExampleSizes;

    protected override string Imports() =>
        """
            import itertools
            import math

            import torch
            import torch.nn.functional as F

            real = torch.float32  # what Longhand trains in

            """;

    protected override string Network()
    {
        if (Run.Experiment.Conventions.ReluDerivativeAtZero != 0 && Nodes.Any(n => n.Layer.Kind == "relu"))
            throw new LonghandException(
                "PyTorch takes 0 as the slope of relu at 0, and this experiment does not; the code in NumPy does as it says."
            );
        return $"""


            def forward(p, x):
            {Forward()}    return {Name(Nodes[^1])}

            """;
    }

    protected override string LossFunctions()
    {
        string kind = Run.Loss.Notation.Split(' ')[0];
        int outputs = Run.Network.Output[0];
        string? value =
            losses.GetValueOrDefault(kind)
            ?? (kind == "huber" ? $"F.huber_loss(y, t, delta={Run.Loss.Notation.Split('=')[1]})" : null)
            ?? (kind == "hinge" && outputs == 1 ? "relu(1 - t * y).mean()" : null);
        if (kind == "hinge")
            Written.Notes.Helpers.Add("relu");
        return $"""


            def loss(y, t):
                # {Run.Loss}
                return {value
                ?? throw new LonghandException($"The code in PyTorch has no {Run.Loss} for {outputs} outputs; the code in C# has all losses.")}

            """;
    }

    protected override string Updates() => "";

    protected override string Training()
    {
        Regularization penalty = Run.Experiment.Regularization;
        bool apart = !penalty.IsNone && Run.IsPlayground;
        string rate = PythonText.Number(Run.Experiment.Optimizer.LearningRate);
        var text = new StringBuilder("\n\n# The numbers that are shown, in one pass.\n");
        text.Append("with torch.no_grad():\n");
        text.Append(Compare("shown", "    print"));
        text.Append(
            $"""
                for x, y in list(zip(train_x, forward(shown, train_x)))[:3]:
                    print("output for", x.tolist(), "is", y.tolist())

            # Training from the start: {Run.Updates()} updates.
            p = {"{name: value.clone().requires_grad_() for name, value in start.items()}"}
            optimizer = {Optimizer()}
            {(penalty.IsNone ? "" : $"penalized = [{Penalized}]\n")}{(
                apart && penalty.L1 != 0 ? "dead = {name: torch.zeros_like(p[name], dtype=torch.bool) for name in penalized}\n" : ""
            )}for batch in itertools.islice(batches(), {Run.Updates()}):
                optimizer.zero_grad()
                value = loss(forward(p, train_x[batch]), train_t[batch])

            """
        );
        if (!penalty.IsNone && !apart)
            text.Append($"    value = value + {PenaltyValue(penalty)}\n");
        text.Append("    value.backward()\n");
        if (apart)
            text.Append("    before = {name: p[name].detach().clone() for name in penalized}\n");
        text.Append("    optimizer.step()\n");
        if (apart)
        {
            text.Append("    # The penalty takes a step of its own behind the update.\n");
            text.Append("    with torch.no_grad():\n");
            text.Append("        for name in penalized:\n");
            text.Append("            w = before[name]\n");
            text.Append($"            shrunk = p[name] - {rate} * ({PenaltySlope})\n");
            if (penalty.L1 != 0)
            {
                text.Append("            # A weight that it would take across 0 is 0 from then on.\n");
                text.Append("            dead[name] |= p[name] * shrunk < 0\n");
                text.Append("            shrunk = shrunk.masked_fill(dead[name], 0)\n");
            }
            text.Append("            p[name].copy_(shrunk)\n");
        }
        text.Append("print(\"after training from the start:\")\n");
        text.Append("with torch.no_grad():\n");
        text.Append(Compare("p", "    print"));
        return text.ToString();
    }

    protected override string LossOf(string parameters, string set) => $"loss(forward({parameters}, {set}_x), {set}_t).item()";

    protected override string Array(ReadOnlySpan<float> values, IReadOnlyList<int> sizes, string indent) =>
        $"torch.tensor({PythonText.Nested(values, sizes, indent)}, dtype=real)";

    protected override string? Other(Node node, string input)
    {
        Shape shape = node.Index == 0 ? Run.Network.Input : Nodes[node.Index - 1].Output;
        return node.Layer switch
        {
            Flatten => $"{input}.flatten(1)",
            Softmax => $"F.softmax({input}, dim=1)",
            LogSoftmax => $"F.log_softmax({input}, dim=1)",
            GlobalAvgPool => $"{input}.mean(dim=(2, 3), keepdim=True)",
            Conv { IsFlipped: false } conv =>
                $"F.conv2d({Padded(input, conv.Window, shape, "0")}, p[\"{node.Name}.weight\"]{(conv.HasBias ? $", p[\"{node.Name}.bias\"]" : "")}"
                    + $"{Moved(conv.Window, true)}{(conv.Groups(shape.Channels) is var groups and > 1 ? $", groups={groups}" : "")})",
            MaxPool { SharesTies: false, Window.Ceiling: false } pool =>
                $"F.max_pool2d({Padded(input, pool.Window, shape, "-math.inf")}, ({pool.Window.Size.Height}, {pool.Window.Size.Width}){Moved(pool.Window, true)})",
            AvgPool { CountsPadding: true, Window: { Ceiling: false } } pool when pool.Window.Dilation == 1 =>
                $"F.avg_pool2d({Padded(input, pool.Window, shape, "0")}, ({pool.Window.Size.Height}, {pool.Window.Size.Width}){Moved(pool.Window, false)})",
            _ => null,
        };
    }

    // Padding stands before the layer, so that every kind of it can be said.
    private static string Padded(string input, Window window, Shape shape, string with)
    {
        Numbers.WindowAxis rows = window.Rows(shape.Height),
            columns = window.Columns(shape.Width);
        return rows.Before + rows.After + columns.Before + columns.After == 0
            ? input
            : FormattableString.Invariant(
                $"F.pad({input}, ({columns.Before}, {columns.After}, {rows.Before}, {rows.After}), value={with})"
            );
    }

    private static string Moved(Window window, bool dilates) =>
        FormattableString.Invariant($", stride=({window.Stride.Height}, {window.Stride.Width})")
        + (
            dilates && window.Dilation != 1
                ? FormattableString.Invariant($", dilation=({window.Dilation.Height}, {window.Dilation.Width})")
                : ""
        );

    private string PenaltyValue(Regularization penalty)
    {
        string one = penalty.Penalty(Written.Array("p[name]")).Text;
        return $"sum(({one}).sum() for name in penalized)";
    }

    // torch.optim has the same equations, under other names; what it does not have is said.
    private string Optimizer()
    {
        string[] words = Run.Experiment.Optimizer.Notation.Split(' ');
        var options = new Dictionary<string, string>();
        foreach (string word in words.Skip(1))
            options[word.Split('=')[0]] = word.Contains('=') ? word.Split('=')[1] : "True";
        if (options.ContainsKey("eps-inside-root"))
            throw new LonghandException("PyTorch's optimizers have no eps-inside-root; the code in NumPy does.");
        var arguments = new List<string>();
        (string Name, string Torch)[] names =
        [
            ("lr", "lr"),
            ("momentum", "momentum"),
            ("dampening", "dampening"),
            ("nesterov", "nesterov"),
            ("alpha", "alpha"),
            ("eps", "eps"),
            ("weight-decay", "weight_decay"),
        ];
        foreach ((string name, string torch) in names)
            if (options.Remove(name, out string? value))
                arguments.Add($"{torch}={value.ToLowerInvariant().Replace("true", "True", StringComparison.Ordinal)}");
        string? beta1 = null,
            beta2 = null;
        if (options.Remove("beta1", out beta1) | options.Remove("beta2", out beta2))
            arguments.Add($"betas=({beta1 ?? "0.9"}, {beta2 ?? "0.999"})");
        string kind = words[0] switch
        {
            "sgd" => "SGD",
            "adam" => "Adam",
            "adamw" => "AdamW",
            "nadam" => "NAdam",
            "rmsprop" => "RMSprop",
            "adagrad" => "Adagrad",
            _ => throw new LonghandException($"PyTorch has no optimizer {words[0]}; the code in NumPy does."),
        };
        if (options.Count > 0)
            throw new LonghandException($"PyTorch's {kind} has no {options.Keys.First()}; the code in NumPy does.");
        // What Longhand's notation leaves out is what PyTorch takes where nothing is said.
        // Before PyTorch 2 a factor of NAdam's momentum was taken twice.
        string since = kind == "NAdam" ? "  # of PyTorch 2 or newer" : "";
        return $"torch.optim.{kind}(p.values(), {string.Join(", ", arguments)}){since}";
    }
}
