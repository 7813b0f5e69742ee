using Longhand.Experiments;
using Longhand.Tests.Formats;
using Xunit;

namespace Longhand.Tests.Experiments;

/// <summary>Tables of one's own.</summary>
public class CsvTests
{
    private static DataSet Read(string table, string options = "")
    {
        ExperimentKinds.Register();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("t.csv"), table);
        return Data.Make($"csv t.csv {options}", folder.Path).All;
    }

    [Theory]
    [InlineData("a,b,kind\n1,2,x\n3,4,y\n", "")]
    [InlineData("\uFEFFa,b,kind\r\n1,2,x\r\n3,4,y", "target=kind")]
    [InlineData("kind,a,b\nx,1,2\ny,3,4\n", "target=first")]
    [InlineData("kind,a,b\nx,1,2\ny,3,4\n", "target=1")]
    [InlineData("a;b;kind\n1;2;x\n3;4;y\n", "")]
    [InlineData("a\tb\tkind\n1\t2\tx\n3\t4\ty\n", "separator=tab")]
    [InlineData("\"a\",\"b\",\"kind\"\n\"1\", 2 ,\"x\"\n3,4, y\n\n", "target=KIND header=yes")]
    public void One_table_in_many_forms(string table, string options)
    {
        DataSet data = Read(table, options);
        Assert.Equal(["a", "b"], data.InputNames);
        Assert.Equal(["x", "y"], data.ClassNames);
        Assert.Equal([1, 2], data[0].Input);
        Assert.Equal([3, 4], data[1].Input);
        Assert.Equal([0, 1], data.Classes());
    }

    [Fact]
    public void A_table_without_names_has_none()
    {
        DataSet data = Read("1,2,x\n3,4,y\n");
        Assert.Empty(data.InputNames);
        Assert.Equal(2, data.Count);
    }

    [Fact]
    public void Classes_do_not_depend_on_the_order_of_lines() =>
        Assert.Equal(Read("1,pear\n2,apple\n").ClassNames, Read("2,apple\n1,pear\n").ClassNames);

    [Theory]
    [InlineData("1,0\n2,2\n", "", "0 1 2", "0 2")]
    [InlineData("1,3\n2,1\n", "", "1 3", "1 0")]
    [InlineData("1,-1\n2,1\n", "", "-1 1", "0 1")]
    public void Whole_numbers_are_classes(string table, string options, string names, string classes)
    {
        DataSet data = Read(table, options);
        Assert.Equal(names.Split(' '), data.ClassNames);
        Assert.Equal(classes.Split(' ').Select(int.Parse), data.Classes());
    }

    [Theory]
    [InlineData("1,0.5\n2,2\n", "")]
    [InlineData("1,0\n2,2\n", "as=values")]
    public void Other_numbers_are_values(string table, string options)
    {
        DataSet data = Read(table, options);
        Assert.False(data.HasClasses);
        Assert.Equal([2], data[1].Target);
    }

    [Fact]
    public void Many_different_whole_numbers_are_values() =>
        Assert.False(Read(string.Concat(Enumerable.Range(0, 101).Select(i => $"1,{i}\n"))).HasClasses);

    [Fact]
    public void Several_columns_are_values()
    {
        DataSet data = Read("a,b,c\n1,2,3\n4,5,6\n", "target=c,a");
        Assert.Equal(["b"], data.InputNames);
        Assert.Equal([3, 1], data[0].Target);
    }

    [Theory]
    [InlineData("target=d", "it has a, b, c")]
    [InlineData("target=a,a", "target names a column twice")]
    [InlineData("target=a,b as=classes", "several target columns are values")]
    [InlineData("as=numbers", "as is \"numbers\", but auto, classes or values is needed")]
    [InlineData("target=a,b,c", "no column is left for the inputs")]
    public void Options_that_do_not_fit_are_refused(string options, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<LonghandException>(() => Read("a,b,c\n1,2,3\n4,5,6\n", options)).Message);

    [Fact]
    public void What_data_writes_reads_back()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Commands.CommandLine.Run("data", "iris", "--out", folder.File("iris.csv")).Exit);
        DataSet written = Data.Make("csv iris.csv target=class", folder.Path).All,
            iris = Data.Iris();
        Assert.Equal(iris.InputNames, written.InputNames);
        Assert.Equal(iris.ClassNames, written.ClassNames);
        for (int i = 0; i < iris.Count; i++)
        {
            Assert.Equal(iris[i].Input, written[i].Input);
            Assert.Equal(iris.Class(i), written.Class(i));
        }
    }
}
