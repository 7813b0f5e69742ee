using System.Globalization;

namespace Longhand;

/// <summary>
/// When a run ends before its last epoch: after so many epochs without a better validation loss, as Keras has it. The model gets the
/// parameters of the best epoch, running statistics included, unless told otherwise.
/// </summary>
/// <param name="Patience">After how many epochs in a row without improvement it ends.</param>
/// <param name="MinDelta">By how much more than this a loss must be below the best to count as better.</param>
/// <param name="Restore">Whether the model ends with the parameters of the best epoch rather than of the last.</param>
public sealed record EarlyStopping(int Patience, double MinDelta = 0, bool Restore = true)
{
    private const string Usage = "early-stopping patience=10 [min-delta=0] [restore=true]";

    /// <summary>Reads <c>patience=10 min-delta=0.001 restore=false</c>.</summary>
    /// <exception cref="LonghandException">It is something else.</exception>
    public static EarlyStopping Parse(string text)
    {
        var read = Arguments.Read(
            $"early-stopping {Quoted.Of(text.Trim())}",
            Arguments.Words(text),
            ["patience", "min-delta", "restore"],
            [],
            0,
            Usage
        );
        string patience = read.Text("patience") ?? throw read.Error("patience is missing");
        int count = 0;
        if (patience != "0" && Arguments.CountProblem(patience, out count) is { } problem)
            throw read.Error($"patience {problem}");
        return new(
            count,
            read.Number("min-delta", 0, 0),
            read.Text("restore") switch
            {
                null or "true" => true,
                "false" => false,
                { } other => throw read.Error($"restore is {Quoted.Of(other)}, but true or false is needed"),
            }
        );
    }

    /// <summary>What the rule says after some epochs.</summary>
    /// <param name="losses">The validation loss after each epoch, the first epoch first.</param>
    /// <returns>The number of the best epoch, from 1 (0 where none was better than infinitely bad), and whether the run ends now.</returns>
    public (int Best, bool Ends) Judge(ReadOnlySpan<double> losses)
    {
        (double least, int best) = (double.PositiveInfinity, 0);
        for (int i = 0; i < losses.Length; i++)
            if (losses[i] < least - MinDelta)
                (least, best) = (losses[i], i + 1);
        int waited = losses.Length - best;
        // An epoch that improves never ends a run, and the first one, which has none before it, does not either.
        return (best, waited > 0 && waited >= Patience && losses.Length > 1);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"patience={Patience}")
        + (MinDelta == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" min-delta={MinDelta}"))
        + (Restore ? "" : " restore=false");
}
