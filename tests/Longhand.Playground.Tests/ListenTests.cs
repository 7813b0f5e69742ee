using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Longhand.Playground.Tests;

/// <summary>A server that others than its own machine may reach: nothing without the link, nothing under a foreign name.</summary>
public sealed class ListenTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public async Task Without_the_link_there_is_nothing_and_with_it_the_page_and_its_socket(string address)
    {
        Assert.SkipWhen(address.Contains(':') && !Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using PlaygroundServer server = await PlaygroundServer.StartAsync(
            new PlaygroundOptions { Listen = address, Port = 0 },
            Token
        );
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        foreach (string path in (string[])["", "live", "index.html", "icon.svg", "?token=", "?token=wrong", "?TOKEN=x"])
        {
            using HttpResponseMessage refused = await client.GetAsync(new Uri(server.Address, path), Token);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("opens with its whole link", await refused.Content.ReadAsStringAsync(Token));
        }
        Uri link = server.Links[0];
        using HttpResponseMessage page = await client.GetAsync(link, Token);
        Assert.Equal(PlaygroundServer.HasPage ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.StatusCode);
        using var socket = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(socket, new Uri(server.Address, "live")));
        using var entering = new ClientWebSocket();
        await ConnectAsync(entering, new Uri(server.Address, "live" + link.Query));
        Assert.Equal(WebSocketState.Open, entering.State);
        entering.Abort();
        if (!PlaygroundServer.HasPage)
            return;
        string cookie = page.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "icon.svg"));
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using HttpResponseMessage file = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
    }

    [Fact]
    public async Task A_foreign_host_or_origin_is_refused_even_with_the_link()
    {
        await using PlaygroundServer server = await PlaygroundServer.StartAsync(
            new PlaygroundOptions { Listen = "127.0.0.1", Port = 0 },
            Token
        );
        using var client = new HttpClient();
        foreach (
            (string? host, string? origin, HttpStatusCode status) in ((string?, string?, HttpStatusCode)[])
                [
                    ("evil.example", null, HttpStatusCode.MisdirectedRequest),
                    ("127.0.0.1:1", null, HttpStatusCode.MisdirectedRequest),
                    ("[::1]:80", null, HttpStatusCode.MisdirectedRequest),
                    (null, "http://evil.example", HttpStatusCode.Forbidden),
                    (null, "null", HttpStatusCode.Forbidden),
                    (null, $"https://127.0.0.1:{server.Address.Port}", HttpStatusCode.Forbidden),
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Links[0]);
            request.Headers.Host = host;
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            using HttpResponseMessage response = await client.SendAsync(request, Token);
            Assert.Equal(status, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("203.0.113.7", "no address of this machine")]
    [InlineData("[2001:db8::7]", "no address of this machine")]
    [InlineData("not a name", "is no address and no name")]
    [InlineData("127.0.0.1:7373", "the port behind --port")]
    [InlineData("nowhere.invalid", "no address is known")]
    public async Task An_address_that_is_not_this_machines_is_refused_with_the_reason(string address, string reason)
    {
        LonghandException refused = await Assert.ThrowsAsync<LonghandException>(() =>
            PlaygroundServer.StartAsync(new PlaygroundOptions { Listen = address, Port = 0 }, Token)
        );
        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public async Task Each_start_has_another_token_and_an_address_in_brackets_is_the_same_as_without()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using PlaygroundServer one = await PlaygroundServer.StartAsync(new PlaygroundOptions { Listen = "[::1]", Port = 0 }, Token);
        await using PlaygroundServer other = await PlaygroundServer.StartAsync(new PlaygroundOptions { Listen = "::1", Port = 0 }, Token);
        Assert.StartsWith("http://[::1]:", one.Links[0].ToString());
        Assert.NotEqual(one.Links[0].Query, other.Links[0].Query);
        Assert.True(one.Links[0].Query.Length >= 30);
    }

    private static async Task ConnectAsync(ClientWebSocket socket, Uri address) =>
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, Token);
}
