using System.Globalization;
using Longhand.Formats;

namespace Longhand;

/// <summary>
/// The saved state of a run: parameters, what the optimizer keeps, random numbers, the place in the epoch, history. Given to
/// <see cref="Training.Resume"/>, the run goes on to the bits that it would have reached without stopping. The file is a safetensors
/// file with a checksum over all of it.
/// </summary>
public sealed class Checkpoint
{
    internal const string Prefix = "checkpoint-",
        Extension = ".safetensors";

    private readonly Safetensors file;

    private Checkpoint(string path, Safetensors file)
    {
        Path = path;
        this.file = file;
        Epoch = CheckpointFile.Number(file, path, CheckpointFile.Epoch);
        Epochs = CheckpointFile.Number(file, path, CheckpointFile.Epochs);
        Updates = CheckpointFile.Number(file, path, CheckpointFile.Updates);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many epochs were complete.</summary>
    public int Epoch { get; }

    /// <summary>How many the run was to have.</summary>
    public int Epochs { get; }

    /// <summary>How many updates had been made.</summary>
    public int Updates { get; }

    /// <summary>The experiment as text; null where there is none.</summary>
    public string? Experiment => file.Metadata.GetValueOrDefault(CheckpointFile.Experiment);

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="LonghandException">It cannot be read, is none, or is not whole; the message says why.</exception>
    public static Checkpoint Read(string path)
    {
        Safetensors file = Safetensors.Read(path);
        CheckpointFile.RequireWhole(file, path);
        return new(path, file);
    }

    /// <summary>The newest whole checkpoint of a folder; null where there is none.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="warn">Told about each newer one that is passed over, and why.</param>
    public static Checkpoint? Newest(string folder, Action<string>? warn = null)
    {
        foreach (string path in Files(folder))
            try
            {
                return Read(path);
            }
            catch (LonghandException e)
            {
                warn?.Invoke($"A checkpoint that is not whole is passed over. {e.Message}");
            }
        return null;
    }

    /// <summary>The checkpoints of a folder by their names, the newest first.</summary>
    internal static IReadOnlyList<string> Files(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ?
                [
                    .. Directory
                        .EnumerateFiles(folder, $"{Prefix}*{Extension}")
                        .Where(path => UpdatesOf(path) is not null)
                        .OrderByDescending(path => UpdatesOf(path)),
                ]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"Cannot look into the folder {folder}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    internal CheckpointState StateFor(Network network, IReadOnlyDictionary<string, string> identity) =>
        CheckpointFile.State(file, Path, network, identity);

    private static int? UpdatesOf(string path) =>
        int.TryParse(
            System.IO.Path.GetFileNameWithoutExtension(path).AsSpan(Prefix.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int updates
        )
            ? updates
            : null;
}
