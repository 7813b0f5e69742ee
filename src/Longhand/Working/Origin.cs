namespace Longhand.Working;

/// <summary>Which number of a network a symbol of a worked solution stands for.</summary>
/// <param name="IsParameter">Whether it belongs to a parameter rather than to a value.</param>
/// <param name="Array">The number of the value (0 is the input) or of the parameter.</param>
/// <param name="Sample">The sample; 0 for a parameter.</param>
/// <param name="Index">Which number of the array (for a value, of the sample's), counted in row-major order.</param>
/// <param name="IsGradient">Whether it is ∂L/∂ of that number.</param>
internal readonly record struct Origin(bool IsParameter, int Array, int Sample, int Index, bool IsGradient = false);
