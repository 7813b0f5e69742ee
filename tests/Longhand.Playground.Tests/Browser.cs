using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Longhand.Playground.Tests;

/// <summary>One server and one Chromium for all tests of the page, which take turns: <c>[Collection(Browser.Collection)]</c>.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>What the tests of the page belong to.</summary>
    public const string Collection = "browser";

    // An answer that is late on a busy machine is no failure.
    private const float Patience = 60_000;

    private static readonly string[] paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private PlaygroundServer? server;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private readonly List<IPage> open = [];
    private string? test;

    /// <summary>Where the page is.</summary>
    public string Address => server!.Address.ToString();

    public async ValueTask InitializeAsync()
    {
        if (!PlaygroundServer.HasPage || paths.FirstOrDefault(File.Exists) is not { } path)
            return;
        server = await PlaygroundServer.StartAsync(0);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", "--disable-gpu"],
                Timeout = 2 * Patience,
            }
        );
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is null)
            return;
        await browser.DisposeAsync();
        playwright!.Dispose();
        await server!.DisposeAsync();
    }

    /// <summary>Opens the page in a window of its own; skips the test where there is no page or no browser.</summary>
    /// <param name="hash">What stands behind the # of the address.</param>
    /// <param name="ready">What the page shows once it is ready, as a selector.</param>
    /// <param name="before">What is done before anything is loaded.</param>
    public async Task<IPage> OpenAsync(
        string hash = "",
        string ready = ".unit",
        ColorScheme scheme = ColorScheme.Light,
        int width = 1440,
        bool touches = false,
        Func<IPage, Task>? before = null
    )
    {
        Assert.SkipUnless(PlaygroundServer.HasPage, "the page is not in this build: install Node.js 20.19 or newer and build again");
        Assert.SkipWhen(browser is null, "no Chromium: apt-get install chromium");
        IPage page = await NewPageAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                HasTouch = touches,
                AcceptDownloads = true,
            }
        );
        if (before is not null)
            await before(page);
        await page.GotoAsync(hash.Length == 0 ? Address : $"{Address}#{hash}");
        await page.Locator(ready).First.WaitForAsync();
        return page;
    }

    /// <summary>Skips the test where there is no page or no browser.</summary>
    public void Require()
    {
        Assert.SkipUnless(PlaygroundServer.HasPage, "the page is not in this build: install Node.js 20.19 or newer and build again");
        Assert.SkipWhen(browser is null, "no Chromium: apt-get install chromium");
    }

    /// <summary>Opens a saved page from its file, without any server.</summary>
    public async Task<IPage> OpenFileAsync(string path, ColorScheme scheme, int width)
    {
        IPage page = await NewPageAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 900 },
                Offline = true,
            }
        );
        await page.GotoAsync(new Uri(path).AbsoluteUri);
        await page.Locator(".unit").First.WaitForAsync();
        return page;
    }

    // A page that was left open would go on training, and take the processor from the tests behind it.
    private async Task<IPage> NewPageAsync(BrowserNewPageOptions options)
    {
        string? now = TestContext.Current.Test?.UniqueID;
        if (now != test)
        {
            test = now;
            foreach (IPage left in open)
                await left.CloseAsync();
            open.Clear();
        }
        IPage page = await browser!.NewPageAsync(options);
        page.SetDefaultTimeout(Patience);
        open.Add(page);
        return page;
    }

    /// <summary>Waits until what the page shows is the answer to what is asked now, so that it can be read at once.</summary>
    public static Task RequireSettledAsync(IPage page) =>
        Assertions.Expect(page.Locator("main[aria-busy]")).ToHaveAttributeAsync("aria-busy", "false");

    /// <summary>Waits until a part of one page says what it says in another, which stands still by now.</summary>
    public static async Task ExpectSameAsync(IPage page, IPage other, params string[] parts)
    {
        foreach (string part in parts)
            await Assertions
                .Expect(other.Locator(part))
                .ToHaveTextAsync(await page.Locator(part).InnerTextAsync(), new() { UseInnerText = true });
    }

    /// <summary>Fails where axe finds a violation, or something is wider than the window.</summary>
    public static async Task RequireAccessibleAsync(IPage page)
    {
        AxeResult found = await page.RunAxe();
        Assert.Empty(found.Violations.Select(v => $"{v.Id}: {v.Help}\n{string.Join('\n', v.Nodes.Select(n => n.Html))}"));
        Assert.Equal(page.ViewportSize!.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}

/// <summary>Names the collection.</summary>
[CollectionDefinition(Browser.Collection)]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
