using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>The ledger in a real browser: numbers followed from line to line, and a self-test.</summary>
[Collection(Browser.Collection)]
public sealed class LedgerPageTests(Browser browser)
{
    private const string Small = "view=ledger&network=2/dense+2+tanh/dense+1+tanh&data=circle+n=100+noise=0+seed=0.5";

    [Fact]
    public async Task A_number_is_followed_to_its_origin_across_two_layers_and_back()
    {
        IPage page = await OpenAsync(Small);
        ILocator output = Line(page, "tanh2.output[0]");
        await output.Locator("a[data-of='dense2.output[0]']").ClickAsync();
        await ExpectChosenAsync(page, "dense2.output[0]");
        // A number as well as a name leads on.
        await Line(page, "dense2.output[0]").Locator("mrow[data-of='tanh1.output[1]']").ClickAsync();
        await ExpectChosenAsync(page, "tanh1.output[1]");
        await Line(page, "tanh1.output[1]").Locator("a[data-of='dense1.output[1]']").ClickAsync();
        await ExpectChosenAsync(page, "dense1.output[1]");
        await Assertions.Expect(page.Locator(".unit.chosen")).ToHaveAttributeAsync("data-place", "1 1");
        await Assertions.Expect(page.Locator(".unit.source")).ToHaveCountAsync(2);
        // What it is made from at last was given, and lights up in the drawing.
        await Line(page, "dense1.output[1]").Locator("mrow[data-of='dense1.weight[1][0]']").First.ClickAsync();
        await Assertions.Expect(page.Locator("g.lit.chosen")).ToHaveAttributeAsync("data-weight", "1 1 0");
        await Assertions.Expect(page.Locator(".facts .is")).ToContainTextAsync("given");
        await Assertions.Expect(page.Locator(".given .is-chosen")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".trail li")).ToHaveCountAsync(4);
        foreach (string key in (string[])["dense1.output[1]", "tanh1.output[1]"])
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "← Back" }).ClickAsync();
            await ExpectChosenAsync(page, key);
        }
        await page.Keyboard.PressAsync("Backspace");
        await ExpectChosenAsync(page, "dense2.output[0]");
        await Assertions.Expect(page.Locator(".line.is-user")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".facts .row").Last).ToContainTextAsync("used in 1 line");
    }

    [Fact]
    public async Task A_click_in_the_drawing_leads_to_the_line_that_made_it_or_its_gradient_or_its_update()
    {
        IPage page = await OpenAsync(Small);
        ILocator weight = page.Locator("g[data-weight='2 0 1'] .touch");
        await weight.DispatchEventAsync("click");
        await Assertions.Expect(page.Locator(".facts .row").Last).ToContainTextAsync("used in 3 lines");
        await page.GetByLabel("its gradient").CheckAsync();
        await weight.DispatchEventAsync("click");
        await ExpectChosenAsync(page, "gradients.dense2.weight[0][1]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Unit 2 of layer 1", Exact = true }).ClickAsync();
        await ExpectChosenAsync(page, "tanh1.outputGradient[1]");
        await page.GetByLabel("its update").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bias of output" }).ClickAsync();
        await ExpectChosenAsync(page, "steps[0].parameters.dense2.bias[0]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Loss", Exact = true }).ClickAsync();
        await ExpectChosenAsync(page, "loss");
        await page.GetByLabel("Lines about").SelectOptionAsync("matrix");
        await ExpectChosenAsync(page, "loss");
        await page.GetByLabel("the value", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Unit 2 of layer 1", Exact = true }).ClickAsync();
        await ExpectChosenAsync(page, "tanh1.output");
    }

    [Fact]
    public async Task A_self_test_tells_right_from_wrong_and_a_slip_from_both()
    {
        IPage page = await OpenAsync($"{Small}&set=own&input=1,+2&target=1&cover=forward");
        await Assertions.Expect(page.Locator(".score")).ToContainTextAsync("0 of 6 right");
        ILocator first = page.Locator(".cell input").First;
        string line = (await Line(page, "dense1.output[0]").Locator(".part.last math").TextContentAsync())!;
        string value = Regex.Match(line, @"[−0-9.]+$").Value.Replace('−', '-');
        double number = double.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        await Assertions.Expect(Line(page, "dense1.output[0]").Locator(".part.last math")).ToBeHiddenAsync();
        // The bias of 0.1 was forgotten.
        await first.FillAsync((number - 0.1).ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture));
        await first.PressAsync("Enter");
        await Assertions.Expect(Line(page, "dense1.output[0]").Locator(".says")).ToContainTextAsync("bias");
        await Assertions.Expect(page.Locator(".score")).ToContainTextAsync("1 wrong");
        await Assertions.Expect(page.Locator(".cell input").Nth(1)).ToBeFocusedAsync();
        await first.FillAsync("77");
        await first.PressAsync("Enter");
        await Assertions.Expect(Line(page, "dense1.output[0]").Locator(".says")).ToContainTextAsync("No known slip");
        await first.FillAsync(value);
        await first.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".score")).ToContainTextAsync("1 of 6 right");
        await Assertions.Expect(Line(page, "dense1.output[0]").Locator(".part.last math")).ToBeVisibleAsync();
        // What has not been found stands nowhere else either.
        await Assertions.Expect(Line(page, "tanh1.output[1]").Locator(".hole")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show this one" }).ClickAsync();
        await Assertions.Expect(page.Locator(".score")).ToContainTextAsync("1 shown");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await Assertions.Expect(page.Locator(".hole")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Self-test" }).SelectOptionAsync("off");
        await Assertions.Expect(page.Locator(".cell")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".veiled")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mark_that_comes_late_is_of_what_was_written_then()
    {
        IPage page = await OpenAsync($"{Small}&set=own&input=1,+2&target=1&cover=forward");
        ILocator first = page.Locator(".cell input").First;
        string line = (await Line(page, "dense1.output[0]").Locator(".part.last math").TextContentAsync())!;
        foreach (string written in (string[])["77", "78", Regex.Match(line, @"[−0-9.]+$").Value])
        {
            await first.FillAsync(written);
            await first.PressAsync("Enter");
        }
        await Assertions.Expect(page.Locator(".score")).ToContainTextAsync("1 of 6 right");
        await Assertions.Expect(page.Locator(".cell input").Nth(1)).ToBeFocusedAsync();
        await page.Locator(".cell input").Nth(1).FillAsync("77");
        await page.Locator(".cell input").Nth(1).PressAsync("Enter");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Self-test" }).SelectOptionAsync("off");
        await Assertions.Expect(page.Locator(".cell")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Self-test" }).SelectOptionAsync("forward");
        await Assertions.Expect(page.Locator(".score")).ToContainTextAsync("0 of 6 right");
        await Assertions.Expect(page.Locator(".veiled")).ToHaveCountAsync(6);
    }

    [Fact]
    public async Task The_ledger_is_taken_along_as_Markdown_LaTeX_and_a_web_page()
    {
        IPage page = await OpenAsync(Small);
        foreach (
            (string name, string start) in ((string, string)[])
                [("Markdown", "# "), ("LaTeX", @"\documentclass"), ("Web page", "<!DOCTYPE html>")]
        )
        {
            IDownload file = await page.RunAndWaitForDownloadAsync(() =>
                page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync()
            );
            string text = await File.ReadAllTextAsync((await file.PathAsync())!, TestContext.Current.CancellationToken);
            Assert.Contains(start, text);
            Assert.Contains("dense 2 tanh", text.Replace(@"\ ", " ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_same_address_in_a_second_window_shows_the_same_page()
    {
        IPage page = await OpenAsync($"{Small}&optimizer=adam+lr=0.01&epoch=2,1");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one batch" }).ClickAsync();
        await Assertions.Expect(page.GetByText("+ 2 batches")).ToBeVisibleAsync();
        await page.GetByLabel("Next example").ClickAsync();
        await Assertions.Expect(page.GetByText("Training example 2, worked by hand")).ToBeVisibleAsync();
        await page.GetByLabel("Digits").SelectOptionAsync("4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Output", Exact = true }).ClickAsync();
        await ExpectChosenAsync(page, "tanh2.output[0]");
        await Line(page, "tanh2.output[0]").Locator("a").First.ClickAsync();
        await ExpectChosenAsync(page, "dense2.output[0]");
        await Assertions
            .Expect(page)
            .ToHaveURLAsync(new Regex("&epoch=2,2&example=1&digits=4&line=tanh2.output\\[0\\];dense2.output\\[0\\]$"));
        await Assertions.Expect(page.Locator(".page")).ToHaveAttributeAsync("aria-busy", "false");
        IPage second = await OpenAsync(new Uri(page.Url).Fragment[1..]);
        await ExpectChosenAsync(second, "dense2.output[0]");
        await Browser.ExpectSameAsync(page, second, ".sheet-of-lines", ".facts", ".bar");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await OpenAsync(Small);
        await page.Locator(".line").First.FocusAsync();
        for (int step = 0; step < 4; step++)
            await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Line(page, "dense2.output[0]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(Line(page, "dense2.output[0]").Locator("a.is-at")).ToHaveAttributeAsync("data-of", "tanh1.output[0]");
        await page.Keyboard.PressAsync("Enter");
        await ExpectChosenAsync(page, "tanh1.output[0]");
        await Assertions.Expect(Line(page, "tanh1.output[0]")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText(new Regex("^h₁, line 3, forward, used in \\d lines.$"))).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await ExpectChosenAsync(page, "dense1.output[0]");
        await page.Keyboard.PressAsync("Alt+ArrowLeft");
        await ExpectChosenAsync(page, "tanh1.output[0]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Input x" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await ExpectChosenAsync(page, "tanh1.output[0]");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("follow the number");
    }

    [Fact]
    public async Task A_large_network_says_what_is_left_out_and_works_what_is_clicked()
    {
        IPage page = await OpenAsync("view=ledger&network=2/dense+20+relu/dense+20+tanh/dense+1+tanh&data=xor");
        await Assertions.Expect(page.GetByText("too many to be written out")).ToBeVisibleAsync();
        await page.Locator("g[data-weight='2 3 4'] .touch").DispatchEventAsync("click");
        await page.GetByLabel("its gradient").CheckAsync();
        await page.Locator("g[data-weight='2 3 4'] .touch").DispatchEventAsync("click");
        await ExpectChosenAsync(page, "gradients.dense2.weight[3][4]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&at=dense2.weight\\[3,4\\]"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Work everything" }).ClickAsync();
        await Assertions.Expect(page.GetByText("too many to be written out")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_pixel_of_a_feature_map_leads_to_the_sum_that_made_it()
    {
        IPage page = await OpenAsync(
            "view=ledger&network=8x8x1/conv+2+3x3+relu/dense+10&data=digits&loss=cross-entropy&batch=32&split=0.8&init=pytorch&conventions=pytorch&example=3"
        );
        await Assertions.Expect(page.GetByText("too many to be written out")).ToBeVisibleAsync();
        await page.Locator("td[data-of='conv1.output[1][2][3]']").ClickAsync();
        await ExpectChosenAsync(page, "conv1.output[1][2][3]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&at=conv1\\[1,2,3\\]"));
        await Assertions
            .Expect(Line(page, "conv1.output[1][2][3]").Locator("mrow[data-of='conv1.weight[1][0][0][0]']").First)
            .ToBeVisibleAsync();
        await Browser.RequireAccessibleAsync(page);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width)
    {
        foreach (string shown in (string[])["line=tanh1.output[0]", "as=matrix&line=dense1.output", "cover=2"])
        {
            IPage page = await browser.OpenAsync($"{Small}&{shown}", ".longhand .line", scheme, width);
            if (shown.StartsWith("cover", StringComparison.Ordinal))
            {
                await page.Locator(".cell input").First.FillAsync("9");
                await page.Locator(".cell input").First.PressAsync("Enter");
                await Assertions.Expect(page.Locator(".says").First).ToContainTextAsync("No known slip");
            }
            else
                await Assertions.Expect(page.Locator(".line.is-chosen")).ToHaveCountAsync(1);
            await Browser.RequireAccessibleAsync(page);
            await page.CloseAsync();
        }
    }

    // What was chosen is scrolled to: at once, so that nothing glides away from under the pointer of the next step.
    private async Task<IPage> OpenAsync(string hash)
    {
        IPage page = await browser.OpenAsync(hash, ".longhand .line");
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        return page;
    }

    private static ILocator Line(IPage page, string key) => page.Locator($".line[data-key='{key}']").First;

    private static Task ExpectChosenAsync(IPage page, string key) =>
        Assertions.Expect(page.Locator(".line.is-chosen")).ToHaveAttributeAsync("data-key", key);
}
