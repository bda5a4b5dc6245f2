using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Web.Tests.Evidence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Web.Tests;

/// <summary>The real host on a free port over a folder of its own, as a first start leaves it, with a selection of European projects. Shared by the tests of a collection.</summary>
public sealed class Site : IAsyncLifetime
{
    const int Works = 2_000;

    WebApplication? _app;

    public DataFolder Folder { get; } = new(Directory.CreateTempSubdirectory("entente-web-").FullName);

    public Uri Address { get; private set; } = null!;

    /// <summary>Follows no redirects and keeps no cookies, so that every answer is seen as it is.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await using (var db = Folder.OpenDb())
        {
            await Migrator.RunAsync(db, default);
            var work = new Work(db, Folder, Actor.CommandLine, TimeProvider.System);
            Assert.Null((await Portfolios.EnsureAsync(work, null, default)).Refusal);
            Assert.Null((await Synthesizing.ImportAsync(work, Works, Synthesizing.FirstSeed, progress: null, default)).Refusal);
            await EuropeanProjects.ManyAsync(work);
        }
        (_app, Address) = await StartAsync(Folder);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    /// <summary>A host of its own over a folder that is ready, on a free port.</summary>
    internal static async Task<(WebApplication App, Uri Address)> StartAsync(DataFolder folder)
    {
        var app = EntenteWeb.Build(folder, ["http://127.0.0.1:0"], rounds: false);
        await app.StartAsync();
        return (app, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    /// <summary>Every route that the host answers.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<Site>, ICollectionFixture<Browser>
{
    public const string Name = "site";
}
