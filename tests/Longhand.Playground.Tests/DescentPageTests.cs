using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>The bench of descent, as a person uses it.</summary>
[Collection(Browser.Collection)]
public sealed class DescentPageTests(Browser browser)
{
    private const string Course = "view=descent&f=y^2+%2B+(y+-+x)^2&start=1,1&o=sgd+lr=0.01;sgd+lr=0.1;sgd+lr=10&n=10";

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Cells(IPage page, int row) => page.Locator(".steps tbody tr").Nth(row).Locator("td");

    [Fact]
    public async Task The_course_sheet_s_three_rates_come_out()
    {
        IPage page = await browser.OpenAsync(Course, ready: ".landscape");
        await Assertions.Expect(page.GetByTestId("height2")).ToHaveTextAsync("f = 1.000");
        await Button(page, "One step").ClickAsync();
        foreach (
            (int racer, string height, string y) in ((int, string, string)[])
                [(0, "0.9608", "0.980000"), (1, "0.6800", "0.800000"), (2, "761.0", "−19.0000")]
        )
        {
            await Assertions.Expect(page.GetByTestId($"height{racer}")).ToHaveTextAsync($"f = {height}");
            await page.Locator(".whose button").Nth(racer).ClickAsync();
            await Assertions.Expect(Cells(page, 1).Nth(1)).ToHaveTextAsync(y);
        }
        await Button(page, "Last step").ClickAsync();
        await Assertions.Expect(page.Locator(".warned")).ToContainTextAsync("diverges");
    }

    [Fact]
    public async Task A_function_is_typed_two_optimizers_race_and_a_step_back_leads_to_the_same_numbers()
    {
        IPage page = await browser.OpenAsync("view=descent", ready: ".landscape");
        await page.GetByLabel("Function of x and y").FillAsync("x^4 + 3y^2 - x y");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".slopes .formula")).ToContainTextAsync("∂f/∂x = 4x³ − y");
        await page.GetByLabel("Optimizer 1", new() { Exact = true }).FillAsync("nadam lr=0.1");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Schedule of optimizer 1").FillAsync("cosine");
        await page.Keyboard.PressAsync("Enter");
        await Button(page, "Remove optimizer 3").ClickAsync();
        await Assertions.Expect(page.Locator(".whose button").First).ToContainTextAsync("nadam lr=0.1");
        await Browser.RequireSettledAsync(page);
        var seen = new List<string>();
        for (int step = 1; step <= 3; step++)
        {
            await Button(page, "One step").ClickAsync();
            await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync($"{step}");
            await Assertions.Expect(page.Locator(".steps tbody tr")).ToHaveCountAsync(step + 1);
            seen.Add(await page.Locator(".race ol").InnerTextAsync());
        }
        await Button(page, "One step back").ClickAsync();
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("2");
        Assert.Equal(seen[1], await page.Locator(".race ol").InnerTextAsync());
        await Button(page, "Step 2: how it is worked out").ClickAsync();
        await Assertions.Expect(page.Locator(".steps .worked")).ToContainTextAsync("m̂(x)");
        await Assertions.Expect(page.Locator(".steps .worked div").Last).ToContainTextAsync("f");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&at=2&row=0\\.2$"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ready: ".steps .worked");
        await Assertions.Expect(second.GetByTestId("step")).ToHaveTextAsync("2");
        await Browser.RequireSettledAsync(page);
        await Browser.RequireSettledAsync(second);
        foreach (string part in (string[])[".race ol", ".steps", ".slopes"])
            Assert.Equal(await page.Locator(part).InnerTextAsync(), await second.Locator(part).InnerTextAsync());
        Assert.Equal(
            await page.Locator(".contours path").First.GetAttributeAsync("d"),
            await second.Locator(".contours path").First.GetAttributeAsync("d")
        );
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await browser.OpenAsync("view=descent", ready: ".landscape");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("2");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("1");
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("50");
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("0");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("50");
        await Assertions.Expect(Button(page, "Play")).ToBeVisibleAsync();
        await page.Locator(".landscape").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator(".reading")).ToContainTextAsync("x = −2.35");
        await Assertions.Expect(page.Locator(".reading .worked")).ToContainTextAsync("= 2x = 2(−2.35) = −4.7");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Start x")).ToHaveValueAsync("-2.35");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("50");
    }

    [Fact]
    public async Task A_click_in_the_plane_starts_there()
    {
        IPage page = await browser.OpenAsync("view=descent", ready: ".landscape");
        await Browser.RequireSettledAsync(page);
        // Measured in the landscape, which the click finds where it is by then.
        float[] place = await page.EvaluateAsync<float[]>(
            """
            () => {
              const [frame, room] = [".landscape .frame", ".landscape"].map((name) => document.querySelector(name).getBoundingClientRect());
              return [frame.x - room.x + (frame.width * 5) / 6, frame.y - room.y + frame.height / 3];
            }
            """
        );
        await page.Locator(".landscape")
            .ClickAsync(
                new()
                {
                    Position = new() { X = place[0], Y = place[1] },
                }
            );
        await Assertions.Expect(page.GetByLabel("Start x")).ToHaveValueAsync(new Regex("^(2|1\\.99|2\\.01|1\\.98|2\\.02)$"));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&start=[12]"));
    }

    [Fact]
    public async Task What_diverges_and_what_is_wrong_is_said()
    {
        IPage page = await browser.OpenAsync("view=descent&f=1/x+%2B+y^4&start=1,1&o=sgd+lr=1e9&n=30&at=30", ready: ".landscape");
        await Assertions.Expect(page.Locator(".warned")).ToContainTextAsync("The path cannot go on");
        await page.GetByLabel("Function of x and y").FillAsync("sqrt(x");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("sqrt(x");
        await page.GetByLabel("Function of x and y").FillAsync("ln(x) + y^2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("hatched: no value")).ToBeVisibleAsync();
        await page.GetByLabel("Optimizer 1", new() { Exact = true }).FillAsync("adm");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Did you mean \"adam\"?");
    }

    [Fact]
    public async Task The_session_s_network_is_gone_down_and_its_link_repeats_it()
    {
        IPage page = await browser.OpenAsync("data=xor+n=100&epoch=2");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("2");
        await page.GetByRole(AriaRole.Link, new() { Name = "Descent" }).ClickAsync();
        await page.GetByLabel("Go down").SelectOptionAsync("net");
        await Assertions.Expect(page.GetByText("after epoch 2")).ToBeVisibleAsync();
        await page.GetByLabel("Up: q").SelectOptionAsync("dense2.weight[1][2]");
        await Assertions.Expect(page.GetByLabel("Up: q")).ToHaveValueAsync("dense2.weight[1][2]");
        await Assertions.Expect(page.Locator(".steps thead")).ToContainTextAsync("∂L/∂q");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=dense2.weight\\[1\\]\\[2\\]"));
        await Button(page, "Last step").ClickAsync();
        await Assertions.Expect(page.Locator(".steps tbody tr")).ToHaveCountAsync(51);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&at=50"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ready: ".landscape");
        await Assertions.Expect(second.Locator(".steps tbody tr")).ToHaveCountAsync(51);
        await Assertions.Expect(second.GetByText("after epoch 2")).ToBeVisibleAsync();
        await Browser.RequireSettledAsync(page);
        await Browser.RequireSettledAsync(second);
        await Assertions
            .Expect(second.Locator(".race ol"))
            .ToHaveTextAsync(await page.Locator(".race ol").InnerTextAsync(), new() { UseInnerText = true });
        Assert.Equal(await page.Locator(".steps").InnerTextAsync(), await second.Locator(".steps").InnerTextAsync());
    }

    [Fact]
    public async Task What_is_done_quickly_adds_up_and_what_is_typed_stays()
    {
        IPage page = await browser.OpenAsync(Course, ready: ".landscape");
        // Drawn between, but too fast for any answer.
        await page.EvaluateAsync(
            """
            async () => {
              const names = [...Array(5).fill("One step"), "One step back", "Remove optimizer 3", "Remove optimizer 1"];
              for (const name of names) {
                document.querySelector(`[aria-label='${name}']`).click();
                await null;
              }
            }
            """
        );
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("4");
        await Assertions.Expect(page.Locator(".whose button")).ToHaveTextAsync([" sgd lr=0.1"]);
        await Button(page, "Last step").ClickAsync();
        await page.Keyboard.PressAsync("r");
        await page.GetByLabel("Schedule of optimizer 1").FillAsync("cosi");
        await Button(page, "One step").EvaluateAsync("button => button.click()");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("1");
        await Browser.RequireSettledAsync(page);
        await Assertions.Expect(page.GetByLabel("Schedule of optimizer 1")).ToHaveValueAsync("cosi");
        // The end, and at once from the beginning again.
        await page.Locator(".landscape").EvaluateAsync("() => document.activeElement.blur()");
        await page.EvaluateAsync(
            """
            async () => {
              for (const key of ["End", " "]) {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
                await null;
              }
            }
            """
        );
        await Assertions.Expect(page.GetByTestId("step")).Not.ToHaveTextAsync("0");
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("10");
        await Assertions.Expect(Button(page, "Play")).ToBeVisibleAsync();
        // A view that is left at once is found as it was.
        await Button(page, "One step back").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Shapes" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Descent" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("step")).ToHaveTextAsync("9");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width)
    {
        IPage page = await browser.OpenAsync(Course + "&at=10&row=2.3", ready: ".steps .worked", scheme: scheme, width: width);
        await page.GetByText("How optimizers and schedules are written").ClickAsync();
        await page.Locator(".landscape").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator(".reading .worked").WaitForAsync();
        await Browser.RequireAccessibleAsync(page);
    }
}
