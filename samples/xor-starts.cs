// XOR from a hundred different starts: how often do 8, 2 and no hidden units learn it?
//
//   dotnet run samples/xor-starts.cs
#:project ../src/Longhand/Longhand.csproj
#:property PublishAot=false
using Longhand;

DataSet xor = Data.Boolean("A xor B");
foreach (string notation in new[] { "2 -> dense 8 relu -> dense 1", "2 -> dense 2 relu -> dense 1", "2 -> dense 1" })
{
    int solved = 0;
    double best = 0;
    for (ulong seed = 1; seed <= 100; seed++)
    {
        double accuracy = Network
            .Parse(notation)
            .Run(
                xor,
                new Training
                {
                    Loss = Loss.BinaryCrossEntropyWithLogits,
                    Optimizer = Optimizer.Adam(0.05),
                    Epochs = 200,
                    Batch = 1,
                    Seed = seed,
                    Threads = 1,
                    MeasureEachEpoch = false,
                }
            )
            .History[^1]
            .Train!.Accuracy!.Value;
        solved += accuracy == 1 ? 1 : 0;
        best = Math.Max(best, accuracy);
    }
    Console.WriteLine($"{notation, -30} solved from {solved, 3} of 100 starts; the best gets {best:P0} of the four rows right");
}
Console.WriteLine("Without a hidden layer no start can do it: no straight line separates the rows that are true from those that are not.");
