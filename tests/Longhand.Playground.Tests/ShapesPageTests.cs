using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>The bench of shapes in a real browser.</summary>
[Collection(Browser.Collection)]
public sealed class ShapesPageTests(Browser browser)
{
    private Task<IPage> Open(string rest = "", ColorScheme scheme = ColorScheme.Light, int width = 1440) =>
        browser.OpenAsync($"view=shapes{rest}", ".summary", scheme, width);

    private static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Combobox, new() { Name = name, Exact = true });

    private static ILocator Field(IPage page, string layer) =>
        page.GetByRole(AriaRole.Textbox, new() { Name = $"Layer {layer}, as it is written" });

    private static ILocator Row(IPage page, string layer) => page.Locator($"#row-{layer}");

    private static ILocator Click(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [Fact]
    public async Task A_layer_is_changed_in_its_row_and_the_shapes_follow()
    {
        IPage page = await Open();
        await Assertions.Expect(Row(page, "conv2")).ToContainTextAsync("8×8×5");
        await Field(page, "maxpool1").FillAsync("avgpool 2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Row(page, "conv2")).ToContainTextAsync("13×13×5");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Network" }))
            .ToHaveValueAsync("64x64x1 -> Conv4-5-Pvalid-S2 -> avgpool 2 -> Conv3-5-Pvalid-S1 -> Pool2 -> FC5");
        await Field(page, "conv2").FillAsync("conv 5 99");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Take a smaller window");
        await Assertions.Expect(Row(page, "conv2")).ToContainTextAsync("13×13×5");
        await Click(page, "Remove avgpool1").ClickAsync();
        await Assertions.Expect(Row(page, "conv2")).ToContainTextAsync("29×29×5");
        await Click(page, "Add a layer behind conv2").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "New layer behind conv2" }).FillAsync("relu");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Row(page, "relu1")).ToContainTextAsync("29×29×5");
        await Click(page, "Move relu1 up").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("network=64x64x1~Conv4-5-Pvalid-S2~relu~Conv3-5-Pvalid-S1~Pool2~FC5"));
    }

    [Fact]
    public async Task A_number_opens_its_formula_and_the_link_shows_it_again()
    {
        IPage page = await Open();
        await Click(page, "conv2, parameters: 230; how it comes about").ClickAsync();
        await Assertions.Expect(page.Locator(".why")).ToContainTextAsync("(3·3·5 + 1)·5 = 230");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("why=conv2\\.parameters"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ".why .math");
        await Browser.RequireSettledAsync(page);
        await Browser.RequireSettledAsync(second);
        Assert.Equal(await page.Locator(".summary").InnerTextAsync(), await second.Locator(".summary").InnerTextAsync());
        await Click(page, "total, parameters: 720; how it comes about").ClickAsync();
        await Assertions.Expect(page.Locator(".why")).ToContainTextAsync("85 + 230 + 405 = 720");
    }

    [Fact]
    public async Task What_cannot_be_read_is_marked_at_its_place_and_the_table_stays()
    {
        IPage page = await Open();
        ILocator text = page.GetByRole(AriaRole.Textbox, new() { Name = "Network" });
        await text.FillAsync("28x28x1\nconv 8 3x3\ndens 10");
        await Assertions.Expect(page.Locator(".place mark")).ToHaveTextAsync("dens");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Did you mean \"dense\"?");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("line 3, column 1");
        await Assertions.Expect(Row(page, "conv2")).ToContainTextAsync("8×8×5");
        await Assertions.Expect(Field(page, "conv2")).ToBeDisabledAsync();
        await text.FillAsync("28x28x1\nconv 8 3x3\ndense 10");
        await Assertions.Expect(Row(page, "dense1")).ToContainTextAsync("54,090");
    }

    [Fact]
    public async Task Known_networks_have_their_known_numbers()
    {
        IPage page = await Open();
        foreach (
            (string example, string parameters) in ((string, string)[])
                [
                    ("vgg", "138,357,544"),
                    ("resnet", "25,557,032"),
                    ("lenet", "61,706"),
                    ("picture", "1,592,527,626"),
                    ("filters", "593,536"),
                ]
        )
        {
            await Choice(page, "Example").SelectOptionAsync(example);
            await Assertions.Expect(page.Locator(".summary tfoot")).ToContainTextAsync(parameters);
        }
    }

    [Fact]
    public async Task Letters_stand_as_formulas_beside_their_numbers()
    {
        IPage page = await Open("&network=n~dense+m~dense+r");
        await Assertions.Expect(Row(page, "dense1")).ToContainTextAsync("m·n + m");
        await page.GetByLabel("Numbers for letters").FillAsync("n=4, m=3, r=2");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(Row(page, "dense1")).ToContainTextAsync("15");
    }

    [Fact]
    public async Task Linear_layers_collapse_into_one()
    {
        IPage page = await Open("&network=2~dense+2+nobias~dense+1+nobias");
        await page.GetByText("Its linear layers as one").ClickAsync();
        await Assertions.Expect(page.GetByText("6 parameters before, 2 after; rank 1.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await Open();
        await Field(page, "maxpool1").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("network=64x64x1~Pool3~Conv4"));
        await Assertions.Expect(page.Locator("[data-cell='2 weights']")).ToBeVisibleAsync();
        await Assertions.Expect(Field(page, "maxpool1")).ToBeFocusedAsync();
        ILocator cell = page.Locator("[data-cell='1 output']");
        await cell.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("[data-cell='2 weights']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".why")).ToContainTextAsync("4·4·1·5 = 80");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".why")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_done_quickly_adds_up_and_what_is_typed_stays()
    {
        IPage page = await Open("&network=8~dense+7~relu~dense+6~tanh~dense+5~sigmoid~dense+4");
        // In one go, so that no answer comes between: rows are those of the table that is seen.
        await page.EvaluateAsync(
            """
            () => {
              const write = (label, value) => {
                const field = document.querySelector(`[aria-label='${label}']`);
                field.focus();
                field.value = value;
                field.dispatchEvent(new Event("input", { bubbles: true }));
                field.dispatchEvent(new Event("change", { bubbles: true }));
              };
              const click = (label) => document.querySelector(`[aria-label='${label}']`).click();
              write("Layer dense1, as it is written", "dense 9");
              click("Remove relu1");
              write("Layer dense2, as it is written", "dense 3");
              click("Move sigmoid1 up");
              click("Move sigmoid1 up");
              click("Remove tanh1");
            }
            """
        );
        ILocator text = page.GetByRole(AriaRole.Textbox, new() { Name = "Network" });
        await Assertions.Expect(text).ToHaveValueAsync("8 -> dense 9 -> dense 3 -> sigmoid -> dense 5 -> dense 4");
        await Assertions.Expect(page.Locator(".summary [data-row]")).ToHaveCountAsync(6);
        // What was refused is there to be mended.
        await Field(page, "dense4").FillAsync("dens 2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Did you mean \"dense\"?");
        await Assertions.Expect(Field(page, "dense4")).ToHaveValueAsync("dens 2");
        await Field(page, "dense4").FillAsync("dense 2");
        // A row that goes while another is being typed takes nothing away.
        await Click(page, "Remove sigmoid1").EvaluateAsync("button => button.click()");
        await Assertions.Expect(page.Locator(".summary [data-row]")).ToHaveCountAsync(5);
        await Assertions.Expect(Field(page, "dense4")).ToHaveValueAsync("dense 2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(text).ToHaveValueAsync("8 -> dense 9 -> dense 3 -> dense 5 -> dense 2");
        // What is written in the text while a row is being changed is the newer.
        await page.EvaluateAsync(
            """
            () => {
              document.querySelector("[aria-label='Remove dense2']").click();
              const text = document.querySelector("textarea");
              text.value = "2 -> dense 1";
              text.dispatchEvent(new Event("input", { bubbles: true }));
            }
            """
        );
        await Assertions.Expect(page.Locator(".summary [data-row]")).ToHaveCountAsync(2);
        await Assertions.Expect(text).ToHaveValueAsync("2 -> dense 1");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("written anew");
    }

    [Fact]
    public async Task A_new_layer_is_written_while_other_rows_change_and_takes_no_focus_from_the_text()
    {
        IPage page = await Open("&network=8~dense+7~relu~dense+6");
        await Click(page, "Add a layer behind dense2").ClickAsync();
        ILocator field = page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^New layer behind") });
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("tan");
        await Click(page, "Remove relu1").EvaluateAsync("button => button.click()");
        await Assertions.Expect(page.Locator(".summary [data-row]")).ToHaveCountAsync(3);
        await Assertions.Expect(field).ToHaveValueAsync("tan");
        await Assertions.Expect(field).ToBeFocusedAsync();
        ILocator text = page.GetByRole(AriaRole.Textbox, new() { Name = "Network" });
        await text.FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" -> relu");
        await Assertions.Expect(text).ToHaveValueAsync("8 -> dense 7 -> dense 6 -> relu");
        await Assertions.Expect(text).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".summary [data-row]")).ToHaveCountAsync(4);
        await field.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("tan");
        await Assertions.Expect(field).ToHaveValueAsync("tan");
        await field.FillAsync("tanh");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(text).ToHaveValueAsync("8 -> dense 7 -> dense 6 -> tanh -> relu");
    }

    [Fact]
    public async Task The_table_is_downloaded()
    {
        IPage page = await Open();
        IDownload file = await page.RunAndWaitForDownloadAsync(() => Click(page, "CSV").ClickAsync());
        Assert.Equal("summary.csv", file.SuggestedFilename);
        Assert.Contains(
            "conv2,conv 5 3x3,8×8×5,225,5,230",
            await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width)
    {
        IPage page = await Open("&why=conv1.output", scheme, width);
        await page.Locator(".why .math").First.WaitForAsync();
        await Click(page, "Add a layer behind conv2").ClickAsync();
        await Browser.RequireAccessibleAsync(page);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Network" }).FillAsync("2 -> dens 3");
        await page.Locator(".place mark").WaitForAsync();
        await Browser.RequireAccessibleAsync(page);
    }
}
