using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>Steps, conditions, curves and statistics in the page, as a person uses them.</summary>
[Collection(Browser.Collection)]
public sealed class TimePageTests(Browser browser)
{
    private const string Everything =
        "network=2/dense+3+relu/dense+2+tanh/dense+1+tanh&data=xor+n=100+noise=0.2+seed=0.5&regularization=l2+0.01&epoch=12,2,9&open=layers,metrics,numbers&scales=y";

    [Fact]
    public async Task Steps_by_key_go_forwards_and_back_to_the_same_numbers()
    {
        IPage page = await browser.OpenAsync("open=numbers", ready: ".tables table");
        ILocator epoch = page.GetByTestId("epoch");
        var shown = new Dictionary<int, string>();
        for (int i = 0; i < 3; i++)
        {
            shown[i] = await NumbersAsync(page);
            await page.Keyboard.PressAsync("ArrowRight");
            await Assertions.Expect(epoch).ToHaveTextAsync($"{i + 1}");
        }
        for (int i = 2; i >= 0; i--)
        {
            await page.Keyboard.PressAsync("ArrowLeft");
            await Assertions.Expect(epoch).ToHaveTextAsync($"{i}");
            await ExpectNumbers(page).ToHaveTextAsync(shown[i], inner);
        }
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Back one epoch" })).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Assertions.Expect(page.GetByText("+ 1 batch", new() { Exact = true })).ToBeVisibleAsync();
        await ExpectNumbers(page).Not.ToHaveTextAsync(shown[0], inner);
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Assertions.Expect(page.GetByText("+ 1 batch", new() { Exact = true })).ToHaveCountAsync(0);
        await ExpectNumbers(page).ToHaveTextAsync(shown[0], inner);
    }

    [Fact]
    public async Task A_batch_is_walked_through_by_operation_and_example_and_the_link_keeps_the_place()
    {
        IPage page = await browser.OpenAsync("batch=2");
        ILocator where = page.Locator(".walk [role=status]");
        await page.Keyboard.PressAsync(".");
        await Assertions.Expect(where).ToHaveTextAsync("Epoch 1, batch 1, example 1 of 2 · forward to layer 1: z = Wx + b");
        await Assertions.Expect(page.Locator(".travel.forward path")).ToHaveCountAsync(8);
        await page.Keyboard.PressAsync(".");
        await Assertions.Expect(where).ToContainTextAsync("forward through the activation of layer 1");
        await Assertions.Expect(page.Locator(".unit.reached")).ToHaveCountAsync(4);
        await page.Keyboard.PressAsync(",");
        await Assertions.Expect(where).ToContainTextAsync("z = Wx + b");
        await page.Keyboard.PressAsync(">");
        await Assertions.Expect(where).ToContainTextAsync("example 1 of 2 · backward through the weights of layer 1");
        await Assertions.Expect(page.GetByText("∂L/∂W of 1 example")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync(">");
        await Assertions.Expect(where).ToContainTextAsync("example 2 of 2 · backward");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&epoch=0,0,26$"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ready: ".walk table");
        await Browser.ExpectSameAsync(page, second, ".walk");
        await page.Keyboard.PressAsync(">");
        await Assertions.Expect(where).ToHaveTextAsync("Epoch 1, batch 1 · update: every weight takes its step");
        await page.Keyboard.PressAsync("<");
        await Assertions.Expect(where).ToContainTextAsync("example 2 of 2 · backward");
        ILocator motion = page.Locator(".travel path").First;
        await Assertions.Expect(motion).ToHaveCSSAsync("animation-name", new Regex("forward|backward"));
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Assertions.Expect(motion).ToHaveCSSAsync("animation-name", "none");
    }

    [Fact]
    public async Task The_step_buttons_go_by_what_was_chosen()
    {
        IPage page = await browser.OpenAsync("by=batch");
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one batch" }).ClickAsync();
        await Assertions.Expect(page.GetByText("+ 1 batch", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByLabel("Step by").SelectOptionAsync("example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one example" }).ClickAsync();
        await Assertions.Expect(page.GetByText("+ 1 batch · example 1 of 10")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back one example" }).ClickAsync();
        await Assertions.Expect(page.GetByText("+ 1 batch", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&by=example"));
    }

    [Fact]
    public async Task A_run_plays_until_a_condition_holds_and_says_why_it_stopped()
    {
        IPage page = await browser.OpenAsync("optimizer=sgd+lr=0.1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play until …" }).ClickAsync();
        await page.GetByLabel("Stop when").SelectOptionAsync("train-below");
        await page.GetByLabel("value").FillAsync("0.2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play until then" }).ClickAsync();
        await Assertions
            .Expect(page.Locator(".ending"))
            .ToHaveTextAsync(new Regex(@"^Stopped at epoch \d+: the training loss, 0\.1\d+, is below 0\.2"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "until training loss below 0.2" })).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&until=train-below,0.2"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Play without an end" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play until …" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pinned_runs_stay_and_their_legend_says_what_differs()
    {
        IPage page = await browser.OpenAsync("epoch=5");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin this run" }).ClickAsync();
        ILocator pins = page.Locator(".pins li");
        await Assertions.Expect(pins).ToContainTextAsync("same settings");
        await Assertions.Expect(pins).ToContainTextAsync("to epoch 5");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Learning rate", Exact = true }).SelectOptionAsync("0.1");
        await Assertions.Expect(pins).ToContainTextAsync("lr 0.03 → 0.1");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Activation", Exact = true }).SelectOptionAsync("relu");
        await Assertions.Expect(pins).ToContainTextAsync("tanh → relu, lr 0.03 → 0.1");
        await page.Locator("body").PressAsync("p");
        await Assertions.Expect(pins).ToHaveCountAsync(2);
        // What a link can train again is in the address.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&pins=network.*epoch%3D5%7Cnetwork"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ready: ".pins li + li");
        await Browser.ExpectSameAsync(page, second, ".pins");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unpin run 1" }).ClickAsync();
        await Assertions.Expect(pins).ToHaveCountAsync(1);
        await Assertions.Expect(pins).ToContainTextAsync("same settings");
    }

    [Fact]
    public async Task Curves_are_whole_from_a_link_and_read_out_by_key()
    {
        IPage page = await browser.OpenAsync("epoch=40");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("40");
        ILocator chart = page.GetByRole(AriaRole.Slider, new() { Name = "Training and test loss over the epochs" });
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-valuemax", "40");
        await chart.PressAsync("Home");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-valuetext", new Regex("^Epoch 0: training loss 0.5"));
        await chart.PressAsync("Shift+ArrowRight");
        await chart.PressAsync("ArrowRight");
        await Assertions.Expect(chart).ToHaveAttributeAsync("aria-valuenow", "11");
        await Assertions.Expect(page.Locator(".readout dd").First).ToHaveTextAsync("11");
        // Moving along a curve is no step of the run.
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("40");
        await page.GetByLabel("log epochs").CheckAsync();
        await page.GetByLabel("log loss").CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&scales=xy"));
    }

    [Fact]
    public async Task A_cell_of_the_confusion_marks_its_examples_and_layers_have_their_figures()
    {
        IPage page = await browser.OpenAsync("epoch=3&open=metrics,layers", ready: ".confusion");
        ILocator cells = page.Locator(".confusion .counted");
        await Assertions.Expect(cells).ToHaveCountAsync(4);
        int[] counts = [.. (await cells.AllInnerTextsAsync()).Select(int.Parse)];
        Assert.Equal(250, counts.Sum());
        await cells.First.PressAsync("Enter");
        await Assertions.Expect(cells.First).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.GetByText("Its examples are ringed on the plane.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("On the first 250 training examples")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".below .bars:not(.names)")).ToHaveCountAsync(3);
        IPage values = await browser.OpenAsync(
            "data=plane+n=100+noise=0+seed=0.5&network=2/dense+1&loss=mse&open=metrics",
            ready: ".figures"
        );
        await Assertions.Expect(values.Locator(".figures")).ToContainTextAsync("R²");
    }

    [Fact]
    public async Task What_leaves_the_finite_numbers_is_named_and_gone_back_from()
    {
        IPage page = await browser.OpenAsync(
            "network=2/dense+4+relu/dense+1&data=plane+n=200+noise=0+seed=0.5&optimizer=sgd+lr=1000&until=epoch,50"
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("First to leave the finite numbers:");
        await Assertions.Expect(page.Locator(".unit.culprit")).Not.ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Back one batch" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".unit.culprit")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_with_everything_open(ColorScheme scheme, int width)
    {
        IPage page = await browser.OpenAsync(Everything, ready: ".walk table", scheme, width);
        await page.Locator(".confusion").WaitForAsync();
        await page.Locator(".below .bars").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin this run" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play until …" }).ClickAsync();
        await Browser.RequireAccessibleAsync(page);
    }

    private static readonly LocatorAssertionsToHaveTextOptions inner = new() { UseInnerText = true };

    private static ILocator Numbers(IPage page) => page.Locator(".middle > fieldset .tables").First;

    private static ILocatorAssertions ExpectNumbers(IPage page) => Assertions.Expect(Numbers(page));

    private static Task<string> NumbersAsync(IPage page) => Numbers(page).InnerTextAsync();
}
