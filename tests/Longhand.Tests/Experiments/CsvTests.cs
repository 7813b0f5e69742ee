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
    [InlineData("1,?,x\n3,4,y\n5,8,x\n", "")]
    [InlineData("1,,x\n3,4,y\n5,8,x\n", "")]
    [InlineData("1,NA,x\n3,4,y\n5,8,x\n", "")]
    public void Missing_values_are_refused_left_out_or_filled(string table, string options)
    {
        string message = Assert.Throws<DataFormatException>(() => Read(table, options)).Message;
        Assert.Contains("t.csv, line 1, column 2: a value is missing (", message);
        Assert.Contains("missing=drop leaves such lines out, missing=mean fills in the column's mean.", message);
        DataSet dropped = Read(table, "missing=drop");
        Assert.Equal([3, 4], dropped[0].Input);
        Assert.Equal(["1 of 3 lines were left out, because a value is missing in them."], dropped.Notes);
        DataSet filled = Read(table, "missing=mean");
        Assert.Equal([1, 6], filled[0].Input);
        Assert.Equal(3, filled.Count);
        Assert.Single(filled.Notes);
    }

    [Fact]
    public void A_missing_target_is_never_filled_in()
    {
        const string table = "1,2,x\n3,4,?\n5,6,y\n";
        Assert.Contains(
            "line 2, column 3: a value is missing",
            Assert.Throws<DataFormatException>(() => Read(table, "missing=mean")).Message
        );
        Assert.Equal(2, Read(table, "missing=drop").Count);
        Assert.Contains(
            "every line has a missing value",
            Assert.Throws<DataFormatException>(() => Read("?,1\n,2\n", "missing=drop")).Message
        );
        Assert.Contains(
            "column 1 has no value at all",
            Assert.Throws<DataFormatException>(() => Read("?,2,x\n?,3,y\n", "missing=mean header=no")).Message
        );
    }

    [Theory]
    [InlineData("a;b;kind\n1,5;2;x\n-3,25;4e1;y\n", "")]
    [InlineData("a\tb\tkind\n1,5\t2\tx\n-3,25\t40\ty\n", "")]
    [InlineData("\"1,5\",2,x\n\"-3,25\",40,y\n", "decimal=comma separator=comma")]
    [InlineData("1.5;2;x\n-3.25;40;y\n", "")]
    [InlineData("1,5;2;x\n-3,25;40;y\n", "separator=semicolon header=no")]
    public void Decimals_stand_behind_a_point_or_a_comma(string table, string options)
    {
        DataSet data = Read(table, options);
        Assert.Equal([1.5, 2], data[0].Input);
        Assert.Equal([-3.25, 40], data[1].Input);
    }

    [Theory]
    [InlineData(
        "1,234;1;x\n0.5;2;y\n",
        "separator=semicolon",
        "line 2, column 1: \"0.5\" has a decimal point, but numbers before it have a decimal comma."
    )]
    [InlineData(
        "0.5;1;x\n1,234;2;y\n",
        "separator=semicolon",
        "\"1,234\" has a decimal comma, but numbers before it have a decimal point."
    )]
    [InlineData("0.5;1;x\n", "separator=semicolon decimal=comma", "the table is said to have a decimal comma")]
    [InlineData("\"1,5\",1,x\n2,2,y\n", "", "\"1,5\" is not a number. If the comma is a decimal one, say decimal=comma.")]
    [InlineData("x;1;1,5\ny;2;0.5\n", "separator=semicolon ignore=first", "\"0.5\" has a decimal point")]
    public void Two_notations_in_one_table_are_refused(string table, string options, string expected) =>
        Assert.Contains(expected, Assert.Throws<DataFormatException>(() => Read(table, options)).Message);

    [Fact]
    public void Columns_can_be_left_out()
    {
        DataSet data = Read("id,a,name,b,kind\n1,2,Ann,3,x\n2,4,Bob,5,y\n", "ignore=id,name");
        Assert.Equal(["a", "b"], data.InputNames);
        Assert.Equal([4, 5], data[1].Input);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "line 3: here are 1 fields, but the first line has 2.")]
    [InlineData("a,b\n1,2\n3,4,5\n", "line 3: here are 3 fields, but the first line has 2.")]
    [InlineData("1,2\n\"3,4\n", "line 2: a quotation mark stands where none may, or is not closed, or the line is too long.")]
    [InlineData("1,2\nNaN,4\n", "line 2, column 1: a value is missing (\"NaN\")")]
    [InlineData("1,2\n1e999,4\n", "line 2, column 1: \"1e999\" is not a finite number.")]
    [InlineData("1,2\nx,4\n", "line 2, column 1: \"x\" is not a number.")]
    [InlineData("1,2\n1,Infinity\n", "line 2, column 2: \"Infinity\" is not a finite number.")]
    [InlineData("", "the file is empty")]
    [InlineData("a,b\n", "there is a line of names, but no example.")]
    public void A_malformed_table_is_refused_with_its_line(string table, string expected)
    {
        string message = Assert.Throws<DataFormatException>(() => Read(table)).Message;
        Assert.Contains("t.csv", message);
        Assert.Contains(expected, message);
    }

    [Theory]
    [InlineData("target=d", "it has a, b, c")]
    [InlineData("ignore=c", "ignore names the target")]
    [InlineData("ignore=d", "ignore is \"d\", but")]
    [InlineData("missing=zero", "missing is \"zero\", but error, drop or mean is needed")]
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
