using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Longhand.Playground;

/// <summary>The files of the page, which are inside this assembly, each also as it was compressed when the page was built.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    /// <summary>What files can be sent as, the smallest first, and how their names end then.</summary>
    private static readonly (string Encoding, string Ending)[] encodings = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FrozenDictionary<string, string> types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private static readonly Lazy<FrozenDictionary<string, PageFile>> files = new(Read);

    /// <summary>Whether the page was built with this assembly.</summary>
    public static bool Exist => files.Value.ContainsKey("index.html");

    /// <summary>Every file's name.</summary>
    public static IEnumerable<string> Names => files.Value.Keys;

    /// <summary>The file with this name; null where there is none.</summary>
    public static PageFile? Find(string name) => files.Value.GetValueOrDefault(name.Length == 0 ? "index.html" : name);

    /// <summary>The text of a file that is part of the page.</summary>
    /// <exception cref="LonghandException">The page is not in this build.</exception>
    public static string Text(string name) =>
        Find(name) is { } file
            ? Encoding.UTF8.GetString(file.Plain.Bytes)
            : throw new LonghandException("The page is not in this build, because Node.js was not there when it was made.");

    private static FrozenDictionary<string, PageFile> Read()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        var bytes = new Dictionary<string, byte[]>();
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            bytes[name[Prefix.Length..]] = content;
        }
        return bytes
            .Where(file => !encodings.Any(e => file.Key.EndsWith(e.Ending, StringComparison.Ordinal)))
            .ToFrozenDictionary(
                file => file.Key,
                file => new PageFile(
                    types.GetValueOrDefault(Path.GetExtension(file.Key), "application/octet-stream"),
                    Body(file.Value, null),
                    [
                        .. encodings
                            .Where(e => bytes.ContainsKey(file.Key + e.Ending))
                            .Select(e => Body(bytes[file.Key + e.Ending], e.Encoding)),
                    ]
                )
            );
    }

    private static PageBody Body(byte[] bytes, string? encoding) =>
        new(bytes, encoding, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
}

/// <summary>A file of the page.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Plain">As it is.</param>
/// <param name="Compressed">As it may be sent to who can read that, the smallest first.</param>
internal sealed record PageFile(string Type, PageBody Plain, IReadOnlyList<PageBody> Compressed)
{
    /// <summary>What is sent to a browser that can read these encodings.</summary>
    /// <param name="accepts">Whether it reads an encoding.</param>
    public PageBody For(Predicate<string> accepts) => Compressed.FirstOrDefault(body => accepts(body.Encoding!)) ?? Plain;
}

/// <summary>What is sent of a file.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Encoding">How they are compressed; null where they are not.</param>
/// <param name="Tag">Another for every other content, and for every other encoding of the same.</param>
internal sealed record PageBody(byte[] Bytes, string? Encoding, string Tag);
