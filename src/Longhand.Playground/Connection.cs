using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Longhand.Layers;
using Longhand.Playground.Images;
using Longhand.Playground.Questions;

namespace Longhand.Playground;

/// <summary>One page's socket with its session: messages in, checked before they are believed; messages out, never more than are read.</summary>
internal sealed class Connection
{
    private readonly WebSocket socket;
    private readonly Workers workers;
    private readonly ImageSets images;
    private readonly Channel<Message> unread = Channel.CreateBounded<Message>(
        new BoundedChannelOptions(Limits.UnreadMessages) { SingleReader = true }
    );
    private readonly CancellationTokenSource end;
    private string? reason;
    private long unreadBytes;

    public Connection(
        WebSocket socket,
        Workers workers,
        Answers answers,
        ImageSets images,
        Func<string?> refusal,
        CancellationToken cancellation
    )
    {
        this.socket = socket;
        this.workers = workers;
        this.images = images;
        end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Session = new Session(Send, refusal, answers, images);
    }

    /// <summary>What the page works with.</summary>
    public Session Session { get; }

    /// <summary>Serves the page until it leaves or breaks a rule.</summary>
    public async Task RunAsync()
    {
        Send(Message.Of(Hello(images)));
        Task sending = SendAllAsync();
        try
        {
            await ReceiveAllAsync();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException) { }
        finally
        {
            Session.Dispose();
            workers.Wake(Session);
            unread.Writer.TryComplete();
            try
            {
                if (reason is not null && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                {
                    await sending.WaitAsync(Limits.SendTime);
                    using var patience = new CancellationTokenSource(Limits.SendTime);
                    await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, reason, patience.Token);
                }
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or TimeoutException) { }
            await end.CancelAsync();
            await sending;
            // A thread may still send: the source of the cancellation stays usable, and what it is linked to is disposed of by who made it.
            socket.Abort();
        }
    }

    private static JsonObject Hello(ImageSets images)
    {
        JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)n)]);
        var defaults = new JsonObject();
        foreach ((string key, string value) in Settings.Keys)
            defaults[key] = value;
        return new JsonObject
        {
            ["type"] = "hello",
            ["activations"] = Names(Layer.Kinds.All.Where(k => k.Example is { IsActivation: true }).Select(k => k.Name)),
            ["losses"] = Names(Loss.Kinds.All.Select(k => k.Name)),
            ["optimizers"] = Names(Optimizer.Kinds.All.Select(k => k.Name)),
            ["data"] = Names(Setup.DataNames),
            ["kinds"] = KindLists.All(),
            ["images"] = Names(images.Names),
            ["defaults"] = defaults,
        };
    }

    private void Send(Message message)
    {
        // A page that does not read what it has asked for has no place here. A single answer may be larger than what else may wait.
        long waiting = Interlocked.Add(ref unreadBytes, message.Bytes.Length);
        if (waiting > Limits.UnreadBytes && waiting > message.Bytes.Length || !unread.Writer.TryWrite(message))
            end.Cancel();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (Message message in unread.Reader.ReadAllAsync(end.Token))
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                patience.CancelAfter(Limits.SendTime);
                await socket.SendAsync(
                    message.Bytes,
                    message.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text,
                    WebSocketMessageFlags.EndOfMessage,
                    patience.Token
                );
                Interlocked.Add(ref unreadBytes, -message.Bytes.Length);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            await end.CancelAsync();
        }
    }

    private async Task ReceiveAllAsync()
    {
        byte[] buffer = new byte[1024];
        int length = 0;
        double room = Limits.MessagesPerSecond;
        long last = Stopwatch.GetTimestamp();
        while (reason is null)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, Limits.MessageBytes + 1));
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), end.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                return;
            length += part.Count;
            if (length > Limits.MessageBytes)
                reason = $"A message may have at most {Limits.MessageBytes} bytes.";
            else if (part.EndOfMessage)
            {
                room =
                    Math.Min(Limits.MessagesPerSecond, room + Stopwatch.GetElapsedTime(last).TotalSeconds * Limits.MessagesPerSecond) - 1;
                last = Stopwatch.GetTimestamp();
                if (room < 0)
                    reason = $"At most {Limits.MessagesPerSecond} messages a second are taken.";
                else
                    Take(part.MessageType, buffer.AsSpan(0, length));
                length = 0;
            }
        }
        Send(Refusal(reason));
    }

    private void Take(WebSocketMessageType type, ReadOnlySpan<byte> message)
    {
        try
        {
            if (type != WebSocketMessageType.Text)
                throw new LonghandException("A command is text.");
            if (!Session.Receive(Command.Read(message)))
                reason = $"{Limits.WaitingCommands} commands wait already; send the next when some are answered.";
            else
                workers.Wake(Session);
        }
        catch (LonghandException e)
        {
            Send(Refusal(e.Message));
        }
    }

    private static Message Refusal(string why) => Message.Of(new JsonObject { ["type"] = "refused", ["reason"] = why });
}
