using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>A row to be edited: its cells, and the line of the journal that it was read at.</summary>
public sealed record OpenedRow(PortfolioFile File, string Id, IReadOnlyDictionary<string, string> Cells, Reach Reach, int Seen);

/// <summary>
/// Adds, changes and removes any row of the portfolio. One way for every table: permission, every cell, what it refers to, what others
/// changed in between, and the journal's line.
/// </summary>
public static class RowEditing
{
    public static PortfolioFile? Table(string name) => PortfolioFileSet.All.FirstOrDefault(f => f.Name == name);

    /// <summary>What it takes to change a row of the table; records of their own take more to add or remove than to edit.</summary>
    public static Permission Needs(PortfolioFile file, bool whole) => file.Name switch
    {
        "claims" => Permission.EnterClaims,
        "rules" => Permission.EditRules,
        "deadlines" => Permission.EditRecord,
        _ => whole && file.Keyed() ? Permission.CreateRecord : Permission.EditRecord,
    };

    /// <summary>The row as it stands, for a form. What the actor may not read is not found.</summary>
    public static async Task<Outcome<OpenedRow>> OpenAsync(Work work, PortfolioFile file, string id, CancellationToken ct)
    {
        // The line first: what is written after it is then newer than what the form shows.
        var seen = await LastLineAsync(work.Db, ct);
        if (await Stored.FindAsync(work.Db, file, id, ct) is not { } row || !await OpensAsync(work, file, row, ct)) return Missing(file, id);
        var cells = Cells.Of(file, row);
        var reach = await Reach.OfAsync(work.Db, file, cells, id, ct);
        work.Db.ChangeTracker.Clear();
        if (Permissions.Refuse(work.Actor, Needs(file, whole: false), reach.Sides, reach.Scope) is { } refusal) return refusal;
        return new OpenedRow(file, id, cells, reach, seen);
    }

    public static async Task<int> LastLineAsync(Db db, CancellationToken ct) => await db.Journal.MaxAsync(j => (int?)j.Id, ct) ?? 0;

    /// <summary>Adds the row or saves its changes, with others' changes since it was seen.</summary>
    public static async Task<Outcome<Saved>> SaveAsync(Work work, RowEdit edit, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        var saved = edit.Id is null ? await AddAsync(work, edit, null, ct) : await ChangeAsync(work, edit, edit.Id, ct);
        if (saved is { Ok: true, Value: { Done: true, Record: not null } done })
        {
            work.Log($"{edit.File.Name}.{(edit.Id is null ? "add" : "edit")}", done.Record, $"{done.Written.Count} fields");
            await work.Db.SaveChangesAsync(ct);
            await pen.CommitAsync(ct);
            if (done.Id is null) saved = done with { Id = Stored.IdOf(edit.File, work.Db.ChangeTracker.Entries().First(e => e.Entity.GetType() == edit.File.Type).Entity) };
        }
        work.Db.ChangeTracker.Clear();
        return saved;
    }

    /// <summary>Tracks the new row; its caller writes the line and saves.</summary>
    internal static async Task<Outcome<Saved>> AddAsync(Work work, RowEdit edit, IReadOnlyCollection<string>? sides, CancellationToken ct)
    {
        var cells = Cells.Tidy(edit.File, edit.Cells).Where(c => edit.File.Find(c.Key) is { ByVerb: false }).ToDictionary();
        var reach = await Reach.OfAsync(work.Db, edit.File, cells, null, ct);
        if (sides is not null) reach = reach with { Sides = sides };
        if (Permissions.Refuse(work.Actor, Needs(edit.File, whole: true), reach.Sides, reach.Scope) is { } refusal) return refusal;
        if (await Guarding.RefuseAsync(work, edit.File, new Dictionary<string, string>(), cells, ct) is { } guarded) return guarded;
        var faults = await Checks.FaultsAsync(work, edit.File, cells, new Dictionary<string, string>(), null, reach, ct);
        if (faults.Count > 0) return new Saved { Faults = faults };
        work.Db.Add(Cells.Make(edit.File, cells));
        var cited = await FieldCiting.PutAsync(work, reach.Record, edit, cells, ct);
        return cited.Count > 0 ? new Saved { Faults = cited }
            : new Saved { Id = edit.File.Keyed() ? cells["key"] : null, Record = reach.Record, Written = [.. cells.Keys] };
    }

    static async Task<Outcome<Saved>> ChangeAsync(Work work, RowEdit edit, string id, CancellationToken ct)
    {
        var file = edit.File;
        var seen = await LastLineAsync(work.Db, ct);
        if (await Stored.FindAsync(work.Db, file, id, ct) is not { } row || !await OpensAsync(work, file, row, ct))
            return await LaterChanges.RemovedAsync(work.Db, file, id, edit.Seen, ct) ? new Saved { Removed = true, Cells = edit.Cells, Seen = seen } : Missing(file, id);
        var theirs = Cells.Of(file, row);
        var reach = await Reach.OfAsync(work.Db, file, theirs, id, ct);
        if (Permissions.Refuse(work.Actor, Needs(file, whole: false), reach.Sides, reach.Scope) is { } refusal) return refusal;
        var (was, others) = await LaterChanges.ReadAsync(work.Db, file, id, theirs, edit.Seen, ct);
        var yours = WithFixed(file, Cells.Tidy(file, edit.Cells), was);
        var merge = Merging.Of(file, was, yours, theirs, edit.Choices);
        if (merge.Clashes.Count > 0) return new Saved { Clashes = merge.Clashes, Others = others, Cells = merge.Cells, Merged = merge.Theirs, Seen = seen };
        var after = await Reach.OfAsync(work.Db, file, merge.Cells, id, ct);
        if (Permissions.Refuse(work.Actor, Needs(file, whole: false), after.Sides, after.Scope) is { } there) return there;
        if (await Guarding.RefuseAsync(work, file, theirs, merge.Cells, ct) is { } guarded) return guarded;
        var faults = await Checks.FaultsAsync(work, file, merge.Cells, theirs, id, after, ct);
        if (faults.Count > 0) return new Saved { Faults = faults, Merged = merge.Theirs };
        Stored.Put(work.Db, file, row, Cells.Make(file, merge.Cells));
        var cited = await FieldCiting.PutAsync(work, reach.Record, edit, merge.Cells, ct);
        if (cited.Count > 0) return new Saved { Faults = cited };
        string[] written = [.. file.Columns.Select(c => c.Name).Where(c => merge.Cells.GetValueOrDefault(c) != theirs.GetValueOrDefault(c))];
        var changed = written.Length > 0 || work.Db.ChangeTracker.HasChanges();
        return new Saved { Id = id, Record = changed ? reach.Record : null, Written = written, Merged = merge.Theirs, Others = others };
    }

    // The key is the record's address, and some columns are for verbs of their own: a form changes neither.
    static Dictionary<string, string> WithFixed(PortfolioFile file, IReadOnlyDictionary<string, string> cells, IReadOnlyDictionary<string, string> row)
    {
        var all = new Dictionary<string, string>(cells, StringComparer.Ordinal);
        foreach (var column in file.Columns.Where(c => c.ByVerb || c.Kind == ColumnKind.Key).Select(c => c.Name))
            if (row.TryGetValue(column, out var cell)) all[column] = cell;
            else all.Remove(column);
        return all;
    }

    /// <summary>Removes a row that nothing refers to.</summary>
    public static async Task<Outcome<string>> DeleteAsync(Work work, PortfolioFile file, string id, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        if (await Stored.FindAsync(work.Db, file, id, ct) is not { } row || !await OpensAsync(work, file, row, ct)) return Missing(file, id);
        var reach = await Reach.OfAsync(work.Db, file, Cells.Of(file, row), id, ct);
        if (Permissions.Refuse(work.Actor, Needs(file, whole: true), reach.Sides, reach.Scope) is { } refusal) return refusal;
        if (await Guarding.RefuseAsync(work, file, Cells.Of(file, row), new Dictionary<string, string>(), ct) is { } guarded) return guarded;
        if (file.Keyed() && await Referring.RefuseAsync(work, file, id, ct) is { } held) return held;
        work.Db.Remove(row);
        work.Log($"{file.Name}.delete", reach.Record);
        try
        {
            await work.Db.SaveChangesAsync(ct);
            await pen.CommitAsync(ct);
        }
        catch (Exception e) when (Stored.Held(e))
        {
            return Referring.Held(["…"]);
        }
        finally
        {
            work.Db.ChangeTracker.Clear();
        }
        return reach.Record;
    }

    /// <summary>True where the actor may know of a row: of the row itself and of what it names, since it would tell of that.</summary>
    internal static async Task<bool> OpensAsync(Work work, PortfolioFile file, object row, CancellationToken ct)
    {
        if (!await OpenAloneAsync(work, file, row, ct)) return false;
        var cells = Cells.Of(file, row);
        var named = file.Columns.Where(c => cells.ContainsKey(c.Name)).SelectMany(c => Checks.References(c, cells[c.Name]));
        if (file.Find("subject") is not null && cells.GetValueOrDefault("subject")?.Split('/') is [var kind, var about]) named = named.Append((kind, about));
        foreach (var (of, key) in named)
            if (Table(of) is { } other && other.Keyed() && await Stored.FindAsync(work.Db, other, key, ct) is { } there && !await OpenAloneAsync(work, other, there, ct)) return false;
        return true;
    }

    static async Task<bool> OpenAloneAsync(Work work, PortfolioFile file, object row, CancellationToken ct)
    {
        var audience = Structuring.AudienceOf(row);
        return audience.Kind == AudienceKind.Public || (await Reach.OfAsync(work.Db, file, Cells.Of(file, row), Stored.IdOf(file, row), ct)).Opens(work.Actor, audience);
    }

    internal static Refusal Missing(PortfolioFile file, string id) => Refusal.NotFound("unknown-row",
        $"There is no row “{id}” among the {file.Name}: it may have been removed. Go back to the record and look again.",
        $"Il n’y a pas de ligne «\u202F{id}\u202F» ({file.Name})\u202F: elle a peut-être été supprimée. Revenez à la fiche et regardez de nouveau.");
}
