using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;

namespace Entente.Web.Evidence;

/// <summary>A perimeter as its list shows it; what it holds is null where no imported release holds its root.</summary>
public sealed record PerimeterRow(string Key, int Version, string Root, string Expression, string? Name, string? Release, int? Children, int? Size, string? Hash);

/// <summary>What a release added and took away: ids as the command line prints them, and the same with names and countries.</summary>
public sealed record PerimeterChange(
    string Key, string From, string To, IReadOnlyList<string> Added, IReadOnlyList<string> Removed,
    IReadOnlyList<PerimeterMember> AddedMembers, IReadOnlyList<PerimeterMember> RemovedMembers, RegistrationMove? Registration);

/// <summary>What an institution means, release by release.</summary>
public static class PerimeterRoutes
{
    const int MembersShown = 50;

    static readonly Listing<PerimeterRow> Columns = new(
        new("key", p => p.Key), new("version", p => p.Version), new("root", p => p.Root), new("expression", p => p.Expression), new("name", p => p.Name),
        new("release", p => p.Release), new("children", p => p.Children), new("size", p => p.Size), new("hash", p => p.Hash));

    static readonly Listing<PerimeterLine> MemberColumns = new(
        new("name", m => m.Name), new("ror", m => m.Ror), new("country", m => m.Country), new("city", m => m.City), new("parents", m => m.Parents?.Count),
        new("parentNames", m => m.Parents?.Select(p => p.Name ?? p.Ror)));

    static readonly Listing<PerimeterStep> StepColumns = new(
        new("release", s => s.Release), new("children", s => s.Children), new("size", s => s.Size), new("added", s => s.Added), new("removed", s => s.Removed),
        new("withRecord", s => s.WithRecord), new("withForeignParent", s => s.WithForeignParent), new("vintage", s => s.Vintage), new("hash", s => s.Hash));

    public static void MapPerimeters(this IEndpointRouteBuilder app)
    {
        app.MapGet("/perimeters", (Work work) => Answers.Page<PerimetersPage>(new { Rows = All(work).ToList(), Releases = Releases(work.Folder) }));
        app.MapGet("/perimeters/{key}", Page);
        app.MapGet("/perimeters/{key}/diff", DiffPage);
        MapApi(app);
    }

    static void MapApi(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/perimeters", (Work work, Reader reader, [AsParameters] ListQuery list) => Columns.Answer(All(work), list, reader, "entente-perimeters"))
            .Lists<PerimeterRow>("listPerimeters", new("The named perimeters, at the highest imported release.", "Les périmètres nommés, à la plus haute version importée."), "/api/v1/perimeters");
        app.MapGet("/api/v1/perimeters/{key}", (Work work, Reader reader, string key, string? release) => Perimeters.Show(work, key, release).ToJson(reader))
            .Answers<ResolvedPerimeter>("getPerimeter",
                new("A perimeter at a ROR release: its members, their number and their hash.", "Un périmètre à une version de ROR : ses membres, leur nombre et leur empreinte."),
                "/api/v1/perimeters/{a}");
        app.MapGet("/api/v1/perimeters/{key}/members", (Work work, Reader reader, string key, string? release, [AsParameters] ListQuery list) =>
                MemberColumns.Answer(Members(work, key, release), list, reader, $"entente-members-{key}"))
            .Lists<PerimeterLine>("listMembers", new("The members of a perimeter with names, countries and number of parents.",
                "Les membres d’un périmètre avec noms, pays et nombre de parents."), "/api/v1/perimeters/{a}/members?size=5");
        app.MapGet("/api/v1/perimeters/{key}/history", (Work work, Reader reader, string key, [AsParameters] ListQuery list) =>
                StepColumns.Answer(Perimeters.History(work, key), list, reader, $"entente-history-{key}"))
            .Lists<PerimeterStep>("listReleases", new("The size of a perimeter at every imported release.", "La taille d’un périmètre à chaque version importée."),
                "/api/v1/perimeters/{a}/history");
        app.MapGet("/api/v1/perimeters/{key}/diff", (Work work, Reader reader, string key, string from, string to, CancellationToken ct) =>
                Perimeters.Diff(work, key, from, to).ToJson(reader, diff => Change(diff, Moved(work, diff, ct))))
            .Answers<PerimeterChange>("comparePerimeter",
                new("What a perimeter gained and lost from one ROR release to another.", "Ce qu’un périmètre a gagné et perdu d’une version de ROR à une autre."),
                "/api/v1/perimeters/{a}/diff?from={from}&to={to}");
    }

    static IResult Page(Work work, Reader reader, string key, string? release)
    {
        var shown = Perimeters.Show(work, key, release);
        if (!shown.Ok) return Missing(work, key, shown.Refusal!);
        var members = Perimeters.Lines(work, shown.Value);
        var page = MemberColumns.Page(members, new ListQuery { Size = MembersShown, Page = int.TryParse(reader["page"], out var n) ? n : null, Sort = reader["sort"], Q = reader["q"] });
        if (!page.Ok) return Answers.RefusalPage(page.Refusal!);
        var steps = Perimeters.History(work, key);
        if (!steps.Ok) return Answers.RefusalPage(steps.Refusal!);
        return Answers.Page<PerimeterPage>(new { Perimeter = shown.Value, Members = page.Value, Steps = steps.Value });
    }

    // A perimeter that has a definition but no release yet teaches what to import.
    static IResult Missing(Work work, string key, Refusal refusal) =>
        refusal.Code is "no-vintage" or "no-perimeter" && PerimeterKeys.Definition(work, key) is { Ok: true, Value: var definition } && RorId.Parse(definition.Key) is null
            ? Answers.Page<PerimeterMissingPage>(new { Definition = definition, Why = refusal.Message })
            : Answers.RefusalPage(refusal);

    static IResult DiffPage(Work work, string key, string? from, string? to, CancellationToken ct)
    {
        var history = Perimeters.History(work, key);
        if (!history.Ok) return Answers.RefusalPage(history.Refusal!);
        var steps = history.Value;
        if (steps.Count < 2)
            return Answers.RefusalPage(Refusal.Invalid("one-release", "A comparison needs two imported ROR releases that hold this perimeter’s root. Import another one: see /imports.",
                "Une comparaison demande deux versions importées de ROR qui tiennent la racine de ce périmètre. Importez-en une autre\u202f: voir /imports."));
        var widest = Enumerable.Range(1, steps.Count - 1).MaxBy(i => steps[i].Added + steps[i].Removed);
        return Perimeters.Diff(work, key, Given(from) ?? steps[widest - 1].Release, Given(to) ?? steps[widest].Release)
            .ToPage<PerimeterDiff, PerimeterDiffPage>(diff => new { Diff = diff, Steps = steps, Moved = Moved(work, diff, ct) });
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    static Outcome<IReadOnlyList<PerimeterLine>> Members(Work work, string key, string? release)
    {
        var shown = Perimeters.Show(work, key, release);
        if (!shown.Ok) return shown.Refusal!;
        return Perimeters.Lines(work, shown.Value).ToList();
    }

    static PerimeterChange Change(PerimeterDiff diff, RegistrationMove? moved) =>
        new(diff.Key, diff.From, diff.To, [.. diff.Added.Select(m => m.Ror)], [.. diff.Removed.Select(m => m.Ror)], diff.Added, diff.Removed, moved);

    // What the two releases alone do to the output; null where no works are imported.
    static RegistrationMove? Moved(Work work, PerimeterDiff diff, CancellationToken ct) =>
        Registration.Move(work, new("output") { A = diff.Key }, diff.From, diff.To, ct) is { Ok: true } moved ? moved.Value : null;

    /// <summary>The imported releases, the earliest first, each once.</summary>
    public static IReadOnlyList<string> Releases(DataFolder folder) => [.. Perimeters.Releases(folder).Select(m => m.Release!).Distinct().OrderBy(Vintages.ReleaseOf)];

    static IEnumerable<PerimeterRow> All(Work work) => Perimeters.List(work).Select(p =>
        new PerimeterRow(p.Key, p.Version, p.Root, p.Expression, p.Name, p.Resolved?.Release, p.Resolved?.Children, p.Resolved?.Size, p.Resolved?.Hash));
}
