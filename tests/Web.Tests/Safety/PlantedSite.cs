using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.AspNetCore.Builder;

namespace Entente.Web.Tests.Safety;

/// <summary>A copy of an installation, the same to the byte, in which rows of one side were planted, and its host.</summary>
sealed class PlantedSite(WebApplication app, DataFolder folder, HttpClient client) : IAsyncDisposable
{
    public DataFolder Folder { get; } = folder;
    public HttpClient Client { get; } = client;

    public static async Task<PlantedSite> OfAsync(Site site)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("entente-planted-").FullName);
        Copy(site.Folder.Root, folder.Root);
        await using (var db = folder.OpenDb()) await Planted.PlantAsync(new Work(db, folder, Actor.CommandLine, TimeProvider.System));
        var (app, address) = await Site.StartAsync(folder);
        return new(app, folder, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address });
    }

    static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(p => !Path.GetFileName(p).StartsWith("write.lock", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target, overwrite: true);
            File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(path));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder.Root, recursive: true);
    }
}
