using System.IO.Compression;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Accounts;
using Entente.Web.Accounts.External;
using Entente.Web.Agenda;
using Entente.Web.Api;
using Entente.Web.Claims;
using Entente.Web.Desk;
using Entente.Web.Evidence;
using Entente.Web.Journal;
using Entente.Web.Ops;
using Entente.Web.Jobs;
using Entente.Web.Portfolio;
using Entente.Web.Privacy;
using Entente.Web.Portfolio.Sheets;
using Entente.Web.Portfolio.Editing;
using Entente.Web.Portfolio.Rules;
using Entente.Web.Search;
using Entente.Web.Shell;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Web;

/// <summary>The web host over one data folder: pages for people, /api/v1 for programs. It reads and takes no lock.</summary>
public static class EntenteWeb
{
    /// <summary>Builds the host; the caller has migrated and filled the store, and starts it. A port of 0 takes a free one.</summary>
    /// <param name="jsonLines">log to standard output, one JSON object a line, requests among them</param>
    /// <param name="rounds">whether this process also does the jobs that are due and sends the mail that waits</param>
    public static WebApplication Build(DataFolder folder, IReadOnlyList<string> urls, TimeProvider? clock = null, OutsideProviders? outside = null, bool jsonLines = false, bool rounds = true)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls([.. urls]).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // A host that cannot start throws, and its caller says why; the trace would say it twice.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            // Keys lie in the store as they are: whoever reads it reads the record anyway.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // It warns of every page with a form that the page is not to be kept, which is what we asked for ourselves.
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        if (jsonLines) builder.Logging.AddJsonLines();
        AddServices(builder.Services, folder, clock ?? TimeProvider.System, outside);
        builder.Services.AddJobs(rounds);
        var app = builder.Build();
        app.UseProbes();
        Telemetry.Start(app);
        app.UseRequestLog();
        app.UseResponseCompression();
        app.UseGuards();
        app.UseAssets();
        app.UseAuthentication();
        app.UseFreshness();
        app.UseRouting();
        app.UseDoors();
        app.UseFormGuard();
        Map(app);
        return app;
    }

    static void AddServices(IServiceCollection services, DataFolder folder, TimeProvider clock, OutsideProviders? outside)
    {
        services.AddSingleton(folder);
        services.AddSingleton(clock);
        services.AddScoped(_ => folder.OpenDb());
        services.AddAccounts(outside);
        services.AddScoped(scope => new Work(scope.GetRequiredService<Db>(), folder, scope.GetRequiredService<Actor>(), clock));
        services.AddHttpContextAccessor();
        services.AddScoped(scope => Reader.Of(scope.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request));
        services.AddCascadingValue(scope => scope.GetRequiredService<Reader>());
        // Only for pages that ask.
        services.AddScoped(scope => PortfolioRecord.Of(scope.GetRequiredService<Db>(), scope.GetRequiredService<Actor>()));
        services.AddCascadingValue(scope => scope.GetRequiredService<PortfolioRecord>());
        services.AddRazorComponents();
        services.AddApiDocument();
        // Accents and guillemets are written as they are: the pages are UTF-8.
        services.Replace(ServiceDescriptor.Singleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All)));
        services.AddResponseCompression(options => options.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }

    // The table of contents: one line per module. What a group opens with holds for all its routes, unless a route says otherwise.
    static void Map(WebApplication app)
    {
        var open = app.MapGroup("").Open();
        open.MapPortfolio();
        open.MapRules();
        open.MapClaims();
        open.MapExport();
        open.MapSearch();
        open.MapGet("/accessibility", () => Answers.Page<AccessibilityPage>());
        open.MapEvidence();
        app.MapAccounts();
        app.MapPrivacy();
        app.MapEditing();
        app.MapImportTable();
        app.MapJournal();
        app.MapOps();
        open.MapDesk();
        app.MapAgenda();
        app.MapMail();
        open.MapApi();
    }
}
