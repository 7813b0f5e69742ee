using System.Text.Json.Nodes;
using Longhand.Experiments;

namespace Longhand.Playground.Questions;

/// <summary>The data that are shown, as the table that <c>longhand data NAME --out FILE.csv</c> writes.</summary>
internal sealed class DataQuestion : Question
{
    public override string Name => "data";

    public override IReadOnlyList<string> Arguments { get; } = [];

    public override JsonObject Answer(Asked asked)
    {
        Setup setup = asked.Moment.Setup;
        ShownExamples examples = setup.Examples ?? throw new LonghandException("data: images are no table that could be written.");
        return new JsonObject { ["file"] = $"{setup.DataKind}.csv", ["text"] = CsvText.Write(examples.All) };
    }
}
