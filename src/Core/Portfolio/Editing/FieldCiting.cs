using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>The sources of single fields of a keyed record.</summary>
public static class FieldCiting
{
    static PortfolioFile File => RowEditing.Table("citations")!;

    /// <summary>Says what is wrong with an address and a field that a citation names; null where it is sound.</summary>
    internal static Complaint? Complaint(string subject, string field)
    {
        if (subject.Split('/') is not [var table, { Length: > 0 }] || RowEditing.Table(table) is not { } file || !file.Keyed())
            return new("subject", new($"“{subject}” is not the address of a record, such as structures/majulab.",
                $"«\u202F{subject}\u202F» n’est pas l’adresse d’une fiche, comme structures/majulab."));
        return Citable(file).Any(c => c.Name == field) ? null
            : new("field", new($"“{field}” is not a field of the {table}: they are {string.Join(", ", Citable(file).Select(c => c.Name))}.",
                $"«\u202F{field}\u202F» n’est pas un champ de {table}\u202F; les champs sont {string.Join(", ", Citable(file).Select(c => c.Name))}."));
    }

    /// <summary>The columns that can have a source of their own: all that state something.</summary>
    public static IEnumerable<Column> Citable(PortfolioFile file) =>
        file.Columns.Where(c => c.Kind is not (ColumnKind.Key or ColumnKind.Sources or ColumnKind.Audience) && !c.ByVerb && c.Name != "wording");

    /// <summary>Writes the sources chosen beside the fields. An empty one leaves the field to the record's own source.</summary>
    internal static async Task<IReadOnlyList<Fault>> PutAsync(Work work, string record, RowEdit edit, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        if (!edit.File.Keyed()) return [];
        var rows = await work.Db.FieldCitations.Where(c => c.Subject == record).OrderBy(c => c.Id).ToListAsync(ct);
        // A citation would tell of a record that was closed: it goes where the record goes.
        foreach (var row in rows.Where(r => AudienceOf(cells).Kind != AudienceKind.Public && r.Audience.Kind == AudienceKind.Public)) row.Audience = AudienceOf(cells);
        // A form shows the sources that its reader may know of, and speaks of no other.
        var open = new List<FieldCitation>();
        foreach (var row in rows)
            if (await RowEditing.OpensAsync(work, File, row, ct)) open.Add(row);
        var faults = new List<Fault>();
        var meanwhile = await MeanwhileAsync(work.Db, record, rows, edit.Seen, ct);
        foreach (var (field, source) in edit.FieldSources)
        {
            var now = open.FirstOrDefault(r => r.Field == field);
            if (now is not null && source == now.Source[0].Source || now is null && source.Length == 0) continue;
            // Left as the form showed it: what somebody else chose meanwhile stays.
            if (meanwhile.TryGetValue(field, out var was) && source == was) continue;
            if (Complaint(record, field) is { } wrong) faults.Add(new(wrong.Field, wrong.What));
            else if (source.Length > 0 && !await work.Db.Sources.AnyAsync(s => s.Key == source, ct))
                faults.Add(new(field, new($"“{source}” is not a source on the record.", $"«\u202F{source}\u202F» n’est pas une source du registre.")));
            else Put(work.Db, now, record, field, source, cells);
        }
        return faults;
    }

    /// <summary>Of the fields whose source was changed after a line, the source that they had then; empty where they had none.</summary>
    static async Task<IReadOnlyDictionary<string, string>> MeanwhileAsync(Db db, string record, IReadOnlyList<FieldCitation> rows, int line, CancellationToken ct)
    {
        var table = db.Model.FindEntityType(typeof(FieldCitation))!.GetTableName()!;
        var changes = await db.Set<JournalChange>().AsNoTracking().Where(c => c.TableName == table && c.Record == record && c.Line > line)
            .OrderBy(c => c.Line).ThenBy(c => c.Before == null).ToListAsync(ct);
        var was = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var before = RowText.Parse(change.Before);
            // Of a row that was changed the journal tells what changed alone.
            var field = (before ?? RowText.Parse(change.After))?.GetValueOrDefault("field") ?? rows.FirstOrDefault(r => Stored.IdOf(File, r) == change.RowKey)?.Field;
            if (field is null || before is not null && !before.ContainsKey("source")) continue;
            was.TryAdd(field, before?["source"] is { } source ? Citations.Parse(source)[0].Source : "");
        }
        return was;
    }

    static void Put(Db db, FieldCitation? now, string record, string field, string source, IReadOnlyDictionary<string, string> cells)
    {
        // Another source states it in other words: the old wording goes with the old source.
        if (now is not null) db.Remove(now);
        if (source.Length == 0) return;
        db.Add(new FieldCitation
        {
            Subject = record, Field = field, Source = Citations.Parse(source), Audience = AudienceOf(cells),
        });
    }

    static Audience AudienceOf(IReadOnlyDictionary<string, string> cells) =>
        cells.TryGetValue("audience", out var text) ? Audience.Parse(text)!.Value : Audience.Public;
}
