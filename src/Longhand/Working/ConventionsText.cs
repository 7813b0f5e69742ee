using System.Globalization;

namespace Longhand.Working;

/// <summary>The conventions of a worked solution in words, as its header says them in every notation.</summary>
internal static class ConventionsText
{
    /// <summary>One clause for each choice.</summary>
    public static IEnumerable<string> Of(Solution solution)
    {
        ExplainRequest request = solution.Request;
        Conventions conventions = request.Conventions;
        string slope =
            conventions.ReluDerivativeAtZero == 0.5 ? "½" : conventions.ReluDerivativeAtZero.ToString(CultureInfo.InvariantCulture);
        yield return $"{conventions.Name}: relu′(0) = {slope}";
        if (conventions.SharesPoolTies)
            yield return "equal maxima of a pooling share the gradient";
        if (conventions.FlipsKernels)
            yield return "convolutions turn their kernels over";
        bool isRow = conventions.Vectors == Vectors.Row,
            isTurned = conventions.GradientLayout == GradientLayout.Transposed;
        if (request.View == View.Matrix)
        {
            yield return (isRow, solution.Request.Inputs.Count > 1) switch
            {
                (false, false) => "vectors are columns",
                (false, true) => "samples are columns",
                (true, false) => "vectors are rows",
                (true, true) => "samples are rows",
            };
            yield return isTurned ? "∂L/∂W is laid out like Wᵀ" : "∂L/∂W is laid out like W";
            yield return "⊙, powers, quotients and functions act entry by entry";
        }
        if (conventions.PlaygroundTraining)
            yield return "the penalty acts behind the step";
        yield return request.Training ? "training" : "inference";
        string digits = string.Create(CultureInfo.InvariantCulture, $"{conventions.Digits} significant digits");
        if (request.Exact)
            yield return solution.FirstRounded is { } first ? $"exact fractions; {digits} from {first}" : "exact fractions throughout";
        else
            yield return conventions.RoundsEachLine
                ? $"{digits}, each line goes on with its rounded result"
                : $"{digits}, full precision carried";
        if (request.Exact && conventions.RoundsEachLine)
            yield return "each line goes on with its rounded result";
        yield return "= exact, ≈ rounded";
    }
}
