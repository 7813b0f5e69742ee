using Longhand.Numbers;

namespace Longhand.Experiments;

/// <summary>The key <c>conventions</c>: the name of a preset, or a map of single settings that may begin with one.</summary>
internal static class ConventionsEntry
{
    public const int MostDigits = 17;

    public static Conventions Read(Entry? entry)
    {
        if (entry is null)
            return Conventions.PyTorch;
        if (entry is not MapEntry map)
            return Preset(entry);
        var keys = new Keys(
            map,
            "conventions",
            "preset",
            "relu-derivative-at-zero",
            "pool-ties",
            "vectors",
            "gradient",
            "convolution",
            "digits",
            "rounding"
        );
        Conventions conventions = keys["preset"] is { } preset ? Preset(preset) : Conventions.PyTorch;
        if (keys["relu-derivative-at-zero"] is { } slope)
            conventions = conventions with { ReluDerivativeAtZero = SlopeOf(slope) };
        if (keys["pool-ties"] is { } ties)
            conventions = conventions with { SharesPoolTies = ties.Word("conventions.pool-ties", "first", "all") == "all" };
        if (keys["vectors"] is { } vectors)
            conventions = conventions with
            {
                Vectors = vectors.Word("conventions.vectors", "column", "row") == "row" ? Vectors.Row : Vectors.Column,
            };
        if (keys["gradient"] is { } gradient)
            conventions = conventions with
            {
                GradientLayout =
                    gradient.Word("conventions.gradient", "like-weight", "transposed") == "transposed"
                        ? GradientLayout.Transposed
                        : GradientLayout.LikeWeight,
            };
        if (keys["convolution"] is { } convolution)
            conventions = conventions with
            {
                FlipsKernels = convolution.Word("conventions.convolution", "correlation", "flipped") == "flipped",
            };
        if (keys["digits"] is { } digits)
            conventions = conventions with { Digits = digits.Whole("conventions.digits", 1, MostDigits) };
        if (keys["rounding"] is { } rounding)
            conventions = conventions with { RoundsEachLine = rounding.Word("conventions.rounding", "full", "line") == "line" };
        return conventions;
    }

    private static Conventions Preset(Entry entry)
    {
        string name = entry.Word("conventions", [.. Conventions.Presets.Select(preset => preset.Name)]);
        return Conventions.Presets.First(preset => preset.Name == name);
    }

    private static double SlopeOf(Entry entry)
    {
        if (entry is ScalarEntry { Text: "½" })
            return 0.5;
        Rational value = entry.Number("conventions.relu-derivative-at-zero");
        return value == 0 || value == 1 || value == Rational.Of(1, 2)
            ? (double)value
            : throw entry.Error($"conventions.relu-derivative-at-zero: expected 0, 1/2 or 1, found {entry.Description}.");
    }
}
