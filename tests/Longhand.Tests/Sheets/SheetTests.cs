using System.Text.Json;
using Longhand.Experiments.Sheets;
using Longhand.Tests.Commands;
using Longhand.Tests.Formats;

namespace Longhand.Tests.Sheets;

/// <summary>What a sheet may say, what is refused, and what the command <c>sheet</c> does with it.</summary>
public class SheetTests
{
    private const string Small = """
        # One step

        With $w = 3$:

        ```longhand
        longhand explain "1 -> dense 1 nobias" --input 2 --set dense1.weight=3
        ```

        ```expect
        output[0]: 6     # $\hat y$
        layers[dense1].kind: dense
        output: [6]
        ```
        """;

    [Fact]
    public void A_sheet_is_carried_out_checked_and_written()
    {
        using var folder = new TemporaryFolder();
        string sheet = Write(folder, Small);
        Assert.Equal("One step: 1 command, 3 answers, all as expected.\n", CommandLine.Run("sheet", sheet).Output);
        JsonElement json = CommandLine.Run("sheet", sheet, "--json").Json();
        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.Equal(3, json.GetProperty("answers").GetInt32());
        Assert.Equal(0, CommandLine.Run("sheet", sheet, "--out", folder.File("page.html")).Exit);
        string page = File.ReadAllText(folder.File("page.html"));
        Assert.Contains("<title>One step</title>", page);
        Assert.Contains("<article class=\"longhand\">", page);
        Assert.Contains("<mover accent=\"true\"><mi>y</mi>", page);
        Assert.Equal(0, CommandLine.Run("sheet", sheet, "--out", folder.File("page.tex")).Exit);
        Assert.Contains("\\textbf{6}", File.ReadAllText(folder.File("page.tex")));
    }

    [Fact]
    public void The_sheet_in_the_document_is_one()
    {
        string document = File.ReadAllText(Path.Combine(Golden.Root, "docs", "sheets.md")).ReplaceLineEndings("\n");
        string example = document.Split("````markdown\n")[1].Split("\n````")[0];
        using var folder = new TemporaryFolder();
        Assert.Equal(
            "One step of gradient descent: 1 command, 3 answers, all as expected.\n",
            CommandLine.Run("sheet", Write(folder, example)).Output
        );
    }

    [Fact]
    public void A_wrong_answer_is_said_with_its_line_and_no_page_is_written()
    {
        using var folder = new TemporaryFolder();
        string sheet = Write(folder, Small.Replace("output[0]: 6 ", "output[0]: 7 "));
        CommandLine run = CommandLine.Run("sheet", sheet, "--out", folder.File("page.html"));
        Assert.Equal(1, run.Exit);
        Assert.Equal("", run.Output);
        Assert.Equal($"longhand: {sheet}, line 10: output[0]: 7 is expected, it is 6.\n", run.Error);
        Assert.False(File.Exists(folder.File("page.html")));
        JsonElement json = JsonDocument.Parse(CommandLine.Run("sheet", sheet, "--json").Output).RootElement;
        Assert.Equal(10, json.GetProperty("problems")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void Files_stand_in_the_sheet_beside_it_or_come_from_an_earlier_command()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("beside.yaml"), "network: 1 -> dense 1 nobias\nweights: {dense1.weight: [[2]]}\ninput: 1\n");
        string sheet = Write(
            folder,
            """
            # Files

            ```yaml own.yaml
            network: 1 -> dense 1 nobias
            weights: {dense1.weight: [[4]]}
            input: 1
            data: csv points.csv target=y
            loss: mse
            train: {epochs: 0, split: 1}
            ```

            ```csv points.csv
            x,y
            1,2
            2,5
            ```

            ```longhand
            longhand explain own.yaml
            ```

            ```expect
            output[0]: 4
            ```

            ```longhand quiet
            longhand explain beside.yaml
            ```

            ```expect
            output[0]: 2
            ```

            ```longhand folded
            longhand train own.yaml --model own.safetensors
            ```

            ```longhand
            longhand predict own.safetensors --input 3
            ```

            ```expect
            output[0]: 12
            ```

            ```longhand
            longhand design "A and B" --out picture.svg
            ```
            """
        );
        CommandLine run = CommandLine.Run("sheet", sheet, "--out", folder.File("page.html"));
        Assert.Equal("", run.Error);
        string page = File.ReadAllText(folder.File("page.html"));
        Assert.Contains("data:image/svg+xml;base64,", page);
        Assert.DoesNotContain("longhand-sheet-", page);
        Assert.False(File.Exists(folder.File("picture.svg")));
    }

    [Theory]
    [InlineData("0.55", 0.5536, true)]
    [InlineData("0.55", 0.5449, false)]
    [InlineData("0.5", 0.55, true)]
    [InlineData("1", 1.00001, false)]
    [InlineData("1/3", 0.3333333333333333, true)]
    [InlineData("1/3", 0.3333, false)]
    [InlineData("-2", -2.0, true)]
    [InlineData("−2", -2.0, true)]
    [InlineData("1592527626", 1592527627.0, false)]
    [InlineData("1.2e-3", 0.00124, true)]
    [InlineData("1.2e-3", 0.00126, false)]
    [InlineData("true", 1.0, false)]
    public void A_number_holds_to_as_many_digits_as_it_has(string expected, double value, bool agrees)
    {
        var step = SheetStep.Read("longhand data", "", 1);
        var result = new SheetResult(step, 0, "", "", SheetResult.ReadJson($"{{\"v\":{JsonSerializer.Serialize(value)}}}"), null, []);
        Assert.Equal(agrees, Expectation.Parse($"v: {expected}", 1).Problem(result) is null);
    }

    [Theory]
    [InlineData("a.b.weight[1][0]: 3", null)]
    [InlineData("rows[*].output: [0, 1]", null)]
    [InlineData("rows[second].output: 1", null)]
    [InlineData("rows[*].output: [0, 1, 1]", "it is [0,1]")]
    [InlineData("rows[2].output: 1", "There are 2 elements")]
    [InlineData("c.dense1.wieght[0]: 3", "Did you mean \"dense1.weight\"?")]
    [InlineData("word: \"A xor B\"", null)]
    [InlineData("word: A or B", "it is \"A xor B\"")]
    [InlineData("exit code: 2", "it is 0")]
    public void A_path_leads_through_names_with_dots_and_lists(string line, string? problem)
    {
        const string Json =
            """{"a":{"b":7,"b.weight":[[1,2],[3,4]]},"rows":[{"name":"first","output":0},{"name":"second","output":1}],"word":"A xor B","c":{"dense1.weight":[1]}}""";
        var result = new SheetResult(SheetStep.Read("longhand data", "", 1), 0, "", "", SheetResult.ReadJson(Json), null, []);
        string? found = Expectation.Parse(line, 1).Problem(result);
        if (problem is null)
            Assert.Null(found);
        else
            Assert.Contains(problem, found);
    }

    [Theory]
    [InlineData("begins with its title", "No heading\n")]
    [InlineData("line 3: a command begins with the word longhand", "# T\n\n```longhand\nrm -rf x\n```\n")]
    [InlineData("line 3: \">\" means something else to a shell", "# T\n\n```longhand\nlonghand data > x\n```\n")]
    [InlineData("line 3: the quotation mark before \"xor\" is never closed", "# T\n\n```longhand\nlonghand data \"xor\n```\n")]
    [InlineData("line 3: the command sheet has no place", "# T\n\n```longhand\nlonghand sheet me.md\n```\n")]
    [InlineData("Did you mean \"quiet\"?", "# T\n\n```longhand quite\nlonghand data\n```\n")]
    [InlineData("line 3: a block of \"longhnad\": did you mean \"longhand\"?", "# T\n\n```longhnad\nlonghand data\n```\n")]
    [InlineData("stands behind the command", "# T\n\n```expect\na: 1\n```\n")]
    [InlineData("line 8: \"nothing\" is no expectation", "# T\n\n```longhand\nlonghand data\n```\n\n```expect\nnothing\n```\n")]
    [InlineData("is no file name", "# T\n\n```yaml ../x.yaml\na: 1\n```\n")]
    [InlineData("twice", "# T\n\n```yaml x.yaml\na: 1\n```\n\n```yaml x.yaml\na: 1\n```\n")]
    [InlineData("writes into files of its own", "# T\n\n```longhand\nlonghand data xor --out /tmp/x.csv\n```\n")]
    [InlineData("writes into files of its own", "# T\n\n```longhand\nlonghand data xor --out ../x.csv\n```\n")]
    [InlineData(
        "line 3: the formula \"\\\\sigmma\", position 1: unknown command \"\\sigmma\". Did you mean \"sigma\"?",
        "# T\n\n$\\sigmma$\n"
    )]
    [InlineData("two lines that are $$ alone", "# T\n\n$$a\n+ b \\\\\nc$$\n")]
    public void What_is_no_sheet_is_refused(string expected, string text)
    {
        using var folder = new TemporaryFolder();
        string message = CommandLine.Run("sheet", Write(folder, text)).Refusal();
        Assert.Contains(expected.Replace("\\\\", "\\"), message);
    }

    [Fact]
    public void A_command_that_fails_without_being_expected_to_is_a_problem()
    {
        using var folder = new TemporaryFolder();
        CommandLine run = CommandLine.Run("sheet", Write(folder, "# T\n\n```longhand\nlonghand summary \"2 -> dens 1\"\n```\n"));
        Assert.Equal(1, run.Exit);
        Assert.Contains("line 3: the command ended with exit code 2: longhand: ", run.Error);
        Assert.Contains("Did you mean \"dense\"?", run.Error);
    }

    private static string Write(TemporaryFolder folder, string text)
    {
        File.WriteAllText(folder.File("sheet.md"), text);
        return folder.File("sheet.md");
    }
}
