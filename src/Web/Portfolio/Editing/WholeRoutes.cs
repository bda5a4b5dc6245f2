using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Editing;

/// <summary>What happens to a structure as a whole: it is renamed, split, ended, linked to others.</summary>
static class WholeRoutes
{
    const string Structures = "structures";

    public static void MapWholeStructures(this IEndpointRouteBuilder edit)
    {
        edit.MapGet("/edit/{table}/{id}/rename", async (Work work, string table, string id, CancellationToken ct) => await RenameFormAsync(work, table, id, Entered.Nothing, 200, ct));
        edit.MapPost("/edit/{table}/{id}/rename", RenameAsync);
        edit.MapGet("/edit/structures/{id}/end", async (Work work, string id, CancellationToken ct) => await EndFormAsync(work, id, Entered.Nothing, 200, ct));
        edit.MapPost("/edit/structures/{id}/end", EndAsync);
        edit.MapGet("/edit/structures/{id}/split", async (Work work, PortfolioRecord record, string id, CancellationToken ct) => await SplitFormAsync(work, record, id, Entered.Nothing, 200, ct)).Needs(Permission.CreateRecord);
        edit.MapPost("/edit/structures/{id}/split", SplitAsync).Needs(Permission.CreateRecord);
        edit.MapGet("/edit/structures/{id}/lineage", LineageAsync);
    }

    static Task<Outcome<OpenedRow>> OpenAsync(Work work, string table, string id, CancellationToken ct) => RowEditing.OpenAsync(work, RowEditing.Table(table)!, id, ct);

    static async Task<IResult> RenameFormAsync(Work work, string table, string id, Entered entered, int status, CancellationToken ct)
    {
        if (table is not (Structures or "organisations")) return Answers.RefusalPage(EditRoutes.Table("rename").Refusal!);
        var row = await OpenAsync(work, table, id, ct);
        return row.Ok ? Answers.Page<RenamePage>(new { Table = table, Key = id, row.Value.Cells, Entered = entered }, status) : Answers.RefusalPage(row.Refusal!);
    }

    static async Task<IResult> RenameAsync(Work work, HttpRequest request, string table, string id, CancellationToken ct)
    {
        if (table is not (Structures or "organisations")) return Answers.RefusalPage(EditRoutes.Table("rename").Refusal!);
        var form = await request.ReadTypedFormAsync(ct, "from");
        var asked = new NewName(form["from"].ToString(), form["name"].ToString(), Given(form["name_fr"]), Given(form["date"].ToString()), Posted.Sources(form), Given(form["wording"]));
        var saved = await Structuring.RenameAsync(work, RowEditing.Table(table)!, id, asked, ct);
        if (saved.Refusal is { Kind: RefusalKind.Conflict } refusal)
            return await RenameFormAsync(work, table, id, Entered.Of(form, refusal) is var entered ? entered with { Values = entered.Values.Where(v => v.Key != "from").ToDictionary() } : entered, 409, ct);
        if (!saved.Ok) return Answers.RefusalPage(saved.Refusal!);
        return saved.Value.Done ? Answers.Go($"{EditAddress.Of(table, id)}?done=1") : await RenameFormAsync(work, table, id, Posted.Entered(form, saved.Value).Named(table), 422, ct);
    }

    static async Task<IResult> EndFormAsync(Work work, string id, Entered entered, int status, CancellationToken ct)
    {
        var row = await OpenAsync(work, Structures, id, ct);
        return row.Ok ? Answers.Page<EndPage>(new { Key = id, Entered = entered }, status) : Answers.RefusalPage(row.Refusal!);
    }

    static async Task<IResult> EndAsync(Work work, HttpRequest request, string id, CancellationToken ct)
    {
        var form = await request.ReadTypedFormAsync(ct);
        var asked = new Ending(form["date"].ToString(), form["reason"].ToString(), form["reason_fr"].ToString(), Posted.Sources(form), Given(form["wording"]));
        var saved = await Structuring.EndAsync(work, id, asked, ct);
        if (saved.Refusal is { Kind: RefusalKind.Conflict } refusal) return await EndFormAsync(work, id, Entered.Of(form, refusal), 409, ct);
        if (!saved.Ok) return Answers.RefusalPage(saved.Refusal!);
        return saved.Value.Done ? Answers.Go($"{EditAddress.Of(Structures, id)}?done=1#acts") : await EndFormAsync(work, id, Posted.Entered(form, saved.Value), 422, ct);
    }

    static async Task<IResult> SplitFormAsync(Work work, PortfolioRecord record, string id, Entered entered, int status, CancellationToken ct)
    {
        var row = await OpenAsync(work, Structures, id, ct);
        if (!row.Ok) return Answers.RefusalPage(row.Refusal!);
        var rows = SectionRow.Of(record, Structures, id);
        return Answers.Page<SplitPage>(new { Key = id, Parties = rows["parties"], Sites = rows["sites"], Entered = entered }, status);
    }

    static async Task<IResult> SplitAsync(Work work, PortfolioRecord record, HttpRequest request, string id, CancellationToken ct)
    {
        var form = await request.ReadTypedFormAsync(ct);
        var plan = new SplitPlan(Given(form["first"]), form["second"].ToString(), form["date"].ToString(), Posted.Sources(form), Given(form["wording"]), Parts(form, "party."), Parts(form, "site."));
        var split = await Splitting.SplitAsync(work, id, plan, ct);
        if (!split.Ok) return Answers.RefusalPage(split.Refusal!);
        return split.Value.Saved.Done ? Answers.Go($"{EditAddress.Of(Structures, id)}/lineage?done=1") : await SplitFormAsync(work, record, id, Posted.Entered(form, split.Value.Saved), 422, ct);
    }

    static Dictionary<int, Part> Parts(IFormCollection form, string prefix) => form
        .Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(f.Key[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .ToDictionary(f => EditRoutes.Number(f.Key[prefix.Length..]), f => f.Value.ToString() switch { "first" => Part.First, "second" => Part.Second, "neither" => Part.Neither, _ => Part.Both });

    static async Task<IResult> LineageAsync(Work work, PortfolioRecord record, string id, CancellationToken ct)
    {
        var opened = await OpenAsync(work, Structures, id, ct);
        if (!opened.Ok) return Answers.RefusalPage(opened.Refusal!);
        var today = PortfolioRoutes.Today(work);
        var row = PortfolioQueries.Row(record, record.Structures[id], today) with { Stretches = Lineages.WithPredecessors(record, record.Structures[id], today) };
        return Answers.Page<LineagePage>(new { Row = row, PortfolioQueries.Overview(record, new(), today).Axis });
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
