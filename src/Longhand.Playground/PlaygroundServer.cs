using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Longhand.Playground.Images;
using Longhand.Playground.Questions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace Longhand.Playground;

/// <summary>
/// The playground's server. It listens on loopback alone unless it is told to listen elsewhere, and answers no page but its own; where
/// others than this machine can reach it, only those who have its link.
/// </summary>
public sealed class PlaygroundServer : IAsyncDisposable
{
    /// <summary>The port that is taken where none is asked for, unless another program has it.</summary>
    public const int UsualPort = 7373;

    // Scripts and styles are this server's own; a style attribute is how the page places what it draws.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly WebApplication app;
    private readonly Workers workers = new();
    private readonly Answers answers = new();
    private readonly ConcurrentDictionary<Connection, bool> connections = [];
    private readonly ImageSets images;
    private Access access = new([], 0, null);

    private PlaygroundServer(WebApplication app, ImageSets images) => (this.app, this.images) = (app, images);

    /// <summary>Whether the page is in this build; without Node.js it is left out.</summary>
    public static bool HasPage => PageFiles.Exist;

    /// <summary>What the server allows to those who use it, in a sentence.</summary>
    public static string StatedLimits =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Limits: {Limits.Sessions} pages with an experiment, {Limits.Connections} connected in all; {Limits.Examples} examples, "
                + $"{Limits.Parameters} parameters and {Limits.MegabytesPerSession} MB a page, {Limits.Megabytes} MB together."
        );

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The addresses that open the page, with what must be in them; the best to be told first.</summary>
    public IReadOnlyList<Uri> Links { get; private set; } = [];

    /// <summary>Pages that are connected.</summary>
    public int Connections => connections.Count;

    /// <summary>Starts a server for this machine alone.</summary>
    /// <param name="port">The port; null takes <see cref="UsualPort"/>, or a free one where that is taken, and 0 a free one.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="LonghandException">The port that was asked for is taken or not allowed.</exception>
    public static Task<PlaygroundServer> StartAsync(int? port = null, CancellationToken cancellation = default) =>
        StartAsync(new PlaygroundOptions { Port = port }, cancellation);

    /// <summary>Starts a server.</summary>
    /// <param name="options">Where it listens, and what it serves.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="LonghandException">The address is not this machine's, or the port is taken or not allowed.</exception>
    public static async Task<PlaygroundServer> StartAsync(PlaygroundOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        int? port = options.Port;
        Listening listening = options.Listen is null ? Listening.Loopback : Listening.Read(options.Listen);
        var images = new ImageSets(options.Images);
        try
        {
            return await StartOnAsync(listening, port ?? UsualPort, images, cancellation);
        }
        catch (IOException) when (port is null)
        {
            return await StartOnAsync(listening, 0, images, cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new LonghandException(
                $"Port {port} cannot be used: another program has it, or it is not allowed. Without --port a free one is taken.",
                e
            );
        }
    }

    /// <summary>Serves until it is told to end: by Ctrl-C or another signal of the system, or here.</summary>
    /// <param name="cancellation">Ends it.</param>
    public Task WaitAsync(CancellationToken cancellation) => app.WaitForShutdownAsync(cancellation);

    /// <summary>Ends the server and all sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        EndThreads();
    }

    private static async Task<PlaygroundServer> StartOnAsync(
        Listening listening,
        int port,
        ImageSets images,
        CancellationToken cancellation
    )
    {
        // Several addresses are to have the same port.
        if (port == 0 && listening.Addresses.Count > 1)
            port = FreePort(listening.Addresses[0]);
        // Nothing of the environment or the present folder has a say in it.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = "Longhand", ContentRootPath = AppContext.BaseDirectory }
        );
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            foreach (IPAddress address in listening.Addresses)
                options.Listen(address, port);
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.MaxConcurrentConnections = Limits.Connections + 100;
            options.Limits.MaxConcurrentUpgradedConnections = Limits.Connections;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        WebApplication app = builder.Build();
        var server = new PlaygroundServer(app, images);
        app.UseWebSockets(
            new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(20) }
        );
        app.Run(server.AnswerAsync);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            server.EndThreads();
            await app.DisposeAsync();
            throw;
        }
        int taken = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        string? token = listening.NeedsToken ? Access.NewToken() : null;
        string query = token is null ? "" : $"?{Access.Key}={token}";
        server.access = new Access(listening.Hosts, taken, token);
        server.Links = [.. listening.Hosts.Select(host => new Uri($"http://{host}:{taken}/{query}"))];
        server.Address = new Uri(server.Links[0].GetLeftPart(UriPartial.Path));
        return server;
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // A name that another site has pointed at this machine arrives with that site's own name.
        if (!access.IsOwn(request.Host))
            await RefuseAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                $"This server answers {string.Join(", ", access.Hosts)} alone."
            );
        else if (request.Headers.Origin.Count > 0 && !access.IsOwnOrigin(request.Headers.Origin.ToString()))
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This server answers its own page alone.");
        else if (!access.MayEnter(request))
            await RefuseAsync(
                context,
                StatusCodes.Status403Forbidden,
                $"This page opens with its whole link, in which ?{Access.Key}=… stands: ask for it where longhand playground was started."
            );
        else if (request.Path == "/live")
            await LiveAsync(context);
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "Only GET is answered here.");
        else if (PageFiles.Find(request.Path.Value!.TrimStart('/')) is { } file)
            await FileAsync(context, file);
        else
            await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such file.");
    }

    private void EndThreads()
    {
        workers.Dispose();
        answers.Dispose();
    }

    private async Task LiveAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "A WebSocket is served here.");
            return;
        }
        if (connections.Count >= Limits.Connections)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                $"{Limits.Connections} pages are connected already, and no more can be."
            );
            return;
        }
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            app.Lifetime.ApplicationStopping
        );
        var connection = new Connection(socket, workers, answers, images, Refusal, end.Token);
        connections[connection] = true;
        try
        {
            await connection.RunAsync();
        }
        finally
        {
            connections.TryRemove(connection, out _);
        }
    }

    // Why no further page may open an experiment; null where one may.
    private string? Refusal() =>
        connections.Keys.Count(c => c.Session.IsOpen) >= Limits.Sessions
            ? $"{Limits.Sessions} pages train already, and no more can; close one of them."
        : Environment.WorkingSet >> Limits.MegabyteBits >= Limits.Megabytes
            ? $"The server uses the {Limits.Megabytes} MB of memory that it may use; close a page, or train something smaller."
        : null;

    private async Task FileAsync(HttpContext context, PageFile file)
    {
        RequestHeaders asked = context.Request.GetTypedHeaders();
        PageBody body = file.For(encoding => Accepts(asked.AcceptEncoding, encoding));
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.ETag = body.Tag;
        if (file.Compressed.Count > 0)
            headers.Vary = "Accept-Encoding";
        access.Remember(context);
        if (asked.IfNoneMatch.Any(tag => tag.Tag == body.Tag || tag.Tag == "*"))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = body.Bytes.Length;
        if (body.Encoding is not null)
            headers.ContentEncoding = body.Encoding;
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.Body.WriteAsync(body.Bytes, context.RequestAborted);
    }

    // An encoding that is not named is not accepted, and neither is one of quality 0; * is taken for what it is meant for: anything.
    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        (accepted.FirstOrDefault(a => a.Value == encoding) ?? accepted.FirstOrDefault(a => a.Value == "*")) is { Quality: not 0.0 };

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
