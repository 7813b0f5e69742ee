using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using Longhand.Experiments.Plots;

namespace Longhand.Tests.Plots;

/// <summary>Figures as they come out: SVG that any reader of XML takes, PNG whose pixels are where they must be.</summary>
public class FigureTests
{
    private static readonly double[] epochs = [0, 1, 2, 3, 4];

    private static Chart Falling(string name = "train") =>
        new(
            "Loss",
            Axis.Between("epoch", 0, 4, Scale.Whole),
            Axis.Between("loss (mse)", 0, 1),
            [
                new LineMark(epochs, [0.8, 0.5, 0.3, 0.2, 0.15]) { Name = name, Series = 0 },
                new LineMark(epochs, [0.9, 0.6, 0.5, 0.45, 0.44]) { Name = "test", Series = 2 },
            ]
        );

    private static IEnumerable<Figure> All(string name)
    {
        yield return Falling(name) with
        {
            Title = name,
            Note = name,
        };
        yield return new Chart(
            name,
            Axis.Between(name, -1, 1),
            Axis.Between(name, -1, 1),
            [
                new FieldMark(2, 2, [.. Enumerable.Repeat((byte)100, 16)]),
                new BandMark([-1, 1], [-0.5, -0.5], [0.5, 0.7]) { Name = name },
                .. Enumerable
                    .Range(0, 9)
                    .Select(s => new PointsMark([0.1 * s], [0.1])
                    {
                        Name = name,
                        Series = s,
                        IsHollow = s > 4,
                    }),
                new TextMark([0], [0], [name]),
            ]
        )
        {
            IsSquare = true,
        };
        yield return new MatrixFigure(
            name,
            new[,]
            {
                { 3, 1 },
                { 0, 2 },
            },
            [name, name + name],
            name,
            name
        );
        yield return new ImageGrid(name, [new(name, [Tile.Signed(2, 2, i => i - 1.5, 1.5), Tile.Grey(2, 2, i => i, 0, 3)])])
        {
            Note = name,
        };
        yield return ContourPlot.Of(
            name,
            (x, y) => x * x - y * y,
            (name, "y"),
            [(1, 1), (0, 0)],
            [(0, 0, name)],
            ContourPlot.Around([(1, 1), (0, 0)])
        );
    }

    [Fact]
    public void A_chart_as_svg_is_the_one_looked_at() => Golden.Check("plot-loss", Falling().ToSvg());

    [Theory]
    [InlineData("plain")]
    [InlineData("</text><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)\" x='")]
    [InlineData("a&b ]]> <!-- \0\u0001\u0085\ud800\uffff |x|")]
    [InlineData("漢字 ñ ß ₁₂ \U0001F600")]
    [InlineData("")]
    public void Every_figure_is_well_formed_and_asks_for_nothing_outside(string name)
    {
        foreach (Figure figure in All(name))
        {
            string svg = figure.ToSvg();
            var texts = new List<string>();
            using (
                var reader = XmlReader.Create(
                    new StringReader(svg),
                    new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
                )
            )
                while (reader.Read())
                {
                    if (reader.NodeType == XmlNodeType.Text)
                        texts.Add(reader.Value);
                    if (reader.NodeType != XmlNodeType.Element)
                        continue;
                    Assert.Contains(
                        reader.Name,
                        (string[])["svg", "title", "desc", "style", "rect", "g", "path", "circle", "text", "image"]
                    );
                    while (reader.MoveToNextAttribute())
                    {
                        Assert.False(reader.Name.StartsWith("on", StringComparison.Ordinal), reader.Name);
                        if (reader.Name == "href")
                            Assert.StartsWith("data:image/png;base64,", reader.Value);
                        else if (reader.Name != "xmlns")
                            Assert.DoesNotContain("://", reader.Value);
                    }
                }
            if (name == "plain")
                Assert.Contains(name, texts);
            _ = new PngImage(figure.ToPng());
        }
    }

    [Fact]
    public void The_same_figure_gives_the_same_bytes()
    {
        Assert.Equal(Falling().ToPng(), Falling().ToPng());
        Assert.Equal(Falling().ToSvg(), Falling().ToSvg());
    }

    [Fact]
    public void A_picture_has_its_lines_where_its_values_are()
    {
        Chart chart = Falling();
        var png = new PngImage(chart.ToPng());
        Drawing drawing = chart.Draw();
        Box box = drawing.Frame!.Box;
        Assert.Equal(((int)(2 * drawing.Width), (int)Math.Ceiling(2 * drawing.Height)), (png.Width, png.Height));
        Rgb Pixel(double x, double y) =>
            png[
                (int)Math.Round(2 * (box.X + chart.X.Share(x) * box.Width) - 0.5),
                (int)Math.Round(2 * (box.Bottom - chart.Y.Share(y) * box.Height) - 0.5)
            ];
        Assert.Equal(Palette.Light[Paint.Series(0).Slot], Pixel(1, 0.5));
        Assert.Equal(Palette.Light[Paint.Series(0).Slot], Pixel(1.5, 0.4));
        Assert.Equal(Palette.Light[Paint.Ground.Slot], Pixel(1, 0.95));
        Assert.Equal(Palette.Light[Paint.Ground.Slot], png[1, 1]);
        // The title and the names of the axes stand there, too.
        Assert.True(png.Count(Palette.Light[Paint.Text.Slot]) > 50);
        Assert.True(png.Count(Palette.Light[Paint.Muted.Slot]) > 50);
    }

    [Fact]
    public void What_is_not_finite_is_a_gap_and_a_lone_value_a_dot()
    {
        Chart chart = new(
            "gap",
            Axis.Between("x", 0, 4),
            Axis.Between("y", 0, 1),
            [new LineMark(epochs, [0.5, 0.5, double.NaN, 0.5, double.PositiveInfinity])]
        );
        Assert.Single(chart.Draw().Elements.OfType<Stroke>(), s => s.Paint.Ink == Ink.Series);
        Assert.Single(chart.Draw().Elements.OfType<Disc>());
        _ = new PngImage(chart.ToPng());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(17, 5)]
    public void What_is_encoded_is_read_back(int width, int height)
    {
        var random = new Random(width);
        foreach (int channels in (int[])[3, 4])
        {
            var pixels = new byte[width * height * channels];
            random.NextBytes(pixels);
            var png = new PngImage(PngFile.Encode(width, height, pixels));
            for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int i = channels * (y * width + x);
                Assert.Equal(new Rgb(pixels[i], pixels[i + 1], pixels[i + 2]), png[x, y]);
                Assert.Equal(channels == 4 ? pixels[i + 3] : 255, png.Opacity(x, y));
            }
        }
    }

    [Fact]
    public void The_sum_of_a_chunk_is_the_one_of_the_standard() => Assert.Equal(0xcbf43926, PngFile.Crc("123456789"u8));

    [Fact]
    public void A_filled_polygon_covers_its_area()
    {
        var raster = new Raster(60, 60, Rgb.Of(0xffffff));
        raster.Fill([new(10.25, 10.5), new(50.5, 10.5), new(50.5, 30.1), new(10.25, 30.1)], Rgb.Of(0), 1);
        double dark = 0;
        foreach (byte value in raster.Pixels)
            dark += (255 - value) / 255.0 / 3;
        Assert.Equal(40.25 * 19.6, dark, 2.0);
    }

    [Fact]
    public void Text_is_drawn_within_the_width_that_it_is_measured_with() =>
        Assert.All(
            Glyphs.Text.Split('\n').Select(line => line[0].ToString()).Append("Loss (mse) 10⁻³ b₁ Ü ŷ"),
            text =>
            {
                double width = StrokeFont.Width(text, 100);
                Assert.All(
                    StrokeFont.Strokes(text, 100).SelectMany(s => s),
                    p =>
                    {
                        Assert.InRange(p.X, -5, width + 5);
                        Assert.InRange(p.Y, -110, 30);
                    }
                );
            }
        );

    [Fact]
    public void Every_character_of_the_figures_own_words_has_a_glyph() =>
        Assert.All("Loss (mse, logarithmic) 0123456789−.,×·⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉[]%→ŷ…;:=±", c => Assert.True(StrokeFont.Knows(c), $"{c}"));

    [Fact]
    public void Series_can_be_read_on_both_grounds_and_told_apart_without_colour()
    {
        foreach (IReadOnlyList<Rgb> palette in (IReadOnlyList<Rgb>[])[Palette.Light, Palette.Dark])
        {
            Rgb ground = palette[Paint.Ground.Slot];
            Assert.True(palette[Paint.Text.Slot].Contrast(ground) >= 7);
            Assert.True(palette[Paint.Muted.Slot].Contrast(ground) >= 4.5);
            for (int s = 0; s < Palette.SeriesCount; s++)
                Assert.True(palette[Paint.Series(s).Slot].Contrast(ground) >= 3, $"series {s}");
        }
        Assert.Equal(
            Palette.SeriesCount,
            Enumerable.Range(0, Palette.SeriesCount).Select(s => string.Join(' ', Dash.Of(s))).Distinct().Count()
        );
        Assert.Equal(21, Rgb.Of(0).Contrast(Rgb.Of(0xffffff)), 1e-9);
    }

    [Fact]
    public void Labels_are_moved_apart_in_their_order_and_stay_inside() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    double[] wanted = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.NextDouble() * 220 - 10).Order()];
                    double[] placed = EndLabels.Apart(wanted, 0, 200, 16);
                    for (int i = 0; i < placed.Length; i++)
                    {
                        Assert.InRange(placed[i], -1e-9, 200 + 1e-9);
                        if (i > 0)
                            Assert.True(placed[i] - placed[i - 1] >= 16 - 1e-9);
                    }
                    // Who has room already stays.
                    double[] roomy = [.. Enumerable.Range(0, 5).Select(i => 10 + 20.0 * i)];
                    Assert.Equal(roomy, EndLabels.Apart(roomy, 0, 200, 16).Select(p => Math.Round(p, 9)));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_thinned_line_looks_the_same()
    {
        var random = new Random(1);
        List<Point> line =
        [
            .. Enumerable.Range(0, 1000).Select(i => new Point(i * 0.5, 100 * Math.Sin(i / 90.0) + 0.05 * random.NextDouble())),
        ];
        List<Point> thin = Thinning.Of(line);
        Assert.InRange(thin.Count, 5, 200);
        Assert.Equal((line[0], line[^1]), (thin[0], thin[^1]));
        foreach (Point p in line)
        {
            int k = thin.FindIndex(q => q.X >= p.X);
            Point b = thin[k],
                a = thin[Math.Max(0, k - 1)];
            double at = a.X == b.X ? b.Y : a.Y + (p.X - a.X) / (b.X - a.X) * (b.Y - a.Y);
            Assert.Equal(p.Y, at, 0.3);
        }
        // A spike survives, however many points there are.
        List<Point> spiked = [.. Enumerable.Range(0, 50_000).Select(i => new Point(i / 100.0, i == 31_415 ? 50 : 0))];
        Assert.Contains(spiked[31_415], Thinning.Of(spiked));
    }

    [Fact]
    public void Lines_of_equal_height_of_a_cone_are_circles()
    {
        double[] places = [.. Enumerable.Range(0, 81).Select(i => -2 + i / 20.0)];
        var values = new double[81, 81];
        for (int r = 0; r < 81; r++)
        for (int c = 0; c < 81; c++)
            values[r, c] = Math.Sqrt(places[c] * places[c] + places[r] * places[r]);
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines = Contours.At(values, places, places, 1.03);
        IReadOnlyList<(double X, double Y)> circle = Assert.Single(lines);
        Assert.Equal(circle[0], circle[^1]);
        Assert.All(circle, p => Assert.Equal(1.03, Math.Sqrt(p.X * p.X + p.Y * p.Y), 1e-3));
        // A saddle has two branches, and where nothing is known there is no line.
        for (int r = 0; r < 81; r++)
        for (int c = 0; c < 81; c++)
            values[r, c] = c == 40 && r == 40 ? double.NaN : places[c] * places[r];
        Assert.Equal(2, Contours.At(values, places, places, 0.3).Count);
    }

    [Fact]
    public void Figures_know_nothing_of_networks()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Golden.Root, "src", "Longhand.Experiments", "Plots"), "*.cs"))
            Assert.DoesNotMatch(
                @"\b(Reports|Network|Model|DataSet|Experiment|TrainingResult)\b",
                string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
            );
    }

    [Fact]
    public void Names_of_files_are_safe_and_differ()
    {
        var names = new FileNames();
        Assert.Equal("U", names.Of("U"));
        Assert.Equal("u-2", names.Of("u"));
        Assert.Equal("b1", names.Of("b₁"));
        Assert.Equal("b1-2", names.Of("b1"));
        Assert.Equal("etc-passwd", names.Of("../../etc/passwd").Trim('.'));
        Assert.Equal("figure-con", names.Of("con"));
        Assert.Equal("figure-NUL.txt", names.Of("NUL.txt"));
        Assert.Equal("figure", names.Of("漢字"));
        Assert.Equal("figure-2", names.Of(".."));
        Assert.InRange(names.Of(new string('x', 1000)).Length, 1, 60);
    }
}
