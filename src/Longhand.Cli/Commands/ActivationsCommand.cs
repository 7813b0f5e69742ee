using System.CommandLine;
using System.Text.Json;
using Longhand.Activations;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Layers;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary><c>activations [NAME…]</c>: value, slope and properties, found from the declaration.</summary>
internal static class ActivationsCommand
{
    public static Command Create(Session session)
    {
        var names = Operands.Argument("NAME", "an activation with its options, as in a network: swish beta=2; several where wanted");
        var command = new Command("activations", "Shows value, slope and properties of activations; without a name compares all.")
        {
            names,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string[] wanted = Separate(Operands.Words(parsed, names));
                    if (wanted.Length == 0)
                        All(session);
                    else
                        Named(session, [.. wanted.Select(Read)]);
                    return 0;
                }
            )
        );
        return command;
    }

    // "swish beta=2" may come as one word or as two: what is no name of its own belongs to the name before.
    private static string[] Separate(string[] words)
    {
        var names = new List<string>();
        foreach (string word in words)
            if (names.Count > 0 && !word.Contains(' ') && (word.Contains('=') || word == "learn" || Rational.TryParse(word, out _, out _)))
                names[^1] += " " + word;
            else
                names.Add(word);
        return [.. names];
    }

    private static Layer Read(string text)
    {
        Layer layer = Layer.Kinds.Parse(text);
        return layer.IsActivation
            ? layer
            : throw new LonghandException(
                $"{layer.Kind} is a layer, no activation. Activations are {string.Join(", ", Kinds().Select(kind => kind.Name))}."
            );
    }

    private static IEnumerable<Kind<Layer>> Kinds() => Layer.Kinds.All.Where(kind => kind.Example is { IsActivation: true });

    private static void All(Session session)
    {
        ActivationProperties[] all = [.. Kinds().Select(kind => kind.Example).OfType<Activation>().Select(ActivationProperties.Of)];
        if (session.IsJson)
        {
            session.WriteJson(json => Array(json, all, Write));
            return;
        }
        Page page = session.NewPage();
        page.Table(
            ["activation", "range", "slope at 0", "zero-centred", "monotone", "differentiable", "saturates"],
            all.Select(p =>
                (string[])
                    [
                        p.Name,
                        ActivationText.Range(p),
                        ActivationText.SlopeAtZero(p),
                        ActivationText.YesNo(p.ZeroCentred),
                        ActivationText.YesNo(p.Monotone),
                        ActivationText.Differentiable(p),
                        ActivationText.Saturates(p),
                    ]
            )
        );
        foreach (Layer other in Kinds().Select(kind => kind.Example!).Where(layer => layer is not Activation))
            page.Line(NoCurve(other));
        page.Line($"One by name shows formulas, numbers and a plot: {Examples.ByCommand["activations"][1]}");
    }

    private static void Named(Session session, Layer[] layers)
    {
        if (!session.IsJson)
        {
            Page page = session.NewPage();
            foreach (Layer layer in layers)
                if (layer is Activation activation)
                    ActivationText.Write(page, ActivationProperties.Of(activation));
                else
                    page.Line(NoCurve(layer));
            return;
        }
        session.WriteJson(json =>
        {
            if (layers is [var only])
                Write(json, only);
            else
                Array(json, layers, Write);
        });
    }

    private static string NoCurve(Layer layer) =>
        layer.Parameters([Shape.Vector(2)]) is [var parameter, ..]
            ? $"{layer.Notation} learns its {parameter.Name}, so that its curve changes in training; name the number to see one: {layer.Kind} {parameter.Name}=1"
            : $"{layer.Notation} is not element-wise: each of its outputs depends on all of its inputs, so that it has no curve over a single number.";

    private static void Array<T>(Utf8JsonWriter json, T[] items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (T item in items)
            write(json, item);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Layer layer)
    {
        if (layer is Activation activation)
        {
            Write(json, ActivationProperties.Of(activation));
            return;
        }
        json.WriteStartObject();
        json.WriteString("name", layer.Notation);
        json.WriteBoolean("elementwise", false);
        json.WriteString("reason", NoCurve(layer));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ActivationProperties p)
    {
        json.WriteStartObject();
        json.WriteString("name", p.Name);
        json.WriteBoolean("elementwise", true);
        json.WriteString("value", ActivationText.Formula(p.ValueFormula));
        json.WriteString("slope", ActivationText.Formula(p.SlopeFormula));
        json.WriteStartObject("derivativeAtZero");
        json.Real("left", p.LeftDerivativeAtZero);
        json.Real("right", p.RightDerivativeAtZero);
        json.WriteEndObject();
        json.WriteStartArray("range");
        json.Double(p.Low);
        json.Double(p.High);
        json.WriteEndArray();
        if (!double.IsFinite(p.Low) || !double.IsFinite(p.High))
            json.WriteString("rangeReason", "infinite");
        json.WriteBoolean("zeroCentred", p.ZeroCentred);
        json.WriteBoolean("monotone", p.Monotone);
        json.WriteBoolean("differentiable", p.Differentiable);
        json.WriteStartArray("notDifferentiableAt");
        foreach (double x in p.NotDifferentiableAt)
            json.WriteNumberValue(x);
        json.WriteEndArray();
        json.WriteBoolean("linear", p.Linear);
        json.WriteBoolean("saturates", p.Saturates);
        json.WriteBoolean("saturatesLeft", p.SaturatesLeft);
        json.WriteBoolean("saturatesRight", p.SaturatesRight);
        json.WriteStartObject("limits");
        Limit("left", p.LimitLeft);
        Limit("right", p.LimitRight);
        json.WriteEndObject();
        json.WriteStartArray("parameterLimits");
        foreach (ParameterLimit limit in p.ParameterLimits)
        {
            json.WriteStartObject();
            json.WriteString("option", limit.Option);
            json.Real("to", limit.To);
            json.WriteString("curve", limit.Curve);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        void Limit(string name, double? value)
        {
            if (value is { } limit)
                json.Real(name, limit);
            else
            {
                json.WriteNull(name);
                json.WriteString(name + "Reason", "no limit");
            }
        }
    }
}
