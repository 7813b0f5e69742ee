using System.Text.Json;
using Xunit;

namespace Longhand.Tests.Commands;

/// <summary>The command <c>matrix</c>.</summary>
public class MatrixCommandTests
{
    private const string Kernel = "conv1.weight=[[[[0, 1, 0], [1, -1, 1], [0, 1/3, 0]]]]";

    [Fact]
    public void A_small_matrix_is_written_in_full() => Golden.Check("matrix-small", CommandLine.Run("matrix", "3x3 -> conv 1 2x2").Output);

    [Fact]
    public void Numbers_are_lined_up_and_the_way_back_is_the_transpose() =>
        Golden.Check(
            "matrix-transpose",
            CommandLine.Run("matrix", "4x4 -> conv 1 3x3 stride 2 pad 1 nobias", "--set", Kernel, "--transpose").Output
        );

    [Fact]
    public void A_large_matrix_shows_where_its_weights_stand() =>
        Golden.Check(
            "matrix-large",
            CommandLine.Run("matrix", "28x28 -> conv 8 3x3 relu -> maxpool 2 -> conv 16 3x3 pad same", "--layer", "conv2").Output
        );

    [Fact]
    public void Symbols_are_texts_in_json_and_numbers_numbers()
    {
        JsonElement json = CommandLine.Run("matrix", "2x3 -> conv 1 2x2", "--json").Json();
        Assert.Equal(
            "[[\"w₁₁\",\"w₁₂\",0,\"w₂₁\",\"w₂₂\",0],[0,\"w₁₁\",\"w₁₂\",0,\"w₂₁\",\"w₂₂\"]]",
            json.GetProperty("matrix").GetRawText()
        );
        Assert.Equal("[\"b\",\"b\"]", json.GetProperty("bias").GetRawText());
        Assert.Equal((2, 6, 8), (Int("rows"), Int("columns"), Int("nonzeros")));
        Assert.Equal(0, json.GetProperty("largestDifference").GetDouble(), 1e-13);
        Assert.True(json.GetProperty("proof").GetProperty("inSymbols").GetBoolean());
        Assert.Equal(5, json.GetProperty("parameters").GetProperty("convolution").GetInt32());
        Assert.Equal(14, json.GetProperty("parameters").GetProperty("dense").GetInt32());
        json = CommandLine.Run("matrix", "2x2 -> conv 1 3x3 pad 1", "--set", Kernel, "--json", "--transpose").Json();
        Assert.Equal(
            "[[-1,1,1,0],[1,-1,0,1],[0.3333333333333333,0,-1,1],[0,0.3333333333333333,1,-1]]",
            json.GetProperty("matrix").GetRawText()
        );
        Assert.Equal("[]", json.GetProperty("bias").GetRawText());
        Assert.Equal(12, Int("nonzeros"));

        int Int(string name) => json.GetProperty(name).GetInt32();
    }

    [Fact]
    public void What_is_too_large_to_be_held_is_listed()
    {
        JsonElement json = CommandLine.Run("matrix", "40x40 -> conv 1 2x2 stride 2 nobias -> conv 1 1", "--json").Json();
        Assert.Equal(400 * 1600, json.GetProperty("matrix").GetArrayLength() * json.GetProperty("matrix")[0].GetArrayLength());
        json = CommandLine.Run("matrix", "60x60 -> conv 1 2x2 stride 2 nobias", "--json").Json();
        Assert.Equal(JsonValueKind.Null, json.GetProperty("matrix").ValueKind);
        Assert.Contains("1,000,000", json.GetProperty("matrixReason").GetString());
        Assert.Equal(3600, json.GetProperty("entries").GetArrayLength());
        Assert.Equal("[0,61,\"w₂₂\"]", json.GetProperty("entries")[3].GetRawText());
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Contains("has no convolution", CommandLine.Run("matrix", "2 -> dense 1").Refusal());
        Assert.Contains("Did you mean \"conv1\"?", CommandLine.Run("matrix", "4x4 -> conv 1 2", "--layer", "cnv1").Refusal());
        Assert.Contains("matrix needs a network", CommandLine.Run("matrix").Refusal());
    }
}
