using System.Text.Json;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>What happened to a row after a line of the journal.</summary>
static class LaterChanges
{
    /// <summary>The row as it stood at the line, from how it stands now and what was journalled in between; and who did that.</summary>
    public static async Task<(IReadOnlyDictionary<string, string> Was, IReadOnlyList<OtherEdit> Others)> ReadAsync(Db db, PortfolioFile file, string id,
        IReadOnlyDictionary<string, string> now, int line, CancellationToken ct)
    {
        var table = TableOf(db, file);
        var changes = await (from change in db.Set<JournalChange>().AsNoTracking()
                             join entry in db.Journal.AsNoTracking() on change.Line equals entry.Id
                             where change.TableName == table && change.RowKey == id && change.Line > line
                             orderby change.Line descending
                             select new { change.Before, entry.Who, entry.At }).ToListAsync(ct);
        var was = new Dictionary<string, string>(now, StringComparer.Ordinal);
        foreach (var change in changes.Where(c => c.Before is not null))
            foreach (var (name, stored) in JsonSerializer.Deserialize<Dictionary<string, string?>>(change.Before!)!)
                if (file.Find(name) is { } column)
                {
                    if (Cells.FromStore(column, stored) is { } text) was[name] = text;
                    else was.Remove(name);
                }
        return (was, [.. changes.Select(c => new OtherEdit(c.Who, c.At)).Reverse()]);
    }

    public static Task<bool> RemovedAsync(Db db, PortfolioFile file, string id, int line, CancellationToken ct)
    {
        var table = TableOf(db, file);
        return db.Set<JournalChange>().AnyAsync(c => c.TableName == table && c.RowKey == id && c.Line > line && c.After == null, ct);
    }

    static string TableOf(Db db, PortfolioFile file) => db.Model.FindEntityType(file.Type)!.GetTableName()!;
}
