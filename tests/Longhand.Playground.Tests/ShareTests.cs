using System.Text.RegularExpressions;
using Longhand.Experiments;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>What is taken along from the page: links with rules for a class, programs, saved pages, pictures.</summary>
[Collection(Browser.Collection)]
public sealed class ShareTests(Browser browser)
{
    private const string Spiral = """
        network: 2 -> dense 4 tanh -> dense 1 tanh
        data: spiral n=60 noise=0.1 seed=0.5
        loss: half-mse
        optimizer: sgd lr=0.03
        init: playground
        train: {batch: 10, split: 0.5, epochs: 40}
        conventions: playground
        """;

    [Fact]
    public async Task A_link_for_a_class_hides_and_locks_what_it_names_and_the_address_keeps_saying_so()
    {
        IPage page = await browser.OpenAsync(
            "network=2/dense+3+tanh/dense+1+tanh&data=xor&hide=optimizer,layers,experiment&lock=data,rate,play"
        );
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Optimizer" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByLabel("Add a hidden layer")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("Experiment file")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Learning rate" })).ToBeDisabledAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Spiral" })).ToBeDisabledAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true })).ToBeDisabledAsync();
        // Keys do no more than buttons.
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        await Assertions.Expect(page.GetByText("1 hidden layer", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("&epoch=1&hide=optimizer,layers,experiment&lock=data,rate,play$"));
        await Browser.RequireAccessibleAsync(page);
    }

    [Fact]
    public async Task A_link_of_TensorFlow_Playground_hides_the_same_controls_here()
    {
        IPage page = await browser.OpenAsync("dataset=xor&seed=0.5&learningRate_hide=true&numHiddenLayers_hide=true&batchSize_hide=false");
        await Assertions.Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Learning rate" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByLabel("Add a hidden layer")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Batch size" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("here they are shown")).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("data=xor.*&hide=rate,layers$"));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_dialog_makes_a_link_for_a_class_that_opens_as_it_was_composed(ColorScheme scheme, int width)
    {
        IPage page = await browser.OpenAsync(scheme: scheme, width: width);
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await page.GetByText("A link for a class").ClickAsync();
        await page.GetByLabel("Loss: hidden", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Noise: locked", new() { Exact = true }).CheckAsync();
        await Browser.RequireAccessibleAsync(page);
        ILocator composed = page.GetByLabel("The link for the class");
        await Assertions.Expect(composed).ToHaveValueAsync(new Regex("#network=.*&hide=loss&lock=noise$"));
        string link = await composed.InputValueAsync();
        IPage second = await browser.OpenAsync(new Uri(link).Fragment[1..]);
        await Assertions.Expect(second.GetByRole(AriaRole.Slider, new() { Name = "Noise" })).ToBeDisabledAsync();
        await Assertions.Expect(second.GetByRole(AriaRole.Combobox, new() { Name = "Loss", Exact = true })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("C#", "longhand.cs", "Network.Parse(\"2 -> dense 4 tanh -> dense 2 tanh -> dense 1 tanh\")")]
    [InlineData("NumPy", "longhand.py", "import numpy as np")]
    [InlineData("PyTorch", "longhand.py", "torch.optim.SGD(p.values(), lr=0.03)")]
    public async Task A_program_with_the_present_weights_is_handed_over(string language, string name, string says)
    {
        IPage page = await browser.OpenAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Assertions.Expect(page.GetByText("+ 1 batch")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        IDownload file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = language, Exact = true }).ClickAsync()
        );
        Assert.Equal(name, file.SuggestedFilename);
        string text = await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains(says, text);
        Assert.Contains("Shown behind epoch 0 and 1 batch", text);
    }

    [Fact]
    public async Task What_cannot_be_saved_is_said_in_the_dialog()
    {
        IPage page = await browser.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as page" }).ClickAsync();
        await Assertions.Expect(page.Locator(".sharing [role=alert]")).ToContainTextAsync("train first");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_saved_page_replays_the_run_from_a_file_and_works_an_example(ColorScheme scheme, int width)
    {
        browser.Require();
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "run.html"),
                text = StaticPage.Write(Experiment.Read(Spiral, "test", folder));
            Assert.InRange(text.Length, 1, 5_000_000);
            Assert.DoesNotMatch(new Regex("<(script|img|link|iframe|object)[^>]* (src|href)="), text);
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
            IPage page = await browser.OpenFileAsync(path, scheme, width);
            var asked = new List<string>();
            page.Request += (_, request) => asked.Add(request.Url);
            await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("40");
            string last = await page.Locator(".losses").InnerTextAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "To the beginning" }).ClickAsync();
            await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("0");
            await Assertions.Expect(page.Locator(".losses")).Not.ToHaveTextAsync(last, new() { UseInnerText = true });
            await page.Keyboard.PressAsync("ArrowRight");
            await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
            await page.EvaluateAsync("document.activeElement.blur()");
            await page.Keyboard.PressAsync("Space");
            await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("40");
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Play", Exact = true })).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".losses")).ToHaveTextAsync(last, new() { UseInnerText = true });
            await page.GetByRole(AriaRole.Slider, new() { Name = "Through the run" }).FillAsync("3");
            await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("3");
            await page.GetByRole(AriaRole.Button, new() { Name = "Unit 2 of layer 1" }).ClickAsync();
            await page.GetByText("All numbers as a table").ClickAsync();
            await Assertions.Expect(page.Locator(".worked math").Nth(20)).ToBeAttachedAsync();
            Assert.DoesNotContain(
                asked,
                url => !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal)
            );
            await Browser.RequireAccessibleAsync(page);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task A_saved_page_of_a_trained_page_shows_the_losses_that_it_showed()
    {
        IPage page = await browser.OpenAsync("network=2/dense+3+tanh/dense+1+tanh&data=xor+n=60+seed=0.5&epoch=25,2");
        await Assertions.Expect(page.GetByText("+ 2 batches")).ToBeVisibleAsync();
        string losses = await page.Locator(".losses").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        IDownload file = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Button, new() { Name = "Save as page" }).ClickAsync()
        );
        IPage saved = await browser.OpenFileAsync(await NamedAsync(file), ColorScheme.Light, 1440);
        await Assertions.Expect(saved.GetByText("+ 2 batches")).ToBeVisibleAsync();
        await Assertions.Expect(saved.Locator(".losses")).ToHaveTextAsync(losses, new() { UseInnerText = true });
    }

    [Theory]
    [InlineData("view=descent", ".landscape", "Landscape")]
    [InlineData("view=boolean&f=A+xor+B", ".gates", "Network")]
    [InlineData("view=boolean&f=A+xor+B", ".halves", "Half-planes")]
    [InlineData("view=shapes", ".blocks", "Shapes")]
    [InlineData("view=convolution", ".matrix", "The same as a matrix")]
    [InlineData("view=images", ".tile", "Network")]
    public async Task The_figures_of_every_view_are_saved(string view, string ready, string figure)
    {
        IPage page = await browser.OpenAsync(view, ready);
        ILocator menu = page.Locator(".saver", new() { Has = page.GetByLabel($"Save as a picture: {figure}", new() { Exact = true }) });
        await menu.Locator("summary").ClickAsync();
        IDownload drawing = await page.RunAndWaitForDownloadAsync(() => menu.GetByText("SVG").ClickAsync());
        var svg = System.Xml.Linq.XDocument.Load(await drawing.PathAsync());
        System.Xml.Linq.XNamespace space = "http://www.w3.org/2000/svg";
        Assert.Equal(space + "svg", svg.Root!.Name);
        Assert.True(svg.Descendants().Count() > 10);
        Assert.DoesNotContain("var(--", svg.ToString());
    }

    [Theory]
    [InlineData("Network", "network")]
    [InlineData("Result", "result")]
    [InlineData("Loss curves", "loss-curves")]
    public async Task A_figure_is_saved_as_a_drawing_of_its_own_and_as_a_picture_of_twice_as_many_pixels(string figure, string name)
    {
        IPage page = await browser.OpenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Step one epoch" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("epoch")).ToHaveTextAsync("1");
        ILocator menu = page.Locator(".saver", new() { Has = page.GetByLabel($"Save as a picture: {figure}") });
        await menu.Locator("summary").ClickAsync();
        await Browser.RequireAccessibleAsync(page);
        IDownload drawing = await page.RunAndWaitForDownloadAsync(() => menu.GetByText("SVG").ClickAsync());
        Assert.Equal($"{name}.svg", drawing.SuggestedFilename);
        var svg = System.Xml.Linq.XDocument.Load(await drawing.PathAsync());
        System.Xml.Linq.XNamespace space = "http://www.w3.org/2000/svg";
        Assert.Equal(space + "svg", svg.Root!.Name);
        Assert.NotEmpty(svg.Descendants(space + "image"));
        if (figure != "Loss curves")
            Assert.NotEmpty(svg.Descendants(space + "text"));
        Assert.All(
            svg.Descendants(space + "image"),
            image => Assert.StartsWith("data:image/png;base64,", (string)image.Attribute("href")!)
        );
        Assert.DoesNotContain("var(--", svg.ToString());
        Assert.DoesNotContain("class=", svg.ToString());
        await menu.Locator("summary").ClickAsync();
        IDownload picture = await page.RunAndWaitForDownloadAsync(() => menu.GetByText("PNG").ClickAsync());
        byte[] png = await File.ReadAllBytesAsync(await picture.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        int width = (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(16));
        double units = double.Parse((string)svg.Root.Attribute("width")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(width, 2 * units - 2, 2 * units + 2);
    }

    [Fact]
    public async Task The_first_paint_and_what_is_transferred_for_it_are_reported()
    {
        IPage page = await browser.OpenAsync();
        double[] found = await page.EvaluateAsync<double[]>(
            """
            [performance.getEntriesByName("first-contentful-paint")[0].startTime,
             performance.getEntriesByType("resource").filter((r) => /\.(js|css)$/.test(r.name)).reduce((sum, r) => sum + r.encodedBodySize, 0)]
            """
        );
        TestContext.Current.SendDiagnosticMessage(
            $"first contentful paint after {found[0]:0} ms; scripts and styles {found[1] / 1000:0.0} KB as transferred"
        );
        Assert.InRange(found[1], 1000, 400_000);
    }

    // A browser shows a file as a page only where its name says so.
    private static async Task<string> NamedAsync(IDownload file)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory().FullName, file.SuggestedFilename);
        await file.SaveAsAsync(path);
        return path;
    }
}
