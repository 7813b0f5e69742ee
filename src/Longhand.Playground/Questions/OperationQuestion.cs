using System.Text.Json.Nodes;
using Longhand.Layers;
using Longhand.Numbers;
using Longhand.Reference;

namespace Longhand.Playground.Questions;

/// <summary>
/// The next batch gone through up to an operation: the values and gradients of the example that is under way, as far as they are known, and
/// the gradients of the examples before, added. In double precision on the reference; the update itself is made by the engine.
/// </summary>
internal sealed class OperationQuestion : Question
{
    public override string Name => "operation";

    public override IReadOnlyList<string> Arguments { get; } = ["example", "operation"];

    public override JsonObject Answer(Asked asked)
    {
        Moment moment = asked.Moment;
        Setup setup = asked.RequireUnits();
        if (moment.Next.Count == 0)
            throw new LonghandException("operation: the run goes no further.");
        IReadOnlyList<Operation> operations = Operation.OfExample(setup);
        int example = asked.Whole("example", 1, moment.Next.Count),
            done = asked.Whole("operation", 1, operations.Count),
            index = moment.Next[example - 1];
        double factor = setup.Experiment.Loss!.IsSum ? 1 : 1.0 / moment.Next.Count;
        (ReferenceRun<Float64> run, Grid<Float64> target, double[] losses) = ExamplePass.Through(
            setup,
            moment.State.Values,
            [index],
            factor
        );
        var values = new JsonArray();
        var gradients = new JsonArray();
        JsonObject? loss = null;
        foreach (Operation operation in operations.Take(done))
            if (operation.Kind == "loss")
            {
                loss = new()
                {
                    ["output"] = Numbers(run.Output),
                    ["target"] = Numbers(target),
                    ["value"] = Json.Number(losses[0]),
                    ["gradient"] = Numbers(run.Gradient(setup.Network.OutputValue)),
                };
            }
            else if (operation.Kind == "forward")
                values.Add(Row(operation, Numbers(run.Value(NodeOf(setup, operation).Value))));
            else
                gradients.Add(Row(operation, Numbers(run.Gradient(NodeOf(setup, operation).Inputs[0]))));
        return new JsonObject
        {
            ["index"] = index,
            ["input"] = Numbers(run.Value(0)),
            ["values"] = values,
            ["loss"] = loss,
            ["gradients"] = gradients,
            ["sum"] = Sum(setup, moment, example, done, operations, run, factor),
        };
    }

    // ∂L/∂parameters of the examples that are through, and of the layers that this one has come back through; null where that is too much.
    private static JsonArray? Sum(
        Setup setup,
        Moment moment,
        int example,
        int done,
        IReadOnlyList<Operation> operations,
        ReferenceRun<Float64> run,
        double factor
    )
    {
        if (example * setup.Network.ParameterCount > Limits.WalkedProducts)
            return null;
        HashSet<string> through = [.. operations.Take(done).Where(o => o.Kind == "backward").Select(o => o.Node)];
        IReadOnlyList<Grid<Float64>>? before =
            example == 1
                ? null
                : ExamplePass.Through(setup, moment.State.Values, [.. moment.Next.Take(example - 1)], factor).Run.ParameterResults;
        return new([
            .. setup.Network.Parameters.Select(
                (p, i) =>
                {
                    Float64[] own = run.ParameterResults[i].ToArray();
                    Float64[]? others = before?[i].ToArray();
                    bool counts = through.Contains(p.Node.Name);
                    return (JsonNode)Json.Numbers(own.Select((g, k) => (others?[k].Value ?? 0) + (counts ? g.Value : 0)));
                }
            ),
        ]);
    }

    private static Node NodeOf(Setup setup, Operation operation) => setup.Network.Nodes.First(n => n.Name == operation.Node);

    private static JsonObject Row(Operation operation, JsonArray numbers) => new() { ["node"] = operation.Node, ["numbers"] = numbers };

    private static JsonArray Numbers(Grid<Float64>? grid) => Json.Numbers(grid?.ToArray().Select(v => v.Value) ?? []);
}
