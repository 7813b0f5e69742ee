using System.CommandLine;
using System.Text;
using System.Text.Json;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Formats;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary><c>minimize "y^2 + (y-x)^2"</c>: gradient descent on a function, step by step with its numbers.</summary>
internal static class MinimizeCommand
{
    private const int UsualSteps = 10,
        UsualDigits = 6;

    public static Command Create(Session session)
    {
        var function = Operands.Argument("FUNCTION", "a function in quotation marks: \"y^2 + (y-x)^2\", \"exp(-x) sin(2x)\"");
        var start = new Option<string?>("--start") { Description = "where the path begins", HelpName = "x=1,y=1" };
        var optimizer = new Option<string?>("--optimizer") { Description = "such as \"sgd lr=0.1\" (which it is)", HelpName = "VALUE" };
        var schedule = new Option<string?>("--schedule")
        {
            Description = "how the learning rate changes, a step counting as an epoch",
            HelpName = "\"cosine\"",
        };
        var steps = new Option<string?>("--steps") { Description = $"how many steps ({UsualSteps})", HelpName = "N" };
        var digits = new Option<string?>("--digits") { Description = $"significant digits ({UsualDigits})", HelpName = "N" };
        var plot = new Option<bool>("--plot")
        {
            Description = "draw the path in characters; --out FILE.svg (or .png) draws it into a file",
        };
        var command = new Command("minimize", "Minimises a function step by step: gradient, stationary points, path.")
        {
            function,
            start,
            optimizer,
            schedule,
            steps,
            digits,
            plot,
        };
        command.SetAction(parsed =>
            session.Run(
                parsed,
                () =>
                {
                    string text = Operands.One(parsed, function, "a function", Examples.First("minimize"));
                    var f = Expression.Parse(text);
                    int places = Session.Whole(parsed, digits, 1, 17) ?? UsualDigits;
                    var descent = Descent.Run(
                        f,
                        Start(f, parsed.GetValue(start)),
                        Optimizer.Parse(parsed.GetValue(optimizer) ?? "sgd lr=0.1"),
                        Session.Whole(parsed, steps, 0, Descent.MostSteps) ?? UsualSteps,
                        places,
                        session.IsJson ? 0 : MinimizeText.MostWorked,
                        parsed.GetValue(schedule) is { } rule ? Schedule.Parse(rule) : null
                    );
                    string? file = parsed.GetValue(session.OutOption) is { } path && PictureFile.Is(path) ? path : null;
                    if ((file is not null || parsed.GetValue(plot)) && f.Variables.Count > 2)
                        throw new LonghandException(
                            $"A plot has room for one or two variables, but the function has {f.Variables.Count}: {string.Join(", ", f.Variables)}."
                        );
                    if (session.IsJson)
                        session.WriteJson(json => Write(json, descent));
                    else
                        MinimizeText.Write(session.NewPage(), descent, places, parsed.GetValue(plot));
                    if (file is not null)
                        PictureFile.Write(MinimizePlot.Draw(descent), file);
                    if (descent.Failure is not { } failure)
                        return 0;
                    session.Error.WriteLine($"longhand: {failure}");
                    return 1;
                },
                PictureFile.Is
            )
        );
        return command;
    }

    // x=1,y=1, spaces allowed; every variable once.
    private static Rational[] Start(Expression f, string? text)
    {
        string example = string.Join(",", f.Variables.Select(name => $"{name}=1"));
        if (f.Variables.Count == 0)
            throw new LonghandException($"{Quoted.Of(f.Text)} has no variable, so that there is nothing to minimise.");
        if (text is null)
            throw new LonghandException($"minimize needs a start, such as --start {example}");
        var values = new Dictionary<string, Rational>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals].Trim();
            if (equals < 1)
                throw new LonghandException($"--start {Quoted.Of(part)}: a variable and its value are needed, such as {example}");
            if (!f.Variables.Contains(name))
                throw new LonghandException(
                    $"--start: the function has no variable {Quoted.Of(name)}.{(Nearest.Suggestion(name, f.Variables) is { Length: > 0 } near ? near : $" It has {string.Join(", ", f.Variables)}.")}"
                );
            if (!Rational.TryParse(part[(equals + 1)..].Trim(), out Rational value, out string? reason))
                throw new LonghandException($"--start {name}: {reason}.");
            if (!double.IsFinite((double)value))
                throw new LonghandException(
                    $"--start {name}: {Quoted.Of(part.AsSpan(equals + 1))} is too large for a number of double precision."
                );
            if (!values.TryAdd(name, value))
                throw new LonghandException($"--start gives {name} twice.");
        }
        string[] missing = [.. f.Variables.Where(name => !values.ContainsKey(name))];
        return missing.Length == 0
            ? [.. f.Variables.Select(name => values[name])]
            : throw new LonghandException(
                $"--start: {string.Join(" and ", missing)} {(missing.Length == 1 ? "has" : "have")} no value; every variable needs one, as in {example}"
            );
    }

    private static void Write(Utf8JsonWriter json, Descent d)
    {
        IReadOnlyList<string> names = d.Function.Variables;
        json.WriteStartObject();
        json.WriteString("function", d.Function.Text);
        json.WriteString("optimizer", d.Optimizer.Notation);
        if (d.Schedule is { } schedule)
            json.WriteString("schedule", schedule.Notation);
        json.WriteStartObject("gradient");
        foreach ((int i, string name) in names.Index())
            json.WriteString(name, d.Gradient[i].Text);
        json.WriteEndObject();
        json.WriteStartArray("stationary");
        foreach (StationaryPoint point in d.Stationary.Points)
        {
            json.WriteStartObject();
            Point("point", point.Point);
            if (point.Exact is { } exact)
            {
                json.WriteStartObject("exact");
                foreach ((int i, string name) in names.Index())
                    json.WriteString(name, exact[i].ToString());
                json.WriteEndObject();
            }
            json.WriteString("kind", DescentWords.Kind(point.Kind));
            if (point.Directions.Count > 0)
            {
                json.WriteStartArray("directions");
                foreach (IReadOnlyList<Rational> direction in point.Directions)
                {
                    json.WriteStartObject();
                    foreach ((int i, string name) in names.Index())
                        json.WriteString(name, direction[i].ToString());
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("solved", d.Stationary.IsSolved);
        json.WriteString("explanation", d.Stationary.Explanation);
        if (d.Curvature is var (least, greatest))
        {
            json.WriteStartArray("curvature");
            json.Double(least);
            json.Double(greatest);
            json.WriteEndArray();
        }
        if (d.StableRate is { } stable)
        {
            json.Real("largestStableRate", stable.Limit);
            json.Real("factor", stable.Factor);
        }
        json.WriteBoolean("diverges", d.Diverges);
        if (d.Failure is { } failure)
            json.WriteString("failure", failure);
        json.WriteStartArray("path");
        foreach (DescentStep step in d.Path)
        {
            json.WriteStartObject();
            json.WriteNumber("step", step.Step);
            Point("point", step.Point);
            json.Real("value", step.Value + 0.0);
            Point("gradient", step.Gradient);
            if (step.Distance is { } distance)
                json.Real("distance", distance);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        void Point(string key, IReadOnlyList<double> values)
        {
            json.WriteStartObject(key);
            foreach ((int i, string name) in names.Index())
                json.Real(name, values[i] + 0.0);
            json.WriteEndObject();
        }
    }
}
