using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Numbers;

/// <summary>What an interval promises: whatever rounding has made of the operands, the result lies inside.</summary>
public class IntervalTests
{
    private static readonly Dictionary<string, (Func<Interval, Interval, Interval> Of, Func<double, double, double> Plain)> operations =
        new()
        {
            ["+"] = ((a, b) => a + b, (a, b) => a + b),
            ["-"] = ((a, b) => a - b, (a, b) => a - b),
            ["*"] = ((a, b) => a * b, (a, b) => a * b),
            ["/"] = ((a, b) => a / (Interval.Power(b, 2) + new Interval(1)), (a, b) => a / (b * b + 1)),
            ["/ across 0"] = ((a, b) => a / (b - new Interval(0.05)), (a, b) => a / (b - 0.05)),
            ["negate"] = ((a, _) => -a, (a, _) => -a),
            ["exp"] = ((a, _) => Interval.Exp(a), (a, _) => Math.Exp(a)),
            ["expm1"] = ((a, _) => Interval.Expm1(a), (a, _) => RealMath.Expm1(a)),
            ["sigmoid"] = ((a, _) => Interval.Sigmoid(a), (a, _) => RealMath.Sigmoid(a)),
            ["tanh"] = ((a, _) => Interval.Tanh(a), (a, _) => Math.Tanh(a)),
            ["softplus"] = ((a, _) => Interval.Softplus(a), (a, _) => RealMath.Softplus(a)),
            ["erf"] = ((a, _) => Interval.Erf(a), (a, _) => RealMath.Erf(a)),
            ["arctan"] = ((a, _) => Interval.Atan(a), (a, _) => Math.Atan(a)),
            ["sin"] = ((a, _) => Interval.Sin(a), (a, _) => Math.Sin(a)),
            ["cos"] = ((a, _) => Interval.Cos(a), (a, _) => Math.Cos(a)),
            ["abs"] = ((a, _) => Interval.Abs(a), (a, _) => Math.Abs(a)),
            ["max"] = (Interval.Max, Math.Max),
            ["square"] = ((a, _) => Interval.Power(a, 2), (a, _) => RealMath.Power(a, 2)),
            ["cube"] = ((a, _) => Interval.Power(a, 3), (a, _) => RealMath.Power(a, 3)),
            ["select"] = (
                (a, b) => Interval.Select(a, b, new(0.5), -b),
                (a, b) =>
                    a > 0 ? b
                    : a < 0 ? -b
                    : 0.5
            ),
            ["log"] = ((a, _) => Interval.Log(Interval.Exp(a)), (a, _) => Math.Log(Math.Exp(a))),
            ["sqrt"] = ((a, _) => Interval.Sqrt(Interval.Abs(a)), (a, _) => Math.Sqrt(Math.Abs(a))),
            ["logsumexp"] = ((a, b) => Interval.LogSumExp([a, b]), (a, b) => RealMath.LogSumExp([a, b])),
            ["softmax"] = ((a, b) => Interval.Softmax([a, b, new(1)], 0), (a, b) => RealMath.Softmax([a, b, 1], 0)),
        };

    public static TheoryData<string> Names => [.. operations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_encloses_what_can_come_out(string name)
    {
        (Func<Interval, Interval, Interval> of, Func<double, double, double> plain) = operations[name];
        var random = new Random(1);
        for (int n = 0; n < 2000; n++)
        {
            (Interval a, double x) = Around(random);
            (Interval b, double y) = Around(random);
            Interval result = of(a, b);
            double exact = plain(x, y);
            Assert.True(
                result.Distance(exact) <= 1e-12 * Math.Max(1, Math.Abs(exact)),
                $"{name} of {x:R} in [{a.Low:R}, {a.High:R}] and {y:R} in [{b.Low:R}, {b.High:R}] is {exact:R}, outside [{result.Low:R}, {result.High:R}]"
            );
            Assert.Equal(plain(a.Value, b.Value), result.Value, 1e-13 * Math.Max(1, Math.Abs(result.Value)));
            Assert.True(result.Low <= result.Value && result.Value <= result.High, $"{name}: {result.Value:R} is not between its ends");
        }
    }

    // An interval, and a number in it.
    private static (Interval, double) Around(Random random)
    {
        double value = random.Next(-30, 31) / 10.0,
            low = value - random.Next(3) * random.NextDouble(),
            high = value + random.Next(3) * random.NextDouble();
        return (new(value, low, high), low + (high - low) * random.NextDouble());
    }
}
