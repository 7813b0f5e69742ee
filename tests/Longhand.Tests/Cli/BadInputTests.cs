using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>Whatever is wrong with what a person hands over: one sentence that says what, where, and what would be right; exit code 2.</summary>
public class BadInputTests
{
    private const string Good = "network: 2 -> dense 2 sigmoid -> dense 1 sigmoid\n";

    [Theory]
    [InlineData("", "the file is empty, but an experiment is needed.")]
    [InlineData("# nothing\n", "the file is empty")]
    [InlineData(
        "just words\n",
        "line 1, column 1: an experiment is a map that begins like \"network: 2 -> dense 1\", found \"just words\"."
    )]
    [InlineData("loss: half-mse\n", "the key \"network\" is missing")]
    [InlineData("netwrok: 2 -> dense 1\n", "line 1, column 1: an experiment has no key \"netwrok\". Did you mean \"network\"?")]
    [InlineData(
        Good + "data: xor\ndata: circle\n",
        "line 3, column 1: the key \"data\" is given twice, the first time in line 2, column 1."
    )]
    [InlineData("network: 2 -> dens 1\n", "line 1, column 10: part 2 \"dens 1\": unknown layer \"dens\". Did you mean \"dense\"?")]
    [InlineData("network: 2 -> dense 10000000000\n", "more than 2147483647 is not supported")]
    [InlineData(
        "network: 2 -> dense 2147483647\nloss: mse\ndata: plane\n",
        "dense1.weight has 4,294,967,294 numbers, more than can be kept in memory"
    )]
    [InlineData("network: 2 -> dense 010\n", "octal")]
    [InlineData(
        "network: [2, [dense 1]]\n",
        "line 1, column 14: network: expected a text such as 2 -> dense 1, or a list of its parts, found a list of 1."
    )]
    [InlineData("network:\n", "network: expected a text such as 2 -> dense 1, or a list of its parts, found nothing.")]
    [InlineData(
        Good + "weights: {dense3.weight: [[1]]}\n",
        "line 2, column 11: The network has no parameter \"dense3.weight\". Did you mean \"dense"
    )]
    [InlineData(
        Good + "weights:\n  dense1.weight: [[1, 2], [3, 4, 5]]\n",
        "line 3, column 27: weights.dense1.weight: expected [2][2] numbers, found row [1] (rows count from 0) with 3 numbers."
    )]
    [InlineData(Good + "weights: {dense1.weight: [1, 2]}\n", "found \"1\" at [0]")]
    [InlineData(Good + "weights: {dense1.bias: [1, 010]}\n", "line 2, column 28: weights.dense1.bias: \"010\"")]
    [InlineData(Good + "weights: {dense1.bias: [1, .nan]}\n", "\".nan\" is not a finite number")]
    [InlineData(Good + "weights: {dense1.bias: [1, 0x1F]}\n", "hexadecimal, octal and binary numbers are not read")]
    [InlineData(Good + "weights: {dense1.bias: [1, yes]}\n", "\"yes\" is not a number")]
    [InlineData(Good + "weights: no-such.safetensors\n", "there is no such file")]
    [InlineData(
        Good + "names: {dense1.wieght: U}\n",
        "line 2, column 9: The network has no parameter \"dense1.wieght\". Did you mean \"dense1.weight\"?"
    )]
    [InlineData(Good + "loss: mes\n", "line 2, column 7: unknown loss \"mes\". Did you mean \"mse\"?")]
    [InlineData(
        Good + "loss: cross-entropy\n",
        "line 2, column 7: loss: cross-entropy compares classes, but there is a single output; use bce"
    )]
    [InlineData(
        Good + "optimizer: adam lr=fast\n",
        "line 2, column 12: optimizer \"adam lr=fast\": lr cannot be read: \"fast\" is not a number"
    )]
    [InlineData(Good + "optimizer: [sgd]\n", "line 2, column 12: optimizer: expected a text such as sgd lr=0.1, found a list of 1.")]
    [InlineData(Good + "init: golrot\n", "Did you mean \"glorot\"?")]
    [InlineData(Good + "regularization: l3 1\n", "does not take \"l3\". Did you mean")]
    [InlineData(Good + "train: {epochs: many}\n", "line 2, column 17: train.epochs: \"many\" is not a number")]
    [InlineData(Good + "train: {epochs: 1.5}\n", "train.epochs: expected a whole number of at least 0, found \"1.5\".")]
    [InlineData(Good + "train: {batch: some}\n", "train.batch: expected a whole number of at least 1, or all, found \"some\".")]
    [InlineData(Good + "train: {shuffle: yes}\n", "train.shuffle: expected true or false, found \"yes\".")]
    [InlineData(Good + "train: {split: 1.5}\n", "train.split: expected a share above 0 and at most 1, found \"1.5\".")]
    [InlineData(Good + "train: {seed: -1}\n", "train.seed: expected a whole number from 0 to 18446744073709551615")]
    [InlineData(Good + "train: {epoch: 5}\n", "train has no key \"epoch\". Did you mean \"epochs\"?")]
    [InlineData(Good + "train: 100\n", "train: expected a map such as {epochs: 100, batch: 10}, found \"100\".")]
    [InlineData(Good + "conventions: pytroch\n", "Did you mean \"pytorch\"?")]
    [InlineData(Good + "conventions: {relu-derivative-at-zero: 0.3}\n", "expected 0, 1/2 or 1, found \"0.3\".")]
    [InlineData(Good + "mode: test\n", "mode: expected training or inference, found \"test\".")]
    [InlineData(Good + "digits: 0\n", "digits: expected a whole number from 1 to 17")]
    [InlineData(Good + "target: 1\n", "line 2, column 9: target: there is no input that it could be the target of.")]
    [InlineData(Good + "input: [1, 2, 3]\n", "line 2, column 8: input: expected [2] numbers, found 3 numbers.")]
    [InlineData(Good + "input: [[1, 2], [3]]\n", "line 2, column 17: input, example 1: expected [2] numbers, found 1 number.")]
    [InlineData(Good + "input: [1, 2]\ntarget: 1\n", "target: a target needs a loss that compares it")]
    [InlineData(Good + "input: [1, 2]\nloss: bce\ntarget: 3\n", "bce compares probabilities, which lie between 0 and 1, but here is 3.")]
    [InlineData(
        "network: 2 -> dense 3\ninput: [1, 2]\nloss: cross-entropy\ntarget: 3\n",
        "target (a class): expected a whole number from 0 to 2"
    )]
    [InlineData("network: 2 -> dense 3\ninput: [1, 2]\nloss: cross-entropy\ntarget: [0.5, 0.6, 0.1]\n", "these add up to 1.2")]
    [InlineData(Good + "features: [x]\n", "features: there are 1, but the network reads 2.")]
    [InlineData(Good + "loss: bce\ndata: circle\nfeatures: [x, z]\n", "line 4, column 15: ")]
    [InlineData(Good + "loss: bce\ndata: cirlce\n", "line 3, column 7: data \"cirlce\": unknown data \"cirlce\". Did you mean \"circle\"?")]
    [InlineData(Good + "loss: bce\ndata: iris\n", "The network reads 2, but the examples of iris are 4.")]
    [InlineData(Good + "loss: bce\ndata: blobs classes=3\n", "a single output tells two classes apart")]
    [InlineData(Good + "data: circle\n", "training needs a loss")]
    [InlineData(Good + "loss: bce\n", "training needs data")]
    [InlineData(Good + "loss: bce\ninput: [1, 2]\n", "training needs a target")]
    [InlineData(Good + "loss: bce\ndata: circle n=2\ntrain: {split: 0.1}\n", "line 4, column 16: A split of 0.1 leaves one part")]
    [InlineData(Good + "loss: bce\ndata: mnist no-such-folder\n", "there is no such folder")]
    [InlineData("network: &a 2 -> dense 1\n", "line 1, column 10: &a gives a name to a place of the file")]
    [InlineData("network: *a\n", "line 1, column 10: *a points to another place")]
    [InlineData("network: !!str 2 -> dense 1\n", "is a YAML tag; tags are not read here.")]
    [InlineData(Good + "---\n" + Good, "line 2, column 1: a second document begins here")]
    [InlineData("network:\n\t- 2\n", "line 2, column 1: the line begins with a tab")]
    [InlineData("input: [1, 2\nloss: mse\n", "this is not YAML")]
    [InlineData("input: 'open\n", "this is not YAML")]
    [InlineData(
        "{\"network\": \"2 -> dense 1\", \"network\": \"1\"}",
        "line 1, column 29: the key \"network\" is given twice, the first time in line 1, column 2."
    )]
    [InlineData("{\"network\": \"2 -> dense 1\",\n \"loss\": null}", "line 2, column 10: null stands for nothing here")]
    [InlineData("{\"network\": ", "this is not JSON")]
    [InlineData("{\"network\": \"2 -> dense 1\"} x", "line 1, column 29: this is not JSON")]
    [InlineData("{\"network\": \"\\ud800\"}", "half of a surrogate pair")]
    public void An_experiment_is_refused_with_its_place(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("bad.yaml");
        File.WriteAllText(path, text);
        string message = CommandLine.Run("train", path).Refusal();
        Assert.StartsWith(path, message);
        Assert.Contains(expected, message, StringComparison.OrdinalIgnoreCase);
        // The same text on standard input, and with JSON asked for, is refused alike.
        Assert.Equal(
            message.Replace(path, "standard input"),
            CommandLine.RunWith(text, "train", "-", "--json").Refusal().Replace(Directory.GetCurrentDirectory(), folder.Path)
        );
    }

    [Theory]
    [InlineData(new[] { "trian" }, "there is no command \"trian\". Did you mean \"train\"?")]
    [InlineData(new[] { "frobnicate" }, "there is no command \"frobnicate\". See: longhand --help")]
    [InlineData(new[] { "--jsno" }, "longhand has no option \"--jsno\". Did you mean \"--json\"?")]
    [InlineData(new[] { "train" }, "train needs an experiment file, for example: longhand train ")]
    [InlineData(new[] { "train", "a.yaml", "b.yaml" }, "train reads an experiment file, but there are 2 words")]
    [InlineData(new[] { "train", "no-such.yaml" }, "Cannot read the experiment no-such.yaml: there is no such file.")]
    [InlineData(new[] { "train", "/" }, "Cannot read the experiment /: this is a folder, not a file.")]
    [InlineData(new[] { "train", "x.yaml", "--epohcs", "3" }, "train has no option \"--epohcs\". Did you mean \"--epochs\"?")]
    [InlineData(new[] { "train", "x.yaml", "--epochs" }, "--epochs")]
    [InlineData(new[] { "summary" }, "summary needs a network, for example: ")]
    [InlineData(new[] { "summary", "2", "-" }, "quote the network")]
    [InlineData(new[] { "summary", "2 -", "dense", "1" }, "Quote the network")]
    [InlineData(new[] { "summary", "2 -> 4 -> 1" }, "dense 4")]
    [InlineData(new[] { "summary", "no-such.yaml" }, "there is no such file")]
    [InlineData(new[] { "summary", "2 -> dense 1", "--json=maybe" }, "maybe")]
    [InlineData(new[] { "explain", "2 -> dense 1" }, "explain needs an input of 2 numbers (2)")]
    [InlineData(new[] { "explain", "2 -> dense 1", "--input", "1" }, "--input: input: expected [2] numbers, found \"1\".")]
    [InlineData(new[] { "explain", "2 -> dense 1", "--input", "1, two" }, "--input: input: \"two\" is not a number")]
    [InlineData(
        new[] { "explain", "2 -> dense 1", "--input", "1, 2", "--set", "dense1.weight" },
        "--set \"dense1.weight\": a parameter and its values are needed"
    )]
    [InlineData(
        new[] { "explain", "2 -> dense 1", "--input", "1, 2", "--set", "dense2.weight=3" },
        "--set dense2.weight: The network has no parameter"
    )]
    [InlineData(new[] { "explain", "2 -> dense 1", "--input", "1, 2", "--target", "1" }, "a target needs a loss")]
    [InlineData(
        new[] { "explain", "2 -> dense 1", "--input", "1, 2", "--digits", "0" },
        "--digits \"0\": a whole number from 1 to 17 is needed."
    )]
    [InlineData(new[] { "data", "cirlce" }, "Did you mean \"circle\"?")]
    [InlineData(new[] { "data", "circle", "n=1" }, "n is 1, but it must lie between 2 and 10,000,000")]
    [InlineData(new[] { "new", "xro" }, "There is no experiment called \"xro\". Did you mean \"xor\"?")]
    [InlineData(new[] { "evaluate" }, "evaluate needs a model file")]
    [InlineData(new[] { "evaluate", "no-such.safetensors", "--data", "xor" }, "there is no such file")]
    [InlineData(new[] { "predict", "no-such.safetensors", "--input", "1" }, "there is no such file")]
    public void Words_are_refused_with_what_would_be_right(string[] args, string expected) =>
        Assert.Contains(expected, CommandLine.Run(args).Refusal());

    [Theory]
    [InlineData("1,2,a\n3,4\n", "line 2: here are 2 fields, but the first line has 3.")]
    [InlineData("1,NaN,a\n3,4,b\n", "line 1, column 2: a value is missing (\"NaN\"); missing=drop leaves such lines out")]
    [InlineData("x,y,kind\n1,2,a\n3,?,b\n", "line 3, column 2 (\"y\"): a value is missing (\"?\")")]
    [InlineData("x,y,kind\n1,2,a\n3,,b\n", "line 3, column 2 (\"y\"): a value is missing (\"\")")]
    [InlineData("x,y,kind\n1,2,a\n3,4,\n", "line 3, column 3 (\"kind\"): a value is missing")]
    [InlineData("x,y,kind\n1,zwei,a\n", "line 2, column 2 (\"y\"): \"zwei\" is not a number.")]
    [InlineData("a,2,kind\n1,2,a\n", "line 1, column 1: \"a\" is not a number. If the first line holds names, say header=yes.")]
    [InlineData("1,1e999,a\n", "\"1e999\" is not a finite number")]
    [InlineData("1,2,a\n1,2,a\n", "column 3 holds \"a\" throughout")]
    [InlineData("", "the file is empty, but a table is needed.")]
    [InlineData("x,y,kind\n", "there is a line of names, but no example.")]
    [InlineData("1,2,\"a\n", "a quotation mark")]
    public void A_table_is_refused_with_line_and_column(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t.csv"), text);
        File.WriteAllText(folder.File("e.yaml"), "network: 2 -> dense 2\nloss: cross-entropy\ndata: csv t.csv target=last\n");
        string message = CommandLine.Run("train", folder.File("e.yaml")).Refusal();
        Assert.Contains("t.csv", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Files_that_are_no_text_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.yaml"), [0x6E, 0xFF, 0xFE]);
        Assert.Contains("byte 1: this is not text in UTF-8.", CommandLine.Run("train", folder.File("a.yaml")).Refusal());
        File.WriteAllBytes(folder.File("b.yaml"), [0x6E, 0x00]);
        Assert.Contains("this is not a text file", CommandLine.Run("train", folder.File("b.yaml")).Refusal());
        File.WriteAllText(folder.File("c.yaml"), "network: " + new string('[', 5000));
        Assert.Contains("nested more than 50 deep", CommandLine.Run("train", folder.File("c.yaml")).Refusal());
        File.WriteAllText(folder.File("d.yaml"), "{\"network\": " + new string('[', 5000));
        Assert.Contains("nested more than 50 deep", CommandLine.Run("train", folder.File("d.yaml")).Refusal());
        File.WriteAllBytes(folder.File("m.safetensors"), [1, 2, 3]);
        Assert.Contains("m.safetensors", CommandLine.Run("predict", folder.File("m.safetensors"), "--input", "1").Refusal());
    }

    [Fact]
    public void A_cut_idx_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1" })
            File.WriteAllBytes(folder.File(name + "-ubyte"), [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3]);
        File.WriteAllText(folder.File("e.yaml"), "network: 28x28 -> dense 10\nloss: cross-entropy\ndata: mnist .\n");
        string message = CommandLine.Run("train", folder.File("e.yaml")).Refusal();
        Assert.Contains("e.yaml, line 3, column 7: ", message);
        Assert.Contains("the file ends here", message);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_refused_and_leaves_nothing()
    {
        string message = CommandLine.Run("summary", "2 -> dense 1", "--out", "/no/such/folder/x.txt").Refusal();
        Assert.Contains("Cannot write /no/such/folder/x.txt: the folder /no/such/folder does not exist.", message);
    }
}
