using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>The bench of Boolean functions, as a person uses it.</summary>
[Collection(Browser.Collection)]
public sealed class BooleanPageTests(Browser browser)
{
    private static ILocator Verdict(IPage page) => page.Locator(".record [role=status]");

    [Fact]
    public async Task Xor_by_clicks_gets_a_network_and_an_edited_weight_marks_the_wrong_row()
    {
        IPage page = await browser.OpenAsync("view=boolean&table=0000", ready: ".truth");
        await page.GetByLabel(new Regex("^Wanted for 01")).ClickAsync();
        await page.GetByLabel(new Regex("^Wanted for 10")).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Formula", new() { Exact = true })).ToHaveValueAsync("A xor B");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("The network computes XOR: A xor B. Right in all 4 rows.");
        await Assertions.Expect(page.Locator(".separable")).ToContainTextAsync("Not linearly separable");
        await Assertions.Expect(page.Locator(".sums")).ToContainTextAsync("output = step(h₁ + h₂ − 0.5)");
        await page.GetByLabel("Bias of output").FillAsync("-1.5");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("Wrong in 2 of 4 rows: 01, 10.");
        await Assertions.Expect(page.Locator(".truth .off")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".truth .off").First).ToContainTextAsync("✗ wrong");
        await Assertions.Expect(page.Locator(".corner .ring")).ToHaveCountAsync(3);
        await page.GetByLabel("Row 01: the sums by hand").ClickAsync();
        await Assertions.Expect(page.Locator(".truth .worked")).ToContainTextAsync("1·0 + 1·1 − 1.5");
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ready: ".truth .worked");
        await Assertions.Expect(Verdict(second)).ToContainTextAsync("Wrong in 2 of 4 rows: 01, 10.");
        foreach (string part in (string[])[".truth", ".sums", ".middle"])
            Assert.Equal(await page.Locator(part).InnerTextAsync(), await second.Locator(part).InnerTextAsync());
        await page.GetByText("Design it again").ClickAsync();
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("Right in all 4 rows.");
    }

    [Fact]
    public async Task A_line_that_is_dragged_takes_its_weights_along()
    {
        IPage page = await browser.OpenAsync("view=boolean&f=A+and+B", ready: ".border");
        LocatorBoundingBoxResult box = (await page.Locator(".halves .frame").BoundingBoxAsync())!;
        (float X, float Y) At(double a, double b) =>
            (box.X + (float)((a + 0.5) / 2 * box.Width), box.Y + (float)((1.5 - b) / 2 * box.Height));
        (float x, float y) = At(0.75, 0.75);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        (x, y) = At(0.25, 0.25);
        await page.Mouse.MoveAsync(x, y, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.GetByLabel("Bias of output")).ToHaveValueAsync(new Regex("^−0\\.(4[89]|5[01]?)$"));
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("The network computes OR: A or B. Wrong in 2 of 4 rows: 01, 10.");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&w=1,1,-0"));
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await browser.OpenAsync("view=boolean&f=A+and+B", ready: ".border");
        await page.Locator(".border").FocusAsync();
        for (int i = 0; i < 6; i++)
        {
            await page.Keyboard.PressAsync("ArrowUp");
            await Assertions
                .Expect(page.GetByLabel("Bias of output"))
                .ToHaveValueAsync(FormattableString.Invariant($"−{1.5 - 0.1 * (i + 1):0.#}"));
        }
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("A or B");
        await page.Keyboard.PressAsync("Shift+ArrowUp");
        await Assertions.Expect(page.GetByLabel("Weight of output from A")).ToHaveValueAsync("0.91");
        await page.GetByLabel("Formula", new() { Exact = true }).FillAsync("A xr B");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Did you mean");
        await page.GetByLabel("Formula", new() { Exact = true }).FillAsync("A xor B");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Size").SelectOptionAsync("one");
        await Assertions.Expect(page.Locator(".proof")).ToContainTextAsync("cannot be at least 0 and below 0 at once");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("Wrong in 1 of 4 rows: 11.");
        await page.GetByLabel(new Regex("^Wanted for 11")).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("A or B. Right in all 4 rows.");
        await page.GetByLabel("Row 11: the sums by hand").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".truth .worked")).ToContainTextAsync("output");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440, "f=A+xor+B&size=one&row=3")]
    [InlineData(ColorScheme.Dark, 1440, "f=A+and+B+or+A+and+C+or+B+and+C&row=3")]
    [InlineData(ColorScheme.Light, 390, "f=parity(A,B,C,D)&units=sigmoid&row=3")]
    [InlineData(ColorScheme.Dark, 390, "f=A+xor+B&w=1,-1,-0.5;-1,1,-0.5|1,1,-1.5&row=3")]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width, string state)
    {
        IPage page = await browser.OpenAsync($"view=boolean&{state}", ready: ".truth .worked", scheme: scheme, width: width);
        await page.GetByText("As an experiment file").ClickAsync();
        await Browser.RequireAccessibleAsync(page);
    }
}
