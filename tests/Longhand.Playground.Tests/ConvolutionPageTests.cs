using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>The bench of convolution in a real browser.</summary>
[Collection(Browser.Collection)]
public sealed class ConvolutionPageTests(Browser browser)
{
    private Task<IPage> Open(string rest = "", ColorScheme scheme = ColorScheme.Light, int width = 1440) =>
        browser.OpenAsync($"view=convolution{rest}", ".sum", scheme, width);

    private static ILocator Choice(IPage page, string name) => page.GetByRole(AriaRole.Combobox, new() { Name = name, Exact = true });

    private static ILocator Cell(IPage page, string label, int row, int column) =>
        page.GetByRole(AriaRole.Textbox, new() { Name = $"{label}, row {row}, column {column}", Exact = true });

    private static ILocator Result(IPage page, int row, int column) =>
        page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^y.*row {row}, column {column}:") });

    private static ILocator Field(IPage page, string name) => page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    private static ILocator Sum(IPage page) => page.Locator(".sum [role=status], .sum .unseen");

    [Fact]
    public async Task Pointing_at_a_pixel_shows_its_sum_and_its_row_of_the_matrix()
    {
        IPage page = await Open();
        // What comes below the image may move it, and what is pointed at with it.
        await Browser.RequireSettledAsync(page);
        await Result(page, 2, 2).HoverAsync();
        await Assertions.Expect(Sum(page)).ToContainTextAsync("= 27");
        await Assertions.Expect(page.Locator(".matrix .current th")).ToHaveTextAsync("y₆");
        await Assertions.Expect(page.Locator(".planes td.in")).ToHaveCountAsync(4 * 9);
        await Assertions.Expect(page.GetByText("3·3·2·1 = 18")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("32·16 = 512")).ToBeVisibleAsync();
        await Result(page, 1, 1).HoverAsync();
        await Assertions.Expect(Sum(page)).ToContainTextAsync("= 6");
    }

    [Fact]
    public async Task What_is_typed_or_pasted_is_computed_at_once()
    {
        IPage page = await Open();
        await Cell(page, "x, channel 1", 1, 1).FillAsync("1/2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Result(page, 1, 1)).ToHaveTextAsync("15/2");
        await page.EvaluateAsync(
            """
            () => {
              const cell = document.querySelector("[aria-label='x, channel 1, row 1, column 1']");
              const data = new DataTransfer();
              data.setData("text/plain", "1\t2\t3\n4\t5\t6\n7\t8\t9");
              cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """
        );
        await Assertions.Expect(page.GetByLabel("Image rows")).ToHaveValueAsync("3");
        await Assertions.Expect(Result(page, 3, 3)).ToBeVisibleAsync();
        await Cell(page, "w, channel 1", 2, 2).FillAsync("hello");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("\"hello\" is not a number");
        await Cell(page, "w, channel 1", 2, 2).FillAsync("0");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Stride_padding_dilation_and_a_turned_kernel_change_what_comes_out()
    {
        IPage page = await Open();
        await Choice(page, "Example").SelectOptionAsync("turned");
        await Assertions.Expect(Result(page, 2, 2)).ToHaveTextAsync("1");
        await Choice(page, "Kernel is laid on").SelectOptionAsync("");
        await Assertions.Expect(Result(page, 2, 2)).ToHaveTextAsync("9");
        await Field(page, "Stride").FillAsync("2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("height: ceil(5/2) = 3")).ToBeVisibleAsync();
        await Field(page, "Padding").FillAsync("1/0/0/2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("width: floor((5 + 0 + 2 − 1·(3 − 1) − 1)/2) + 1 = 3")).ToBeVisibleAsync();
        await Field(page, "Dilation").FillAsync("9");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("smaller");
    }

    [Fact]
    public async Task The_way_back_is_the_transpose()
    {
        IPage page = await Open();
        await Choice(page, "Example").SelectOptionAsync("backward");
        await Assertions.Expect(page.Locator(".matrix thead")).ToContainTextAsync("∂y₄");
        await Browser.RequireSettledAsync(page);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("row 2, column 2:") }).HoverAsync();
        await Assertions.Expect(Sum(page)).ToContainTextAsync("∂L/∂x₂₂ = ∂L/∂y₁₁·w₂₂ + ∂L/∂y₁₂·w₂₁ + ∂L/∂y₂₁·w₁₂ + ∂L/∂y₂₂·w₁₁");
        await Cell(page, "∂L/∂y", 1, 1).FillAsync("10");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Sum(page)).ToContainTextAsync("= 40");
    }

    [Fact]
    public async Task Steps_go_through_the_positions_and_the_link_shows_the_same()
    {
        IPage page = await Open("&input=1,2,3;4,5,6;7,8,9&kernel=1,2;3,4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Next position" }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 of 4: row 1, column 2")).ToBeVisibleAsync();
        await Assertions.Expect(Sum(page)).ToContainTextAsync("= 47");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&at=1$"));
        IPage second = await browser.OpenAsync(new Uri(page.Url).Fragment[1..], ".sum");
        await Assertions.Expect(Sum(second)).ToContainTextAsync("= 47");
        await Browser.RequireSettledAsync(page);
        await Browser.RequireSettledAsync(second);
        Assert.Equal(await page.Locator(".stage").InnerTextAsync(), await second.Locator(".stage").InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Go through all positions" }).ClickAsync();
        await Assertions.Expect(page.GetByText("4 of 4: row 2, column 2")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Go through all positions" })).ToBeVisibleAsync();
        await Assertions.Expect(Sum(page)).ToContainTextAsync("= 77");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        IPage page = await Open("&input=1,2,3;4,5,6;7,8,9&kernel=1,2;3,4");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByText("2 of 4: row 1, column 2")).ToBeVisibleAsync();
        await Result(page, 1, 2).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Result(page, 2, 2)).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText("4 of 4: row 2, column 2")).ToBeVisibleAsync();
        await Cell(page, "x", 1, 1).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(Cell(page, "x", 1, 2)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("20");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Cell(page, "x", 2, 2)).ToBeFocusedAsync();
        await Assertions.Expect(Result(page, 1, 1)).ToHaveTextAsync("73");
        await Cell(page, "w", 1, 1).FocusAsync();
        await Assertions.Expect(page.Locator(".matrix td.same")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task What_is_done_quickly_adds_up_and_what_is_typed_stays()
    {
        IPage page = await Open("&input=1,2;3,4&kernel=1,2;3,4");
        // A larger image has positions that the answer before it did not have: drawn between, but too fast for any answer.
        await page.EvaluateAsync(
            """
            async () => {
              const write = async (label, value) => {
                const field = document.querySelector(`[aria-label='${label}']`) ?? [...document.querySelectorAll("label.field")].find((of) => of.textContent === label).querySelector("input");
                field.focus();
                field.value = value;
                field.dispatchEvent(new Event("input", { bubbles: true }));
                field.dispatchEvent(new Event("change", { bubbles: true }));
                await null;
              };
              await write("x, row 1, column 1", "5");
              await write("x, row 2, column 2", "6");
              await write("Image rows", "3");
              await write("Image columns", "3");
              document.activeElement.blur();
              for (let i = 0; i < 3; i++) {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
                await null;
              }
            }
            """
        );
        await Assertions.Expect(page.GetByText("4 of 4: row 2, column 2")).ToBeVisibleAsync();
        await Assertions.Expect(Cell(page, "x", 1, 1)).ToHaveValueAsync("5");
        await Assertions.Expect(Cell(page, "x", 2, 2)).ToHaveValueAsync("6");
        await Assertions.Expect(Cell(page, "x", 3, 3)).ToHaveValueAsync("0");
        // A number that is half typed when an answer comes.
        await Cell(page, "x", 3, 3).FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous position" }).EvaluateAsync("button => button.click()");
        await Assertions.Expect(page.GetByText("3 of 4: row 2, column 1")).ToBeVisibleAsync();
        await Browser.RequireSettledAsync(page);
        await Assertions.Expect(Cell(page, "x", 3, 3)).ToHaveValueAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Result(page, 2, 2)).ToHaveTextAsync("34");
        // A view that is left at once is found as it was.
        await Field(page, "Stride").FillAsync("2");
        await page.GetByRole(AriaRole.Link, new() { Name = "Shapes" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Convolution" }).ClickAsync();
        await Assertions.Expect(Field(page, "Stride")).ToHaveValueAsync("2");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(ColorScheme scheme, int width)
    {
        IPage page = await Open("&at=5", scheme, width);
        await page.Locator("td.in").First.WaitForAsync();
        await Browser.RequireAccessibleAsync(page);
        await Choice(page, "Example").SelectOptionAsync("sobel");
        await page.Locator("canvas").WaitForAsync();
        await Browser.RequireAccessibleAsync(page);
    }
}
