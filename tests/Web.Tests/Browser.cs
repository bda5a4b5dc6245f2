using Entente.Tests;
using Microsoft.Playwright;

namespace Entente.Web.Tests;

/// <summary>One Chromium for all tests; each test opens a context of its own. Starts on first use, so a machine without it can skip.</summary>
public sealed class Browser : IAsyncLifetime
{
    IPlaywright? _playwright;
    IBrowser? _browser;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A fresh page in the given width, theme and language.</summary>
    public async Task<IPage> OpenAsync(Site site, int width = 1440, bool dark = false, string lang = "en", bool scripts = true, bool print = false)
    {
        var browser = await StartAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = site.Address.ToString(),
            ViewportSize = new() { Width = width, Height = width < 500 ? 800 : 1000 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = lang == "fr" ? "fr-FR" : "en-GB",
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var page = await context.NewPageAsync();
        if (print) await page.EmulateMediaAsync(new() { Media = Media.Print });
        return page;
    }

    async Task<IBrowser> StartAsync()
    {
        _playwright ??= await Playwright.CreateAsync();
        return _browser ??= await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Conditions.Chromium,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
