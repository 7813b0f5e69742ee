using System.Globalization;
using System.Text;
using Longhand.Analysis;
using Longhand.Experiments;
using Longhand.Numbers;

namespace Longhand.Cli.Commands;

/// <summary>A designed network for a person.</summary>
internal static class DesignText
{
    private const int MostRows = 32;

    public static void Write(Page page, BooleanDesign d)
    {
        page.Strong(DesignWords.Named(d.Function));
        if (d.Proof is { } proof)
        {
            page.Line();
            foreach (string line in DesignWords.Proof(d.Function, proof))
                page.Line(line);
            page.Line();
            page.Strong($"Two layers: {Words.Count(d.Hidden, "hidden unit")}");
        }
        else
            page.Strong("A single unit is enough: the function is linearly separable.");
        foreach (string line in d.Explanation)
            page.Line($"  {line}");
        foreach (string line in DesignWords.Units(d.Model.Network, d.Weights, d.Function.Variables))
            page.Line($"  {line}");
        TruthCommand.Rows(page, d.Table, MostRows);
        page.Line(DesignWords.Rule(d.Table));
        page.Strong($"Verified on all {d.Table.Rows.Count} rows{(d.Units == DesignUnits.Sigmoid ? "" : ", in exact numbers")}.");
        if (d.Function.Variables.Count == 2)
        {
            page.Line();
            page.Line(DesignPlot.Characters(d));
        }
        page.Line();
        page.Line("As an experiment, for truth and explain (--out FILE.yaml writes it):");
        page.Line();
        foreach (string line in DesignWords.Yaml(d.Function, d.Model.Network, d.Weights).TrimEnd().Split('\n'))
            page.Line(line);
    }
}
