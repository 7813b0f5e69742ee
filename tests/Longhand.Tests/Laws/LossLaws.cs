using Longhand.Numbers;
using Xunit;

namespace Longhand.Tests.Laws;

/// <summary>What holds for every loss there is.</summary>
public class LossLaws
{
    public static TheoryData<string> Losses => Lab.Examples(Loss.Kinds);

    [Fact]
    public void Every_kind_gives_an_example() => Assert.All(Loss.Kinds.All, kind => Assert.NotEmpty(kind.Examples));

    [Theory]
    [MemberData(nameof(Losses))]
    public void Notation_reads_back(string text)
    {
        Loss loss = Loss.Parse(text),
            again = Loss.Parse(loss.Notation);
        Assert.Equal(loss.Notation, again.Notation);
        Assert.Equal((loss.Reads, loss.Labels, loss.IsSum), (again.Reads, again.Labels, again.IsSum));
        (_, Grid<Float64> output, Grid<Float64> target) = Batches(loss).First();
        Assert.Equal(loss.Value(output, target).Value, again.Value(output, target).Value);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradients_are_derivatives(string text)
    {
        Loss loss = Loss.Parse(text);
        foreach ((string what, Grid<Float64> output, Grid<Float64> target) in Batches(loss))
        {
            var gradient = new Grid<Float64>([.. output.Sizes]);
            loss.Gradient(output, target, gradient);
            Grid<Dual> dualOutput = Lab.Read(output, Dual.Of),
                dualTarget = Lab.Read(target, Dual.Of);
            for (int i = 0; i < output.Length; i++)
            {
                double value = output.Flat(i).Value;
                string where = $"{text}, {what} [{i}]";
                Dual own = At(i, new(value, 1));
                // The step shrinks where a probability comes near 0 or 1, since the third derivative grows there.
                double h = loss.Reads is LossReads.Probabilities or LossReads.Distribution ? 1e-4 * Math.Min(value, 1 - value) : 1e-5;
                double left = At(i, new(value - h, 1)).Derivative,
                    right = At(i, new(value + h, 1)).Derivative;
                // At a kink (hinge, huber) the slope is a convention between those of the two sides, and a difference says nothing.
                if (Math.Abs(left - right) > 0.01 * Math.Max(1, Math.Abs(left)))
                {
                    Assert.InRange(gradient.Flat(i).Value, Math.Min(left, right) - 1e-4, Math.Max(left, right) + 1e-4);
                    continue;
                }
                Lab.Near([own.Derivative], [gradient.Flat(i).Value], 1e-13, where);
                double difference = (At(i, new(value + h, 0)).Value - At(i, new(value - h, 0)).Value) / (2 * h);
                // Of a large loss a small difference keeps only some digits.
                if (h >= 1e-7)
                    Lab.Near([difference], [gradient.Flat(i).Value], 1e-6 + 1e-15 * Math.Abs(own.Value) / h, where + " by difference");
            }

            Dual At(int i, Dual number)
            {
                Dual before = dualOutput.Flat(i);
                dualOutput.SetFlat(i, number);
                Dual result = loss.Value(dualOutput, dualTarget);
                dualOutput.SetFlat(i, before);
                return result;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Values_and_gradients_are_finite_at_the_ends(string text)
    {
        Loss loss = Loss.Parse(text);
        bool probabilities = loss.Reads is LossReads.Probabilities or LossReads.Distribution;
        double[][] rows = probabilities
            ?
            [
                [1, 0, 0],
                [0, 0, 1],
                [1e-300, 1, 0],
                [1e-40, 1, 0],
            ]
            :
            [
                [1000, -1000, 0],
                [-1000, 1000, 1000],
                [0, 0, 0],
                [-1000, -1000, -1000],
            ];
        foreach (double[] row in rows)
        foreach (double[] target in TargetRows(loss, 3))
        {
            Finite(v => new Float64(v));
            Finite(v => new Float32((float)v));

            void Finite<T>(Func<double, T> number)
                where T : IScalar<T>
            {
                var output = new Grid<T>(Array.ConvertAll(row, v => number(v)), 1, 3);
                var wanted = new Grid<T>(Array.ConvertAll(target, v => number(v)), 1, 3);
                var gradient = new Grid<T>(1, 3);
                loss.Gradient(output, wanted, gradient);
                string what = $"{text} of {string.Join(' ', row)} for {string.Join(' ', target)}";
                Assert.True(double.IsFinite(loss.Value(output, wanted).Value), what);
                Assert.All(Lab.Doubles(gradient), g => Assert.True(double.IsFinite(g), what));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void In_floats_a_loss_is_what_it_is_in_doubles(string text)
    {
        Loss loss = Loss.Parse(text);
        foreach ((string what, Grid<Float64> output, Grid<Float64> target) in Batches(loss).Where(b => !b.What.Contains("hard")))
        {
            Grid<Float32> single = Lab.Read(output, v => new Float32((float)v)),
                wanted = Lab.Read(target, v => new Float32((float)v));
            Grid<Float64> gradient = new([.. output.Sizes]),
                rounded = Lab.Read(output, v => new Float64((float)v));
            var found = new Grid<Float32>([.. output.Sizes]);
            loss.Gradient(rounded, target, gradient);
            loss.Gradient(single, wanted, found);
            Lab.Near([loss.Value(rounded, target).Value], [loss.Value(single, wanted).Value], 1e-5, $"{text}, {what}");
            Lab.Near(Lab.Doubles(gradient), Lab.Doubles(found), 1e-4, $"{text}, {what}: gradient");
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_batch_is_the_mean_or_the_sum_of_its_samples(string text)
    {
        Loss loss = Loss.Parse(text);
        foreach ((_, Grid<Float64> output, Grid<Float64> target) in Batches(loss))
        {
            int samples = output.Size(0);
            double sum = Enumerable.Range(0, samples).Sum(s => loss.Value(output, target, s).Value);
            Lab.Near([loss.IsSum ? sum : sum / samples], [loss.Value(output, target).Value], 1e-14, text);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Written_down_a_loss_has_the_same_value(string text)
    {
        Loss loss = Loss.Parse(text);
        foreach ((string what, Grid<Float64> output, Grid<Float64> target) in Batches(loss))
        {
            Grid<Expr> written = Lab.Read(output, v => Expr.Symbol("o", v, Rational.FromDouble(v)));
            Assert.Equal(loss.Value(output, target).Value, loss.Value(written, Lab.Read(target, Expr.Of)).Value, 1e-12);
            var gradient = new Grid<Float64>([.. output.Sizes]);
            var writtenGradient = new Grid<Expr>([.. output.Sizes]);
            loss.Gradient(output, target, gradient);
            loss.Gradient(written, Lab.Read(target, Expr.Of), writtenGradient);
            Lab.Near(Lab.Doubles(gradient), Lab.Doubles(writtenGradient), 1e-13, $"{text}, {what}");
        }
    }

    [Fact]
    public void Cross_entropy_is_divergence_plus_the_targets_own_entropy()
    {
        Grid<Float64> logits = Lab.Random(31, 4, 3),
            target = Distribution(32, 4, 3),
            probabilities = Softmax(logits);
        double entropy = 0;
        foreach (double t in Lab.Doubles(target))
            entropy -= t * Math.Log(t) / 4;
        double fromLogits = Loss.CrossEntropy.Value(logits, target).Value;
        Lab.Near([fromLogits], [Loss.KullbackLeibler.Value(logits, target).Value + entropy], 1e-14, "logits");
        Lab.Near(
            [fromLogits],
            [Loss.KullbackLeiblerFromProbabilities.Value(probabilities, target).Value + entropy],
            1e-14,
            "probabilities"
        );
        Lab.Near([fromLogits], [Loss.CrossEntropyFromProbabilities.Value(probabilities, target).Value], 1e-14, "from probabilities");

        // The same for one Bernoulli variable with p = 0.7, t = 0.2, from its two outcomes.
        var p = new Grid<Float64>([new(0.7)], 1, 1);
        var t1 = new Grid<Float64>([new(0.2)], 1, 1);
        double divergence = 0.2 * Math.Log(0.2 / 0.7) + 0.8 * Math.Log(0.8 / 0.3),
            own = -0.2 * Math.Log(0.2) - 0.8 * Math.Log(0.8);
        Lab.Near([divergence + own], [Loss.BinaryCrossEntropy.Value(p, t1).Value], 1e-15, "bce");
        var logit = new Grid<Float64>([new(Math.Log(0.7 / 0.3))], 1, 1);
        Lab.Near([divergence + own], [Loss.BinaryCrossEntropyWithLogits.Value(logit, t1).Value], 1e-15, "bce-logits");
    }

    [Fact]
    public void A_divergence_is_least_at_its_target()
    {
        Grid<Float64> target = Distribution(33, 3, 4);
        Lab.Near([0], [Loss.KullbackLeiblerFromProbabilities.Value(target, target).Value], 1e-15, "kl-probs");
        Lab.Near(
            [0],
            [Loss.KullbackLeibler.Value(Lab.Read(target, p => new Float64(Math.Log(p) + 3)), target).Value],
            1e-14,
            "kl of shifted logarithms"
        );
    }

    [Fact]
    public void Binary_cross_entropy_ends_where_logarithms_do()
    {
        var output = new Grid<Float64>([new(0), new(1)], 2, 1);
        var target = new Grid<Float64>([new(1), new(0)], 2, 1);
        Assert.Equal(100, Loss.BinaryCrossEntropy.Value(output, target).Value);
        Assert.Equal(0, Loss.BinaryCrossEntropy.Value(output, Lab.Read(output, v => new Float64(v))).Value);
    }

    [Fact]
    public void Hinge_tells_one_margin_per_output_from_one_class_among_several()
    {
        var output = new Grid<Float64>([new(0.5), new(-0.25), new(0.75)], 1, 3);
        Assert.Equal(0.5 + 0.75 + 1.75, Value(1, -1, -1));
        Assert.Equal(0.5 + 1.25 + 0.25, Value(1, 1, 1));
        Assert.Equal(0.25 + 1.25, Value(1, 0, 0));
        Assert.Equal([1.0], Loss.Hinge.Encode(1, 1, Longhand.Layers.OutputRange.Unbounded));
        Assert.Equal([-1.0], Loss.Hinge.Encode(0, 1, Longhand.Layers.OutputRange.Unbounded));
        Assert.Equal([0.0, 1.0, 0.0], Loss.Hinge.Encode(1, 3, Longhand.Layers.OutputRange.Unbounded));

        double Value(params double[] target) =>
            Loss.Hinge.Value(output, new Grid<Float64>(Array.ConvertAll(target, t => new Float64(t)), 1, 3)).Value;
    }

    [Theory]
    [InlineData("huber delta=0")]
    [InlineData("huber delta=-1")]
    public void A_huber_needs_room_for_its_parabola(string text) =>
        Assert.Contains("above 0", Assert.Throws<LonghandException>(() => Loss.Parse(text)).Message);

    /// <summary>Targets of one sample, as the loss may be given them.</summary>
    private static IEnumerable<double[]> TargetRows(Loss loss, int outputs) =>
        loss.Labels switch
        {
            LabelEncoding.Values =>
            [
                [0.3, -1.5, 2],
                [0, 0, 0],
                [-1000, 1000, 0],
            ],
            LabelEncoding.Signs =>
            [
                [1, -1, 1],
                [-1, -1, -1],
                [0, 1, 0],
                [1, 0, 0],
            ],
            _ => loss.Reads is LossReads.Probabilities or LossReads.Logits
                ?
                [
                    [0, 1, 0.3],
                    [1, 1, 0],
                    [0.5, 0, 1],
                ]
                :
                [
                    [0, 1, 0],
                    [0.5, 0.25, 0.25],
                    [0, 0, 1],
                    [0.9, 0, 0.1],
                ],
        };

    /// <summary>Batches of 1 and 5 with the outputs and targets that a loss is for.</summary>
    public static IEnumerable<(string What, Grid<Float64> Output, Grid<Float64> Target)> Batches(Loss loss)
    {
        double[][] rows = [.. TargetRows(loss, 3)];
        foreach (int batch in (int[])[1, 5])
        {
            Grid<Float64> target = Target(batch);
            switch (loss.Reads)
            {
                case LossReads.Probabilities:
                    yield return ($"batch {batch}", Lab.Read(Lab.Random(21, batch, 3), v => new Float64(RealMath.Sigmoid(v))), target);
                    yield return (
                        $"hard batch {batch}",
                        Lab.Read(Lab.Random(22, batch, 3), v => new Float64(RealMath.Sigmoid(6 * v))),
                        target
                    );
                    break;
                case LossReads.Distribution:
                    yield return ($"batch {batch}", Softmax(Lab.Random(23, batch, 3)), target);
                    yield return ($"hard batch {batch}", Softmax(Lab.Read(Lab.Random(24, batch, 3), v => new Float64(5 * v))), target);
                    break;
                default:
                    yield return ($"batch {batch}", Lab.Random(25, batch, 3), target);
                    yield return ($"hard batch {batch}", Lab.Hard(26, batch, 3), target);
                    break;
            }
        }

        Grid<Float64> Target(int batch)
        {
            var target = new Grid<Float64>(batch, 3);
            for (int i = 0; i < target.Length; i++)
                target.SetFlat(i, new(rows[i / 3 % rows.Length][i % 3]));
            return target;
        }
    }

    private static Grid<Float64> Distribution(ulong seed, int samples, int classes) => Softmax(Lab.Random(seed, samples, classes));

    private static Grid<Float64> Softmax(Grid<Float64> logits)
    {
        var result = new Grid<Float64>([.. logits.Sizes]);
        for (int s = 0; s < logits.Size(0); s++)
        for (int j = 0; j < logits.Size(1); j++)
            result[s, j] = Float64.Softmax(logits.Row(s), j);
        return result;
    }
}
