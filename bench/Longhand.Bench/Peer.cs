using System.Diagnostics;
using System.Text.Json;

namespace Longhand.Bench;

/// <summary>Another engine in a process of its own, asked for one measurement at a time.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    private Peer(Process process, string name, string version)
    {
        this.process = process;
        Name = name;
        Version = version;
    }

    public string Name { get; }

    public string Version { get; }

    /// <summary>Starts a peer; null where it does not run here, with the reason.</summary>
    public static Peer? Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> settings,
        out string? problem
    )
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in settings)
            start.Environment[name] = value;
        problem = null;
        try
        {
            Process process = Process.Start(start)!;
            var errors = new List<string>();
            process.ErrorDataReceived += (_, line) =>
            {
                if (!string.IsNullOrWhiteSpace(line.Data))
                    lock (errors)
                        errors.Add(line.Data);
            };
            process.BeginErrorReadLine();
            if (
                process.StandardOutput.ReadLine() is { } hello
                && TryRead(hello) is { } greeting
                && greeting.TryGetProperty("name", out JsonElement name)
            )
                return new(process, name.GetString()!, greeting.GetProperty("version").GetString()!);
            process.WaitForExit(2000);
            lock (errors)
                problem = errors.LastOrDefault() ?? "it ended without a word";
            process.Dispose();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            problem = e.Message;
        }
        return null;
    }

    /// <summary>One measurement; null where the peer cannot say, with the reason.</summary>
    public double? Ask(string workload, out string? problem)
    {
        problem = null;
        try
        {
            process.StandardInput.WriteLine(workload);
            process.StandardInput.Flush();
            if (process.StandardOutput.ReadLine() is not { } line || TryRead(line) is not { } answer)
                problem = $"{Name} ended";
            else if (answer.TryGetProperty("value", out JsonElement value))
                return value.GetDouble();
            else
                problem = answer.TryGetProperty("skip", out JsonElement why) ? why.GetString() : line;
        }
        catch (IOException)
        {
            problem = $"{Name} ended";
        }
        return null;
    }

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(5000))
                process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException) { }
        process.Dispose();
    }

    private static JsonElement? TryRead(string line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
