using System.Globalization;
using System.Text.RegularExpressions;
using Longhand.Numbers;
using Longhand.Reference;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>The view of images in a real browser, as a person uses it.</summary>
[Collection(Browser.Collection)]
public sealed class ImagePageTests(Browser browser)
{
    private const string Trained = "view=images&epoch=1";

    [Fact]
    public async Task A_network_trains_on_the_digits_and_classifies_a_drawn_one()
    {
        IPage page = await OpenAsync("view=images");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Speed" }).SelectOptionAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("accuracy")).ToHaveTextAsync(new Regex("^9[5-9]|^100"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw one" }).ClickAsync();
        // While it trains on.
        await DrawAsync(page, 2);
        await Assertions.Expect(page.GetByTestId("verdict").Locator("strong")).ToHaveTextAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await DrawAsync(page, 0);
        await Assertions.Expect(page.GetByTestId("verdict").Locator("strong")).ToHaveTextAsync("0");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&lines=[0-9a-f.]+$"));
    }

    [Fact]
    public async Task A_number_that_is_pointed_at_is_the_sum_of_patch_times_kernel()
    {
        IPage page = await OpenAsync(Trained + "&example=4");
        ILocator tile = page.GetByRole(AriaRole.Button, new() { Name = "conv1, map 3 of 8" });
        LocatorBoundingBoxResult box = (await tile.BoundingBoxAsync())!;
        // Row 5, column 6 of 8.
        await page.Mouse.MoveAsync(box.X + box.Width * 5.5f / 8, box.Y + box.Height * 4.5f / 8);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "conv1, map 3, row 5, column 6" })).ToBeVisibleAsync();
        ILocator sum = page.GetByTestId("sum");
        await Assertions.Expect(sum).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".tile .patch")).ToHaveCountAsync(1);
        ReferenceRun<Float64> run = Reference(page, 4, 1);
        double value = run.Value(1)[0, 2, 4, 5].Value;
        await Assertions.Expect(sum).ToHaveTextAsync(Written(value));
        await Assertions.Expect(page.GetByTestId("value")).ToHaveTextAsync("= " + Written(value));
        // What stands in the two grids gives the sum that stands beside them.
        await Assertions.Expect(page.Locator(".products td")).ToHaveCountAsync(18);
        double[] numbers = [.. (await page.Locator(".products td").AllInnerTextsAsync()).Select(Number)];
        double products = Enumerable.Range(0, 9).Sum(i => numbers[i] * numbers[9 + i]);
        Assert.Equal(Number(await page.Locator(".products strong").InnerTextAsync()), products, 0.05);
        // It goes with the pointer, and stays where it is chosen.
        await tile.ClickAsync(
            new()
            {
                Position = new() { X = 1, Y = 1 },
            }
        );
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"at=conv1%5B2,0,0%5D$"));
        await page.Mouse.MoveAsync(5, 5);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "conv1, map 3, row 1, column 1" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".numbers .padding")).ToHaveCountAsync(5);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Its working in the ledger" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_winners_of_a_pool_are_marked()
    {
        IPage page = await OpenAsync(Trained + "&at=maxpool1%5B5,1,2%5D");
        await Assertions.Expect(page.Locator(".tile .won")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".tile .winner")).ToHaveCountAsync(16);
        await Assertions.Expect(page.Locator(".numbers .winner")).ToHaveCountAsync(1);
        Assert.Equal(
            Number((await page.GetByTestId("sum").InnerTextAsync())),
            Number(await page.Locator(".numbers .winner").InnerTextAsync()),
            0.006
        );
    }

    [Fact]
    public async Task A_number_of_the_confusion_leads_to_its_examples()
    {
        IPage page = await OpenAsync(Trained);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^[1-9][0-9]* times [0-9] taken for [0-9]$") })
            .First.ClickAsync();
        ILocator chosen = page.Locator(".confusion [aria-pressed=true]");
        await Assertions.Expect(chosen).ToHaveCountAsync(1);
        int count = int.Parse(await chosen.InnerTextAsync(), CultureInfo.InvariantCulture);
        string[] cell = (await chosen.GetAttributeAsync("data-cell"))!.Split('-');
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{cell[0]} taken for {cell[1]}" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".gallery")).ToHaveAttributeAsync("aria-busy", "false");
        await Assertions.Expect(page.Locator(".gallery button")).ToHaveCountAsync(count);
        await Assertions.Expect(page.Locator(".gallery .mistaken").First).ToHaveTextAsync($"{cell[0]} → {cell[1]}");
        await page.Locator(".gallery button").First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("verdict").Locator("strong")).ToHaveTextAsync(cell[1]);
        await Assertions.Expect(page.GetByTestId("verdict")).ToContainTextAsync($"wrong: it is {cell[0]}");
        await page.GetByRole(AriaRole.Button, new() { Name = "All examples" }).ClickAsync();
        await Assertions.Expect(page.Locator(".gallery button")).ToHaveCountAsync(40);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("page 2 of 9")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&list=all&page=1$"));
    }

    [Fact]
    public async Task The_same_address_in_a_second_window_shows_the_same()
    {
        IPage page = await OpenAsync(Trained);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Network", Exact = true })
            .FillAsync("8x8x1 -> conv 4 3x3 -> batchnorm -> relu -> avgpool 2 -> dense 10");
        await page.Keyboard.PressAsync("Enter");
        await Assertions
            .Expect(page.Locator(".columns h3"))
            .ToHaveTextAsync(["input", "conv1", "batchnorm1", "relu1", "avgpool1", "dense1"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next example" }).ClickAsync();
        await page.GetByLabel("Saliency ∂L/∂x").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "avgpool1, map 2 of 4" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^avgpool1, map 2") })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("sum")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".which")).ToContainTextAsync("2 of 360");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("epoch=1&set=test&example=1&at=avgpool1.*&saliency=true$"));
        IPage second = await OpenAsync(new Uri(page.Url).Fragment[1..]);
        await Assertions.Expect(second.GetByTestId("epoch")).ToHaveTextAsync("1");
        await Assertions.Expect(second.GetByTestId("sum")).ToHaveTextAsync(await page.GetByTestId("sum").InnerTextAsync());
        await page.Mouse.MoveAsync(5, 5);
        foreach (string part in (string[])[".says .losses", ".scores", ".columns", ".which"])
            await Assertions
                .Expect(second.Locator(part))
                .ToHaveTextAsync(await page.Locator(part).InnerTextAsync(), new() { UseInnerText = true });
    }

    [Fact]
    public async Task What_is_wrong_with_the_network_is_said_beneath_it_and_the_text_stays()
    {
        IPage page = await OpenAsync(Trained);
        ILocator network = page.GetByRole(AriaRole.Textbox, new() { Name = "Network", Exact = true });
        await network.FillAsync("8x8x1 -> conv 8 3x3 -> dnse 10");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".notation [role=alert]")).ToContainTextAsync("Did you mean \"dense\"?");
        await Assertions.Expect(network).ToHaveValueAsync("8x8x1 -> conv 8 3x3 -> dnse 10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Assertions.Expect(network).ToHaveValueAsync("8x8x1 -> conv 8 3x3 pad same relu -> maxpool 2 -> dense 10");
        await Assertions.Expect(page.Locator(".notation [role=alert]")).ToHaveCountAsync(0);
        IPage wrong = await OpenAsync("view=images&network=8x8x1/dense+9");
        await Assertions.Expect(wrong.Locator(".notation [role=alert]")).ToContainTextAsync("outputs for 0 to 8 only");
        await Assertions.Expect(wrong.Locator(".columns h3").Nth(1)).ToHaveTextAsync("conv1");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await OpenAsync("view=images");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "conv1, map 1 of 8" }).FocusAsync();
        foreach (string key in (string[])["ArrowDown", "ArrowDown", "ArrowRight", "PageDown"])
            await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "conv1, map 2, row 3, column 2" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "conv1, map 2 of 8" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("]");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "relu1, map 2 of 8" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw one" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        ILocator ink = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Your picture") });
        await ink.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByText("Row 2, column 2: ink 16 of 16")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("-");
        await Assertions.Expect(page.GetByText("Row 2, column 2: ink 15 of 16")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&cells=(00){9}ef(00){54}"));
        ILocator first = page.Locator("[data-cell='0-0']");
        await first.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "1, found right" })).ToBeVisibleAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("in a map: to the layer before, behind");
    }

    [Fact]
    public async Task One_goes_to_the_playground_and_back_without_losing_what_was_seen()
    {
        IPage page = await OpenAsync(Trained + "&example=3");
        await page.GetByRole(AriaRole.Link, new() { Name = "Playground" }).ClickAsync();
        await page.Locator(".unit").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Images" }).ClickAsync();
        await page.Locator(".columns").WaitForAsync();
        await Assertions.Expect(page.GetByTestId("which")).ToContainTextAsync("4 of 360");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, "&at=dense1%5B3%5D&saliency=true")]
    [InlineData(ColorScheme.Dark, 1440, "&at=conv1%5B2,0,3%5D&list=all")]
    [InlineData(ColorScheme.Light, 390, "&at=maxpool1%5B2,0,3%5D&saliency=true")]
    [InlineData(ColorScheme.Dark, 390, "&lines=2020c0c0&at=relu1%5B2,0,3%5D")]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width, string shown)
    {
        IPage page = await OpenAsync(Trained + shown, scheme, width);
        await Assertions.Expect(page.GetByTestId("value")).ToBeVisibleAsync();
        await page.Locator(".gallery button").First.WaitForAsync();
        await Browser.RequireAccessibleAsync(page);
    }

    // Where a link has an epoch, the page is ready once it is reached.
    private async Task<IPage> OpenAsync(string hash, ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        IPage page = await browser.OpenAsync(hash, ".columns", scheme, width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).WaitForAsync();
        // What is shown first may be of the way to the epoch of the link.
        if (hash.Contains("epoch=1", StringComparison.Ordinal))
            await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator(".errors")).ToHaveAttributeAsync("aria-busy", "false");
        return page;
    }

    private static async Task DrawAsync(IPage page, int digit)
    {
        LocatorBoundingBoxResult box = (await page.Locator(".pad").BoundingBoxAsync())!;
        foreach ((double X, double Y)[] line in HandDrawn.Strokes(digit))
        {
            await page.Mouse.MoveAsync((float)(box.X + line[0].X * box.Width), (float)(box.Y + line[0].Y * box.Height));
            await page.Mouse.DownAsync();
            foreach ((double x, double y) in line.Skip(1))
                await page.Mouse.MoveAsync((float)(box.X + x * box.Width), (float)(box.Y + y * box.Height), new() { Steps = 4 });
            await page.Mouse.UpAsync();
        }
    }

    // What the network of a page's address makes of an example after so many epochs.
    private static ReferenceRun<Float64> Reference(IPage page, int example, int epochs)
    {
        string link = new Uri(page.Url).Fragment[1..].Replace("view=images&", "", StringComparison.Ordinal);
        link = link[..link.IndexOf("&set=", StringComparison.Ordinal)];
        var setup = Setup.Read(Settings.FromLink(link));
        using var loop = new TrainingLoop(setup, setup.Draw());
        for (int i = 0; i < epochs; i++)
            loop.StepEpoch();
        IReadOnlyList<ParameterValues> values = loop.Values();
        var run = new ReferenceRun<Float64>(
            setup.Network,
            [.. setup.Network.Parameters.Select((p, i) => values[i].Grid(p.Parameter, k => new Float64(values[i].Double(k))))],
            new Grid<Float64>([.. setup.Data.Test![example].Input.Select(v => new Float64(v))], 1, 1, 8, 8)
        );
        run.Forward();
        return run;
    }

    // Four significant digits, as the page writes numbers below 1, and those from 1 to 10.
    private static string Written(double value)
    {
        double size = Math.Abs(value);
        int decimals = Math.Max(0, 3 - (int)Math.Floor(Math.Log10(size)));
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    private static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text.Replace('−', '-'), CultureInfo.InvariantCulture);
}
