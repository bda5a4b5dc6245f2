using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Entente.Core.Store.Journal;

/// <summary>
/// The rows that a save is about to change, noted before it, since afterwards the old values are gone, and told after it, since only then
/// do new rows have their numbers.
/// </summary>
sealed class Pending
{
    readonly List<(EntityEntry Row, EntityState State, Dictionary<string, string?>? Before, List<string>? Changed, string? Audience, string? Key)> _rows = [];

    public bool Any => _rows.Count > 0;

    public string First => _rows[0].Row.Metadata.GetTableName()!;

    public static Pending Of(ChangeTracker tracker)
    {
        var pending = new Pending();
        foreach (var row in tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
            if (row.Metadata.IsJournalled()) pending.Note(row);
        return pending;
    }

    void Note(EntityEntry row)
    {
        if (row.State == EntityState.Added)
        {
            _rows.Add((row, row.State, null, null, null, null));
            return;
        }
        var before = RowText.Cells(row, original: true);
        var changed = row.State == EntityState.Deleted ? null : RowText.Changed(row).Select(RowText.ColumnOf).ToList();
        if (changed is { Count: 0 }) return;
        _rows.Add((row, row.State, before, changed, before.GetValueOrDefault("audience"), RowText.Key(row)));
    }

    public IEnumerable<JournalChange> Changes(int line) => _rows.Select((row, position) =>
    {
        var after = row.State == EntityState.Deleted ? null : RowText.Cells(row.Row, original: false);
        var audience = string.Join(' ', new[] { row.Audience, after?.GetValueOrDefault("audience") }.OfType<string>().Distinct());
        var key = row.Key ?? RowText.Key(row.Row);
        return Change(line, position, row.Row, key, audience, Only(row.Before, row.Changed), Only(after, row.Changed));
    });

    static Dictionary<string, string?>? Only(Dictionary<string, string?>? cells, List<string>? columns) =>
        cells is null || columns is null ? cells : columns.ToDictionary(c => c, c => cells[c], StringComparer.Ordinal);

    static JournalChange Change(int line, int position, EntityEntry row, string key, string audience,
        Dictionary<string, string?>? before, Dictionary<string, string?>? after)
    {
        var (table, salt, record) = (row.Metadata.GetTableName()!, Chain.NewSalt(), RecordOf(row, key));
        JournalChange Draft(string hash) => new()
        {
            Line = line, Position = position, TableName = table, RowKey = key, Record = record,
            Audience = audience.Length == 0 ? null : audience, Before = before is null ? null : RowText.Json(before),
            After = after is null ? null : RowText.Json(after), Salt = salt, Hash = hash,
        };
        return Draft(Chain.OfChange(Draft("")));
    }

    static string RecordOf(EntityEntry row, string key)
    {
        var type = row.Metadata;
        if (type.OwnerKind() is not { } kind) return $"{type.GetTableName()}/{key}";
        var owner = row.CurrentValues[type.FindProperty(type.OwnerKeyProperty()!)!];
        return owner is null ? $"{type.GetTableName()}/{key}" : kind.Length == 0 ? $"{owner}" : $"{kind}/{owner}";
    }
}
