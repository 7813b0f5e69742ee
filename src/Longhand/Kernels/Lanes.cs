using System.Numerics;
using Longhand.Numbers;

namespace Longhand.Kernels;

/// <summary>
/// As many floats side by side as the machine's vectors hold: what runs an element-wise rule as SIMD. Error bounds stand at
/// <see cref="LaneMath"/>.
/// </summary>
internal readonly struct Lanes(Vector<float> v) : IReal<Lanes>
{
    /// <summary>The floats.</summary>
    public Vector<float> V { get; } = v;

    public static Lanes Of(double value) => new(new Vector<float>((float)value));

    public static Lanes Fraction(long numerator, long denominator) => Of((double)numerator / denominator);

    public static Lanes Pi => Of(Math.PI);

    public static Lanes operator +(Lanes a, Lanes b) => new(a.V + b.V);

    public static Lanes operator -(Lanes a, Lanes b) => new(a.V - b.V);

    public static Lanes operator *(Lanes a, Lanes b) => new(a.V * b.V);

    public static Lanes operator /(Lanes a, Lanes b) => new(a.V / b.V);

    public static Lanes operator -(Lanes a) => new(-a.V);

    public static Lanes Exp(Lanes x) => new(LaneMath.Exp(x.V));

    public static Lanes Expm1(Lanes x) => new(LaneMath.Expm1(x.V));

    public static Lanes Log(Lanes x) => new(LaneMath.Log(x.V));

    public static Lanes Sqrt(Lanes x) => new(Vector.SquareRoot(x.V));

    public static Lanes Power(Lanes x, int n) => new(LaneMath.Power(x.V, n));

    public static Lanes Sigmoid(Lanes x) => new(LaneMath.Sigmoid(x.V));

    public static Lanes Tanh(Lanes x) => new(LaneMath.Tanh(x.V));

    public static Lanes Softplus(Lanes x) => new(LaneMath.Softplus(x.V));

    public static Lanes Erf(Lanes x) => new(LaneMath.Erf(x.V));

    public static Lanes Atan(Lanes x) => new(LaneMath.Atan(x.V));

    public static Lanes Sin(Lanes x) => new(LaneMath.Sin(x.V));

    public static Lanes Cos(Lanes x) => new(LaneMath.Cos(x.V));

    public static Lanes Abs(Lanes x) => new(Vector.Abs(x.V));

    public static Lanes Max(Lanes a, Lanes b) => new(Vector.Max(a.V, b.V));

    public static Lanes Select(Lanes test, Lanes above, Lanes at, Lanes below)
    {
        Vector<float> chosen = Vector.ConditionalSelect(Vector.GreaterThan(test.V, Vector<float>.Zero), above.V, below.V);
        chosen = Vector.ConditionalSelect(Vector.Equals(test.V, Vector<float>.Zero), at.V, chosen);
        return new(Vector.ConditionalSelect(Vector.Equals(test.V, test.V), chosen, test.V));
    }

    public static Lanes Let(string name, Lanes value) => value;
}
