using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Longhand.Kernels;
using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Kernels;

/// <summary>The lanes' functions against double precision, over every exponent and wherever a function changes its ways.</summary>
public sealed class LanesTests
{
    private delegate Lanes Function(Lanes x);

    // Errors in units of the last place, as LaneMath promises them.
    private static readonly (string Name, double Ulps, Function Lanes, Func<double, double> Exact)[] Functions =
    [
        ("exp", 1, Lanes.Exp, Math.Exp),
        ("expm1", 2, Lanes.Expm1, RealMath.Expm1),
        ("log", 1.5, Lanes.Log, Math.Log),
        ("sqrt", 0.5, Lanes.Sqrt, Math.Sqrt),
        ("sigmoid", 2, Lanes.Sigmoid, RealMath.Sigmoid),
        ("tanh", 2, Lanes.Tanh, Math.Tanh),
        ("softplus", 2, Lanes.Softplus, RealMath.Softplus),
        ("erf", 2, Lanes.Erf, RealMath.Erf),
        ("atan", 2, Lanes.Atan, Math.Atan),
        ("sin", 2, Lanes.Sin, Math.Sin),
        ("cos", 2, Lanes.Cos, Math.Cos),
        ("abs", 0, Lanes.Abs, Math.Abs),
    ];

    public static TheoryData<string> Names => [.. Functions.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Within_the_promised_error_of_double_precision(string name)
    {
        (_, double ulps, Function function, Func<double, double> exact) = Functions.Single(f => f.Name == name);
        float[] x = Sweep();
        float[] y = Apply(function, x);
        double worst = 0;
        int at = 0;
        for (int i = 0; i < x.Length; i++)
            if (Error(y[i], exact(x[i]), name == "sigmoid") is var error && !(error <= worst))
                (worst, at) = (error, i);
        Assert.True(worst <= ulps, $"{name}({x[at]:R}) = {y[at]:R}, but {exact(x[at]):R}: {worst} ulp");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Near_zeros_and_seams_too(string name)
    {
        (_, double ulps, Function function, Func<double, double> exact) = Functions.Single(f => f.Name == name);
        float[] centres =
        [
            0,
            0.25f,
            MathF.Log(2) / 2,
            0.5f,
            0.625f,
            MathF.Sqrt(0.5f),
            0.88137359f,
            1,
            MathF.Sqrt(2),
            1.5f * MathF.Log(2),
            MathF.PI / 2,
            2,
            MathF.PI,
            4,
            9.01f,
            16.6f,
            17.4f,
            88.3f,
            88.72284f,
            87.33655f,
            103.97f,
            104,
            999_999.9f,
            1e6f,
            1e6f * MathF.PI,
        ];
        var x = new List<float>();
        foreach (float centre in centres)
            for (int k = -3000; k <= 3000; k++)
            {
                float near = BitConverter.Int32BitsToSingle(Math.Max(0, BitConverter.SingleToInt32Bits(centre) + k));
                x.Add(near);
                x.Add(-near);
            }
        // next to every multiple of π/2 that the reduction handles itself
        for (int n = 1; n < 640_000; n += 7)
            x.Add((float)(n * Math.PI / 2));
        float[] all = [.. x];
        float[] y = Apply(function, all);
        for (int i = 0; i < y.Length; i++)
            if (!(Error(y[i], exact(all[i]), name == "sigmoid") <= ulps))
                Assert.Fail($"{name}({all[i]:R}) = {y[i]:R}, but {exact(all[i]):R}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nan_stays_nan_and_infinities_have_their_limits(string name)
    {
        (_, _, Function function, Func<double, double> exact) = Functions.Single(f => f.Name == name);
        float[] x = [float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0, -0f];
        float[] y = Apply(function, x);
        for (int i = 0; i < x.Length; i++)
            if (name is not ("sin" or "cos") || !float.IsFinite(x[i]) || x[i] == 0)
                Assert.Equal((float)exact(x[i]), y[i]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lane_does_not_see_its_neighbours(string name)
    {
        Function function = Functions.Single(f => f.Name == name).Lanes;
        float[] company = [float.NaN, float.PositiveInfinity, 1e30f, -1e30f, 1e-42f, 0, 700, -700];
        float[] x = [-90, -3, -1, -0.3f, 1e-8f, 0.2f, 0.7f, 1, 2.5f, 30, 2e6f];
        foreach (float value in x)
        {
            float alone = Apply(function, [value])[0];
            for (int place = 0; place < Vector<float>.Count; place++)
            {
                float[] mixed = [.. Enumerable.Range(0, Vector<float>.Count).Select(i => company[i % company.Length])];
                mixed[place] = value;
                Assert.Equal(
                    BitConverter.SingleToInt32Bits(alone),
                    BitConverter.SingleToInt32Bits(function(new(new Vector<float>(mixed))).V[place])
                );
            }
        }
    }

    [Fact]
    public void Wide_lanes_give_the_bits_of_narrow_ones()
    {
        if (!Vector512.IsHardwareAccelerated)
            return;
        (string Name, Func<Lanes512, Lanes512> Wide, Function Narrow)[] pairs =
        [
            ("exp", Lanes512.Exp, Lanes.Exp),
            ("expm1", Lanes512.Expm1, Lanes.Expm1),
            ("log", Lanes512.Log, Lanes.Log),
            ("sqrt", Lanes512.Sqrt, Lanes.Sqrt),
            ("sigmoid", Lanes512.Sigmoid, Lanes.Sigmoid),
            ("tanh", Lanes512.Tanh, Lanes.Tanh),
            ("softplus", Lanes512.Softplus, Lanes.Softplus),
            ("erf", Lanes512.Erf, Lanes.Erf),
            ("atan", Lanes512.Atan, Lanes.Atan),
            ("sin", Lanes512.Sin, Lanes.Sin),
            ("cos", Lanes512.Cos, Lanes.Cos),
            ("abs", Lanes512.Abs, Lanes.Abs),
            ("power", x => Lanes512.Power(x, 7), x => Lanes.Power(x, 7)),
            ("max", x => Lanes512.Max(x, Lanes512.Of(0.25)), x => Lanes.Max(x, Lanes.Of(0.25))),
            ("select", x => Lanes512.Select(x, x, Lanes512.Of(2), -x), x => Lanes.Select(x, x, Lanes.Of(2), -x)),
            (
                "arithmetic",
                x => (x + Lanes512.Pi) / (x * x - Lanes512.Fraction(1, 3)),
                x => (x + Lanes.Pi) / (x * x - Lanes.Fraction(1, 3))
            ),
        ];
        float[] x = [.. Sweep(), float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f];
        var padded = new float[(x.Length + 15) / 16 * 16];
        x.CopyTo(padded, 0);
        foreach ((string name, Func<Lanes512, Lanes512> wide, Function narrow) in pairs)
        {
            float[] expected = Apply(narrow, x),
                found = [.. padded];
            foreach (ref Vector512<float> v in MemoryMarshal.Cast<float, Vector512<float>>(found.AsSpan()))
                v = wide(new(v)).V;
            for (int i = 0; i < x.Length; i++)
                if (
                    !(float.IsNaN(expected[i]) && float.IsNaN(found[i]))
                    && BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(found[i])
                )
                    Assert.Fail($"{name}({x[i]:R}) is {found[i]:R} in wide lanes and {expected[i]:R} in narrow ones");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(64)]
    public void Power_within_its_error(int n)
    {
        float[] x = [.. Sweep(), float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        float[] y = Apply(v => Lanes.Power(v, n), x);
        for (int i = 0; i < x.Length; i++)
        {
            double exact = Math.Pow(x[i], n);
            if (n == 0 || (Math.Abs(exact) >= 2e-38 && Math.Abs(exact) < 3e38))
                Assert.True(Math.Abs(y[i] - exact) <= Math.Abs(exact) * (n * Math.ScaleB(1, -24) + 1e-12), $"{x[i]:R}^{n} = {y[i]:R}");
            else if (Math.Abs(exact) > 4e38 || double.IsNaN(exact))
                Assert.Equal((float)exact, y[i]);
        }
        if (n == 2)
            Assert.Equal([.. x.Select(v => v * v)], y);
    }

    [Fact]
    public void The_larger_one_is_nan_if_either_is()
    {
        float[] values = [float.NaN, float.NegativeInfinity, -1, -0f, 0, 1e-45f, 1, float.PositiveInfinity];
        foreach (float a in values)
        foreach (float b in values)
            Assert.Equal(MathF.Max(a, b), Lanes.Max(new(new Vector<float>(a)), new(new Vector<float>(b))).V[0]);
    }

    [Fact]
    public void Select_looks_at_the_sign_of_the_test()
    {
        float[] tests = [float.NaN, float.NegativeInfinity, -1, -1e-45f, -0f, 0, 1e-45f, 1, float.PositiveInfinity];
        foreach (float test in tests)
        {
            float expected = Float32.Select(new(test), new(1), new(2), new(3)).Value is var v ? (float)v : 0;
            Assert.Equal(expected, Lanes.Select(new(new Vector<float>(test)), Lanes.Of(1), Lanes.Of(2), Lanes.Of(3)).V[0]);
        }
    }

    [Fact]
    public void Constants_and_arithmetic_are_those_of_float()
    {
        Assert.Equal(0.1f, Lanes.Of(0.1).V[0]);
        Assert.Equal(1 / 3f, Lanes.Fraction(1, 3).V[0]);
        Assert.Equal(MathF.PI, Lanes.Pi.V[0]);
        Lanes a = Lanes.Of(0.1),
            b = Lanes.Of(0.7);
        Assert.Equal(0.1f + 0.7f, (a + b).V[0]);
        Assert.Equal(0.1f - 0.7f, (a - b).V[0]);
        Assert.Equal(0.1f * 0.7f, (a * b).V[0]);
        Assert.Equal(0.1f / 0.7f, (a / b).V[0]);
        Assert.Equal(-0.1f, (-a).V[0]);
        Assert.Equal(0.1f, Lanes.Let("x", a).V[0]);
    }

    // 1,000 numbers of each sign from each of the 255 exponents, denormal ones included.
    private static float[] Sweep()
    {
        var random = new RandomStream(7, "sweep");
        var x = new float[2 * 255 * 1000];
        for (int i = 0; i < x.Length; i++)
            x[i] = BitConverter.UInt32BitsToSingle(((uint)(i % 255) << 23) | (uint)(random.NextBits() >> 41) | ((uint)i & 1) << 31);
        return x;
    }

    private static float[] Apply(Function function, float[] x)
    {
        int width = Vector<float>.Count;
        var padded = new float[(x.Length + width - 1) / width * width];
        x.CopyTo(padded, 0);
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(padded.AsSpan());
        foreach (ref Vector<float> v in vectors)
            v = function(new(v)).V;
        return padded[..x.Length];
    }

    // In units of the last place of the true value; below the normal numbers the unit is the smallest denormal.
    private static double Error(float y, double exact, bool mayFlush)
    {
        if (double.IsNaN(exact) || float.IsNaN(y))
            return double.IsNaN(exact) && float.IsNaN(y) ? 0 : double.PositiveInfinity;
        if (Math.Abs(exact) >= Math.ScaleB(2 - Math.ScaleB(1, -24), 127) || double.IsInfinity(exact))
            return float.IsInfinity(y) && Math.Sign(y) == Math.Sign(exact) || Math.Abs(y) == float.MaxValue && double.IsFinite(exact)
                ? 0
                : double.PositiveInfinity;
        if (mayFlush && Math.Abs(exact) < 1.17549435e-38 && y == 0)
            return 0;
        double unit = Math.ScaleB(1, Math.Max(exact == 0 ? -149 : Math.ILogB(exact) - 23, -149));
        return Math.Abs(y - exact) / unit;
    }
}
