using Longhand.Experiments;
using Xunit;

namespace Longhand.Tests.Experiments;

/// <summary>The key <c>train</c>: what is read, and what is refused with its place.</summary>
public class TrainSettingsTests
{
    private const string Start = "network: 4 -> dense 3\ndata: iris\nloss: cross-entropy\n";

    [Fact]
    public void Everything_that_a_training_can_be_told_is_read()
    {
        Experiment experiment = Experiment.Read(
            Start
                + "train: {validation: 0.1, schedule: plateau patience=2 factor=0.5 warmup=5, early-stopping: patience=10 restore=false, "
                + "clip: value 0.5, class-weights: {setosa: 2, virginica: 1/3}}\n",
            "e",
            "."
        );
        ExperimentData data = experiment.LoadData();
        Training training = experiment.ToTraining(data);
        Assert.Equal(Schedule.Plateau(2, 0.5) with { Warmup = 5 }, training.Schedule);
        Assert.Equal(new EarlyStopping(10, Restore: false), training.EarlyStopping);
        Assert.Equal(GradientClipping.Value(0.5), training.Clip);
        Assert.Equal([2, 1, 1 / 3.0], training.ClassWeights!.For(data.Train));
        Training usual = Experiment.Read(Start, "e", ".").ToTraining(data);
        Assert.Equal(Schedule.Constant, usual.Schedule);
        Assert.Null(usual.EarlyStopping);
        Assert.Null(usual.Clip);
        Assert.Null(usual.ClassWeights);
        Assert.Equal("1", $"{Read("clip: 1.0").Clip!.Limit}");
        Assert.Equal("balanced", $"{Read("class-weights: balanced").ClassWeights}");
        Assert.Equal("1, 2, 3", $"{Read("class-weights: [1, 2, 3]").ClassWeights}");
    }

    [Theory]
    [InlineData("schedule: cosin", "column 19: unknown schedule \"cosin\". Did you mean \"cosine\"?")]
    [InlineData("schedule: [cosine]", "column 19: train.schedule: expected a text such as cosine, found a list of 1.")]
    [InlineData(
        "schedule: plateau",
        "column 19: the schedule plateau patience=10 factor=0.1 to=0 watches the validation loss, but nothing is held out"
    )]
    [InlineData(
        "early-stopping: patience=3",
        "column 25: early stopping watches the validation loss, but nothing is held out: give validation: 0.1"
    )]
    [InlineData("early-stopping: 3", "column 25: early-stopping \"3\": early-stopping does not take \"3\".")]
    [InlineData("early-stoping: patience=3", "column 9: train has no key \"early-stoping\". Did you mean \"early-stopping\"?")]
    [InlineData("clip: 0", "column 15: clip \"0\": a number above 0 is needed")]
    [InlineData("class-weights: [1, 2]", "column 24: There are 2 class weights, but iris has 3 classes: setosa, versicolor, virginica.")]
    [InlineData("class-weights: {setoza: 2}", "column 24: iris has no class \"setoza\". Did you mean \"setosa\"?")]
    [InlineData("class-weights: [1, 0, 1]", "column 28: train.class-weights: expected a number above 0, found \"0\".")]
    [InlineData(
        "class-weights: even",
        "column 24: train.class-weights: expected balanced, a list such as [1, 2.5], or a map such as {spam: 3}, found \"even\"."
    )]
    public void What_is_wrong_is_said_with_its_place(string setting, string message) =>
        Assert.StartsWith(
            $"e, line 4, {message}",
            Assert.ThrowsAny<LonghandException>(() => Experiment.Read($"{Start}train: {{{setting}}}\n", "e", ".").LoadData()).Message
        );

    private static TrainSettings Read(string setting) => Experiment.Read($"{Start}train: {{{setting}}}\n", "e", ".").Settings;
}
