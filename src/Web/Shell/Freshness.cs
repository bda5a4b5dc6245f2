using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Core.Store;
using Entente.Core.Store.Journal;

namespace Entente.Web.Shell;

/// <summary>
/// A page changes only when the record, the vintages, the program or the day do. Their state is the page's ETag, so that a
/// browser that has the page already is answered without drawing it again.
/// </summary>
public static class Freshness
{
    public static void UseFreshness(this WebApplication app) => app.Use(AnswerAsync);

    /// <summary>False where the state below does not tell a change: readers make receipts, and verifying looks at every file again.</summary>
    public static bool Lasts(HttpRequest request) =>
        !request.Path.StartsWithSegments("/receipts") && !request.Path.StartsWithSegments("/api/v1/receipts") && !request.Query.ContainsKey("receipt");

    static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        // Whoever is signed in sees a page of their own, that no other reader's tag may stand for.
        if (!HttpMethods.IsGet(context.Request.Method) || !Lasts(context.Request) || Accounts.SessionTickets.HasCookie(context.Request))
        {
            await next(context);
            return;
        }
        var services = context.RequestServices;
        var folder = services.GetRequiredService<DataFolder>();
        var record = await Journals.SeeAsync(folder, services.GetRequiredService<Db>(), context.RequestAborted);
        var tag = TagOf(folder, record, services.GetRequiredService<TimeProvider>(), context.Request);
        if (context.Request.Headers.IfNoneMatch.Any(known => known?.Contains(tag, StringComparison.Ordinal) == true))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.Headers.ETag = tag;
            return;
        }
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var kept = headers.SetCookie.Count == 0 && !headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal);
            if (context.Response.StatusCode == 200 && kept) context.Response.Headers.ETag = tag;
            return Task.CompletedTask;
        });
        await next(context);
    }

    // The address is part of the tag only through what it says of language and theme: a tag is compared for one address.
    static string TagOf(DataFolder folder, string record, TimeProvider clock, HttpRequest request)
    {
        var reader = Reader.Of(request);
        var state = new StringBuilder(AssetFiles.Hash).Append(typeof(Freshness).Assembly.ManifestModule.ModuleVersionId)
            .Append(reader.Lang).Append(reader.Theme).Append(request.Headers.Accept)
            .Append(clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture))
            .Append(record);
        foreach (var vintage in new DirectoryInfo(folder.Vintages).EnumerateDirectories().OrderBy(d => d.Name, StringComparer.Ordinal))
            state.Append(vintage.Name).Append(Stamp(vintage));
        return $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state.ToString())))[..20]}\"";
    }

    static string Stamp(FileSystemInfo info) => info.Exists
        ? string.Create(CultureInfo.InvariantCulture, $"/{info.LastWriteTimeUtc.Ticks}.{(info as FileInfo)?.Length}")
        : "/-";
}
