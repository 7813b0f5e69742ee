namespace Longhand;

/// <summary>How a model does on a data set.</summary>
/// <param name="Loss">The loss over the whole set, without penalty.</param>
/// <param name="Accuracy">The share that was classified right; null where targets are values.</param>
/// <param name="Confusion">[true class, class found]: how often; null where targets are values.</param>
/// <param name="ClassNames">What the classes are called; empty where targets are values.</param>
public sealed record Evaluation(double Loss, double? Accuracy, int[,]? Confusion, IReadOnlyList<string> ClassNames);
