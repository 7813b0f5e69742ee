using Longhand.Experiments;
using Longhand.Formats;

namespace Longhand.Playground;

/// <summary>A model's file as a page sends and gets it: the bytes that <c>longhand train --model</c> writes, in base 64.</summary>
internal static class ModelBytes
{
    private const string Name = "the model";

    /// <summary>The model with these parameters, which <c>longhand predict</c> reads.</summary>
    /// <param name="setup">What was trained.</param>
    /// <param name="values">The parameters.</param>
    /// <param name="epochs">How many epochs made them.</param>
    public static string Write(Setup setup, IReadOnlyList<ParameterValues> values, int epochs)
    {
        Experiment experiment = setup.Experiment.Settings.Schedule.NeedsLength
            ? setup.Experiment
            : setup.Experiment with
            {
                Settings = setup.Experiment.Settings with { Epochs = epochs },
            };
        DataSet train = setup.Data.Train;
        var trained = new Model(setup.Network, values)
        {
            Training = setup.Experiment.ToTraining(setup.Data),
            ClassNames = train.ClassNames,
            InputNames = train.InputNames,
            Scaling = train.Scaling,
        };
        using var stream = new MemoryStream();
        experiment.Finished(trained, setup.Data).Save(stream);
        return Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>The parameters of a model that fits.</summary>
    /// <exception cref="LonghandException">It is no model, or one of another shape; the message says what differs.</exception>
    public static IReadOnlyList<ParameterValues> Read(string text, Setup setup)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new LonghandException("load: the bytes of the model are not in base 64.", e);
        }
        var file = Safetensors.Read(new MemoryStream(bytes), Name);
        Dictionary<string, ParameterValues> values = ModelFile.Parameters(file, Name, setup.Network);
        foreach ((string name, ParameterValues numbers) in values)
            for (int i = 0; i < numbers.Length; i++)
                if (!float.IsFinite(numbers.Single(i)))
                    throw new DataFormatException($"{Name}: number {i} of {name} is not finite.");
        return [.. setup.Network.Parameters.Select(p => values[p.Name])];
    }
}
