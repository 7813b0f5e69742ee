// Written by Longhand: a network, its weights and its training in C#.
//
//   network    2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh
//   data       circle n=40 noise=0.1 seed=0.5: 20 examples to train on, 20 to test
//   loss       half-mse
//   optimizer  sgd lr=0.03
//   penalty    l1 0.01
//
// Shown behind epoch 30: training loss 0.395035, test loss 0.578775.
//
// To run it, place it into the folder samples of Longhand's sources, then: dotnet run THIS-FILE.cs
#:project ../src/Longhand/Longhand.csproj
#:property PublishAot=false
using Longhand;

// The examples, features computed.
var train = new DataSet(
    new float[][]
    {
        [-0.17680669f, 0.69908077f], [-3.7470555f, -2.9637377f], [0.7500755f, 2.7425873f], [1.7742573f, 1.0708516f],
        [-0.64287645f, -0.9636692f], [0.0451012f, -0.16047679f], [3.6946611f, -6.01436f], [3.060042f, -7.905173f],
        [0.5917299f, 0.28228268f], [-2.8973935f, -8.488544f], [0.7369619f, -3.179279f], [-1.1640216f, -0.5114711f],
        [-3.6422317f, -3.046683f], [0.728149f, 0.40077636f], [-3.7182696f, -5.7521834f], [-3.761227f, 1.7619967f],
        [3.9272895f, -12.103598f], [3.7339098f, 1.1725031f], [-0.27375275f, -0.18961133f], [-1.8117546f, 2.3636258f],
    },
    new[]
    {
        0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1,
    }
);
var test = new DataSet(
    new float[][]
    {
        [1.4586145f, 5.153477f], [-0.3996568f, 0.29824468f], [1.1635245f, 1.4977763f], [-1.2705672f, 1.2007031f],
        [1.0835545f, -1.0743763f], [-2.372962f, -8.976817f], [3.994963f, 9.882962f], [-1.9946545f, -1.1046041f],
        [-0.72585094f, -1.2696066f], [0.31976178f, -0.37588167f], [2.7203872f, -8.218641f],
        [-0.42847568f, -0.15950556f], [-0.9037254f, -3.954951f], [1.269964f, 4.683421f], [2.0702345f, 0.15944299f],
        [-1.7820967f, -2.1509135f], [3.439529f, -3.1501708f], [-0.56853807f, 1.2736875f], [-1.1131269f, 0.36904535f],
        [-0.59211606f, 0.15975298f],
    },
    new[]
    {
        0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1,
    }
);

var network = Network.Parse("2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh");

// The parameters: as training began, and as they are shown.
var start = new Dictionary<string, float[]>
{
    ["dense1.weight"] =
    [
        -0.4976545f, -0.19860858f, -0.26377103f, 0.24552844f, -0.21618637f, -0.42189237f, -0.27182135f, -0.10322965f,
    ],
    ["dense1.bias"] = [0.1f, 0.1f, 0.1f, 0.1f],
    ["dense2.weight"] =
    [
        0.4317638f, -0.49136218f, 0.2056964f, 0.0911187f, -0.47953683f, -0.27103654f, -0.0069946507f, -0.084905356f,
    ],
    ["dense2.bias"] = [0.1f, 0.1f],
    ["dense3.weight"] = [-0.49264893f, -0.23605794f],
    ["dense3.bias"] = [0.1f],
};
var shown = new Dictionary<string, float[]>
{
    ["dense1.weight"] =
    [
        -0.4655541f, -0.21397008f, -0.18515384f, 0.3032605f, -0.21853387f, -0.39609244f, -0.2483746f, -0.09934049f,
    ],
    ["dense1.bias"] = [0.061745003f, 0.17754024f, 0.06636469f, 0.090390705f],
    ["dense2.weight"] =
    [
        0.43974394f, -0.53054196f, 0.24096885f, 0.0944914f, -0.4321301f, -0.2986143f, 0f, -0.040077046f,
    ],
    ["dense2.bias"] = [0.053219527f, 0.117446356f],
    ["dense3.weight"] = [-0.6571567f, -0.21788909f],
    ["dense3.bias"] = [-0.029471485f],
};

var training = new Training
{
    Loss = Loss.Parse("half-mse"),
    Optimizer = Optimizer.Parse("sgd lr=0.03"),
    Schedule = Schedule.Parse("constant"),
    Regularization = Regularization.Parse("l1 0.01"),
    Conventions = Conventions.Playground,
    Epochs = 30,
    Batch = 7,
    Shuffle = true,
    Seed = 1,
    Threads = 1,
    Test = test,
};

// The numbers that are shown, in one pass.
Model now = Measure(shown);
for (int i = 0; i < Math.Min(3, train.Count); i++)
{
    float[] input = [.. train[i].Input.Select(x => (float)x)];
    Console.WriteLine($"output for [{string.Join(", ", input)}] is [{string.Join(", ", now.Predict(input))}]");
}

// Training from the start: 60 updates.
using var enough = new CancellationTokenSource();
int made = 0;
TrainingResult result = network.Run(
    train,
    training with
    {
        Start = Named(start),
        Cancellation = enough.Token,
        OnUpdate = (_, _) =>
        {
            if (++made == 60)
                enough.Cancel();
        },
    }
);
Console.WriteLine("after training from the start:");
Measure(network.Parameters.Zip(result.Model.Values).ToDictionary(p => p.First.Name, p => p.Second.ToSingles()));

Model Measure(Dictionary<string, float[]> values)
{
    TrainingResult measured = network.Run(train, training with { Start = Named(values), Epochs = 0 });
    Say("training loss", measured.Final.Train!.Loss, 0.3950354564934969);
    Say("test loss    ", measured.Final.Test!.Loss, 0.5787754248827696);
    return measured.Model;
}

Dictionary<string, ParameterValues> Named(Dictionary<string, float[]> values) =>
    values.ToDictionary(pair => pair.Key, pair => new ParameterValues(network.Parameter(pair.Key).Parameter, pair.Value));

// On a processor with other instructions the last bits may differ; more than that would be an error.
void Say(string what, double found, double shown)
{
    Console.WriteLine(FormattableString.Invariant($"{what} {found:G6}  (Longhand: {shown:G6}{(found == shown ? ", the same bits" : "")})"));
    if (Math.Abs(found - shown) > 1e-3 * Math.Abs(shown))
        Environment.ExitCode = 1;
}
