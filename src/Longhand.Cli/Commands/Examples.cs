namespace Longhand.Cli.Commands;

/// <summary>How each command is used: the end of its help, and what messages point to. Tests run every line.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string[]> byCommand = new()
    {
        ["train"] =
        [
            "longhand train samples/circle.yaml",
            "longhand train samples/xor.yaml --epochs 50 --seed 7 --json",
            "longhand train samples/digits.yaml --checkpoint digits --resume",
            "longhand train samples/xor-history.yaml --plots xor-plots --report xor.html",
        ],
        ["compare"] = ["longhand compare runs/circle-20260102-120000 runs/circle-20260102-120500"],
        ["explain"] =
        [
            "longhand explain samples/hand-worked.yaml",
            "longhand explain \"1 -> dense 1 relu\" --input 1 --target 5 --loss half-mse --set dense1.weight=3 --optimizer \"sgd lr=0.1\"",
        ],
        ["summary"] =
        [
            "longhand summary \"8x8 -> dense 100 relu -> dense 10\"",
            "longhand summary samples/digits.yaml --json",
            "longhand summary \"64x64x1 -> Conv4-5-S2 -> Pool3 -> FC5\" --why conv1.parameters",
            "longhand summary \"n -> dense m -> dense r sigmoid -> dense s\" --dtype f16 --set n=4,m=3,r=2,s=1",
        ],
        ["evaluate"] = ["longhand evaluate circle.safetensors --data \"circle seed=2\""],
        ["predict"] =
        [
            "longhand predict circle.safetensors --input \"0.5, -1\"",
            "longhand predict circle.safetensors --data \"circle n=20 seed=2\" --json",
        ],
        ["check"] = ["longhand check samples/hand-worked.yaml"],
        ["grade"] =
        [
            "longhand grade samples/hand-worked.yaml samples/answers/hand-worked.yaml",
            "longhand grade samples/hand-worked.yaml --template --only forward",
        ],
        ["collapse"] =
        [
            "longhand collapse \"2 -> dense 3 -> dense 2 -> dense 1\"",
            "longhand collapse \"2 -> dense 2 nobias -> dense 1 nobias\" --set \"dense1.weight=[[a, c], [b, d]]\" --set \"dense2.weight=[[e, f]]\"",
        ],
        ["matrix"] =
        [
            "longhand matrix \"3x3 -> conv 1 2x2\"",
            "longhand matrix \"4x4 -> conv 1 3x3 stride 2 pad 1 nobias\" --set \"conv1.weight=[[[[0, 1, 0], [1, -1, 1], [0, 1, 0]]]]\" --transpose",
            "longhand matrix \"28x28 -> conv 8 3x3 relu -> maxpool 2 -> conv 16 3x3 relu\" --layer conv2",
        ],
        ["truth"] =
        [
            "longhand truth \"2 -> dense 2 nobias relu -> dense 1 nobias\" --set \"dense1.weight=[[-1, 1], [1, -1]]\" --set \"dense2.weight=[[1, 1]]\"",
        ],
        ["design"] =
        [
            "longhand design \"A xor B\"",
            "longhand design \"A and (B or not C)\" --units sigmoid",
            "longhand design --table 0110 --units relu",
        ],
        ["minimize"] =
        [
            "longhand minimize \"y^2 + (y-x)^2\" --start x=1,y=1 --optimizer \"sgd lr=0.1\" --steps 3",
            "longhand minimize \"x^4 - 2x^2\" --start x=2 --optimizer \"adam lr=0.2\" --steps 20 --plot",
        ],
        ["activations"] = ["longhand activations", "longhand activations relu \"swish beta=2\"", "longhand activations tanh --json"],
        ["data"] = ["longhand data", "longhand data moons n=200 seed=3", "longhand data iris --out iris.csv"],
        ["sheet"] = ["longhand sheet sheets/playground.md", "longhand sheet sheets/playground.md --out playground.html"],
        ["new"] = ["longhand new", "longhand new circle --out my-circle.yaml"],
        ["code"] =
        [
            "longhand code circle.yaml --language numpy --out circle.py",
            "longhand code circle.yaml --language pytorch --epochs 20",
        ],
        ["playground"] =
        [
            "longhand playground --open",
            "longhand playground --listen 0.0.0.0 --port 8080",
            "longhand playground --export circle.yaml --out circle.html",
        ],
    };

    /// <summary>Command and example lines.</summary>
    public static IReadOnlyDictionary<string, string[]> ByCommand => byCommand;

    /// <summary>The first example, for a message.</summary>
    public static string First(string command) => byCommand[command][0];

    /// <summary>The section at the end of a command's help.</summary>
    public static string Of(string command) =>
        byCommand.TryGetValue(command, out string[]? lines)
            ? $"Example{(lines.Length == 1 ? "" : "s")}:\n  {string.Join("\n  ", lines)}\n"
            : "Example:\n  longhand new circle --out circle.yaml && longhand train circle.yaml\n";
}
