using System.Numerics;
using Longhand.Numbers;

namespace Longhand.Analysis;

/// <summary>How hidden units are joined to a function that no single unit computes; of the constructions below the one with the fewest units.</summary>
internal abstract record HiddenLayer
{
    private const int MostForPairs = 4;

    // Trying to join more products than these takes longer than anybody waits, and leaves more units than anybody draws.
    private const int MostJoined = 24;

    /// <summary>The layer for a function.</summary>
    public static HiddenLayer Of(BooleanFunction function)
    {
        BooleanFunction core = function.Restricted();
        HiddenLayer best = Intervals.Find(core);
        foreach (HiddenLayer other in (HiddenLayer[])[Joined.Cover(core, any: false), Joined.Cover(core, any: true)])
            if (other.Count <= best.Count)
                best = other;
        if (best.Count > 2 && core.Variables.Count <= MostForPairs && Joined.OfTwo(core) is { } two)
            best = two;
        return best.Spread(function);
    }

    /// <summary>How many units.</summary>
    public abstract int Count { get; }

    /// <summary>Units that are 0 or 1, and the weights and bias of the unit that joins them.</summary>
    public abstract (IReadOnlyList<DesignedUnit> Units, Rational[] Weights, Rational Bias) ToSteps();

    /// <summary>Units that are 0 or their sum above the threshold, and the weights and bias with which their sum is at least 0 where the function is true.</summary>
    public abstract (IReadOnlyList<DesignedUnit> Units, Rational[] Weights, Rational Bias) ToRelu(BooleanFunction function);

    /// <summary>What the output does with the units.</summary>
    public abstract string Explain(bool relu);

    /// <summary>The same over all variables of the function, those that do not matter with weight 0.</summary>
    protected abstract HiddenLayer Spread(BooleanFunction function);

    private static ThresholdUnit Spread(ThresholdUnit unit, BooleanFunction function)
    {
        var weights = new BigInteger[function.Variables.Count];
        foreach ((int i, int variable) in function.Essential.Index())
            weights[variable] = unit.Weights[i];
        return unit with { Weights = weights };
    }

    private static string Meaning(ThresholdUnit unit, IReadOnlyList<string> variables) =>
        new BooleanFunction(
            variables,
            [.. Enumerable.Range(0, 1 << variables.Count).Select(row => unit.Excess(row).Sign >= 0)]
        ).Expression()
        ?? "its weighted sum reaches the threshold";

    // Where the sum of relus is 0 or 1 in every row it is the truth value itself; half of one more makes it so.
    private static Rational Rounded(IReadOnlyList<DesignedUnit> units, Rational[] weights, Rational bias, BooleanFunction function)
    {
        Rational half = (Rational)1 / 2;
        for (int row = 0; row < function.Table.Count; row++)
        {
            Rational value = bias + half;
            foreach ((int i, DesignedUnit unit) in units.Index())
                value += weights[i] * (Rational)BigInteger.Max(0, unit.Unit.Excess(row) + 1);
            if (value != (function.Table[row] ? 1 : 0))
                return bias;
        }
        return bias + half;
    }

    /// <summary>The function is true where any (or all) of some separable functions are.</summary>
    private sealed record Joined(IReadOnlyList<DesignedUnit> Units, bool Any) : HiddenLayer
    {
        public override int Count => Units.Count;

        // The products of a minimal sum, those joined that one unit can compute together; for "all" those of the complement, negated.
        public static Joined Cover(BooleanFunction f, bool any)
        {
            int n = f.Variables.Count;
            IReadOnlyList<Implicant> products = Implicant.Cover(n, row => f.Table[row] == any);
            if (products.Count > MostJoined)
                return new([.. products.Select(p => any ? Product(p, n) : Product(p, n).Negated()).Select(unit => Unit(unit, f))], any);
            var parts = products.Select(p => Rows(f, p.Covers)).ToList();
            for (int i = 0; i < parts.Count; i++)
            for (int j = parts.Count - 1; j > i; j--)
            {
                bool[] both = [.. parts[i].Zip(parts[j], (a, b) => a || b)];
                if (Separability.Decide(both).Unit is null)
                    continue;
                parts[i] = both;
                parts.RemoveAt(j);
            }
            return new([.. parts.Select(part => Unit(Separability.Decide(any ? part : [.. part.Select(v => !v)]).Unit!, f))], any);
        }

        /// <summary>Two units, by trying all separable functions of few variables; null where two are not enough.</summary>
        public static Joined? OfTwo(BooleanFunction f)
        {
            int rows = f.Table.Count,
                mask = Mask(f.Table);
            IReadOnlyDictionary<int, ThresholdUnit> all = SmallUnits.Of(f.Variables.Count);
            foreach (bool any in (bool[])[true, false])
            {
                int[] near = [.. all.Keys.Where(g => any ? (g & ~mask) == 0 : (mask & ~g) == 0)];
                (int a, int b) = near.SelectMany(a => near.Select(b => (a, b)))
                    .Where(pair => (any ? pair.a | pair.b : pair.a & pair.b) == mask)
                    .DefaultIfEmpty((-1, -1))
                    .MinBy(pair => pair.Item1 < 0 ? 0 : Size(all[pair.Item1]) + Size(all[pair.Item2]));
                if (a >= 0)
                    return new([Unit(all[a], f), Unit(all[b], f)], any);
            }
            return null;
        }

        public override (IReadOnlyList<DesignedUnit>, Rational[], Rational) ToSteps() =>
            (Units, [.. Units.Select(_ => Rational.One)], Any ? -(Rational)1 / 2 : (Rational)1 / 2 - Units.Count);

        public override (IReadOnlyList<DesignedUnit>, Rational[], Rational) ToRelu(BooleanFunction function)
        {
            Rational sign = Any ? 1 : -1;
            DesignedUnit[] units =
            [
                .. Units.Select(unit =>
                    Any ? unit : new DesignedUnit(unit.Unit.Negated(), Meaning(unit.Unit.Negated(), function.Variables))
                ),
            ];
            Rational[] weights = [.. units.Select(_ => sign)];
            return (units, weights, Rounded(units, weights, -sign / 2, function));
        }

        public override string Explain(bool relu) =>
            (relu, Any) switch
            {
                (true, false) => "the output is true where none of them is",
                (true, true) => "the output is true where any of them is",
                (false, true) => $"the output joins them with or",
                _ => "the output joins them with and",
            };

        protected override HiddenLayer Spread(BooleanFunction function) =>
            this with
            {
                Units = [.. Units.Select(unit => unit with { Unit = HiddenLayer.Spread(unit.Unit, function) })],
            };

        private static DesignedUnit Unit(ThresholdUnit unit, BooleanFunction f) => new(unit, Meaning(unit, f.Variables));

        // 1 for each literal, −1 for each negated one.
        private static ThresholdUnit Product(Implicant p, int variables)
        {
            var weights = new BigInteger[variables];
            for (int v = 0; v < variables; v++)
            {
                int bit = 1 << (variables - 1 - v);
                weights[v] =
                    (p.Care & bit) == 0 ? 0
                    : (p.Value & bit) != 0 ? 1
                    : -1;
            }
            return new(weights, int.PopCount(p.Value));
        }

        private static bool[] Rows(BooleanFunction f, Func<int, bool> rule) => [.. Enumerable.Range(0, f.Table.Count).Select(rule)];

        private static int Mask(IReadOnlyList<bool> table) => table.Select((value, row) => value ? 1 << row : 0).Sum();

        private static BigInteger Size(ThresholdUnit unit) => unit.Weights.Aggregate(BigInteger.Zero, (sum, w) => sum + BigInteger.Abs(w));
    }

    /// <summary>The function depends on a weighted sum alone, and changes its value a few times as the sum grows: parity counts.</summary>
    private sealed record Intervals(BigInteger[] Weights, IReadOnlyList<BigInteger> Changes, bool Start, string Sum, BigInteger Least)
        : HiddenLayer
    {
        public override int Count => Changes.Count;

        // Sums with weights −1 and 1; since one of them separates all rows of a function in which nothing is alike, there is always one
        // among the powers of two.
        public static Intervals Find(BooleanFunction f)
        {
            int n = f.Variables.Count;
            int[]? best = null;
            int least = int.MaxValue;
            for (int signs = 0; signs < 1 << (n - 1); signs++)
            {
                int[] weights = [.. Enumerable.Range(0, n).Select(v => v > 0 && ((signs >> (v - 1)) & 1) == 1 ? -1 : 1)];
                if (ChangesOf(f, weights) is { } changes && changes.Count < least)
                    (best, least) = (weights, changes.Count);
            }
            best ??= [.. Enumerable.Range(0, n).Select(v => 1 << (n - 1 - v))];
            int[] sums = [.. Enumerable.Range(0, f.Table.Count).Select(row => SumOf(best, row))];
            return new(
                [.. best.Select(w => (BigInteger)w)],
                ChangesOf(f, best)!,
                f.Table[Array.IndexOf(sums, sums.Min())],
                Written(best, f.Variables),
                sums.Min()
            );
        }

        public override (IReadOnlyList<DesignedUnit>, Rational[], Rational) ToSteps() =>
            (
                [.. Changes.Select(at => new DesignedUnit(new(Weights, at), $"{Sum} ≥ {Signed(at)}"))],
                [.. Changes.Select((_, i) => (Rational)((i % 2 == 0) == Start ? -1 : 1))],
                (Rational)(Start ? 1 : -1) / 2
            );

        // A zigzag through 0 half-way before each change: it begins as a straight line, and turns half-way between two changes.
        public override (IReadOnlyList<DesignedUnit>, Rational[], Rational) ToRelu(BooleanFunction function)
        {
            // In halves of the sum all turns are whole numbers where neighbours lie an odd way apart; doubled they always are.
            bool odd = Changes.Zip(Changes.Skip(1)).All(pair => !(pair.Second - pair.First).IsEven);
            BigInteger scale = odd ? 1 : 2;
            BigInteger[] turns = [Least * scale, .. Changes.Zip(Changes.Skip(1), (a, b) => (a + b - 1) * scale / 2)];
            BigInteger[] weights = [.. Weights.Select(w => w * scale)];
            DesignedUnit[] units =
            [
                .. turns.Select(turn => new DesignedUnit(
                    new(weights, turn + 1),
                    scale.IsOne ? $"{Sum} > {Signed(turn)}" : $"2({Sum}) > {Signed(turn)}"
                )),
            ];
            Rational sign = Start ? -1 : 1;
            Rational[] output = [.. turns.Select((_, i) => i == 0 ? sign : sign * (i % 2 == 0 ? 2 : -2))];
            Rational bias = sign * (turns[0] - scale * (Changes[0] - (Rational)1 / 2));
            return (units, output, Rounded(units, output, bias, function));
        }

        public override string Explain(bool relu) =>
            relu
                ? $"the output is a zigzag over {Sum}: it passes 0 where the function changes"
                : $"the output changes with each of them, as the function does while {Sum} grows";

        protected override HiddenLayer Spread(BooleanFunction function) =>
            this with
            {
                Weights = [.. HiddenLayer.Spread(new(Weights, 0), function).Weights],
            };

        private static List<BigInteger>? ChangesOf(BooleanFunction f, int[] weights)
        {
            var values = new SortedDictionary<int, bool>();
            for (int row = 0; row < f.Table.Count; row++)
                if (!values.TryAdd(SumOf(weights, row), f.Table[row]) && values[SumOf(weights, row)] != f.Table[row])
                    return null;
            var changes = new List<BigInteger>();
            bool? last = null;
            foreach ((int sum, bool value) in values)
            {
                if (last is { } before && before != value)
                    changes.Add(sum);
                last = value;
            }
            return changes;
        }

        private static int SumOf(int[] weights, int row) =>
            Enumerable.Range(0, weights.Length).Sum(v => BooleanExpression.ValueIn(row, v, weights.Length) ? weights[v] : 0);

        private static string Written(int[] weights, IReadOnlyList<string> names) =>
            string.Concat(
                weights.Select(
                    (w, v) =>
                        (
                            v == 0 ? (w < 0 ? "−" : "")
                            : w < 0 ? " − "
                            : " + "
                        )
                        + (Math.Abs(w) == 1 ? "" : $"{Math.Abs(w)}")
                        + names[v]
                )
            );

        private static string Signed(BigInteger value) => value.Sign < 0 ? $"−{-value}" : $"{value}";
    }
}
