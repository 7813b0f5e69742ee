using Longhand.Analysis;
using Xunit;

namespace Longhand.Tests.Properties;

/// <summary>Boolean functions as expressions, as single units, and as networks.</summary>
public class BooleanDesignTests
{
    private static BooleanFunction Function(int variables, int mask) =>
        new(
            [.. "ABCD".Take(variables).Select(c => c.ToString())],
            [.. Enumerable.Range(0, 1 << variables).Select(row => ((mask >> row) & 1) == 1)]
        );

    private static void AssertProof(BooleanFunction f, Inseparability proof)
    {
        Assert.NotEmpty(proof.TrueRows);
        Assert.Equal(proof.TrueRows.Count, proof.FalseRows.Count);
        Assert.All(proof.TrueRows, row => Assert.True(f.Table[row]));
        Assert.All(proof.FalseRows, row => Assert.False(f.Table[row]));
        for (int v = 0; v < f.Variables.Count; v++)
            Assert.Equal(Sum(proof.TrueRows, v), Sum(proof.FalseRows, v));

        int Sum(IReadOnlyList<int> rows, int v) => rows.Count(row => BooleanExpression.ValueIn(row, v, f.Variables.Count));
    }

    [Theory]
    [InlineData(DesignUnits.Step)]
    [InlineData(DesignUnits.Relu)]
    [InlineData(DesignUnits.Sigmoid)]
    public void All_functions_of_three_inputs_are_designed_and_104_need_a_single_unit(DesignUnits units)
    {
        int single = 0;
        for (int mask = 0; mask < 256; mask++)
        {
            BooleanFunction f = Function(3, mask);
            var design = BooleanDesign.Of(f, units);
            Assert.True(design.Verified, $"{f}");
            // The network is asked itself, in floats, apart from the table that the design was verified with.
            for (int row = 0; row < 8; row++)
            {
                float value = design.Model.Predict([row >> 2, (row >> 1) & 1, row & 1])[0];
                Assert.Equal(f.Table[row], value >= (double)design.Table.Threshold - 1e-6);
            }
            if (design.Hidden == 0)
                single++;
            else
            {
                AssertProof(f, design.Proof!);
                // Two hidden units are enough for all but the two parities, which need three.
                bool parity = f.Expression()!.Contains("parity", StringComparison.Ordinal) && f.Essential.Count == 3;
                Assert.Equal(parity ? 3 : 2, design.Hidden);
            }
        }
        Assert.Equal(104, single);
    }

    [Fact]
    public void A_linear_program_and_the_search_for_pairs_decide_alike()
    {
        for (int mask = 0; mask < 256; mask++)
        {
            BooleanFunction f = Function(3, mask);
            (ThresholdUnit? unit, Inseparability? _) = Separability.Decide(f.Table);
            (ThresholdUnit? again, Inseparability? proof) = Separability.ByLinearProgram(f.Table, [.. Enumerable.Range(0, 8)]);
            Assert.Equal(unit is null, again is null);
            foreach (ThresholdUnit found in new[] { unit, again }.OfType<ThresholdUnit>())
                for (int row = 0; row < 8; row++)
                    Assert.Equal(f.Table[row], found.Excess(row).Sign >= 0);
            if (proof is not null)
                AssertProof(f, proof);
        }
    }

    [Fact]
    public void Of_the_functions_of_four_inputs_1882_are_separable()
    {
        // All 65,536 where there is time; otherwise every 37th, against the functions that small weights make.
        bool full = Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1";
        Assert.Equal(1882, SmallUnits.Of(4).Count);
        for (int mask = 0; mask < 65536; mask += full ? 1 : 37)
        {
            (ThresholdUnit? unit, Inseparability? proof) = Separability.Decide(Function(4, mask).Table);
            Assert.Equal(SmallUnits.Of(4).ContainsKey(mask), unit is not null);
            if (proof is not null)
                AssertProof(Function(4, mask), proof);
            else
                Assert.All(Enumerable.Range(0, 16), row => Assert.Equal(((mask >> row) & 1) == 1, unit!.Excess(row).Sign >= 0));
        }
    }

    [Fact]
    public void Expressions_read_back_to_their_tables()
    {
        for (int mask = 0; mask < 256; mask++)
            ReadsBack(Function(3, mask));
        for (int mask = 0; mask < 65536; mask += 173)
            ReadsBack(Function(4, mask));

        static void ReadsBack(BooleanFunction f)
        {
            var read = BooleanExpression.Parse(f.Expression()!);
            Assert.Equal(f.Essential.Select(v => f.Variables[v]), read.Variables);
            Assert.Equal(f.Restricted().Table, read.Table());
        }
    }

    [Theory]
    [InlineData("A xor B", "A xor B")]
    [InlineData("(A and not B) or (B and not A)", "A xor B")]
    [InlineData("A and (B or not B)", "A")]
    [InlineData("A and not A", "false")]
    [InlineData("not (A and B and C)", "not (A and B and C)")]
    [InlineData("A xor B xor C xor D", "parity(A, B, C, D)")]
    [InlineData("A and B or A and C or B and C", "(A and B) or (A and C) or (B and C)")]
    [InlineData("not A or B", "A implies B")]
    [InlineData("A and B or not A and C or B and C", "(A and B) or (not A and C)")]
    public void Functions_get_their_shortest_clear_name(string text, string expected)
    {
        var parsed = BooleanExpression.Parse(text);
        Assert.Equal(expected, new BooleanFunction(parsed.Variables, parsed.Table()).Expression());
    }

    [Theory]
    [InlineData("A and B", 1)]
    [InlineData("(A and B) or (A and C) or (B and C)", 1)]
    [InlineData("A and (B or (C and (D or E)))", 5)]
    public void Weights_are_small(string text, int largest)
    {
        var parsed = BooleanExpression.Parse(text);
        ThresholdUnit unit = Separability.Decide(parsed.Table()).Unit!;
        Assert.Equal(largest, (int)unit.Weights.Max());
    }

    [Theory]
    [InlineData("parity(A,B,C,D,E,F)", DesignUnits.Step, 6)]
    [InlineData("parity(A,B,C,D,E,F)", DesignUnits.Relu, 6)]
    [InlineData("parity(A,B,C,D,E,F,G,H,I,J)", DesignUnits.Sigmoid, 10)]
    [InlineData("(A and B) or (C and D) or (E and F and not G)", DesignUnits.Step, 3)]
    [InlineData("(A or B) and (C or D) and (E or F)", DesignUnits.Relu, 3)]
    public void Larger_functions_take_a_clear_construction(string text, DesignUnits units, int hidden)
    {
        var parsed = BooleanExpression.Parse(text);
        var design = BooleanDesign.Of(new BooleanFunction(parsed.Variables, parsed.Table()), units);
        Assert.True(design.Verified);
        Assert.Equal(hidden, design.Hidden);
    }

    [Fact]
    public void Xor_of_relus_is_that_of_the_course()
    {
        var design = BooleanDesign.Of(new BooleanFunction(["A", "B"], [false, true, true, false]), DesignUnits.Relu);
        Assert.Equal("2 -> dense 2 nobias relu -> dense 1 nobias", design.Model.Network.ToString());
        Assert.Equal([0, 1, 1, 0], design.Table.Rows.Select(row => row.Values[0]));
    }
}
