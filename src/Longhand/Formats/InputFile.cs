namespace Longhand;

/// <summary>Files of others, opened for reading: what the operating system refuses becomes a sentence that names the file.</summary>
internal static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="LonghandException">It is missing, a folder, or may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new LonghandException($"{path}: this is a folder, but a file is needed.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LonghandException($"{path}: there is no such file.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LonghandException($"{path}: this file may not be read (its permissions forbid it).", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new LonghandException($"{path}: this file cannot be opened: {e.Message}", e);
        }
    }
}
