using Longhand.Numbers;
using Longhand.Working;

namespace Longhand.Tests.Working;

/// <summary>
/// What holds however the working of a network is written: in single numbers or in matrices, exactly or in decimals, in full precision or
/// rounded from line to line.
/// </summary>
public class ViewLaws
{
    private static int Networks => Environment.GetEnvironmentVariable("LONGHAND_FULL") == "1" ? 500 : 60;

    public static TheoryData<View, bool, bool> Ways =>
        new()
        {
            { View.Scalar, true, false },
            { View.Scalar, false, true },
            { View.Matrix, false, false },
            { View.Matrix, true, false },
            { View.Matrix, false, true },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void No_line_disagrees_with_what_it_prints_and_a_changed_digit_is_refused(View view, bool exact, bool rounds)
    {
        int lines = 0,
            matrices = 0,
            changed = 0,
            caught = 0;
        for (int seed = 1; seed <= Networks; seed++)
        {
            Solution solution = Explain(seed, view, exact, rounds);
            var reader = new LineReader(solution.Request.Conventions.Digits, exact);
            foreach (WorkingStep step in solution.Steps)
            {
                lines++;
                matrices += step.Values is null ? 0 : 1;
                string? disagreement = reader.Disagreement(step.Numbers, step.Result);
                Assert.True(disagreement is null, $"seed {seed}, {step.Line}: {disagreement}");
                if (!LineReader.Claims(step.Numbers, step.Result))
                    continue;
                double[] allowed = reader.Allowances(step.Numbers, step.Result);
                Assert.Equal(step.Tolerance, allowed.Max());
                Assert.Equal(step.Values?.Length ?? 1, allowed.Length);
                // In a matrix each entry in turn.
                string[] entries = Entries(step.Result);
                for (int i = 0; i < entries.Length; i++)
                {
                    if (RandomSolution.Altered(entries[i]) is not { } altered)
                        continue;
                    changed++;
                    string result = With(step.Result, i, altered);
                    bool refused = reader.Disagreement(step.Numbers, result) is not null;
                    Assert.True(
                        refused || allowed[i] >= 99 * HalfUnit(entries[i]),
                        $"seed {seed}, {step.Line}: {result} would pass as well"
                    );
                    caught += refused ? 1 : 0;
                }
            }
        }
        Assert.True(lines > 5 * Networks && changed > lines / 3 && caught > 0.95 * changed, $"{lines} lines, {changed} changed, {caught}");
        Assert.True(view == View.Scalar ? matrices == 0 : matrices > 3 * Networks, $"{matrices} of {lines} lines are about arrays");
    }

    [Theory]
    [InlineData(Vectors.Column, GradientLayout.LikeWeight)]
    [InlineData(Vectors.Row, GradientLayout.LikeWeight)]
    [InlineData(Vectors.Column, GradientLayout.Transposed)]
    [InlineData(Vectors.Row, GradientLayout.Transposed)]
    public void Matrices_have_the_numbers_of_the_single_lines_to_the_bit(Vectors vectors, GradientLayout layout)
    {
        int compared = 0;
        for (int seed = 1; seed <= Networks; seed++)
        {
            Solution single = RandomSolution.Of(seed),
                whole = RandomSolution.Of(
                    seed,
                    request =>
                        request with
                        {
                            View = View.Matrix,
                            Conventions = request.Conventions with { Vectors = vectors, GradientLayout = layout },
                        }
                );
            Assert.Equal(single.Loss, whole.Loss);
            Assert.Equal(single.Output.ToArray(), whole.Output.ToArray());
            Assert.Equal(
                single.Updates.SelectMany(u => u.Parameters).SelectMany(p => p.ToArray()),
                whole.Updates.SelectMany(u => u.Parameters).SelectMany(p => p.ToArray())
            );
            var values = single.Steps.GroupBy(s => (s.Update, s.Key)).ToDictionary(g => g.Key, g => g.Last().Value);
            foreach (WorkingStep step in whole.Steps)
            foreach ((string key, double value) in Numbers(step))
                if (values.TryGetValue((step.Update, key), out double expected))
                {
                    Assert.Equal(expected, value);
                    compared++;
                }
        }
        Assert.True(compared > 20 * Networks, $"{compared} numbers were compared");
    }

    [Fact]
    public void Rounded_from_line_to_line_every_number_put_in_is_exact()
    {
        for (int seed = 1; seed <= Networks; seed++)
            foreach (View view in (View[])[View.Scalar, View.Matrix])
            {
                Solution solution = Solution.Explain(
                    Model.Create(Network.Parse("3 -> dense 4 sigmoid -> dense 2 tanh"), seed: (ulong)seed),
                    new ExplainRequest
                    {
                        Inputs =
                        [
                            [Rational.Of(seed, 10), 1, Rational.Of(-1, 4)],
                        ],
                        Targets =
                        [
                            [0, 1],
                        ],
                        Loss = Loss.HalfMeanSquaredError,
                        Optimizer = Optimizer.Sgd(0.1),
                        Steps = 2,
                        View = view,
                        Conventions = Conventions.PyTorch with { Digits = 3, RoundsEachLine = true },
                    }
                );
                // Given weights are as they were drawn; what a line has found goes on as it stands there.
                foreach (WorkingStep step in solution.Steps.Where(s => s.Update == 2))
                    Assert.True(step.NumbersAreExact, step.Line);
            }
    }

    [Fact]
    public void Over_all_paths_a_derivative_is_what_is_found_backwards()
    {
        int chains = 0;
        for (int seed = 1; seed <= Networks; seed++)
        {
            Solution plain = RandomSolution.Of(seed);
            if (plain.Loss is null)
                continue;
            Network network = plain.Model.Network;
            int samples = plain.Request.Inputs.Count;
            List<Place> places = [];
            foreach (NetworkParameter parameter in network.Parameters.Where(p => p.Parameter.Trainable))
                places.Add(
                    Place.Parse($"{parameter.Name}[{string.Join(',', parameter.Parameter.Sizes.Select(size => seed % size))}]", network)
                );
            places.Add(
                Place.Parse(
                    $"input[{(samples > 1 ? "1," : "")}{string.Join(',', network.Input.MemoryOrder().Select(size => seed % size))}]",
                    network,
                    samples > 1 ? samples : 0
                )
            );
            Solution solution = RandomSolution.Of(
                seed,
                request =>
                    request with
                    {
                        Chain = places,
                        View = seed % 2 == 0 ? View.Matrix : View.Scalar,
                        Exact = seed % 3 == 0,
                        Conventions = request.Conventions with { SharesPoolTies = seed % 5 == 0 },
                    }
            );
            foreach (Place place in places)
            {
                double found = solution.Steps.Last(s => s.Key == $"chain.{place.Text}").Value;
                double backwards = place.IsParameter
                    ? solution.Gradients[place.Array].Flat(place.Index).Value
                    : solution.InputGradient!.Flat((place.Sample ?? 0) * (int)network.Input.Length + place.Index).Value;
                Assert.Equal(backwards, found, 1e-9 * (1 + Math.Abs(backwards)));
                chains++;
            }
            Assert.Equal(solution.Steps.Count, solution.Steps.Select(s => (s.Key, s.Update, s.Name)).Distinct().Count());
        }
        Assert.True(chains > Networks, $"{chains} chains");
    }

    private static Solution Explain(int seed, View view, bool exact, bool rounds) =>
        RandomSolution.Of(
            seed,
            request =>
                request with
                {
                    View = view,
                    Exact = exact,
                    Conventions = request.Conventions with
                    {
                        RoundsEachLine = rounds,
                        Vectors = seed % 2 == 0 ? Vectors.Row : Vectors.Column,
                        GradientLayout = seed % 3 == 0 ? GradientLayout.Transposed : GradientLayout.LikeWeight,
                        FlipsKernels = seed % 5 == 0,
                        SharesPoolTies = seed % 7 < 3,
                    },
                }
        );

    private static IEnumerable<(string Key, double Value)> Numbers(WorkingStep step)
    {
        if (step.Values is not { } values)
        {
            yield return (step.Key, step.Value);
            yield break;
        }
        for (int i = 0; i < values.Length; i++)
            yield return (step.Key + string.Concat(Chosen.Position(i, values.Sizes).Select(at => $"[{at}]")), values.Flat(i).Value);
    }

    private static string[] Entries(string result) => result.Trim('[', ']').Split([", ", "; "], StringSplitOptions.None);

    // The signs between the entries stay what they are.
    private static string With(string result, int index, string entry)
    {
        int start = result.StartsWith('[') ? 1 : 0;
        for (int i = 0; i < index; i++)
            start = result.IndexOfAny([',', ';'], start) + 2;
        int end = result.IndexOfAny([',', ';', ']'], start);
        return result[..start] + entry + (end < 0 ? "" : result[end..]);
    }

    // Of a fraction there is nothing that rounding could move.
    private static double HalfUnit(string entry) => entry.Contains('/') ? double.Epsilon : Decimals.HalfUnit(RandomSolution.Ascii(entry));
}
