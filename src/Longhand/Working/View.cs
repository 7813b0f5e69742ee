namespace Longhand.Working;

/// <summary>How the same working is written.</summary>
public enum View
{
    /// <summary>A line per number: h₁ = σ(w₁₁x₁ + w₁₂x₂ + b₁).</summary>
    Scalar,

    /// <summary>A line per array: z = Wx + b, with the matrices written out. What has no such form stays a line per number.</summary>
    Matrix,
}
