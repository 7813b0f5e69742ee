using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Longhand.Playground;

/// <summary>
/// Whom a server answers: pages that were asked for under one of its own names, and, where others than this machine can reach it, only
/// those who have its link.
/// </summary>
/// <param name="hosts">The names and addresses under which the server is asked for, IPv6 in brackets.</param>
/// <param name="port">The port that it listens on.</param>
/// <param name="token">What the link must hold; null where none is needed.</param>
internal sealed class Access(IEnumerable<string> hosts, int port, string? token)
{
    /// <summary>The key of the token in a link.</summary>
    public const string Key = "token";

    // http leaves it out, and so does every browser.
    private const int UnsaidPort = 80;
    private const int TokenBytes = 18;

    private readonly HashSet<string> hosts = new(hosts, StringComparer.OrdinalIgnoreCase);

    // Another server on this machine has another port, and would share a cookie of the same name.
    private readonly string cookie = string.Create(CultureInfo.InvariantCulture, $"longhand-{port}");

    /// <summary>The names that it answers to.</summary>
    public IReadOnlyCollection<string> Hosts => hosts;

    /// <summary>A token that nobody guesses: 144 random bits, as letters that an address takes as they are.</summary>
    public static string NewToken() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).Replace('+', '-').Replace('/', '_');

    /// <summary>Whether a request was made to one of the server's own names. A name that another site has pointed here arrives as that site's.</summary>
    public bool IsOwn(HostString host) => host.HasValue && hosts.Contains(host.Host) && (host.Port ?? UnsaidPort) == port;

    /// <summary>Whether the page that asks is the server's own.</summary>
    public bool IsOwnOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && uri.Scheme == Uri.UriSchemeHttp
        && uri.GetLeftPart(UriPartial.Authority) == origin.TrimEnd('/')
        && hosts.Contains(uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.DnsSafeHost}]" : uri.Host)
        && uri.Port == port;

    /// <summary>Whether a request has the token, from its link or from the cookie that its link has left.</summary>
    public bool MayEnter(HttpRequest request) => token is null || HasLink(request) || IsToken(request.Cookies[cookie]);

    /// <summary>Leaves the token with a browser that came by the link, for the files that the page asks for.</summary>
    public void Remember(HttpContext context)
    {
        if (token is not null && HasLink(context.Request))
            context.Response.Cookies.Append(
                cookie,
                token,
                new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Strict,
                    Path = "/",
                }
            );
    }

    private bool HasLink(HttpRequest request) => IsToken(request.Query[Key]);

    // As long for a token that is nearly right as for one that is not at all.
    private bool IsToken(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token!));
}
