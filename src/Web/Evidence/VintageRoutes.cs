using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>What was imported.</summary>
public static class VintageRoutes
{
    public static Listing<Manifest> Columns { get; } = new(
        new("id", m => m.Id), new("kind", m => m.Kind.ToString().ToLowerInvariant()), new("name", m => m.Name), new("synthetic", m => m.Synthetic),
        new("release", m => m.Release), new("asOf", m => m.AsOf?.ToString("O")), new("coverage", m => m.Coverage.Kind.ToString().ToLowerInvariant()),
        new("records", m => m.Records), new("accepted", m => m.Accepted), new("rejected", m => m.Rejected), new("superseded", m => m.Superseded),
        new("firstYear", m => m.FirstYear), new("lastYear", m => m.LastYear), new("importedAt", m => m.ImportedAt.UtcDateTime), new("format", m => m.Format));

    public static void MapVintages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/vintages", (DataFolder folder, Reader reader) =>
            Columns.Select(OfKind(folder, reader["kind"]), new ListQuery { Sort = reader["sort"] })
                .ToPage<IReadOnlyList<Manifest>, VintagesPage>(rows => new { Rows = rows, All = Vintages.List(folder), Unreadable = Vintages.Unreadable(folder) }));
        app.MapGet("/vintages/{id}", (DataFolder folder, string id, int? page) =>
            RejectedPage(folder, Find(folder, id), page, RejectsShown).ToPage<(Manifest Manifest, Paged<RejectedRow> Rows), VintagePage>(
                found => new { found.Manifest, Rejected = found.Rows.Items, found.Rows.Page }));
        app.MapGet("/imports", (DataFolder folder) => Answers.Page<ImportsPage>(new { All = Vintages.List(folder) }));
        app.MapGet("/api/v1/vintages", (DataFolder folder, Reader reader, string? kind, [AsParameters] ListQuery list) =>
                Columns.Answer(OfKind(folder, kind).Select(Public), list, reader, "entente-vintages"))
            .Lists<Manifest>("listVintages", new("Every import of evidence, the newest first.", "Tous les imports de preuves, le plus récent d’abord."), "/api/v1/vintages");
        app.MapGet("/api/v1/vintages/{id}", (DataFolder folder, Reader reader, string id) => Find(folder, id).ToJson(reader, Public))
            .Answers<Manifest>("getVintage", new("One import: its sources with their SHA-256, its coverage, its counts.",
                "Un import : ses sources avec leur SHA-256, sa couverture, ses décomptes."), "/api/v1/vintages/{vintage}");
        app.MapGet("/api/v1/vintages/{id}/rejects", (DataFolder folder, Reader reader, string id, [AsParameters] PageQuery list) =>
                RejectedPage(folder, Find(folder, id), list.Page, list.Size).ToJson(reader, found => found.Rows))
            .Answers<Paged<RejectedRow>>("listRejects", new("The rows that an import left out, each with its file, line and reason.",
                "Les lignes qu’un import a écartées, chacune avec son fichier, sa ligne et la raison."), "/api/v1/vintages/{vintage}/rejects");
    }

    public const int RejectsShown = 50;

    static Outcome<(Manifest Manifest, Paged<RejectedRow> Rows)> RejectedPage(DataFolder folder, Outcome<Manifest> vintage, int? asked, int? rows)
    {
        if (vintage.Refusal is { } unknown) return unknown;
        var (manifest, page, size) = (vintage.Value, asked ?? 1, rows ?? ListQuery.DefaultSize);
        if (size is < 1 or > ListQuery.MaxSize)
            return Refusal.Usage("page-size", $"size is {size}: a page holds 1 to {ListQuery.MaxSize} rows.",
                $"size vaut {size}\u202f: une page tient de 1 à {ListQuery.MaxSize} lignes.", "size");
        var pages = (int)Math.Max(1, (manifest.Rejected + size - 1) / size);
        if (page < 1 || page > pages)
            return Refusal.Usage("page-number", $"page is {page}: this list has pages 1 to {pages}.", $"page vaut {page}\u202f: cette liste a les pages 1 à {pages}.", "page");
        return (manifest, new Paged<RejectedRow>((int)manifest.Rejected, page, size, pages, Rejects.Of(folder, manifest, (page - 1) * size, size)));
    }

    public static IEnumerable<Manifest> OfKind(DataFolder folder, string? kind) =>
        Vintages.List(folder).Where(m => string.IsNullOrEmpty(kind) || string.Equals(m.Kind.ToString(), kind, StringComparison.OrdinalIgnoreCase));

    public static Outcome<Manifest> Find(DataFolder folder, string id) =>
        Vintages.List(folder).FirstOrDefault(m => m.Id == id) is { } manifest ? manifest
        : Refusal.NotFound("unknown-vintage", $"There is no vintage “{id}” here. The list is at /vintages.", $"Il n’y a pas de millésime «\u202f{id}\u202f» ici. La liste est sur /vintages.");

    public static string FileName(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>Over the network a sentence names files, not where they lie.</summary>
    public static Func<Said, Said> Plain(DataFolder folder)
    {
        string[] places = [folder.Vintages + Path.DirectorySeparatorChar, folder.Root + Path.DirectorySeparatorChar];
        var paths = Vintages.List(folder).SelectMany(v => v.Sources).Select(s => s.Path).Where(p => p.Contains(Path.DirectorySeparatorChar))
            .Distinct().OrderByDescending(p => p.Length).ToList();
        string Bare(string text) => places.Aggregate(paths.Aggregate(text, (said, path) => said.Replace(path, FileName(path), StringComparison.Ordinal)),
            (said, place) => said.Replace(place, "", StringComparison.Ordinal));
        return said => new(Bare(said.En), Bare(said.Fr));
    }

    /// <summary>Over the network a source is its name and hash: where it lay on the importer's disk is nobody's business.</summary>
    public static Manifest Public(Manifest manifest) =>
        manifest with { Sources = [.. manifest.Sources.Select(s => s with { Path = FileName(s.Path) })] };
}
