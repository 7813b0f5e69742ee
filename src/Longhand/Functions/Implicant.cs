namespace Longhand;

/// <summary>A product of literals such as A and not C.</summary>
/// <param name="Care">The variables in it, as bits of a row.</param>
/// <param name="Value">Those of them that stand without a not.</param>
internal readonly record struct Implicant(int Care, int Value)
{
    // The search for the smallest cover ends here with the best one found; up to four variables it never comes so far.
    private const int MostWork = 200_000;

    /// <summary>How many literals it has.</summary>
    public int Literals => int.PopCount(Care);

    /// <summary>Whether it is true in a row.</summary>
    public bool Covers(int row) => (row & Care) == Value;

    /// <summary>The prime implicants of a function: the products that imply it and none of whose literals can go (Quine and McCluskey).</summary>
    public static IReadOnlyList<Implicant> Primes(int variables, Func<int, bool> function)
    {
        int all = (1 << variables) - 1;
        var level = Enumerable.Range(0, all + 1).Where(function).Select(row => new Implicant(all, row)).ToHashSet();
        var primes = new List<Implicant>();
        while (level.Count > 0)
        {
            var next = new HashSet<Implicant>();
            foreach (Implicant one in level)
            {
                bool prime = true;
                for (int bit = 1; bit <= all; bit <<= 1)
                    if ((one.Care & bit) != 0 && level.Contains(one with { Value = one.Value ^ bit }))
                    {
                        next.Add(new(one.Care & ~bit, one.Value & ~bit));
                        prime = false;
                    }
                if (prime)
                    primes.Add(one);
            }
            level = next;
        }
        // In a fixed order, so that of equally short covers always the same is taken: earlier variables first.
        return [.. primes.OrderBy(p => p.Literals).ThenByDescending(p => p.Care).ThenByDescending(p => p.Value)];
    }

    /// <summary>The fewest prime implicants that together are the function, of equally many those with the fewest literals.</summary>
    public static IReadOnlyList<Implicant> Cover(int variables, Func<int, bool> function)
    {
        IReadOnlyList<Implicant> primes = Primes(variables, function);
        int[] rows = [.. Enumerable.Range(0, 1 << variables).Where(function)];
        var candidates = rows.ToDictionary(row => row, row => primes.Where(p => p.Covers(row)).ToArray());
        List<Implicant> best = Greedy(primes, rows);
        int work = 0;
        Search([], rows);
        return [.. best.OrderByDescending(p => p.Care).ThenByDescending(p => p.Value)];

        void Search(List<Implicant> chosen, int[] open)
        {
            if ((work += 1 + open.Length) > MostWork || (open.Length > 0 && chosen.Count + 1 > best.Count))
                return;
            if (open.Length == 0)
            {
                if (Cost(chosen).CompareTo(Cost(best)) < 0)
                    best = [.. chosen];
                return;
            }
            foreach (Implicant p in candidates[open.MinBy(row => candidates[row].Length)])
            {
                chosen.Add(p);
                Search(chosen, [.. open.Where(row => !p.Covers(row))]);
                chosen.RemoveAt(chosen.Count - 1);
            }
        }
    }

    private static (int, int) Cost(List<Implicant> cover) => (cover.Count, cover.Sum(p => p.Literals));

    private static List<Implicant> Greedy(IReadOnlyList<Implicant> primes, int[] rows)
    {
        var chosen = new List<Implicant>();
        for (var open = rows.ToList(); open.Count > 0; open.RemoveAll(chosen[^1].Covers))
            chosen.Add(primes.MaxBy(p => open.Count(p.Covers)));
        return chosen;
    }

    /// <summary>A sum of products: (A and B) or not C.</summary>
    public static string Write(IReadOnlyList<Implicant> sum, IReadOnlyList<string> names) =>
        sum.Count == 1
            ? sum[0].Write(names)
            : string.Join(" or ", sum.Select(p => p.Literals == 1 ? p.Write(names) : $"({p.Write(names)})"));

    private string Write(IReadOnlyList<string> names)
    {
        Implicant self = this;
        int Bit(int v) => 1 << (names.Count - 1 - v);
        string[] literals =
        [
            .. Enumerable
                .Range(0, names.Count)
                .Where(v => (self.Care & Bit(v)) != 0)
                .Select(v => (self.Value & Bit(v)) != 0 ? names[v] : $"not {names[v]}"),
        ];
        return literals.Length == 0 ? "true" : string.Join(" and ", literals);
    }
}
