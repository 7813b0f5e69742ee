using System.Text;
using System.Text.RegularExpressions;

namespace Longhand.Experiments.Sheets;

/// <summary>
/// The files of a sheet while it is carried out: those that stand in it and those that its commands write, in a folder of their own that
/// ends with it. Commands name them without a folder.
/// </summary>
internal sealed partial class SheetFiles : IDisposable
{
    // Commands with an option in front of which a file or a folder is written.
    private static readonly string[] writing = ["--out", "--model", "--plots", "--report", "--checkpoint", "--runs", "--tensorboard"];

    private readonly Sheet sheet;
    private readonly string folder = Directory.CreateTempSubdirectory("longhand-sheet-").FullName;

    public SheetFiles(Sheet sheet)
    {
        this.sheet = sheet;
        foreach ((string name, string text) in sheet.Files)
            File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));
    }

    /// <summary>Whether a word is a file name without a folder.</summary>
    public static bool IsName(string word) => Name().IsMatch(word);

    /// <summary>The words of a command, with paths in the place of file names.</summary>
    /// <exception cref="LonghandException">A command would write outside of the sheet's own folder.</exception>
    public string[] Resolve(SheetStep step)
    {
        string[] words = [.. step.Words];
        for (int i = 0; i < words.Length; i++)
        {
            bool writes = i > 0 && writing.Contains(words[i - 1]);
            if (writes && !Folder().IsMatch(words[i]) && !IsName(words[i]))
                throw sheet.Error(
                    step.Line,
                    $"{words[i - 1]} {Quoted.Of(words[i])}: a sheet writes into files of its own, named without a folder."
                );
            string own = Path.Combine(folder, words[i]);
            if (writes || (IsName(words[i]) && (File.Exists(own) || !File.Exists(Path.Combine(sheet.Folder, words[i])))))
                words[i] = own;
            else if (IsName(words[i]))
                words[i] = Path.Combine(sheet.Folder, words[i]);
        }
        return words;
    }

    /// <summary>A text in which files are called as the sheet calls them.</summary>
    public string Unresolve(string text) =>
        text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(sheet.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>The pictures that a command has written, by name.</summary>
    public IReadOnlyList<(string Name, string Svg)> Pictures(SheetStep step)
    {
        var paths = new List<string>();
        for (int i = 1; i < step.Words.Count; i++)
        {
            string path = Path.Combine(folder, step.Words[i]);
            if (!writing.Contains(step.Words[i - 1]))
                continue;
            if (Directory.Exists(path))
                paths.AddRange(Directory.EnumerateFiles(path, "*.svg").Order(StringComparer.Ordinal));
            else if (File.Exists(path) && Path.GetExtension(path) == ".svg")
                paths.Add(path);
        }
        if (step.Pictures is { } names)
            paths =
            [
                .. names.Select(name =>
                    paths.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name)
                    ?? throw sheet.Error(
                        step.Line,
                        $"the command draws no {Quoted.Of(name)}; it draws {string.Join(", ", paths.Select(Path.GetFileNameWithoutExtension))}."
                    )
                ),
            ];
        return [.. paths.Select(path => (Path.GetFileName(path), File.ReadAllText(path)))];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\.[A-Za-z]+\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z")]
    private static partial Regex Folder();
}
