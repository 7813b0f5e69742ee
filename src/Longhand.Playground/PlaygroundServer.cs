using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Longhand.Playground.Images;
using Longhand.Playground.Questions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Longhand.Playground;

/// <summary>The playground's server. It listens on loopback alone, and answers no page but its own.</summary>
public sealed class PlaygroundServer : IAsyncDisposable
{
    /// <summary>The port that is taken where none is asked for, unless another program has it.</summary>
    public const int UsualPort = 7373;

    // Scripts and styles are this server's own; a style attribute is how the page places what it draws.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly WebApplication app;
    private readonly Workers workers = new();
    private readonly Answers answers = new();
    private readonly ConcurrentDictionary<Connection, bool> connections = [];

    private readonly ImageSets images;

    private PlaygroundServer(WebApplication app, ImageSets images) => (this.app, this.images) = (app, images);

    /// <summary>Whether the page is in this build; without Node.js it is left out.</summary>
    public static bool HasPage => PageFiles.Exist;

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Pages that are connected.</summary>
    public int Connections => connections.Count;

    /// <summary>Starts a server.</summary>
    /// <param name="port">The port; null takes <see cref="UsualPort"/>, or a free one where that is taken, and 0 a free one.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="images">Sets of images that pages may train on beside the digits of the library: MNIST, Fashion-MNIST.</param>
    /// <exception cref="LonghandException">The port that was asked for is taken or not allowed.</exception>
    public static async Task<PlaygroundServer> StartAsync(
        int? port = null,
        CancellationToken cancellation = default,
        IReadOnlyList<(DataSet Train, DataSet Test)>? images = null
    )
    {
        var sets = new ImageSets(images ?? []);
        try
        {
            return await StartOnAsync(port ?? UsualPort, sets, cancellation);
        }
        catch (IOException) when (port is null)
        {
            return await StartOnAsync(0, sets, cancellation);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new LonghandException(
                $"Port {port} cannot be used: another program has it, or it is not allowed. Without --port a free one is taken.",
                e
            );
        }
    }

    /// <summary>Ends the server and all sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        EndThreads();
    }

    private static async Task<PlaygroundServer> StartOnAsync(int port, ImageSets images, CancellationToken cancellation)
    {
        // Nothing of the environment or the present folder has a say in it.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = "Longhand", ContentRootPath = AppContext.BaseDirectory }
        );
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port);
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
        server.Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/"
        );
        return server;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // A name that another site has pointed at this machine arrives with that site's own name.
        if (!IsOwn(request.Host.Value))
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This server answers 127.0.0.1 and localhost alone.");
        else if (request.Headers.Origin.Count > 0 && !IsOwnOrigin(request.Headers.Origin.ToString()))
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This server answers its own page alone.");
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

    private bool IsOwn(string? host) => host == $"127.0.0.1:{Address.Port}" || host == $"localhost:{Address.Port}";

    private bool IsOwnOrigin(string origin) => origin.StartsWith("http://", StringComparison.Ordinal) && IsOwn(origin["http://".Length..]);

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
        var connection = new Connection(
            socket,
            workers,
            answers,
            images,
            () => connections.Keys.Count(c => c.Session.IsOpen) < Limits.Sessions,
            end.Token
        );
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

    private static async Task FileAsync(HttpContext context, PageFile file)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-cache";
        headers.ETag = file.Tag;
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Bytes.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
