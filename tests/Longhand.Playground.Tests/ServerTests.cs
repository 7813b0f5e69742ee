using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Longhand.Playground.Tests;

/// <summary>What the server promises to those who mean no good, and to those who are many.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private PlaygroundServer server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await PlaygroundServer.StartAsync(0, Token);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1:1", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData(null, "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData(null, "https://127.0.0.1:1", HttpStatusCode.Forbidden)]
    public async Task A_foreign_host_or_origin_is_refused(string? host, string? origin, HttpStatusCode status)
    {
        using var client = new HttpClient();
        foreach (string path in (string[])["", "live", "index.html"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
            request.Headers.Host = host;
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            using HttpResponseMessage response = await client.SendAsync(request, Token);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_foreign_page_gets_no_socket_and_the_own_page_does()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => Live.ConnectAsync(server, "http://evil.example"));
        using Live own = await Live.ConnectAsync(server, server.Address.GetLeftPart(UriPartial.Authority));
        Assert.Equal("hello", (string?)(await own.ReadAsync())["type"]);
    }

    [Fact]
    public async Task Nothing_but_the_pages_files_is_served_and_none_may_be_framed()
    {
        using var client = new HttpClient();
        foreach (string path in (string[])["..%2f..%2fetc/passwd", "Longhand.Playground.dll", "page/index.html", "live"])
        {
            using HttpResponseMessage response = await client.GetAsync(new Uri(server.Address, path), Token);
            Assert.Contains((int)response.StatusCode, (int[])[404, 426]);
        }
        using HttpResponseMessage post = await client.PostAsync(server.Address, new StringContent(""), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.SkipUnless(PlaygroundServer.HasPage, "the page is not in this build: Node.js was not there");
        using HttpResponseMessage page = await client.GetAsync(server.Address, Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("", "no command")]
    [InlineData("{", "no command")]
    [InlineData("[]", "no command")]
    [InlineData("null", "type \"\"")]
    [InlineData("{\"type\":\"dance\"}", "known are open, play")]
    [InlineData("{\"type\":\"open\"}", "either a link or settings")]
    [InlineData("{\"type\":\"open\",\"link\":\"\",\"settings\":{}}", "either a link or settings")]
    [InlineData("{\"type\":\"open\",\"settings\":{\"network\":{}}}", "no command")]
    [InlineData("{\"type\":\"play\",\"extra\":1}", "extra")]
    [InlineData("{\"type\":\"step\",\"by\":\"year\"}", "one of epoch, batch, example, operation")]
    [InlineData("{\"type\":\"back\",\"by\":\"bach\"}", "Did you mean \"batch\"?")]
    [InlineData("{\"type\":\"frame\",\"show\":[\"all\"]}", "what can be shown beside is curve")]
    [InlineData("{\"type\":\"play\",\"stop\":{\"kind\":\"never\",\"valu\":1}}", "valu")]
    [InlineData("{\"type\":\"speed\",\"epochs\":-1}", "0 to 1000000")]
    [InlineData("{\"type\":\"speed\",\"epochs\":1e99}", "no command")]
    [InlineData("{\"type\":\"edit\",\"value\":1}", "name of a parameter")]
    [InlineData("{\"type\":\"play\"}", "no experiment is open")]
    public async Task A_malformed_message_is_refused_with_a_reason_and_the_connection_stays(string message, string reason)
    {
        using Live live = await Live.ConnectAsync(server);
        await live.ReadAsync();
        await live.SendTextAsync(message);
        JsonNode answer = await live.ReadAsync();
        Assert.Equal("refused", (string?)answer["type"]);
        Assert.Contains(reason, (string?)answer["reason"]);
        await live.SendAsync(new { type = "open", link = "" });
        Assert.Equal("opened", (string?)(await live.ReadAsync())["type"]);
    }

    [Fact]
    public async Task An_oversized_message_ends_the_connection_with_the_reason()
    {
        using Live live = await Live.ConnectAsync(server);
        await live.ReadAsync();
        await live.SendTextAsync($"{{\"type\":\"open\",\"link\":\"{new string('x', Limits.MessageBytes)}\"}}");
        Assert.Contains($"at most {Limits.MessageBytes} bytes", (string?)(await live.ReadAsync())["reason"]);
        Assert.Equal("closed", (string?)(await live.ReadAsync())["type"]);
    }

    [Fact]
    public async Task Too_many_messages_end_the_connection_with_the_reason()
    {
        using Live live = await Live.ConnectAsync(server);
        await live.ReadAsync();
        Task sending = Task.Run(
            async () =>
            {
                for (int i = 0; i < 20 * Limits.MessagesPerSecond; i++)
                    await live.SendTextAsync("{\"type\":\"frame\"}");
            },
            Token
        );
        JsonNode answer = await live.ReadAsync();
        Assert.Equal("refused", (string?)answer["type"]);
        Assert.Matches("messages a second|commands wait already", (string?)answer["reason"]);
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Closing_the_page_ends_its_session()
    {
        (Live live, JsonNode _) = await Live.OpenAsync(server, "");
        await live.SendAsync(new { type = "speed", epochs = 0 });
        await live.SendAsync(new { type = "play" });
        await live.FrameAsync(f => (int)f["epoch"]! > 0);
        Assert.Equal(1, server.Connections);
        live.Dispose();
        while (server.Connections > 0)
            await Task.Delay(10, Token);
    }

    [Fact]
    public async Task Many_idle_and_slow_pages_and_many_that_train_leave_the_server_answering()
    {
        var pages = new List<Live>();
        try
        {
            for (int i = 0; i < 300; i++)
                pages.Add(await Live.ConnectAsync(server));
            for (int i = 0; i < 50; i++)
            {
                (Live live, JsonNode opened) = await Live.OpenAsync(server, "");
                pages.Add(live);
                Assert.Equal("opened", (string?)opened["type"]);
                await live.SendAsync(new { type = "speed", epochs = 0 });
                await live.SendAsync(new { type = "play" });
                // asked for and never read
                await live.SendAsync(new { type = "frame" });
            }
            (Live mine, JsonNode _) = await Live.OpenAsync(server, "");
            pages.Add(mine);
            await mine.FrameAsync();
            var worst = TimeSpan.Zero;
            for (int step = 1; step <= 20; step++)
            {
                long start = Stopwatch.GetTimestamp();
                await mine.SendAsync(new { type = "step", by = "batch" });
                JsonNode frame = await mine.FrameAsync();
                Assert.Equal(step, (int)frame["batch"]!);
                worst = Stopwatch.GetElapsedTime(start) > worst ? Stopwatch.GetElapsedTime(start) : worst;
            }
            TestContext.Current.SendDiagnosticMessage($"the slowest of 20 steps took {worst.TotalMilliseconds:0} ms");
        }
        finally
        {
            pages.ForEach(page => page.Dispose());
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_and_without_one_another_is_found()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        LonghandException refused = await Assert.ThrowsAsync<LonghandException>(() => PlaygroundServer.StartAsync(port, Token));
        Assert.Contains($"Port {port}", refused.Message);
        await using PlaygroundServer one = await PlaygroundServer.StartAsync(new PlaygroundOptions(), Token);
        await using PlaygroundServer other = await PlaygroundServer.StartAsync(new PlaygroundOptions(), Token);
        Assert.NotEqual(one.Address.Port, other.Address.Port);
    }
}
