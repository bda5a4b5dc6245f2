using System.Text.Json;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Pull;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Pulls works from the API of OpenAlex into a vintage: all works of one question, or nothing.</summary>
public static class Pulling
{
    const int PerPage = 100;

    /// <summary>So many pages in a row without a new work, and the cursor is held to lead nowhere.</summary>
    const int StalePages = 3;

    static readonly Said What = new("Pulling works", "Réception des publications");

    /// <summary>
    /// Asks page after page, keeps each on disk as it comes, asks for works with a cut list of authors one by one, then imports.
    /// Broken off at any point, the same call goes on where it was.
    /// </summary>
    public static async Task<Outcome<ImportResult>> RunAsync(
        Work work, PullQuestion question, Uri server, string? key, PullPace pace, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        if (Address(server, key) is { } refused) return refused;
        using var api = new OpenAlexApi(server, key, pace, work.Clock, progress);
        var understood = await question.ResolveAsync(work, api, ct);
        if (understood.Refusal is { } misunderstood) return misunderstood;
        var request = understood.Value;
        var opened = PullFolder.Open(work.Folder, server, request.Filter, work.Now);
        if (opened.Refusal is { } busy) return busy;
        using var folder = opened.Value;
        if (folder.State.Cursor is not null && await PagesAsync(work, api, folder, request, progress, ct) is { } failed) return failed;
        if (Complete(folder) is { } incomplete)
        {
            folder.Forget();
            return incomplete;
        }
        var file = folder.Finish();
        var imported = await OpenAlexImport.RunAsync(work, [file], request.Name, request.Coverage, progress, ct);
        if (imported.Ok) folder.Forget();
        else File.Delete(file);
        return imported;
    }

    static Refusal? Address(Uri server, string? key)
    {
        if (!server.IsAbsoluteUri || server.Scheme is not ("http" or "https"))
            return Refusal.Usage("pull-address", $"“{server}” is not an address: write --from https://api.openalex.org.",
                $"« {server} » n’est pas une adresse : écrivez --from https://api.openalex.org.", "from");
        return !string.IsNullOrEmpty(key) && server.Scheme == "http" && !server.IsLoopback
            ? Refusal.Usage("pull-key-in-clear", "The key of OPENALEX_API_KEY is not sent over plain http: write https in --from.",
                "La clé OPENALEX_API_KEY n’est pas envoyée en http simple : écrivez https dans --from.", "from")
            : null;
    }

    static async Task<Refusal?> PagesAsync(
        Work work, OpenAlexApi api, PullFolder folder, PullRequest request, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var (stale, resumed) = (0, folder.State.Cursor != "*");
        while (folder.State.Cursor is { } cursor)
        {
            var answered = await PageAsync(api, request, cursor, ct);
            if (answered.Refusal is { } refusal)
            {
                // A cursor from before the break may have run out: then from the first page on, once.
                if (!resumed || refusal.Code is "pull-given-up" or "pull-key") return refusal;
                (resumed, stale) = (false, 0);
                folder.Restart(work.Now);
                continue;
            }
            resumed = false;
            using var page = answered.Value;
            var whole = await WholeAsync(api, folder, page.Page.Works, ct);
            if (whole.Refusal is { } cut) return cut;
            using var kept = whole.Value;
            var fresh = folder.Keep(kept.Works, page.Page.Works.Count == 0 ? null : page.Page.Next, page.Page.Count);
            progress?.Report(new(What, folder.Works, Math.Max(page.Page.Count, folder.Works), folder.Works));
            stale = fresh == 0 ? stale + 1 : 0;
            if (page.Page.Next != cursor && stale < StalePages) continue;
            folder.Forget();
            return NoEnd();
        }
        return null;
    }

    /// <summary>A page with the document that its works are parts of.</summary>
    sealed record HeldPage(PulledPage Page, JsonDocument Document) : IDisposable
    {
        public void Dispose() => Document.Dispose();
    }

    static async Task<Outcome<HeldPage>> PageAsync(OpenAlexApi api, PullRequest request, string cursor, CancellationToken ct)
    {
        // A plus must stay a plus: the API reads it as “and”.
        var filter = Uri.EscapeDataString(request.Filter).Replace("%2B", "+", StringComparison.Ordinal);
        var answer = await api.GetAsync($"works?filter={filter}&per_page={PerPage}&cursor={Uri.EscapeDataString(cursor)}", ct);
        if (answer.Refusal is { } refusal) return refusal;
        if (answer.Value is not { } document)
            return Refusal.Invalid("pull-not-found", "The server has no works at this address. Check --from.",
                "Le serveur n’a pas de publications à cette adresse. Vérifiez --from.");
        var page = PulledPage.Read(document.RootElement);
        if (page.Ok) return new HeldPage(page.Value, document);
        document.Dispose();
        return page.Refusal!;
    }

    /// <summary>Works with their whole list of authors where the list was cut, and the documents that they are parts of.</summary>
    sealed record WholeWorks(IReadOnlyList<PulledWork> Works, IReadOnlyList<JsonDocument> Documents) : IDisposable
    {
        public void Dispose()
        {
            foreach (var document in Documents) document.Dispose();
        }
    }

    static async Task<Outcome<WholeWorks>> WholeAsync(OpenAlexApi api, PullFolder folder, IReadOnlyList<PulledWork> page, CancellationToken ct)
    {
        var (works, documents) = (page.ToList(), new List<JsonDocument>());
        for (var i = 0; i < works.Count; i++)
        {
            if (!works[i].MayBeCut || folder.Has(works[i].Id)) continue;
            var answer = await api.GetAsync($"works/W{works[i].Id}", ct);
            if (answer.Refusal is { } refusal)
            {
                documents.ForEach(document => document.Dispose());
                return refusal;
            }
            if (answer.Value is not { } document) continue;
            documents.Add(document);
            // A merged work answers under another id; then the list's record is all there is of this one.
            if (PulledWork.Read(document.RootElement) is { } single && single.Id == works[i].Id
                && PulledWork.AuthorsOf(single.Json) >= PulledWork.AuthorsOf(works[i].Json)) works[i] = single;
        }
        return new WholeWorks(works, documents);
    }

    static Refusal? Complete(PullFolder folder)
    {
        var (low, high) = (Math.Min(folder.State.FirstCount, folder.State.LastCount), Math.Max(folder.State.FirstCount, folder.State.LastCount));
        if (folder.Works == 0 && low == 0)
            return Refusal.Invalid("pull-empty", "The server knows no works for this question. Nothing was imported.",
                "Le serveur ne connaît aucune publication pour cette question. Rien n’a été importé.");
        return folder.Works >= low && folder.Works <= high ? null : Refusal.Invalid("pull-incomplete",
            $"The server counts {high} works but gave {folder.Works}. Nothing was imported: run the same line again.",
            $"Le serveur compte {high} publications mais en a donné {folder.Works}. Rien n’a été importé : relancez la même ligne.");
    }

    static Refusal NoEnd() => Refusal.Invalid("pull-no-end",
        "The server’s pages lead nowhere: the cursor goes on but brings no new works. Nothing was imported. Try again later, or check --from.",
        "Les pages du serveur ne mènent nulle part : le curseur avance sans apporter de nouvelle publication. Rien n’a été importé. Réessayez plus tard, ou vérifiez --from.");
}
