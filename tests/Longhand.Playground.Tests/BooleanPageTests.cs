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
        await WriteAsync(page, "Bias of output", "-1.5");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("Wrong in 2 of 4 rows: 01, 10.");
        await Assertions.Expect(page.Locator(".truth .off")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".truth .off").First).ToContainTextAsync("✗ wrong");
        await Assertions.Expect(page.Locator(".corner .ring")).ToHaveCountAsync(3);
        await page.GetByLabel("Row 01: the sums by hand").ClickAsync();
        await Assertions.Expect(page.Locator(".truth .worked")).ToContainTextAsync("1·0 + 1·1 − 1.5");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&w=[^&]*,-1.5&row=1$"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ready: ".truth .worked");
        await Assertions.Expect(Verdict(second)).ToContainTextAsync("Wrong in 2 of 4 rows: 01, 10.");
        await Browser.ExpectSameAsync(page, second, ".truth", ".sums", ".middle");
        await page.GetByText("Design it again").ClickAsync();
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("Right in all 4 rows.");
    }

    [Fact]
    public async Task A_line_that_is_dragged_takes_its_weights_along()
    {
        IPage page = await browser.OpenAsync("view=boolean&f=A+and+B", ready: ".border");
        // The middle of the line is the point 0.75, 0.75; hovering waits until the drawing lies where it stays.
        await page.Locator(".border .hold").HoverAsync();
        LocatorBoundingBoxResult box = (await page.Locator(".halves .frame").BoundingBoxAsync())!;
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 0.375f * box.Width, box.Y + 0.625f * box.Height, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.GetByLabel("Bias of output")).ToHaveValueAsync(new Regex("^−0\\.(4[89]|5[01]?)$"));
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("The network computes OR: A or B. Wrong in 2 of 4 rows: 01, 10.");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&w=1,1,-0"));
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await browser.OpenAsync("view=boolean&f=A+and+B", ready: ".border");
        ILocator border = page.Locator(".border");
        // One press behind the other: none waits for the answer to the one before.
        for (int i = 0; i < 6; i++)
            await border.PressAsync("ArrowUp");
        await Assertions.Expect(page.GetByLabel("Bias of output")).ToHaveValueAsync("−0.9");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("A or B");
        await border.PressAsync("Shift+ArrowUp");
        await Assertions.Expect(page.GetByLabel("Weight of output from A")).ToHaveValueAsync("0.91");
        await WriteAsync(page, "Formula", "A xr B");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Did you mean");
        await WriteAsync(page, "Formula", "A xor B");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Size", Exact = true }).SelectOptionAsync("one");
        await Assertions.Expect(page.Locator(".proof")).ToContainTextAsync("cannot be at least 0 and below 0 at once");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("Wrong in 1 of 4 rows: 11.");
        await page.GetByLabel(new Regex("^Wanted for 11")).PressAsync("Enter");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("A or B. Right in all 4 rows.");
        await page.GetByLabel("Row 11: the sums by hand").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".truth .worked")).ToContainTextAsync("output");
    }

    [Fact]
    public async Task Quick_changes_add_up_however_late_the_answers_are()
    {
        IPage page = await browser.OpenAsync("view=boolean&f=A+and+B", ready: ".border");
        // Each is made to what came of the one before: A and B, then its rows, then the weights that are designed for these.
        await page.GetByRole(AriaRole.Button, new() { Name = "A or B", Exact = true }).ClickAsync();
        foreach (string row in (string[])["00", "01", "10", "11"])
            await page.GetByLabel(new Regex($"^Wanted for {row}")).ClickAsync();
        await WriteAsync(page, "Weight of output from A", "-3");
        await WriteAsync(page, "Weight of output from B", "-4");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&table=1000&w=-3,-4,0.5$"));
        await Assertions.Expect(page.GetByLabel("Weight of output from A")).ToHaveValueAsync("−3");
        await Assertions.Expect(page.GetByLabel("Formula", new() { Exact = true })).ToHaveValueAsync(new Regex("not|nor"));
        await Assertions.Expect(page.GetByLabel("Wanted for 00")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task What_is_being_typed_stays_when_an_answer_comes()
    {
        IPage page = await browser.OpenAsync("view=boolean&f=A+and+B", ready: ".border");
        ILocator formula = page.GetByLabel("Formula", new() { Exact = true });
        await page.GetByLabel("Row 11: the sums by hand").ClickAsync();
        await formula.FillAsync("A or B");
        await Assertions.Expect(page.Locator(".truth .worked")).ToContainTextAsync("output");
        await Assertions.Expect(formula).ToHaveValueAsync("A or B");
        await formula.PressAsync("Enter");
        await Assertions.Expect(Verdict(page)).ToContainTextAsync("The network computes OR: A or B.");
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
        // The wanted outputs, which one clicks, stand in the last columns.
        if (width > 1000)
            Assert.True(await page.Locator(".record .sheet").EvaluateAsync<bool>("sheet => sheet.scrollWidth <= sheet.clientWidth"));
    }

    private static async Task WriteAsync(IPage page, string label, string typed)
    {
        ILocator field = page.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(typed);
        await field.PressAsync("Enter");
    }
}
