using System.Text;
using Longhand.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first time the run ends cleanly; whoever presses again does not want to wait.
    pressed.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
};
return Cli.Run(args, Console.In, Console.Out, Console.Error, Terminal.OfConsole(), cancellation.Token);
