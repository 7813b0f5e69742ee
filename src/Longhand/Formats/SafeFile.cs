namespace Longhand.Formats;

/// <summary>
/// Files opened and replaced so that a person learns in one sentence what is wrong, and that a run which is killed while it writes
/// leaves the old file or the new one, never half of one.
/// </summary>
public static class SafeFile
{
    /// <summary>
    /// Writes a file beside <paramref name="path"/>, flushes it to the disk and renames it over <paramref name="path"/>. Where anything
    /// fails, <paramref name="write"/> included, the temporary file is deleted and what stood at <paramref name="path"/> is untouched.
    /// A link keeps pointing where it does: the file behind it is replaced. A device (/dev/stdout) is written to directly.
    /// </summary>
    /// <exception cref="LonghandException">The file cannot be written; the message names it and says why.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Checked(path, "write");
        try
        {
            string named = target;
            if (new FileInfo(named).LinkTarget is not null)
                target = File.ResolveLinkTarget(named, returnFinalTarget: true)!.FullName;
            if (IsDevice(named) || IsDevice(target))
            {
                using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                write(device);
                return;
            }
            if (File.Exists(target) && (File.GetAttributes(target) & FileAttributes.ReadOnly) != 0)
                throw new LonghandException($"Cannot write {path}: the file there is write-protected.");
            Replace(target, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || IsTooLarge(e))
        {
            throw new LonghandException($"Cannot write {path}: {Reason(e, target)}.", e);
        }
    }

    /// <summary>Opens a file for reading, from its start.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is to the reader, with its article: "the model".</param>
    /// <exception cref="LonghandException">The file cannot be opened; the message names it and says why.</exception>
    public static FileStream OpenRead(string path, string what)
    {
        string target = Checked(path, $"read {what}");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (FileNotFoundException e)
        {
            throw new LonghandException($"Cannot read {what} {path}: there is no such file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"Cannot read {what} {path}: {Reason(e, target)}.", e);
        }
    }

    private static string Checked(string path, string doing)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            throw new LonghandException($"Cannot {doing} {Quoted.Of(path)}: this is not the name of a file.");
        if (Directory.Exists(path))
            throw new LonghandException($"Cannot {doing} {path}: this is a folder, not a file.");
        if (Path.EndsInDirectorySeparator(path))
            throw new LonghandException($"Cannot {doing} {path}: this is the name of a folder, and there is none.");
        return Path.GetFullPath(path);
    }

    private static void Replace(string target, Action<Stream> write)
    {
        // A name of its own length, since target's may already be the longest allowed.
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetRandomFileName()}.tmp");
        bool created = false;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                created = true;
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                    File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
            created = false;
        }
        finally
        {
            if (created)
                Discard(temporary);
        }
    }

    /// <summary>Deletes; a failure here must not hide the one that led here.</summary>
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }

    /// <summary>Nothing can be put beside a device and renamed over it; /dev/shm holds ordinary files.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
        && (path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/dev/", StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    // What .NET makes of EFBIG: the file system, or a limit on the process, allows no file of this size.
    private static bool IsTooLarge(Exception e) =>
        e is ArgumentOutOfRangeException { ParamName: "value" } && e.Source == typeof(FileStream).Assembly.GetName().Name;

    private static string Reason(Exception e, string target)
    {
        const int noSpace = 28, // ENOSPC, and Windows' two errors for it
            diskFull = unchecked((int)0x80070070),
            handleDiskFull = unchecked((int)0x80070027),
            readOnlyFileSystem = 30; // EROFS
        string? folder = Path.GetDirectoryName(target);
        return e switch
        {
            ArgumentOutOfRangeException => "no file may be as large as this one here",
            PathTooLongException => "its name is too long",
            DirectoryNotFoundException when File.Exists(folder) => $"{folder} is a file, not a folder",
            DirectoryNotFoundException => $"the folder {folder} does not exist",
            UnauthorizedAccessException => "permission denied",
            { HResult: noSpace or diskFull or handleDiskFull } => "the disk is full",
            { HResult: readOnlyFileSystem } => "the disk is read-only",
            _ => e.Message.TrimEnd('.'),
        };
    }
}
