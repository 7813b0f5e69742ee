using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Longhand.Formats;

namespace Longhand;

/// <summary>Saves the state of a run into its folder: when it is due, under which name, and what becomes of the older ones.</summary>
internal sealed partial class CheckpointWriter
{
    private readonly Checkpointing options;
    private readonly Stopwatch since = new();
    private (int Epoch, int Done) last = (-1, 0);

    // The newest may turn out not to be whole; then the one before it counts.
    private string? newest,
        previous;

    /// <exception cref="LonghandException">The folder cannot be made, or holds checkpoints and the run does not continue one of them.</exception>
    public CheckpointWriter(Checkpointing options, Checkpoint? resumed)
    {
        this.options = options;
        newest = resumed?.Path is { } path ? Path.GetFullPath(path) : null;
        since.Start();
        if (options.EveryEpochs < 1)
            throw new LonghandException($"At least 1 epoch lies between two checkpoints, not {options.EveryEpochs}.");
        if (resumed is null && Checkpoint.Files(options.Folder).Count > 0)
            throw new LonghandException(
                $"{options.Folder} holds the checkpoints of an earlier run; resume it, or choose another folder for this one."
            );
        try
        {
            Directory.CreateDirectory(options.Folder);
            // What a killed process was writing; nobody else writes here.
            foreach (string file in Directory.EnumerateFiles(options.Folder, ".*.tmp"))
                if (LeftBehind().IsMatch(Path.GetFileName(file)))
                    File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"Cannot use the folder {options.Folder} for checkpoints: {e.Message.TrimEnd('.')}.", e);
        }
        if (newest is null)
            return;
        // Those that a process was killed before deleting; a run that has nothing left to do would leave them.
        string[] older = [.. Files().SkipWhile(file => file != newest).Skip(1)];
        previous = older.FirstOrDefault();
        foreach (string file in older.Skip(1))
            Delete(file);
    }

    /// <summary>Whether the state of this moment has not been saved yet.</summary>
    public bool IsNew(int epoch, int done) => (epoch, done) != last;

    /// <summary>Whether the state is to be saved in the middle of an epoch.</summary>
    public bool IsDue => options.EveryEpochs is null && since.Elapsed >= options.Every;

    /// <summary>Whether the state is to be saved at the end of an epoch.</summary>
    public bool IsDueAfter(int epoch) => options.EveryEpochs is { } every ? epoch - Math.Max(0, last.Epoch) >= every : IsDue;

    /// <summary>Saves; then all but this one and the one before it are deleted.</summary>
    /// <exception cref="LonghandException">It cannot be written; what was saved before is untouched.</exception>
    public void Write(Network network, Optimizer optimizer, CheckpointState state, int epochs, IReadOnlyDictionary<string, string> identity)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Checkpoint.Prefix}{state.Engine.Updates:D10}{Checkpoint.Extension}");
        string path = Path.GetFullPath(Path.Combine(options.Folder, name));
        CheckpointFile.Write(path, network, optimizer, state, epochs, identity, options.Experiment);
        last = (state.Epoch, state.Done);
        since.Restart();
        if (path != newest)
            (previous, newest) = (newest, path);
        foreach (string file in Files())
            if (file != newest && file != previous)
                Delete(file);
    }

    // The newest first.
    private IEnumerable<string> Files() => Checkpoint.Files(options.Folder).Select(Path.GetFullPath);

    // What cannot be deleted stays: it does no harm.
    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    // As SafeFile names what it writes beside.
    [GeneratedRegex(@"^\.[a-z0-9]{8}\.[a-z0-9]{3}\.tmp$")]
    private static partial Regex LeftBehind();
}
