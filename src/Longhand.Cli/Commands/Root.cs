using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Longhand.Experiments;

namespace Longhand.Cli.Commands;

/// <summary>The command <c>longhand</c> itself, with all others.</summary>
internal static class Root
{
    private const string Greeting = """
        Longhand: neural networks that show their work.

          longhand new circle --out circle.yaml      write a first experiment
          longhand train circle.yaml                 train it and hear what it has learned
          longhand explain "1 -> dense 1 relu" --input 1 --target 5 --loss half-mse --set dense1.weight=3
                                                     every number, worked out as by hand
          longhand summary "28x28 -> dense 100 relu -> dense 10"
                                                     shapes and parameters of a network

        longhand --help lists all commands, longhand COMMAND --help explains one with an example.
        """;

    public static RootCommand Create(Session session)
    {
        // The kind csv comes with the experiments; lists of data know it from the start.
        ExperimentKinds.Register();
        var root = new RootCommand("Neural networks that show their work.") { session.JsonOption, session.OutOption };
        root.Add(TrainCommand.Create(session));
        root.Add(CompareCommand.Create(session));
        root.Add(EvaluateCommand.Create(session));
        root.Add(PredictCommand.Create(session));
        root.Add(ExplainCommand.Create(session));
        root.Add(SummaryCommand.Create(session));
        root.Add(CheckCommand.Create(session));
        root.Add(GradeCommand.Create(session));
        root.Add(CollapseCommand.Create(session));
        root.Add(MatrixCommand.Create(session));
        root.Add(TruthCommand.Create(session));
        root.Add(DesignCommand.Create(session));
        root.Add(MinimizeCommand.Create(session));
        root.Add(ActivationsCommand.Create(session));
        root.Add(DataCommand.Create(session));
        root.Add(NewCommand.Create(session));
        root.Add(SheetCommand.Create(session));
        root.Add(CodeCommand.Create(session));
        root.Add(PlaygroundCommand.Create(session));
        root.SetAction(_ =>
        {
            session.Output.WriteLine(Greeting);
            return 0;
        });
        foreach (Option option in root.Options)
            if (option is HelpOption)
                option.Action = new HelpWithExamples((HelpAction)option.Action!);
            else if (option is VersionOption)
                option.Action = new ShortVersion();
        return root;
    }

    /// <summary>The library's help, and below it how the command is used.</summary>
    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            InvocationConfiguration configuration = parseResult.InvocationConfiguration;
            TextWriter output = configuration.Output;
            using var text = new StringWriter();
            configuration.Output = text;
            int exit = help.Invoke(parseResult);
            configuration.Output = output;
            // The library names the program after its file, which is that of a test or of the dotnet host as often as not.
            output.WriteLine(text.ToString().Replace(RootCommand.ExecutableName, "longhand", StringComparison.Ordinal).TrimEnd());
            output.WriteLine();
            output.Write(Examples.Of(parseResult.CommandResult.Command.Name));
            return exit;
        }
    }

    /// <summary>0.1.0, without the build's own number behind it.</summary>
    private sealed class ShortVersion : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            string version = typeof(Root).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine(version.Split('+')[0]);
            return 0;
        }
    }
}
