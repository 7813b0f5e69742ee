namespace Longhand.Experiments.Reports;
internal static class TrainingPage { public static void Prepare(string p){} public static void Write(TrainingRun r, string p){} }
