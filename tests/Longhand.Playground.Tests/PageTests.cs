using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>The page in a real browser, as a person uses it.</summary>
[Collection(Browser.Collection)]
public sealed class PageTests(Browser browser)
{
    [Fact]
    public async Task Play_on_the_first_screen_brings_the_test_loss_below_a_twentieth()
    {
        IPage page = await browser.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Assertions
            .Expect(page.Locator(".losses .test dd").First)
            .ToHaveTextAsync(new Regex(@"^0\.0[0-4]|e"), new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Stopped at epoch")).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&epoch="));
    }

    [Fact]
    public async Task A_network_is_built_by_clicks()
    {
        IPage page = await browser.OpenAsync();
        await page.GetByLabel("Add a hidden layer").ClickAsync();
        await Assertions.Expect(page.GetByText("3 hidden layers")).ToBeVisibleAsync();
        await page.GetByLabel("Add a unit to layer 3").ClickAsync();
        await page.GetByLabel("Remove a unit from layer 1").ClickAsync();
        await page.GetByLabel("Activation of layer 2").SelectOptionAsync("relu");
        await page.GetByLabel("Add a feature: x·y").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Spiral" }).ClickAsync();
        await Assertions
            .Expect(page)
            .ToHaveURLAsync(
                new Regex(
                    "#network=3/dense\\+3\\+tanh/dense\\+2\\+relu/dense\\+3\\+tanh/dense\\+1\\+tanh&data=spiral.*features=x,\\+y,\\+x\\*y"
                )
            );
        await Assertions.Expect(page.Locator(".unit")).ToHaveCountAsync(3 + 3 + 2 + 3 + 1);
    }

    [Fact]
    public async Task The_same_address_in_a_second_window_shows_the_same_state()
    {
        IPage page = await browser.OpenAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Loss", Exact = true }).SelectOptionAsync("bce");
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
            await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync($"{epoch}");
        }
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&epoch=3$"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..]);
        await Assertions.Expect(second.GetByTestId("epoch")).ToHaveTextAsync("3");
        foreach (IPage window in (IPage[])[page, second])
            await window.GetByText("All numbers as a table").ClickAsync();
        foreach (string part in (string[])[".tables", ".losses"])
            await Assertions
                .Expect(second.Locator(part))
                .ToHaveTextAsync(await page.Locator(part).InnerTextAsync(), new() { UseInnerText = true });
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await browser.OpenAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Assertions.Expect(page.GetByText("+ 1 batch")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("0");
        await page.Keyboard.PressAsync("+");
        await Assertions.Expect(page.GetByText("3 hidden layers")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("-");
        await Assertions.Expect(page.GetByText("2 hidden layers")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Unit 1 of layer 1" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Output", Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".inspector h3")).ToHaveTextAsync("Output");
        await page.GetByLabel("bias", new() { Exact = true }).FillAsync("1.5");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByText("+ 1.50")).ToBeVisibleAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_refused_is_said_and_the_page_goes_on()
    {
        IPage page = await browser.OpenAsync("network=2/dens+4/dense+1");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Did you mean \"dense\"?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Add a feature" }).FillAsync("sqrt(x");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("sqrt(x");
        await Assertions.Expect(page.Locator(".unit")).ToHaveCountAsync(2 + 4 + 2 + 1);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width)
    {
        IPage page = await browser.OpenAsync(
            "dataset=xor&seed=0.5&tutorial=foo&regularization=L2&regularizationRate=0.01",
            scheme: scheme,
            width: width
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Unit 2 of layer 1" }).ClickAsync();
        await page.GetByText("All numbers as a table").ClickAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator(".tables table").First).ToBeVisibleAsync();
        await Browser.RequireAccessibleAsync(page);
    }
}
