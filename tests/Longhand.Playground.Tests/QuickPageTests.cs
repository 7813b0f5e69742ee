using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>What is done faster than the server answers: its answers are held back until all is done.</summary>
[Collection(Browser.Collection)]
public sealed class QuickPageTests(Browser browser)
{
    private const string Points = "data=points+'1,1+2,2+3,3;-1,-1+-2,-2+-3,-3'&batch=1";

    [Fact]
    public async Task All_of_many_quick_changes_are_made()
    {
        (IPage page, Gate gate) = await OpenAsync();
        await gate.CloseAsync();
        for (int i = 0; i < 2; i++)
            await page.GetByLabel("Add a hidden layer").ClickAsync();
        for (int i = 0; i < 3; i++)
            await page.GetByLabel("Add a unit to layer 1").ClickAsync();
        await page.GetByLabel("Activation of layer 2").SelectOptionAsync("relu");
        await page.GetByLabel("Add a feature: x·y").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Optimizer" }).SelectOptionAsync("adam");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Learning rate" }).SelectOptionAsync("0.1");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Regularization", Exact = true }).SelectOptionAsync("l2");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Noise" }).FillAsync("20");
        await page.GetByLabel("Seed", new() { Exact = true }).FillAsync("0.25");
        await page.Keyboard.PressAsync("Enter");
        await gate.OpenAsync();
        await Assertions
            .Expect(page)
            .ToHaveURLAsync(
                new Regex(
                    "network=3/dense\\+7\\+tanh/dense\\+2\\+relu/dense\\+2\\+tanh/dense\\+2\\+tanh/dense\\+1\\+tanh&data=circle.*noise=0\\.2.*seed=0\\.25.*optimizer=adam\\+lr=0\\.1&.*regularization=l2\\+0\\.001"
                )
            );
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("features=x,\\+y,\\+x\\*y"));
    }

    [Fact]
    public async Task What_is_being_typed_stays_whatever_comes_from_the_server()
    {
        (IPage page, Gate gate) = await OpenAsync();
        await gate.CloseAsync();
        await page.GetByLabel("Add a hidden layer").ClickAsync();
        ILocator seed = page.GetByLabel("Seed", new() { Exact = true });
        await seed.FillAsync("0.7");
        await gate.OpenAsync();
        await Assertions.Expect(page.GetByText("3 hidden layers")).ToBeVisibleAsync();
        await Assertions.Expect(seed).ToHaveValueAsync("0.7");
        await seed.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("seed=0\\.7"));
    }

    [Fact]
    public async Task A_run_that_is_begun_and_ended_at_once_stands_and_one_behind_a_change_runs()
    {
        (IPage page, Gate gate) = await OpenAsync();
        ILocator play = page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true }),
            pause = page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true });
        await gate.CloseAsync();
        await play.ClickAsync();
        await pause.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
        await gate.OpenAsync();
        await Assertions.Expect(page.GetByText("Stopped at epoch")).ToHaveCountAsync(1);
        await Assertions.Expect(play).ToBeVisibleAsync();
        await gate.CloseAsync();
        for (int i = 0; i < 2; i++)
            await page.GetByLabel("Add a hidden layer").ClickAsync();
        await play.ClickAsync();
        await gate.OpenAsync();
        await Assertions.Expect(page.GetByText("4 hidden layers")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync(new Regex("^[1-9]"));
        await Assertions.Expect(pause).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Points_that_are_drawn_before_the_last_has_come_back_are_all_there()
    {
        (IPage page, Gate gate) = await OpenAsync(Points);
        ILocator count = page.Locator(".drawingtools summary");
        await page.GetByLabel("x", new() { Exact = true }).FillAsync("-2.5");
        await gate.CloseAsync();
        for (int i = 1; i <= 3; i++)
        {
            await page.GetByLabel("y", new() { Exact = true }).FillAsync($"{i}");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(count).ToHaveTextAsync($"{6 + i} points as text");
            await gate.PassAsync(2);
        }
        await gate.OpenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"3,3\+-2\.5,1\+-2\.5,2\+-2\.5,3;"));
        await Assertions.Expect(count).ToHaveTextAsync("9 points as text");
        // What is cleared while something is on its way stays cleared.
        await gate.CloseAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear", Exact = true }).ClickAsync();
        await gate.OpenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"-2\.5,3\+-2\.5,3;"));
        await Assertions.Expect(count).ToHaveTextAsync("0 points as text");
    }

    [Fact]
    public async Task Cells_of_a_picture_that_are_changed_at_once_are_all_changed()
    {
        (IPage page, Gate gate) = await OpenAsync("view=images", ".columns");
        ILocator ink = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Your picture") });
        await gate.CloseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw one" }).ClickAsync();
        await ink.FocusAsync();
        foreach (string key in (string[])["Space", "ArrowRight", "Space", "ArrowRight", "Space", "-"])
            await page.Keyboard.PressAsync(key);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Optimizer" }).SelectOptionAsync("sgd");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Learning rate" }).SelectOptionAsync("0.1");
        await gate.OpenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("optimizer=sgd\\+lr=0\\.1&.*cells=ffffef(00){61}$"));
    }

    private async Task<(IPage Page, Gate Gate)> OpenAsync(string hash = "", string ready = ".unit")
    {
        IPage page = await browser.OpenAsync(hash, ready, before: made => made.AddInitScriptAsync(Gate.Script));
        return (page, new Gate(page));
    }

    /// <summary>Stands in front of what the page is told, and holds it back while it is closed.</summary>
    private sealed class Gate(IPage page)
    {
        public const string Script = """
            {
              const held = [];
              let isClosed = false;
              const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
              Object.defineProperty(WebSocket.prototype, "onmessage", {
                set(take) {
                  set.call(this, (event) => { if (isClosed) held.push(() => take(event)); else take(event); });
                },
              });
              window.gate = {
                close: () => { isClosed = true; },
                pass: (count) => { for (const act of held.splice(0, count)) act(); },
                open: () => { isClosed = false; while (held.length > 0) held.shift()(); },
              };
            }
            """;

        public Task CloseAsync() => page.EvaluateAsync("gate.close()");

        public Task OpenAsync() => page.EvaluateAsync("gate.open()");

        /// <summary>Lets so much of what is held pass.</summary>
        public Task PassAsync(int count) => page.EvaluateAsync("count => gate.pass(count)", count);
    }
}
