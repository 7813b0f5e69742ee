using Longhand.Numbers;

namespace Longhand.Working;

/// <summary>Why a choice fell as it did, where the line does not show it.</summary>
internal static class Reasons
{
    /// <summary>"since z₁ &lt; 0"; empty where there is nothing to say.</summary>
    /// <param name="choice">A <see cref="ExprKind.Select"/>.</param>
    /// <param name="notation">How expressions are written.</param>
    public static string Of(Expr choice, TextNotation notation)
    {
        Expr test = choice.Arguments[0];
        bool onlyNumbers = choice.Arguments.Skip(1).All(a => a.Kind == ExprKind.Constant);
        if (choice.Index == 2 && onlyNumbers)
        {
            // relu's slope is read from its output, which is 0 for all z ≤ 0; only z = 0 itself is the kink.
            if (test.Definition is { Kind: ExprKind.Max } larger)
                test = larger.Arguments[1];
            return test.Value == 0
                ? $"{notation.Symbolic(test)} = 0 lies exactly on the threshold; what holds there is a convention: {notation.Number(choice.Value, choice.Exact).Text}"
                : "";
        }
        // A number in place of what was not chosen is a floor that keeps a logarithm finite: nothing to tell unless it is reached.
        bool floor = choice.Index == 1 && choice.Arguments[2].Kind == ExprKind.Constant && choice.Arguments[3].Kind == ExprKind.Constant;
        if (choice.Index == 2 || onlyNumbers || floor)
            return "";
        string sign = choice.Index == 1 ? ">" : "<";
        return test is { Kind: ExprKind.Subtract } difference && difference.Arguments[1].Kind == ExprKind.Constant
            ? $"since {notation.Symbolic(difference.Arguments[0])} {sign} {notation.Numbers(difference.Arguments[1])}"
            : $"since {notation.Symbolic(test)} {sign} 0";
    }

    /// <summary>The function by which a number stopped being a fraction: "σ", "√"; null where no function but an operand is to blame.</summary>
    public static string? Irrational(Expr e)
    {
        var rest = new Stack<Expr>([e]);
        while (rest.TryPop(out Expr? part))
        {
            string? sign = part.Kind switch
            {
                ExprKind.Pi => "π",
                ExprKind.LogSumExp => "ln",
                ExprKind.Softmax => "e^",
                ExprKind.Function when part.Name != "abs" => part.Name switch
                {
                    "sigmoid" => "σ",
                    "sqrt" => "√",
                    "exp" => "e^",
                    "softplus" => "ln",
                    _ => part.Name,
                },
                _ => null,
            };
            if (sign is not null && part.Exact is null)
                return sign;
            foreach (Expr argument in part.Arguments)
                rest.Push(argument);
        }
        return null;
    }
}
