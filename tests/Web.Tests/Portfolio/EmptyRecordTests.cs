using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Web.Tests.Portfolio;

/// <summary>An office that starts with no portfolio and no evidence: every room stands, and says what to do.</summary>
public sealed class EmptyRecordTests
{
    [Fact]
    public async Task An_empty_installation_says_how_to_begin_and_breaks_nowhere()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("entente-empty-").FullName);
        try
        {
            await using (var db = folder.OpenDb())
            {
                await Migrator.RunAsync(db, default);
                await Portfolios.EnsureAsync(new(db, folder, Actor.CommandLine, TimeProvider.System), Portfolios.None, default);
            }
            await using var app = EntenteWeb.Build(folder, ["http://127.0.0.1:0"]);
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
            Assert.Contains("entente serve --portfolio my-portfolio", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
            foreach (var path in (string[])["/structures", "/organisations", "/sources", "/claims", "/search?q=x", "/evidence", "/figures", "/vintages", "/perimeters", "/partnerships"])
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                Assert.True(answer.IsSuccessStatusCode, $"{path} answers {(int)answer.StatusCode}");
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder.Root, recursive: true);
        }
    }
}
