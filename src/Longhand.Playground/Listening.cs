using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Longhand.Playground;

/// <summary>Where a server listens, and what it is called there.</summary>
/// <param name="Addresses">The addresses of this machine that it listens on.</param>
/// <param name="Hosts">The names and addresses by which a browser may ask for it, the best to be told first.</param>
/// <param name="NeedsToken">Whether whoever asks must have the link.</param>
internal sealed record Listening(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Hosts, bool NeedsToken)
{
    /// <summary>For this machine alone.</summary>
    public static Listening Loopback { get; } = new([IPAddress.Loopback], ["127.0.0.1", "localhost"], false);

    /// <summary>Reads what stands behind --listen: an address of this machine, 0.0.0.0 or :: for all of them, or its name.</summary>
    /// <exception cref="LonghandException">It is none of this machine's.</exception>
    public static Listening Read(string text)
    {
        string written = text.Trim();
        if (IPAddress.TryParse(written.TrimStart('[').TrimEnd(']'), out IPAddress? address))
            return Of(address, written);
        if (Uri.CheckHostName(written) != UriHostNameType.Dns)
            throw new LonghandException(
                $"--listen {Quoted.Of(text)} is no address and no name: write an address of this machine such as 192.168.1.20, its name, "
                    + "0.0.0.0 for all its addresses, and the port behind --port."
            );
        IPAddress[] found = Resolved(written);
        if (found.Length == 0)
            throw new LonghandException($"--listen {Quoted.Of(text)}: no address is known for this name.");
        foreach (IPAddress each in found)
            RequireOwn(each, text);
        // Many machines know their own name as an address that nobody else can reach.
        if (found.All(IPAddress.IsLoopback) && !written.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            throw new LonghandException(
                $"--listen {Quoted.Of(text)}: this machine knows the name as {found[0]}, which no other can reach; give an address, or 0.0.0.0 "
                    + "for all addresses."
            );
        return new(found, [written, .. found.Select(Host)], true);
    }

    /// <summary>An address as it stands in a link.</summary>
    public static string Host(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{new IPAddress(address.GetAddressBytes())}]" : address.ToString();

    private static Listening Of(IPAddress address, string text)
    {
        bool isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        if (!isAny)
        {
            RequireOwn(address, text);
            return new([address], [Host(address), .. IPAddress.IsLoopback(address) ? ["localhost"] : (string[])[]], true);
        }
        string name = Dns.GetHostName();
        // Who is told an address types it, so the short ones that others can reach come first.
        IEnumerable<IPAddress> own = Own()
            .Where(a => address.AddressFamily == AddressFamily.InterNetworkV6 || a.AddressFamily == AddressFamily.InterNetwork)
            .OrderBy(IPAddress.IsLoopback)
            .ThenBy(a => a.IsIPv6LinkLocal)
            .ThenBy(a => a.AddressFamily == AddressFamily.InterNetworkV6);
        return new([address], [.. own.Select(Host), name, $"{name}.local", "localhost"], true);
    }

    private static void RequireOwn(IPAddress address, string text)
    {
        if (!IPAddress.IsLoopback(address) && !Own().Any(own => own.Equals(address)))
            throw new LonghandException(
                $"--listen {Quoted.Of(text)}: {address} is no address of this machine. It has {string.Join(", ", Own())}."
            );
    }

    private static IEnumerable<IPAddress> Own() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(n => n.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Select(u => u.Address);

    private static IPAddress[] Resolved(string name)
    {
        try
        {
            return [.. Dns.GetHostAddresses(name).Where(a => a.AddressFamily == AddressFamily.InterNetwork || Socket.OSSupportsIPv6)];
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
