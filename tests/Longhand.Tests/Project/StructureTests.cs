using System.Text.RegularExpressions;

namespace Longhand.Tests.Project;

/// <summary>Which part may know which: arrows point one way.</summary>
public partial class StructureTests
{
    [Theory]
    [InlineData("Numbers", "Layers|Activations|Plans|Kernels|Reference|Working|Analysis|Formats")]
    [InlineData("Kernels", "Layers|Plans|Reference|Working|Analysis|Formats")]
    [InlineData("Layers", "Reference|Working|Analysis|Formats")]
    [InlineData("Activations", "Reference|Working|Analysis|Formats")]
    [InlineData("Losses", "Plans|Kernels|Reference|Working|Analysis|Formats")]
    [InlineData("Optimizers", "Plans|Reference|Working|Analysis|Formats")]
    [InlineData("Schedules", "Plans|Kernels|Reference|Working|Analysis|Formats")]
    [InlineData("Plans", "Reference|Working|Analysis|Formats")]
    [InlineData("Reference", "Plans|Kernels|Working|Analysis|Formats")]
    [InlineData("Working", "Plans|Kernels|Analysis|Formats|Activations|Grading")]
    [InlineData("Grading", "Plans|Kernels|Analysis|Formats|Training")]
    public void A_part_of_the_library_knows_only_what_stands_below_it(string part, string above)
    {
        string folder = Path.Combine(Golden.Root, "src", "Longhand", part);
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Match known = Regex.Match(text, $@"\bLonghand\.({above})\b(?!"")");
            Assert.False(known.Success, $"{part}/{Path.GetFileName(file)} knows {known.Value}");
        }
    }

    [Fact]
    public void The_working_knows_no_particular_layer()
    {
        string[] layers =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Golden.Root, "src", "Longhand", "Layers"), "*.cs")
                .Select(Path.GetFileNameWithoutExtension)
                .OfType<string>()
                .Except(["Layer", "Parameter", "Pass", "OutputRange", "Add"]),
        ];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Golden.Root, "src", "Longhand", "Working"), "*.cs"))
        {
            string code = Comments().Replace(File.ReadAllText(file), "");
            Assert.DoesNotMatch($@"\b({string.Join('|', layers)})\b", code.Replace("ExprKind.Softmax", ""));
        }
    }

    [Fact]
    public void The_library_depends_on_nothing_outside_dotnet_and_projects_point_one_way()
    {
        string Project(string name) => File.ReadAllText(Path.Combine(Golden.Root, "src", name, $"{name}.csproj"));
        Assert.DoesNotContain("PackageReference", Project("Longhand"));
        Assert.DoesNotContain("ProjectReference", Project("Longhand"));
        Assert.DoesNotMatch("ProjectReference.*Longhand.Cli", Project("Longhand.Experiments"));
        Assert.Contains("Longhand.Experiments", Project("Longhand.Cli"));
        Assert.DoesNotMatch("ProjectReference.*Longhand.(Cli|Playground)", Project("Longhand.Experiments"));
        Assert.DoesNotMatch("ProjectReference.*Longhand.Cli", Project("Longhand.Playground"));
    }

    [Fact]
    public void Unsafe_code_stands_in_kernels_and_where_plans_and_training_hand_them_their_memory()
    {
        string library = Path.Combine(Golden.Root, "src", "Longhand");
        foreach (string file in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories))
        {
            string part = Path.GetRelativePath(library, file).Split(Path.DirectorySeparatorChar)[0];
            if (part is "Kernels" or "Plans" or "Training" or "Optimizers" or "obj" or "bin")
                continue;
            Assert.False(Regex.IsMatch(Comments().Replace(File.ReadAllText(file), ""), @"\bunsafe\b"), file);
        }
    }

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comments();
}
