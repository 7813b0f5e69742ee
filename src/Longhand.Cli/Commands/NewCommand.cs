using System.CommandLine;
using Longhand.Experiments;

namespace Longhand.Cli.Commands;

/// <summary><c>new NAME</c>: a commented experiment file to begin with.</summary>
internal static class NewCommand
{
    public static Command Create(Session session)
    {
        var name = Operands.Argument("NAME", "what it is about: xor, circle, digits, explain, or a kind of data");
        var command = new Command("new", "Writes a commented experiment file; without a name lists what there is.") { name };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    if (Operands.Words(parsed, name).Length == 0)
                    {
                        List(session);
                        return 0;
                    }
                    string topic = Operands.One(parsed, name, "the name of one topic", Examples.First("new"));
                    string text = Templates.Text(topic);
                    if (session.IsJson)
                        session.WriteJson(json =>
                        {
                            json.WriteStartObject();
                            json.WriteString("name", topic);
                            json.WriteString("text", text);
                            json.WriteEndObject();
                        });
                    else
                        session.Output.Write(text);
                    return 0;
                }
            )
        );
        return command;
    }

    private static void List(Session session)
    {
        if (session.IsJson)
            session.WriteJson(json =>
            {
                json.WriteStartArray();
                foreach (string topic in Templates.Names)
                    json.WriteStringValue(topic);
                json.WriteEndArray();
            });
        else
            session.NewPage().Table(["new", "what it shows"], Templates.Names.Select(topic => (string[])[topic, Templates.Summary(topic)]));
    }
}
