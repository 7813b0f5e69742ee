using System.IO.Compression;

namespace Longhand.Formats;

/// <summary>
/// NumPy's archive: a zip file of npy files, stored or deflated. Nothing of it is ever written to a disk, so that its names are names and
/// no paths; an array is unpacked as far as its own header says, and its checksum compared.
/// </summary>
internal sealed class Npz : IDisposable
{
    private const string Extension = ".npy";
    private const int MostEntries = 10_000;

    private readonly string path;
    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

    /// <exception cref="LonghandException">The file is missing or may not be read.</exception>
    /// <exception cref="DataFormatException">It is no archive of arrays.</exception>
    public Npz(string path)
    {
        this.path = path;
        FileStream file = SafeFile.OpenRead(path, "the data file");
        try
        {
            if (file.Length == 0)
                throw new DataFormatException($"{path}: the file is empty, but an npz file is needed.");
            zip = Guarded(() => new ZipArchive(file, ZipArchiveMode.Read));
            foreach (ZipArchiveEntry entry in Guarded(() => zip.Entries))
                Add(entry);
            if (entries.Count == 0)
                throw new DataFormatException($"{path}: there is no array in this archive: none of its names ends in {Extension}.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The names of the arrays, without <c>.npy</c>.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>What messages call an array.</summary>
    public string PathOf(string name) => $"{path}, {Quoted.Of(name + Extension)}";

    /// <summary>Unpacks an array.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public NumberArray Read(string name)
    {
        ZipArchiveEntry entry = entries[name];
        string called = PathOf(name);
        return Guarded(
            () =>
            {
                if (entry.IsEncrypted)
                    throw new DataFormatException($"{called}: this array is encrypted.");
                using Stream unpacked = entry.Open();
                using var sum = new Crc32Stream(unpacked);
                NumberArray array = Npy.Read(new ArrayReader(sum, called, unpacked: true));
                return sum.Value == entry.Crc32
                    ? array
                    : throw new DataFormatException(
                        $"{called}: its bytes are damaged: their checksum is {sum.Value:X8}, but the archive says {entry.Crc32:X8}."
                    );
            },
            called
        );
    }

    public void Dispose() => zip.Dispose();

    private void Add(ZipArchiveEntry entry)
    {
        if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            return;
        if (!entries.TryAdd(entry.FullName[..^Extension.Length], entry))
            throw new DataFormatException($"{path}: two arrays are called {Quoted.Of(entry.FullName)}.");
        if (entries.Count > MostEntries)
            throw new DataFormatException($"{path}: more than {MostEntries:N0} arrays are too many.");
    }

    private T Guarded<T>(Func<T> read, string? called = null)
    {
        try
        {
            return read();
        }
        // The archive's own reader lets such escape for offsets that lie outside of the file.
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or EndOfStreamException
                        or ArgumentException
                        or NotSupportedException
                        or OverflowException
                        or InvalidOperationException
            )
        {
            throw new DataFormatException($"{called ?? path}: this zip file is damaged or cut off. ({e.Message})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"{called ?? path}: this file cannot be read: {e.Message}", e);
        }
    }
}
