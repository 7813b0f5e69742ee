using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Analysis;

/// <summary>What stands for the weights of a network that is collapsed: what is given, and for the rest a symbol each.</summary>
/// <param name="network">The network.</param>
/// <param name="names">What parameters are called.</param>
internal sealed class CollapseSymbols(Network network, IReadOnlyDictionary<string, string>? names)
{
    /// <summary>An expression for each number of each parameter.</summary>
    /// <exception cref="LonghandException">A word that was given is also the name of a weight that was not.</exception>
    public Expr[][] Fill(IReadOnlyDictionary<string, IReadOnlyList<Expr>> weights)
    {
        var table = new SymbolTable(network, batch: false, names ?? new Dictionary<string, string>());
        HashSet<string> words = [.. weights.Values.SelectMany(values => values).Where(e => !e.HasValue).Select(e => e.Name)];
        return
        [
            .. network.Parameters.Select(
                (p, k) =>
                    weights.TryGetValue(p.Name, out IReadOnlyList<Expr>? given)
                        ? [.. given]
                        : Enumerable.Range(0, (int)p.Parameter.Length).Select(i => Named(p, table.Parameter(k, i).ToString())).ToArray()
            ),
        ];

        Expr Named(NetworkParameter p, string name) =>
            words.Contains(name)
                ? throw new LonghandException(
                    $"{Quoted.Of(name)} is a word among the weights that are given, and also what {p.Name}, which is not given, is called. Give {p.Name} too, or call it something else with \"names\"."
                )
                : Expr.Symbol(name);
    }

    /// <summary>Random fractions for the symbols, the same for the same name: with almost all numbers a matrix has its greatest rank.</summary>
    public static Expr[][] Numbers(Expr[][] parameters)
    {
        const int most = 1_000_003;
        var random = new RandomStream(1, RandomStream.Weights);
        var chosen = new Dictionary<string, Expr>();
        return Array.ConvertAll(parameters, values => Array.ConvertAll(values, e => e.HasValue ? e : Number(e.Name)));

        Expr Number(string name)
        {
            if (!chosen.TryGetValue(name, out Expr? number))
                chosen[name] = number = Expr.Fraction(1 + (long)(random.NextDouble() * most), 1 + (long)(random.NextDouble() * 1000));
            return number;
        }
    }
}
