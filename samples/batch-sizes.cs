// Full batch, mini-batches and single examples, side by side: how many updates an epoch has, and how many epochs it
// takes to the same loss.
//
//   dotnet run samples/batch-sizes.cs
#:project ../src/Longhand/Longhand.csproj
#:property PublishAot=false
using Longhand;

const double goal = 0.3;
var (train, test) = Data.Moons().Split(0.8);
Console.WriteLine($"moons, 2 -> dense 20 tanh -> dense 1, sgd lr=0.1, until the training loss is below {goal}");
Console.WriteLine($"{"batch", 10} {"updates/epoch", 14} {"epochs", 7} {"updates", 8} {"test accuracy", 14}");
foreach ((string name, int batch, int epochs) in new[] { ("all", 0, 2000), ("32", 32, 200), ("1", 1, 20) })
{
    TrainingResult run = Network
        .Parse("2 -> dense 20 tanh -> dense 1")
        .Run(
            train,
            new Training
            {
                Loss = Loss.BinaryCrossEntropyWithLogits,
                Optimizer = Optimizer.Sgd(0.1),
                Batch = batch,
                Epochs = epochs,
                Test = test,
            }
        );
    EpochReport reached = run.History.First(report => report.Train!.Loss < goal);
    Console.WriteLine($"{name, 10} {run.History[1].Updates, 14} {reached.Epoch, 7} {reached.Updates, 8} {reached.Test!.Accuracy, 14:P1}");
}
Console.WriteLine("Small batches get there in fewer epochs, since each epoch has more updates; each update is noisier, and cheaper.");
