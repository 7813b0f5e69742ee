using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Longhand.Playground;

namespace Longhand.Cli.Commands;

/// <summary><c>playground</c>: the page in which networks are trained before one's eyes.</summary>
internal static class PlaygroundCommand
{
    private const int HighestPort = 65535;

    public static Command Create(Session session)
    {
        var port = new Option<string?>("--port")
        {
            Description = $"the port on this machine; {PlaygroundServer.UsualPort} or, where that is taken, a free one if not given",
            HelpName = "PORT",
        };
        var open = new Option<bool>("--open") { Description = "open the page in the browser" };
        var listen = new Option<string?>("--listen")
        {
            Description =
                "an address of this machine, or 0.0.0.0 for all, to serve a classroom; whoever is to use the page needs the link that is shown",
            HelpName = "ADDRESS",
        };
        var export = new Option<string?>("--export")
        {
            Description = "serve nothing: train this experiment and write one page, for --out FILE.html, that replays it without a server",
            HelpName = "EXPERIMENT",
        };
        Option<string?> Folder(string name, string what) =>
            new($"--{name}") { Description = $"a folder with {what}, for the view of images", HelpName = "DIR" };
        Option<string?> mnist = Folder("mnist", "MNIST's four files"),
            fashion = Folder("fashion", "Fashion-MNIST's four files");
        var command = new Command("playground", "Serves a page in which networks train before one's eyes; Ctrl-C ends it.")
        {
            port,
            open,
            listen,
            export,
            mnist,
            fashion,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    RequirePage();
                    if (parsed.GetValue(export) is not { } experiment)
                    {
                        var options = new PlaygroundOptions
                        {
                            Listen = parsed.GetValue(listen),
                            Port = Session.Whole(parsed, port, 0, HighestPort),
                            Images = [.. Sets((Data.Mnist, parsed.GetValue(mnist)), (Data.Fashion, parsed.GetValue(fashion)))],
                        };
                        return ServeAsync(session, options, parsed.GetValue(open)).GetAwaiter().GetResult();
                    }
                    foreach (Option option in (Option[])[port, open, listen, mnist, fashion])
                        if (parsed.GetResult(option) is { Implicit: false })
                            throw new LonghandException($"{option.Name} does not go with --export: a page that is written is not served.");
                    string page = StaticPage.Write(session.LoadExperiment(experiment));
                    if (session.IsJson)
                        session.WriteJson(json =>
                        {
                            json.WriteStartObject();
                            json.WriteString("html", page);
                            json.WriteEndObject();
                        });
                    else
                        session.Output.Write(page);
                    return 0;
                }
            )
        );
        return command;
    }

    private static void RequirePage()
    {
        if (!PlaygroundServer.HasPage)
            throw new LonghandException(
                "the page is not in this build, because Node.js 20.19 or newer (with npm) was not there when it was made. "
                    + "Install it and build again: dotnet build -c Release src/Longhand.Cli"
            );
    }

    // Read once, before the page is served: what is wrong with a folder is said here, and all pages share what was read.
    private static IEnumerable<(DataSet Train, DataSet Test)> Sets(
        params (Func<string, (DataSet Train, DataSet Test)> Read, string? Folder)[] given
    ) => given.Where(set => set.Folder is not null).Select(set => set.Read(set.Folder!));

    private static async Task<int> ServeAsync(Session session, PlaygroundOptions options, bool open)
    {
        await using PlaygroundServer server = await PlaygroundServer.StartAsync(options, session.Cancellation);
        if (session.IsJson)
            session.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("address", server.Links[0].ToString());
                json.WriteEndObject();
            });
        else if (options.Listen is null)
            session.Output.WriteLine($"The playground is at {server.Address} for this machine alone. Ctrl-C ends it.");
        else
            Announce(session, server);
        session.Output.Flush();
        if (open && !TryOpen(server.Links[0]))
            session.Error.WriteLine($"longhand: no browser could be opened; open {server.Links[0]} yourself.");
        await server.WaitAsync(session.Cancellation);
        return 0;
    }

    private static void Announce(Session session, PlaygroundServer server)
    {
        session.Output.WriteLine("The playground is at one of these links, for everyone who has it and can reach this machine:");
        foreach (Uri link in server.Links)
            session.Output.WriteLine($"  {link}");
        session.Output.WriteLine("What is sent is not encrypted, and each start has another link. Ctrl-C ends it.");
        session.Output.WriteLine(PlaygroundServer.StatedLimits);
    }

    private static bool TryOpen(Uri address)
    {
        try
        {
            ProcessStartInfo start = OperatingSystem.IsWindows()
                ? new(address.ToString()) { UseShellExecute = true }
                : new(OperatingSystem.IsMacOS() ? "open" : "xdg-open", address.ToString())
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                };
            using Process? process = Process.Start(start);
            return process is not null;
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            return false;
        }
    }
}
