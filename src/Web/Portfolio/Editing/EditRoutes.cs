using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Editing;

/// <summary>Working with the record: every row on a form, whole structures by what happens to them.</summary>
public static class EditRoutes
{
    const string Parameter = "/edit/{table}/{id}";

    public static void MapEditing(this IEndpointRouteBuilder app)
    {
        var edit = app.MapGroup("").Needs(Permission.EditRecord);
        edit.MapGet("/edit", () => Answers.Page<EditHomePage>());
        edit.MapGet("/edit/{table}/new", NewAsync);
        edit.MapPost("/edit/{table}/new", AddAsync);
        edit.MapGet(Parameter, ShowAsync);
        edit.MapPost(Parameter, SaveAsync);
        edit.MapGet(Parameter + "/remove", AskAsync);
        edit.MapPost(Parameter + "/remove", RemoveAsync);
        edit.MapWholeStructures();
    }

    internal static Outcome<PortfolioFile> Table(string name) => EditAddress.Has(name) && RowEditing.Table(name) is { } file ? file
        : Refusal.NotFound("unknown-table", $"Nothing called “{name}” is edited here. Begin at /edit.", $"Rien ne se modifie ici sous le nom «\u202F{name}\u202F». Commencez par /edit.");

    static async Task<IResult> NewAsync(Work work, HttpRequest request, string table, CancellationToken ct)
    {
        var found = Table(table);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        var given = found.Value.Columns.Where(c => request.Query.ContainsKey(c.Name)).ToDictionary(c => c.Name, c => request.Query[c.Name].ToString());
        if (table == "structures") given.TryAdd("named", "yes");
        return await NewFormAsync(work, found.Value, given, Entered.Nothing, null, 200, ct);
    }

    // Whom the row would belong to decides which audiences are offered, and whether the actor may add it at all.
    static async Task<IResult> NewFormAsync(Work work, PortfolioFile file, IReadOnlyDictionary<string, string> cells, Entered entered, Saved? saved, int status, CancellationToken ct)
    {
        var owner = OwnerOf(file, cells);
        var reach = await Reach.OfAsync(work.Db, file, Cells.Tidy(file, cells), null, ct);
        if (!(file.Name == "structures") && Permissions.Refuse(work.Actor, RowEditing.Needs(file, whole: true), reach.Sides, reach.Scope) is { } refusal) return Answers.RefusalPage(refusal);
        var view = new RowView
        {
            File = file, Cells = Cells.Tidy(file, cells), Owner = owner, Sides = file.Name == "structures" ? null : reach.Sides, Entered = entered, Saved = saved,
            Seen = await RowEditing.LastLineAsync(work.Db, ct),
        };
        return Answers.Page<RowPage>(new { View = view }, status);
    }

    static string? OwnerOf(PortfolioFile file, IReadOnlyDictionary<string, string> cells) =>
        file.Find("key") is not null ? null
        : new[] { "subject", "structure", "organisation", "instrument", "person", "successor" }.FirstOrDefault(c => file.Find(c) is not null && cells.TryGetValue(c, out var text) && text.Length > 0);

    static async Task<IResult> AddAsync(Work work, HttpRequest request, string table, CancellationToken ct)
    {
        var found = Table(table);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        var (file, form) = (found.Value, await request.ReadTypedFormAsync(ct));
        var edit = Posted.Edit(file, null, form);
        var saved = table == "structures"
            ? await Structuring.CreateAsync(work, new(edit.Cells, [.. Enumerable.Range(0, 3).Select(i => form[$"party.{i}"].ToString())]), ct)
            : await RowEditing.SaveAsync(work, await WithKeyAsync(work, edit, ct), ct);
        if (saved.Refusal is { } refusal) return OnForm(refusal) ? await NewFormAsync(work, file, edit.Cells, Entered.Of(form, refusal), null, Answers.Status(refusal.Kind), ct) : Answers.RefusalPage(refusal);
        return saved.Value.Done ? Done(file, saved.Value) : await NewFormAsync(work, file, edit.Cells, Posted.Entered(form, saved.Value).Named(table), saved.Value, 422, ct);
    }

    // What could be mended is said on the form, where what was typed stays.
    static bool OnForm(Refusal refusal) => refusal.Kind is RefusalKind.Conflict or RefusalKind.Invalid;

    static async Task<RowEdit> WithKeyAsync(Work work, RowEdit edit, CancellationToken ct) =>
        edit.File.Find("key") is null || edit.Cells.GetValueOrDefault("key") is { Length: > 0 } || (edit.Cells.GetValueOrDefault("name") ?? edit.Cells.GetValueOrDefault("title")) is not { Length: > 0 } name ? edit
        : edit with { Cells = new Dictionary<string, string>(edit.Cells) { ["key"] = await Keys.FreeAsync(work.Db, edit.File, name, ct) } };

    // A row goes back to its record; a link between structures to the lineage.
    internal static IResult Done(PortfolioFile file, Saved saved)
    {
        if (file.Name == "successions" && saved.Record is { } record) return Answers.Go($"{EditAddress.Of(record)}/lineage?done=1");
        return Answers.Go(file.Find("key") is not null ? $"{EditAddress.Of(file.Name, saved.Id!)}?done=1" : $"{EditAddress.Of(saved.Record ?? "")}?done=1#{file.Name}");
    }

    static async Task<IResult> ShowAsync(Work work, PortfolioRecord record, string table, string id, CancellationToken ct)
    {
        var found = Table(table);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        var row = await RowEditing.OpenAsync(work, found.Value, id, ct);
        return row.Ok ? await FormAsync(work, record, row.Value, row.Value.Cells, row.Value.Seen, Entered.Nothing, null, 200, ct) : Answers.RefusalPage(row.Refusal!);
    }

    static async Task<IResult> FormAsync(Work work, PortfolioRecord record, OpenedRow row, IReadOnlyDictionary<string, string> cells, int seen, Entered entered, Saved? saved, int status, CancellationToken ct)
    {
        var last = await RecordPast.LastAsync(work, row.Reach.Record, ct);
        var acted = await Acting.OfAsync(work, (saved?.Others ?? []).Select(o => o.Who).Concat(last is null ? [] : [last.Who]), ct);
        var keyed = row.File.Find("key") is not null;
        var view = new RowView
        {
            File = row.File, Id = row.Id, Cells = cells, Seen = seen, Entered = entered, Owner = OwnerOf(row.File, row.Cells), Sides = row.Reach.Sides, Saved = saved,
            Others = acted, Last = last, LastBy = last is null ? null : acted[last.Who],
        };
        return Answers.Page<RowPage>(new
        {
            View = view,
            Rows = keyed ? SectionRow.Of(record, row.File.Name, row.Id) : new Dictionary<string, IReadOnlyList<SectionRow>>(),
            FieldSources = keyed && row.File.Find("source") is not null
                ? record.FieldCitations[row.Reach.Record].GroupBy(c => c.Field).ToDictionary(g => g.Key, g => g.First().Source[0].Source) : null,
        }, status);
    }

    static async Task<IResult> SaveAsync(Work work, PortfolioRecord record, HttpRequest request, string table, string id, CancellationToken ct)
    {
        var found = Table(table);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        var (file, form) = (found.Value, await request.ReadTypedFormAsync(ct));
        var edit = Posted.Edit(file, id, form);
        var saved = await RowEditing.SaveAsync(work, edit, ct);
        if (saved.Refusal is { } refusal)
            return OnForm(refusal) && await RowEditing.OpenAsync(work, file, id, ct) is { Ok: true, Value: var kept }
                ? await FormAsync(work, record, kept, edit.Cells, edit.Seen, Entered.Of(form, refusal), null, Answers.Status(refusal.Kind), ct) : Answers.RefusalPage(refusal);
        if (saved.Value.Removed) return await NewFormAsync(work, file, edit.Cells, Entered.Of(form), saved.Value, 409, ct);
        var row = await RowEditing.OpenAsync(work, file, id, ct);
        if (saved.Value.Done) return Done(file, saved.Value with { Id = id, Record = saved.Value.Record ?? row.Value.Reach.Record });
        if (!row.Ok) return Answers.RefusalPage(row.Refusal!);
        return saved.Value.Clashes.Count > 0
            // Others' changes are in the cells now: the fields show them, and the choices come with the form.
            ? await FormAsync(work, record, row.Value, saved.Value.Cells, saved.Value.Seen, Kept(form), saved.Value, 409, ct)
            : await FormAsync(work, record, row.Value, edit.Cells, edit.Seen, Posted.Entered(form, saved.Value).Named(table), saved.Value, 422, ct);
    }

    // Of what was posted, only what is not a column: the columns come merged.
    static Entered Kept(IFormCollection form) => new(form.Where(f => f.Key.StartsWith(Posted.CitePrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToString()), []);

    static async Task<IResult> AskAsync(Work work, string table, string id, CancellationToken ct)
    {
        var found = Table(table);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        return (await RowEditing.OpenAsync(work, found.Value, id, ct)).ToPage<OpenedRow, RemovePage>(row => new { Row = row });
    }

    static async Task<IResult> RemoveAsync(Work work, string table, string id, CancellationToken ct)
    {
        var found = Table(table);
        if (!found.Ok) return Answers.RefusalPage(found.Refusal!);
        var row = await RowEditing.OpenAsync(work, found.Value, id, ct);
        if (!row.Ok) return Answers.RefusalPage(row.Refusal!);
        var removed = await RowEditing.DeleteAsync(work, found.Value, id, ct);
        if (removed.Refusal is { Kind: RefusalKind.Conflict } held) return Answers.Page<RemovePage>(new { Row = row.Value, Refusal = held }, 409);
        if (!removed.Ok) return Answers.RefusalPage(removed.Refusal!);
        return Answers.Go(found.Value.Find("key") is not null ? $"/edit?kind={table}" : $"{EditAddress.Of(removed.Value)}?done=1#{table}");
    }

    internal static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
