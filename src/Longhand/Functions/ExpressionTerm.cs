using System.Collections.Immutable;

namespace Longhand;

/// <summary>
/// A node of an expression's tree. Trees are immutable and equal when they are written alike; whoever walks one (to differentiate it, to
/// print it) matches on the records below, which are all there are.
/// </summary>
/// <param name="Depth">The number of nodes from here to the farthest leaf, both counted.</param>
public abstract record ExpressionTerm(int Depth)
{
    /// <summary>The value where the variables have the given values, in the order of <see cref="Expression.Variables"/>.</summary>
    public abstract double Evaluate(ReadOnlySpan<double> variables);

    /// <summary>A number, or one of the constants pi and e.</summary>
    /// <param name="Value">Its value, rounded to the nearest double.</param>
    /// <param name="Text">How it is written; an exact number is read from here, not from <paramref name="Value"/>.</param>
    public sealed record Number(double Value, string Text) : ExpressionTerm(1)
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => Value;
    }

    /// <summary>A variable.</summary>
    /// <param name="Index">Its place among the expression's variables.</param>
    /// <param name="Name">Its name.</param>
    public sealed record Variable(int Index, string Name) : ExpressionTerm(1)
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => variables[Index];
    }

    /// <summary>−a.</summary>
    public sealed record Negation(ExpressionTerm Operand) : ExpressionTerm(Operand.Depth + 1)
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => -Operand.Evaluate(variables);
    }

    /// <summary>a + b.</summary>
    public sealed record Sum(ExpressionTerm Left, ExpressionTerm Right) : ExpressionTerm(Above(Left, Right))
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => Left.Evaluate(variables) + Right.Evaluate(variables);
    }

    /// <summary>a − b.</summary>
    public sealed record Difference(ExpressionTerm Left, ExpressionTerm Right) : ExpressionTerm(Above(Left, Right))
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => Left.Evaluate(variables) - Right.Evaluate(variables);
    }

    /// <summary>a·b.</summary>
    public sealed record Product(ExpressionTerm Left, ExpressionTerm Right) : ExpressionTerm(Above(Left, Right))
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => Left.Evaluate(variables) * Right.Evaluate(variables);
    }

    /// <summary>a/b.</summary>
    public sealed record Quotient(ExpressionTerm Left, ExpressionTerm Right) : ExpressionTerm(Above(Left, Right))
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => Left.Evaluate(variables) / Right.Evaluate(variables);
    }

    /// <summary>a to the power of b.</summary>
    public sealed record Power(ExpressionTerm Base, ExpressionTerm Exponent) : ExpressionTerm(Above(Base, Exponent))
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables) => Math.Pow(Base.Evaluate(variables), Exponent.Evaluate(variables));
    }

    /// <summary>A function of one or more arguments.</summary>
    public sealed record Call(ExpressionFunction Function, ImmutableArray<ExpressionTerm> Arguments)
        : ExpressionTerm(Arguments.Max(a => a.Depth) + 1)
    {
        /// <inheritdoc/>
        public override double Evaluate(ReadOnlySpan<double> variables)
        {
            Span<double> values = Arguments.Length <= 8 ? stackalloc double[Arguments.Length] : new double[Arguments.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = Arguments[i].Evaluate(variables);
            return Function.Evaluate(values);
        }

        /// <inheritdoc/>
        public bool Equals(Call? other) =>
            other is not null && ReferenceEquals(Function, other.Function) && Arguments.SequenceEqual(other.Arguments);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Function, Arguments.Length, Arguments[0]);
    }

    private static int Above(ExpressionTerm left, ExpressionTerm right) => Math.Max(left.Depth, right.Depth) + 1;
}
