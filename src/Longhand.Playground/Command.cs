using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Longhand.Playground;

/// <summary>What a page asks for.</summary>
internal sealed record Command
{
    private static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 8,
    };

    private static readonly string[] types =
    [
        "open",
        "play",
        "pause",
        "step",
        "back",
        "reset",
        "edit",
        "load",
        "speed",
        "frame",
        "ask",
        "look",
    ];

    private static readonly string[] steps = ["epoch", "batch", "example", "operation"];
    private static readonly string[] shown = ["curve"];

    /// <summary>One of open, play, pause, step, back, reset, edit, load, speed, frame, ask, look.</summary>
    public required string Type { get; init; }

    /// <summary>open: what stands behind the # of an address, of this page or of TensorFlow Playground.</summary>
    public string? Link { get; init; }

    /// <summary>open: the settings, in the place of a link.</summary>
    public Dictionary<string, string>? Settings { get; init; }

    /// <summary>open: whether the weights and the epoch stay, where the network has the same shape.</summary>
    public bool Keep { get; init; }

    /// <summary>open: whether inputs, outputs and loss are to follow the data, where they differ from the data before.</summary>
    public bool Fit { get; init; }

    /// <summary>load: the bytes of a model's file, in base 64.</summary>
    public string? Model { get; init; }

    /// <summary>step, back: epoch (if not said), batch, example or operation.</summary>
    public string? By { get; init; }

    /// <summary>play: the epoch to stop behind; null for none.</summary>
    public int? Until { get; init; }

    /// <summary>play: what to stop at beside; null for nothing.</summary>
    public StopAt? Stop { get; init; }

    /// <summary>frame: what else it is to hold: curve.</summary>
    public string[]? Show { get; init; }

    /// <summary>edit: the parameter's name.</summary>
    public string? Parameter { get; init; }

    /// <summary>edit: which of its numbers. look: which example.</summary>
    public int Index { get; init; }

    /// <summary>edit: the new number.</summary>
    public double Value { get; init; }

    /// <summary>speed: epochs between two frames; 0 for as many as there is time for.</summary>
    public int Epochs { get; init; }

    /// <summary>look: train or test.</summary>
    public string? Set { get; init; }

    /// <summary>look: lines drawn by hand, as <see cref="Images.Look.Read"/> has them; null for an example.</summary>
    public string? Lines { get; init; }

    /// <summary>look: the pixels of a picture of the page's own; null for an example.</summary>
    public string? Cells { get; init; }

    /// <summary>ask: what the answer is marked with. Of the others: the number that the page gives it, which frames say when it is taken.</summary>
    public int Id { get; init; }

    /// <summary>ask: the name of a <see cref="Questions.Question"/>.</summary>
    public string? About { get; init; }

    /// <summary>ask: the question's arguments.</summary>
    public JsonObject? With { get; init; }

    /// <summary>Reads a message.</summary>
    /// <exception cref="LonghandException">It is no command; the message says why.</exception>
    public static Command Read(ReadOnlySpan<byte> message)
    {
        Command? command;
        try
        {
            command = JsonSerializer.Deserialize<Command>(message, options);
        }
        catch (JsonException e)
        {
            throw new LonghandException($"The message is no command: {e.Message.Split(" Path:")[0].TrimEnd('.')}.", e);
        }
        if (command is null || !types.Contains(command.Type))
            throw new LonghandException(
                $"The message has the type {Quoted.Of(command?.Type ?? "")}; known are {string.Join(", ", types)}."
            );
        if (command.Type == "open" && (command.Link is null) == (command.Settings is null))
            throw new LonghandException("open: either a link or settings are needed.");
        if (command.Type == "edit" && command.Parameter is null)
            throw new LonghandException("edit: the name of a parameter is needed.");
        if (command.Type == "load" && command.Model is null)
            throw new LonghandException("load: the bytes of a model are needed.");
        if (Math.Max(command.Lines?.Length ?? 0, command.Cells?.Length ?? 0) > Limits.SettingLength)
            throw new LonghandException($"look: {Limits.SettingLength} characters are the limit for lines and for cells.");
        if (command.Type == "ask" && command.About is null)
            throw new LonghandException("ask: what the question is about is needed.");
        if (command.By is { } by && !steps.Contains(by))
            throw new LonghandException(
                $"{command.Type}: one of {string.Join(", ", steps)} is needed, not {Quoted.Of(by)}.{Nearest.Suggestion(by, steps)}"
            );
        if (command.Show is { } show && (show.Length > shown.Length || !show.All(shown.Contains)))
            throw new LonghandException($"frame: what can be shown beside is {string.Join(", ", shown)}.");
        if (command.Epochs is < 0 or > 1_000_000)
            throw new LonghandException("speed: from 0 to 1000000 epochs go between two frames.");
        if (command.Link?.Length > Limits.LinkLength)
            throw new LonghandException("open: the link is too long.");
        return command;
    }
}

/// <summary>A condition at which a run ends.</summary>
/// <param name="Kind">One of <see cref="StopRule.Kinds"/>.</param>
/// <param name="Value">The bound.</param>
internal sealed record StopAt(string? Kind, double Value);
