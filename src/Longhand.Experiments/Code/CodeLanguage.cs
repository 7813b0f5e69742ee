namespace Longhand.Experiments.Code;

/// <summary>A language in which code is written that reproduces a run's numbers.</summary>
/// <param name="Name">What it is asked by.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Ending">How the names of its files end.</param>
/// <param name="Write">The text; throws a <see cref="LonghandException"/> where the language cannot say something of the run.</param>
internal sealed record CodeLanguage(string Name, string Title, string Ending, Func<CodeRun, string> Write)
{
    /// <summary>All there are.</summary>
    public static readonly IReadOnlyList<CodeLanguage> All =
    [
        new("csharp", "C#", ".cs", run => new CSharpCode(run).Write()),
        new("numpy", "NumPy", ".py", run => new NumPyCode(run).Write()),
        new("pytorch", "PyTorch", ".py", run => new PyTorchCode(run).Write()),
    ];

    /// <summary>The language with a name.</summary>
    /// <exception cref="LonghandException">There is none.</exception>
    public static CodeLanguage Find(string name)
    {
        string[] names = [.. All.Select(l => l.Name)];
        return All.FirstOrDefault(l => l.Name == name)
            ?? throw new LonghandException(
                $"Code is written in {string.Join(", ", names)}, not in {Quoted.Of(name)}.{Nearest.Suggestion(name, names)}"
            );
    }
}
