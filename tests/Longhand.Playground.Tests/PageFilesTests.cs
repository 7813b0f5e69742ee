using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Longhand.Playground.Tests;

/// <summary>How the page's files are sent: small, and not at all where the browser has them.</summary>
public sealed class PageFilesTests : IAsyncLifetime
{
    private readonly HttpClient client = new();
    private PlaygroundServer server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, Token);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    [InlineData("", null)]
    public async Task A_file_is_sent_as_small_as_the_browser_can_read_it(string accepts, string? encoding)
    {
        Assert.SkipUnless(PlaygroundServer.HasPage, "the page is not in this build: Node.js was not there");
        string name = PageFiles.Names.First(n =>
            n.StartsWith("index-", StringComparison.Ordinal) && n.EndsWith(".js", StringComparison.Ordinal)
        );
        using HttpResponseMessage plain = await GetAsync(name, "");
        using HttpResponseMessage sent = await GetAsync(name, accepts);
        Assert.Equal(encoding, sent.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", sent.Headers.Vary.Single());
        byte[] bytes = await sent.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(bytes.Length, sent.Content.Headers.ContentLength);
        Stream stream = new MemoryStream(bytes);
        await using Stream read =
            encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress)
            : encoding == "gzip" ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
        var text = new MemoryStream();
        await read.CopyToAsync(text, Token);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(Token), text.ToArray());
        Assert.Equal(encoding is null, sent.Headers.ETag!.Tag == plain.Headers.ETag!.Tag);
        using HttpResponseMessage again = await GetAsync(name, accepts, sent.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public void Scripts_and_styles_are_less_than_400_KB_compressed_and_the_fonts_licence_is_served()
    {
        Assert.SkipUnless(PlaygroundServer.HasPage, "the page is not in this build: Node.js was not there");
        int total = PageFiles
            .Names.Where(n => n.EndsWith(".js", StringComparison.Ordinal) || n.EndsWith(".css", StringComparison.Ordinal))
            .Sum(n => PageFiles.Find(n)!.For(_ => true).Bytes.Length);
        TestContext.Current.SendDiagnosticMessage($"scripts and styles: {total} bytes compressed");
        Assert.InRange(total, 1, 400_000);
        Assert.Contains(PageFiles.Names, n => n.Contains("stix-two-math", StringComparison.Ordinal));
        Assert.Contains("SIL Open Font License", PageFiles.Text("OFL.txt"));
    }

    private async Task<HttpResponseMessage> GetAsync(string name, string accepts, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, name));
        if (accepts.Length > 0)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await client.SendAsync(request, Token);
    }
}
