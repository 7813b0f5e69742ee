using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using Longhand.Playground.Images;

namespace Longhand.Playground;

/// <summary>
/// What a page is told. A frame is four bytes with the length of a JSON object (little endian), the object, and
/// <see cref="Pictures"/>.
/// </summary>
internal sealed class FrameWriter(Setup setup)
{
    // More weights than this cannot be told apart as lines, and would fill the frame.
    private const int MostWeights = 5000;

    private readonly Pictures? maps = setup.Images is null ? Pictures.Of(setup) : null;
    private readonly ImageFrames? images = setup.Images is null ? null : new(setup);

    /// <summary>What does not change while the network is trained.</summary>
    /// <param name="notes">What a person should know of how it was read.</param>
    /// <param name="kept">Whether weights and epoch are those of before.</param>
    /// <param name="after">The number of the command that it answers; 0 for none.</param>
    public Message Opened(IReadOnlyList<string> notes, bool kept = false, int after = 0)
    {
        var settings = new JsonObject();
        foreach ((string key, _) in Settings.Keys)
            settings[key] = setup.Settings[key];
        JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
        JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(n => (JsonNode)n)]);
        string Name(int parameter) => setup.Network.Parameters[parameter].Name;
        var opened = new JsonObject
        {
            ["type"] = "opened",
            ["settings"] = settings,
            ["link"] = setup.Settings.With("epoch", "0").ToLink(),
            ["experiment"] = setup.ToText(),
            ["notes"] = Texts(notes),
            ["kept"] = kept,
            ["after"] = after,
            ["layers"] = new JsonArray([
                .. setup.Layers.Select(layer =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["units"] = layer.Units,
                            ["activation"] = layer.Activation,
                            ["weight"] = layer.Parameters[0],
                            ["bias"] = layer.Bias,
                        }
                ),
            ]),
            ["parameters"] = Texts(setup.Network.Parameters.Select((_, i) => Name(i))),
            ["trained"] = setup.Data.Train.Count,
            ["classes"] = setup.Data.Train.HasClasses,
            ["classNames"] = Texts(setup.Data.Train.ClassNames),
            ["features"] = Texts(setup.FeatureNames),
            ["needsLength"] = setup.Experiment.Settings.Schedule != Schedule.Constant && setup.Experiment.Settings.Schedule.NeedsLength,
            ["multiplications"] = setup.Multiplications,
        };
        if (setup.Examples is { } examples)
        {
            opened["columns"] = Texts(examples.Columns);
            opened["examples"] = examples.Count;
            opened["featureMaps"] = Convert.ToBase64String(maps!.DrawFeatures());
            opened["dataNotes"] = Texts(examples.All.Notes);
        }
        if (setup.Plane is { } plane)
        {
            opened["x"] = Numbers(plane.Points.Select(p => p.X));
            opened["y"] = Numbers(plane.Points.Select(p => p.Y));
            opened["label"] = Numbers(plane.Points.Select(p => p.Label));
            opened["bounds"] = Numbers([plane.X.Low, plane.X.High, plane.Y.Low, plane.Y.High]);
            opened["side"] = UnitMaps.Side;
            opened["smallSide"] = ((UnitMaps)maps!).SmallSide;
        }
        if (setup.Images is { } view)
            opened["images"] = view.Describe();
        return Message.Of(opened);
    }

    /// <summary>The present state.</summary>
    /// <param name="course">Where it stands.</param>
    /// <param name="running">Whether it goes on by itself.</param>
    /// <param name="withCurve">Whether what was measured since the last frame is wanted.</param>
    /// <param name="look">What is looked at, where the examples are images.</param>
    /// <param name="after">The number of the last command that it has come of; 0 for none.</param>
    public Message Write(Course course, bool running, bool withCurve, Look look, int after = 0)
    {
        TrainingLoop loop = course.Loop;
        IReadOnlyList<ParameterValues> values = loop.Values();
        (Measurement train, Measurement? test) = loop.Measure();
        int pictures = maps?.Length ?? images?.Length ?? 0;
        byte[] drawn = [];
        var buffer = new ArrayBufferWriter<byte>(pictures + 4096);
        buffer.Advance(sizeof(uint));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", loop.Epoch);
            json.WriteNumber("batch", loop.Batch);
            json.WriteBoolean("running", running);
            json.WriteNumber("after", after);
            json.WriteBoolean("touched", course.IsTouched);
            json.WriteBoolean("atStart", course.IsAtStart);
            if (course.IsSeeking)
                json.WriteBoolean("seeking", true);
            Set(json, "train", train);
            if (test is not null)
                Set(json, "test", test);
            Number(json, "penalty", loop.Penalty());
            Number(json, "rate", loop.Rate);
            if (loop.Problem is { } problem)
                json.WriteString("problem", problem);
            if (loop.Culprit is { } culprit)
                json.WriteNumber("problemLayer", 1 + setup.Layers.ToList().FindIndex(layer => layer.Nodes.Contains(culprit)));
            if (course.Last is { } operation)
                Set(json, course, operation);
            if (course.Stopped is { } stopped)
                Set(json, stopped);
            if (withCurve)
                SetCurve(json, course.Losses);
            if (images is not null)
                drawn = images.Write(json, values, look.For(setup.Images!, setup));
            else if (values.Sum(v => v.Length) <= MostWeights)
            {
                json.WriteStartArray("weights");
                foreach (ParameterValues parameter in values)
                {
                    json.WriteStartArray();
                    for (int i = 0; i < parameter.Length; i++)
                        if (float.IsFinite(parameter.Single(i)))
                            json.WriteNumberValue(parameter.Single(i));
                        else
                            json.WriteNullValue();
                    json.WriteEndArray();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        int header = buffer.WrittenCount - sizeof(uint);
        if (images is not null)
            drawn.CopyTo(buffer.GetSpan(pictures));
        else
            maps?.Draw(values, buffer.GetSpan(pictures)[..pictures]);
        buffer.Advance(pictures);
        byte[] bytes = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)header);
        return new(bytes, true);
    }

    private static void Set(Utf8JsonWriter json, string name, Measurement set)
    {
        json.WriteStartObject(name);
        Number(json, "loss", set.Loss);
        if (set.Accuracy is { } accuracy)
            json.WriteNumber("accuracy", accuracy);
        json.WriteEndObject();
    }

    // Which operation was gone through last, and on which of the batch's examples.
    private static void Set(Utf8JsonWriter json, Course course, Operation operation)
    {
        json.WriteStartObject("within");
        json.WriteString("kind", operation.Kind);
        json.WriteNumber("layer", operation.Layer);
        json.WriteString("node", operation.Node);
        json.WriteBoolean("map", operation.IsMap);
        json.WriteNumber("example", course.Example);
        json.WriteNumber("of", course.Examples);
        json.WriteNumber("operation", course.OfExample.Done);
        json.WriteNumber("operations", course.OfExample.All);
        json.WriteEndObject();
    }

    private static void Set(Utf8JsonWriter json, Stopped stopped)
    {
        json.WriteStartObject("stopped");
        json.WriteString("kind", stopped.Kind);
        json.WriteNumber("value", stopped.Value);
        Number(json, "found", stopped.Found);
        json.WriteEndObject();
    }

    private static void SetCurve(Utf8JsonWriter json, LossHistory losses)
    {
        json.WriteStartObject("curve");
        json.WriteNumber("from", losses.Sent);
        json.WriteStartArray("rows");
        for (; losses.Sent < losses.Rows.Count; losses.Sent++)
        {
            LossHistory.Row row = losses.Rows[losses.Sent];
            json.WriteStartArray();
            json.WriteNumberValue(row.Epoch);
            foreach (double? value in (double?[])[row.Train, row.Test, row.Penalty, row.Rate])
                if (value is { } number && double.IsFinite(number))
                    json.WriteNumberValue(number);
                else
                    json.WriteNullValue();
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
