using System.Data.Common;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;

namespace Entente.Web.Ops;

/// <summary>
/// What a supervisor asks: /health, whether the process answers at all, and /ready, whether it can serve. They come before everything
/// else, take no cookie, and tell nothing that an outsider could use.
/// </summary>
public static class Probes
{
    public static void UseProbes(this WebApplication app) => app.Use((context, next) => context.Request.Path.Value switch
    {
        "/health" => AnswerAsync(context, 200, new { Status = "alive" }),
        "/ready" => ReadyAsync(context),
        _ => next(context),
    });

    static async Task ReadyAsync(HttpContext context)
    {
        var folder = context.RequestServices.GetRequiredService<DataFolder>();
        var store = await StoreAsync(folder, context.RequestAborted);
        var checks = new Dictionary<string, string> { ["store"] = store, ["folder"] = Folder(folder), ["vintages"] = OfVintages(folder) };
        var ready = checks.Values.All(check => check == "ok");
        await AnswerAsync(context, ready ? 200 : 503, new { Status = ready ? "ready" : "not ready", Checks = checks });
    }

    static async Task<string> StoreAsync(DataFolder folder, CancellationToken ct)
    {
        try
        {
            await using var db = folder.OpenDb();
            return await Migrator.IsCurrentAsync(db, ct) ? "ok" : "not migrated";
        }
        catch (Exception e) when (e is DbException or BrokenWorldException or IOException or InvalidOperationException or TimeoutException)
        {
            return "unreachable";
        }
    }

    static string Folder(DataFolder folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder.Root, $".probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return "ok";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "not writable";
        }
    }

    static string OfVintages(DataFolder folder)
    {
        try
        {
            _ = Vintages.List(folder);
            return "ok";
        }
        catch (Exception e) when (e is BrokenWorldException or CorruptSegmentException or IOException or JsonException)
        {
            return "unreadable";
        }
    }

    static Task AnswerAsync<T>(HttpContext context, int status, T answer)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }
}
