using System.Text;
using Longhand.Formats;

namespace Longhand.Experiments;

/// <summary>From a file, standard input or an option's value to entries.</summary>
public static class EntryText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it is to the reader, with its article: "the experiment".</param>
    /// <exception cref="LonghandException">It cannot be read, is too large, or is no text.</exception>
    public static string ReadFile(string path, string what)
    {
        using FileStream file = SafeFile.OpenRead(path, what);
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            // A pipe does not know its length, so that the bound is watched while reading.
            for (int got; (got = file.Read(buffer)) > 0; )
            {
                bytes.Write(buffer, 0, got);
                RefuseLonger(path, bytes.Length);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LonghandException($"Cannot read {what} {path}: {e.Message.TrimEnd('.')}.", e);
        }
        try
        {
            return Checked(path, Strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFormatException($"{path}: byte {e.Index}: this is not text in UTF-8.");
        }
    }

    /// <summary>The text of standard input.</summary>
    /// <exception cref="LonghandException">It is too large, or is no text.</exception>
    public static string ReadAll(TextReader input, string name)
    {
        var text = new StringBuilder();
        var buffer = new char[1 << 14];
        for (int got; (got = input.Read(buffer, 0, buffer.Length)) > 0; )
        {
            text.Append(buffer, 0, got);
            RefuseLonger(name, text.Length);
        }
        return Checked(name, text.ToString());
    }

    /// <summary>The entries of a text: JSON where it begins as JSON does, otherwise YAML; null where it is empty.</summary>
    public static Entry? Parse(Source source, string text)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        // A YAML map may stand in braces as well, but then its first key has no quotation marks.
        bool json = start is ['{', ..] && start[1..].TrimStart() is ['"' or '}', ..];
        return json ? JsonEntries.Read(source, text) : YamlEntries.Read(source, text);
    }

    private static void RefuseLonger(string name, long length)
    {
        if (length > EntryLimits.Bytes)
            throw new LonghandException(
                $"{name}: the text is larger than {EntryLimits.Bytes / 1_000_000} MB; keep its numbers in a data file."
            );
    }

    private static string Checked(string name, string text)
    {
        int zero = text.IndexOf('\0', StringComparison.Ordinal);
        return zero < 0
            ? text.TrimStart('\uFEFF')
            : throw new DataFormatException($"{name}: this is not a text file (character {zero} is 0).");
    }
}
