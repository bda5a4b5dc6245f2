using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>What on the record refers to a keyed row.</summary>
static class Referring
{
    /// <summary>Null where nothing refers to the row; otherwise a refusal that says what does, as far as the actor may know.</summary>
    public static async Task<Refusal?> RefuseAsync(Work work, PortfolioFile file, string key, CancellationToken ct)
    {
        var names = new List<string>();
        var hidden = false;
        foreach (var other in PortfolioFileSet.All)
            foreach (var row in await RowsAsync(work.Db, other, file, key, ct))
                if (await RowEditing.OpensAsync(work, other, row, ct)) names.Add(NameOf(other, row));
                else hidden = true;
        if (hidden) names.Add("…");
        return names.Count == 0 ? null : Held(names);
    }

    public static Refusal Held(IReadOnlyList<string> names)
    {
        const int Told = 8;
        var list = string.Join("; ", names.Distinct().Take(Told)) + (names.Distinct().Count() > Told ? "; …" : "");
        return Refusal.Conflict("referred-to",
            $"It stays, since others refer to it: {list}. Remove or change these first; a structure that is over is ended, not removed.",
            $"Elle reste, car d’autres lignes y renvoient\u202F: {list}. Supprimez ou modifiez-les d’abord\u202F; une structure terminée se clôt, elle ne se supprime pas.");
    }

    static string NameOf(PortfolioFile file, object row)
    {
        var cells = Cells.Of(file, row);
        var record = Reach.RecordOf(file, cells, null);
        return file.Keyed() ? record : $"{file.Name} ({record})";
    }

    static async Task<IEnumerable<object>> RowsAsync(Db db, PortfolioFile other, PortfolioFile file, string key, CancellationToken ct)
    {
        var columns = other.Columns.Where(c => c.Kind is ColumnKind.Reference or ColumnKind.References && c.Of == file.Name
            || (c.Kind == ColumnKind.Sources && file.Name == "sources") || (c.Name == "subject" && other.Find("field") is not null)).ToList();
        if (columns.Count == 0) return [];
        if (columns.All(c => c.Kind == ColumnKind.Reference))
        {
            var found = new HashSet<object>();
            foreach (var name in columns.Select(c => RowCells.PropertyOf(other, c).Name))
                found.UnionWith(await Stored.Rows(db, other).AsNoTracking().Where(r => EF.Property<string>(r, name) == key).ToListAsync(ct));
            return found;
        }
        // Lists of keys are texts to the database.
        var all = await Stored.Rows(db, other).AsNoTracking().ToListAsync(ct);
        return all.Where(row => columns.Any(c => RowCells.PropertyOf(other, c).GetValue(row)?.ToString() is { } cell
            && (c.Name == "subject" ? cell == $"{file.Name}/{key}" : Checks.References(c, cell).Contains((file.Name, key)))));
    }
}
