using System.Globalization;

namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind IrisKind = Register(
        new("iris", "iris", "150 flowers of three species by four lengths, built in", [], _ => new DataParts(Iris(), null))
    );

    /// <summary>
    /// 150 iris flowers, which are part of the library (Fisher 1936, doi:10.1111/j.1469-1809.1936.tb02137.x): length and width of sepal and
    /// petal in centimetres, and the species setosa, versicolor or virginica (classes 0, 1, 2).
    /// </summary>
    public static DataSet Iris()
    {
        string[][] table = [.. Lines(Embedded("iris.csv")).Select(line => line.Split(','))];
        string[] header = table[0];
        string[][] rows = table[1..];
        string[] species = [.. rows.Select(row => row[^1]).Distinct()];
        double[] lengths = [.. rows.SelectMany(row => row[..^1]).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        int[] classes = [.. rows.Select(row => Array.IndexOf(species, row[^1]))];
        return new DataSet(Rows.Of(lengths, header.Length - 1), null, classes, species) { Name = "iris", InputNames = header[..^1] };
    }
}
