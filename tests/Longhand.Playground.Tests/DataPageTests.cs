using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>Data and choices in a real browser: drawn, typed, pasted, chosen.</summary>
[Collection(Browser.Collection)]
public sealed class DataPageTests(Browser browser)
{
    private const string Iris =
        "network=4/dense+6+tanh/dense+3&data=iris&features=all&scale=standard&loss=cross-entropy&optimizer=adam+lr=0.03";

    private const string Blobs = "network=2/dense+5+tanh/dense+4&data=blobs+n=120+classes=4+noise=2+seed=3&loss=cross-entropy";

    private const string Points = "data=points+'1,1+2,2+3,3;-1,-1+-2,-2+-3,-3'&batch=1";

    [Fact]
    public async Task Points_are_drawn_moved_and_erased_with_the_mouse()
    {
        IPage page = await browser.OpenAsync(Points, ready: ".drawable");
        ILocator plane = page.Locator(".drawable"),
            count = page.Locator(".drawingtools summary");
        await plane.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await plane.BoundingBoxAsync())!;
        // The plane reaches from -6 to 6, with room for the numbers of the axes at the left and below.
        float side = box.Width - 26;
        (float X, float Y) At(double x, double y) => (box.X + 26 + (float)((x + 6) / 12) * side, box.Y + (float)((6 - y) / 12) * side);
        await Assertions.Expect(count).ToHaveTextAsync("6 points as text");
        await page.GetByRole(AriaRole.Button, new() { Name = "Class B" }).ClickAsync();
        await page.Mouse.ClickAsync(At(-4, 4).X, At(-4, 4).Y);
        await Assertions.Expect(count).ToHaveTextAsync("7 points as text");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"-3,-3\+-(4|3\.9\d|4\.0\d),(4|3\.9\d|4\.0\d)"));

        // Dragged, the mouse sprays.
        await page.Mouse.MoveAsync(At(-4, 0).X, At(-4, 0).Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(At(-1, 3).X, At(-1, 3).Y, new() { Steps = 12 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(count).ToHaveTextAsync(new Regex(@"^(9|1\d|2\d) points"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await page.Mouse.MoveAsync(At(1, 1).X, At(1, 1).Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(At(4, -4).X, At(4, -4).Y, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"'(4|3\.9\d|4\.0\d),-(4|3\.9\d|4\.0\d)\+2,2"));

        string before = await count.InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase", Exact = true }).ClickAsync();
        await page.Mouse.ClickAsync(At(3, 3).X, At(3, 3).Y);
        int points = int.Parse(before.Split(' ')[0], CultureInfo.InvariantCulture);
        await Assertions.Expect(count).ToHaveTextAsync($"{points - 1} points as text");
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex(@"2,2\+3,3"));
    }

    [Fact]
    public async Task Points_are_drawn_with_the_keyboard_and_a_third_class_begun()
    {
        IPage page = await browser.OpenAsync(Points, ready: ".drawable");
        await page.GetByLabel("One class more").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".winner")).ToHaveTextAsync(["A", "B", "C"]);
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Loss", Exact = true })).ToHaveValueAsync("cross-entropy");
        await page.GetByLabel("x", new() { Exact = true }).FillAsync("-2.5");
        await page.GetByLabel("y", new() { Exact = true }).FillAsync("4");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("A point of C at -2.5, 4 is added.")).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@";\+-2\.5,4'"));
        await page.Locator(".drawingtools summary").ClickAsync();
        ILocator text = page.GetByLabel("The points");
        await text.FillAsync("1,1 2,1; -1,0 -2,0");
        await text.BlurAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"points\+'1,1\+2,1;\+-1,0\+-2,0'"));
        await Assertions.Expect(page.Locator(".winner")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Draw at least four points, of two classes.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_table_is_pasted_its_columns_mapped_and_trained()
    {
        IPage page = await browser.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Paste a table" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog
            .GetByLabel("The table", new() { Exact = true })
            .FillAsync(
                "id;length;width;kind\n1;1,5;0,2;small\n2;4,7;1,4;large\n3;1,3;?;small\n4;4,5;1,5;large\n5;4,9;1,5;large\n6;1,4;0,3;small\n"
            );
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("line 4, column 3 (\"width\"): a value is missing");
        await Browser.RequireAccessibleAsync(page);
        await dialog.GetByLabel("Missing values").SelectOptionAsync("drop");
        await dialog.GetByLabel("Use of the column id").SelectOptionAsync("ignore");
        await Assertions.Expect(dialog.GetByText("5 examples of 2 classes: large, small.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use this table" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"data=table\+'length,width,target;1\.5,0\.2,small;"));
        await Assertions.Expect(page.Locator(".legend")).ToContainTextAsync("large");
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task A_formula_a_data_set_of_several_classes_and_a_table_follow_one_another()
    {
        IPage page = await browser.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Formula", Exact = true }).ClickAsync();
        ILocator formula = page.GetByLabel("Formula in x and y");
        await formula.FillAsync("y > x^2 - 2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("formula"));
        await formula.FillAsync("y > sn(x)");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("unknown function \"sn\"");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clouds of several classes" }).ClickAsync();
        await Assertions.Expect(page.Locator(".winner")).ToHaveTextAsync(["A", "B", "C"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Output B" }).ClickAsync();
        await Assertions.Expect(page.Locator(".result .lead")).ToHaveTextAsync("Output B");
        await page.GetByRole(AriaRole.Button, new() { Name = "Iris flowers" }).ClickAsync();
        await Assertions.Expect(page.Locator(".predictions caption")).ToHaveTextAsync("Examples 1 to 12 of 75");
        await Assertions.Expect(page.Locator(".predictions tbody tr")).ToHaveCountAsync(12);
        await Assertions.Expect(page.Locator(".histogram")).ToHaveCountAsync(4 + 4 + 2 + 3);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".predictions caption")).ToHaveTextAsync("Examples 13 to 24 of 75");
        await page.GetByLabel("Remove the feature sepal_width").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("features=x1,\\+x3,\\+x4"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Circle", Exact = true }).ClickAsync();
        await Assertions
            .Expect(page)
            .ToHaveURLAsync(new Regex("^[^#]*#network=2/dense\\+4\\+tanh/dense\\+2\\+tanh/dense\\+1\\+tanh&data=circle"));
    }

    [Fact]
    public async Task Every_choice_of_training_is_behind_one_button()
    {
        IPage page = await browser.OpenAsync();
        ILocator more = page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true });
        await Assertions.Expect(page.GetByLabel("Momentum")).ToBeHiddenAsync();
        await more.ClickAsync();
        await page.GetByLabel("Momentum").FillAsync("0.9");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("optimizer=sgd\\+lr=0\\.03\\+momentum=0\\.9"));
        await page.GetByLabel("Nesterov").CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("nesterov"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Schedule", Exact = true }).SelectOptionAsync("cosine");
        await Assertions.Expect(page.GetByText("half a cosine down over the whole run")).ToBeVisibleAsync();
        await page.GetByLabel("Epochs of the run").FillAsync("20");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("schedule=cosine&epochs=20"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Schedule", Exact = true }).SelectOptionAsync("plateau");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("schedule=plateau.*validation=0\\.2"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Regularization", Exact = true }).SelectOptionAsync("l1 l2");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("regularization=l1\\+0\\.001\\+l2\\+0\\.001"));
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Conventions", Exact = true }).SelectOptionAsync("keras");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Initial weights", Exact = true }).SelectOptionAsync("constant");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("0.25");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("init=constant\\+0\\.25&.*conventions=keras"));
        await page.GetByLabel("Activation of layer 1").SelectOptionAsync("…");
        await page.GetByLabel("Activation of layer 1").FillAsync("leakyrelu 0.2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("dense\\+4\\+leakyrelu\\+0\\.2"));
        await page.GetByLabel("Units of layer 2").FillAsync("40");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".unit")).ToHaveCountAsync(2 + 4 + 40 + 1);
    }

    [Fact]
    public async Task A_step_that_is_expensive_is_told_and_not_forbidden()
    {
        IPage page = await browser.OpenAsync("network=2/dense+200+tanh/dense+200+tanh/dense+1+tanh&batch=all");
        await Assertions.Expect(page.Locator(".cost")).ToContainTextAsync("A step takes about 30 000 000 multiplications.");
        await Assertions.Expect(page.GetByText("There are too many weights to be drawn as lines.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Data_and_model_are_downloaded_and_the_model_is_loaded_again()
    {
        IPage page = await browser.OpenAsync();
        IDownload data = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Save as CSV" }).ClickAsync()
        );
        Assert.Equal("circle.csv", data.SuggestedFilename);
        Assert.Equal(501, (await File.ReadAllLinesAsync((await data.PathAsync())!, TestContext.Current.CancellationToken)).Length);
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        ILocator shown = page.Locator(".losses");
        string losses = await shown.InnerTextAsync();
        IDownload model = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Save the model" }).ClickAsync()
        );
        string path = (await model.PathAsync())!;
        Assert.Equal("2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh", Model.Load(path).Network.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset to the initial weights" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("0");
        await page.GetByLabel("Load a model").SetInputFilesAsync(path);
        await Assertions.Expect(page.GetByText("Settings or weights were changed on the way")).ToBeVisibleAsync();
        await Assertions.Expect(shown).ToHaveTextAsync(losses, new() { UseInnerText = true });
    }

    [Theory]
    [InlineData(Iris, ColorScheme.Light, 1440)]
    [InlineData(Iris, ColorScheme.Dark, 390)]
    [InlineData(Blobs, ColorScheme.Dark, 1440)]
    [InlineData(Blobs, ColorScheme.Light, 390)]
    [InlineData(Points, ColorScheme.Light, 1440)]
    [InlineData(Points, ColorScheme.Dark, 390)]
    public async Task Axe_finds_nothing_and_nothing_is_wider_than_the_window(string link, ColorScheme scheme, int width)
    {
        IPage page = await browser.OpenAsync(link, scheme: scheme, width: width);
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator(link == Iris ? ".predictions" : ".plane")).ToBeVisibleAsync();
        await Browser.RequireAccessibleAsync(page);
    }
}
