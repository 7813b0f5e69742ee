namespace Longhand;

/// <summary>A node of a Boolean expression's tree.</summary>
internal abstract record BooleanTerm(int Depth)
{
    public abstract bool Evaluate(ReadOnlySpan<bool> variables);

    /// <summary>false or true.</summary>
    public sealed record Constant(bool Value) : BooleanTerm(1)
    {
        public override bool Evaluate(ReadOnlySpan<bool> variables) => Value;
    }

    /// <summary>A variable, by its place among the variables.</summary>
    public sealed record Variable(int Index) : BooleanTerm(1)
    {
        public override bool Evaluate(ReadOnlySpan<bool> variables) => variables[Index];
    }

    /// <summary>¬a.</summary>
    public sealed record Not(BooleanTerm Operand) : BooleanTerm(Operand.Depth + 1)
    {
        public override bool Evaluate(ReadOnlySpan<bool> variables) => !Operand.Evaluate(variables);
    }

    /// <summary>Two operands under a connective.</summary>
    public sealed record Binary(BooleanConnective Connective, BooleanTerm Left, BooleanTerm Right)
        : BooleanTerm(Math.Max(Left.Depth, Right.Depth) + 1)
    {
        public override bool Evaluate(ReadOnlySpan<bool> variables) =>
            Connective.Apply(Left.Evaluate(variables), Right.Evaluate(variables));
    }

    /// <summary>Whether an odd number of the operands is true.</summary>
    public sealed record Parity(IReadOnlyList<BooleanTerm> Operands) : BooleanTerm(Operands.Max(o => o.Depth) + 1)
    {
        public override bool Evaluate(ReadOnlySpan<bool> variables)
        {
            bool odd = false;
            foreach (BooleanTerm operand in Operands)
                odd ^= operand.Evaluate(variables);
            return odd;
        }
    }
}

/// <summary>A connective of two operands: how it is written, how tightly it binds, and what it says.</summary>
/// <param name="Word">Its name.</param>
/// <param name="Symbols">Other ways to write it.</param>
/// <param name="Level">How tightly it binds; those of one level are grouped from the left, implications from the right.</param>
/// <param name="Apply">Its truth table.</param>
/// <param name="Chains">Whether a chain of it means the same however it is grouped; nand and nor do not.</param>
internal sealed record BooleanConnective(string Word, string[] Symbols, int Level, Func<bool, bool, bool> Apply, bool Chains = true)
{
    /// <summary>The level of implies, the one that is read from the right: a → b → c is a → (b → c).</summary>
    public const int Implication = 1;

    /// <summary>The tightest level.</summary>
    public const int Tightest = 4;

    public static IReadOnlyList<BooleanConnective> All { get; } =
    [
        new("iff", ["<->", "↔", "⇔"], 0, (a, b) => a == b),
        new("implies", ["->", "→", "⇒"], Implication, (a, b) => !a || b),
        new("or", ["||", "|", "∨"], 2, (a, b) => a || b),
        new("nor", ["⊽"], 2, (a, b) => !(a || b), Chains: false),
        new("xor", ["^", "⊕"], 3, (a, b) => a != b),
        new("xnor", ["⊙"], 3, (a, b) => a == b),
        new("and", ["&&", "&", "∧"], Tightest, (a, b) => a && b),
        new("nand", ["⊼"], Tightest, (a, b) => !(a && b), Chains: false),
    ];
}
