// Data drawn from a mixture of two logistic regressions, and the network that is one: K sigmoid units and a mixture.
//
//   dotnet run samples/mixture.cs
#:project ../src/Longhand/Longhand.csproj
#:property PublishAot=false
using Longhand;

var random = new RandomStream(1, "mixture");
double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
double Truth(double[] x) => 0.4 * Sigmoid(6 * x[0] - 2 * x[1] + 1) + 0.6 * Sigmoid(-4 * x[0] - 5 * x[1] - 1);
(double[][] Inputs, int[] Labels) Draw(int count)
{
    double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => new[] { random.Normal(), random.Normal() })];
    return (inputs, [.. inputs.Select(x => random.NextDouble() < Truth(x) ? 1 : 0)]);
}

var train = Draw(20_000);
var test = Draw(20_000);
double best = test.Inputs.Zip(test.Labels).Average(p => -Math.Log(p.Second == 1 ? Truth(p.First) : 1 - Truth(p.First)));
Console.WriteLine($"the model that drew the data: {best:F4} (negative log-likelihood per test example)");
foreach (string notation in new[] { "2 -> dense 2 sigmoid -> mixture", "2 -> dense 1 sigmoid" })
{
    double loss = Network
        .Parse(notation)
        .Train(
            new DataSet(train.Inputs, train.Labels),
            new Training
            {
                Loss = Loss.BinaryCrossEntropy,
                Optimizer = Optimizer.Adam(0.01),
                Epochs = 20,
                Batch = 64,
                MeasureEachEpoch = false,
            }
        )
        .Evaluate(new DataSet(test.Inputs, test.Labels))
        .Loss;
    Console.WriteLine($"{notation, -32} {loss:F4}, {loss - best:F4} above it");
}
