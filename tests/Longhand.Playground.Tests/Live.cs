using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Longhand.Playground.Tests;

/// <summary>A page's side of the socket, as a program.</summary>
internal sealed class Live : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
    private readonly byte[] buffer = new byte[1 << 20];

    /// <summary>The pictures of the last frame.</summary>
    public byte[] Pictures { get; private set; } = [];

    public static async Task<Live> ConnectAsync(PlaygroundServer server, string? origin = null)
    {
        var live = new Live();
        if (origin is not null)
            live.socket.Options.SetRequestHeader("Origin", origin);
        await live.socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Address.Port}/live"), live.Token);
        return live;
    }

    /// <summary>A page that has opened what its link says; the hello and the answer are read.</summary>
    public static async Task<(Live Live, JsonNode Opened)> OpenAsync(PlaygroundServer server, string link)
    {
        Live live = await ConnectAsync(server);
        Assert.Equal("hello", (string?)(await live.ReadAsync())["type"]);
        await live.SendAsync(new { type = "open", link });
        return (live, await live.ReadAsync());
    }

    public Task SendAsync(object command) => SendTextAsync(JsonSerializer.Serialize(command));

    public Task SendTextAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Token);

    /// <summary>The next message: a text's JSON, or that of a frame with its pictures' length as <c>maps</c>.</summary>
    public async Task<JsonNode> ReadAsync()
    {
        int length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), Token);
            length += part.Count;
        } while (!part.EndOfMessage);
        if (part.MessageType == WebSocketMessageType.Close)
            return new JsonObject { ["type"] = "closed", ["reason"] = socket.CloseStatusDescription };
        if (part.MessageType == WebSocketMessageType.Text)
            return JsonNode.Parse(buffer.AsSpan(0, length))!;
        int header = (int)BinaryPrimitives.ReadUInt32LittleEndian(buffer);
        JsonNode frame = JsonNode.Parse(buffer.AsSpan(4, header))!;
        Pictures = buffer[(4 + header)..length];
        frame["type"] = "frame";
        frame["maps"] = length - 4 - header;
        return frame;
    }

    /// <summary>Asks a question.</summary>
    /// <returns>The answer, or the refusal.</returns>
    public async Task<JsonNode> AskAsync(string about, object with)
    {
        await SendAsync(
            new
            {
                type = "ask",
                id = 1,
                about,
                with,
            }
        );
        return await ReadAsync();
    }

    /// <summary>Asks for frames until one is as wanted.</summary>
    public async Task<JsonNode> FrameAsync(Predicate<JsonNode>? wanted = null)
    {
        while (true)
        {
            await SendAsync(new { type = "frame" });
            JsonNode frame = await ReadAsync();
            Assert.Equal("frame", (string?)frame["type"]);
            if (wanted?.Invoke(frame) != false)
                return frame;
        }
    }

    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
        patience.Dispose();
    }

    // What never comes is a failure, not an endless wait.
    private CancellationToken Token => patience.Token;
}
