namespace Longhand.Numbers;

/// <summary>An expression computed anew with other numbers for some of its names.</summary>
internal static class Rebuild
{
    /// <summary>The same expression over what stands in place of its symbols.</summary>
    public static Expr With(Expr e, IReadOnlyDictionary<Expr, Expr> inPlace)
    {
        if (e.Kind == ExprKind.Symbol)
            return inPlace.GetValueOrDefault(e) ?? e;
        if (e.Arguments.Count == 0)
            return e;
        Expr[] a = [.. e.Arguments.Select(part => With(part, inPlace))];
        if (a.Zip(e.Arguments).All(pair => ReferenceEquals(pair.First, pair.Second)))
            return e;
        return e.Kind switch
        {
            ExprKind.Add => a[0] + a[1],
            ExprKind.Subtract => a[0] - a[1],
            ExprKind.Multiply => a[0] * a[1],
            ExprKind.Divide => a[0] / a[1],
            ExprKind.Negate => -a[0],
            ExprKind.Power => Expr.Power(a[0], e.Exponent),
            ExprKind.Max => Expr.Max(a[0], a[1]),
            ExprKind.Select => Expr.Select(a[0], a[1], a[2], a[3]),
            ExprKind.LogSumExp => Expr.LogSumExp(a),
            ExprKind.Softmax => Expr.Softmax(a, e.Index),
            _ => e.Name switch
            {
                "exp" => Expr.Exp(a[0]),
                "ln" => Expr.Log(a[0]),
                "sqrt" => Expr.Sqrt(a[0]),
                "sigmoid" => Expr.Sigmoid(a[0]),
                "tanh" => Expr.Tanh(a[0]),
                "softplus" => Expr.Softplus(a[0]),
                "erf" => Expr.Erf(a[0]),
                "arctan" => Expr.Atan(a[0]),
                "sin" => Expr.Sin(a[0]),
                "cos" => Expr.Cos(a[0]),
                "abs" => Expr.Abs(a[0]),
                _ => throw new InvalidOperationException($"A bug in Longhand: nothing says how {e.Name} is computed anew."),
            },
        };
    }
}
