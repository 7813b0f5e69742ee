namespace Longhand.Experiments.Code;

/// <summary>What differs between two libraries of arrays where the same expression is written with them.</summary>
/// <param name="Name">What the code calls it.</param>
/// <param name="Atan">Its inverse tangent.</param>
/// <param name="Scalar">A plain number as an array's element.</param>
/// <param name="Helpers">The functions that it does not have, by name.</param>
internal sealed record PythonLibrary(string Name, string Atan, Func<string, string> Scalar, IReadOnlyDictionary<string, string> Helpers)
{
    public static readonly PythonLibrary NumPy = new(
        "np",
        "arctan",
        number => $"real({number})",
        new Dictionary<string, string>
        {
            ["erf"] = """
            def erf(x):
                return np.array([math.erf(v) for v in x.flat], x.dtype).reshape(x.shape)
            """,
            ["relu"] = """
            def relu(x):
                return np.maximum(x, real(0))
            """,
            // 1/(1 + e⁻ˣ) without overflow at either end
            ["sigmoid"] = """
            def sigmoid(x):
                return 0.5 * (1 + np.tanh(0.5 * x))
            """,
            ["softplus"] = """
            def softplus(x):
                return np.logaddexp(real(0), x)
            """,
        }
    );

    public static readonly PythonLibrary PyTorch = new(
        "torch",
        "atan",
        number => $"torch.tensor({number}, dtype=real)",
        new Dictionary<string, string>
        {
            ["erf"] = "from torch import erf",
            ["relu"] = "from torch import relu",
            ["sigmoid"] = "from torch import sigmoid",
            ["softplus"] = "from torch.nn.functional import softplus",
        }
    );
}
