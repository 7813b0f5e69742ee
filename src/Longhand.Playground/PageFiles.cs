using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Longhand.Playground;

/// <summary>The files of the page, which are inside this assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, string> types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private static readonly Lazy<FrozenDictionary<string, PageFile>> files = new(Read);

    /// <summary>Whether the page was built with this assembly.</summary>
    public static bool Exist => files.Value.ContainsKey("index.html");

    /// <summary>The file with this name; null where there is none.</summary>
    public static PageFile? Find(string name) => files.Value.GetValueOrDefault(name.Length == 0 ? "index.html" : name);

    private static FrozenDictionary<string, PageFile> Read()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        var found = new Dictionary<string, PageFile>();
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            string type = types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
            found[name[Prefix.Length..]] = new(bytes, type, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
        }
        return found.ToFrozenDictionary();
    }
}

/// <summary>A file of the page.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Tag">Another for every other content.</param>
internal sealed record PageFile(byte[] Bytes, string Type, string Tag);
