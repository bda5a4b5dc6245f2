using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Copying;

namespace Entente.Core.Accounts.Personal;

/// <summary>What one table holds of a person.</summary>
public sealed record PersonalPart(PersonalTable Table, int Rows);

/// <summary>A file with all that is kept of a person, and how much of it there is.</summary>
public sealed record PersonalFile(byte[] Zip, IReadOnlyList<PersonalPart> Parts);

/// <summary>
/// All that is kept of one person, as JSON in a zip: a file for each table. What proves who somebody is stays in the record, and of texts
/// by others that name the person it says how many and where, since those texts have readers of their own.
/// </summary>
public static class PersonalExport
{
    const string Hidden = "(kept, not shown)";

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For whoever is signed in, of themselves.</summary>
    public static async Task<Outcome<PersonalFile>> OwnAsync(Work work, CancellationToken ct)
    {
        var own = await Profile.OwnAsync(work, ct);
        return own.Refusal is { } refusal ? refusal : await WriteAsync(work, await Subjects.OwnAsync(work, ct), ct);
    }

    /// <summary>For an administrator, of anyone who asked for it.</summary>
    public static async Task<Outcome<PersonalFile>> OfAsync(Work work, Subject subject, CancellationToken ct) =>
        Subjects.Refuse(work.Actor) is { } refusal ? refusal : await WriteAsync(work, subject, ct);

    static async Task<Outcome<PersonalFile>> WriteAsync(Work work, Subject subject, CancellationToken ct)
    {
        if (await Known.OfAsync(work.Db, subject, ct) is not { } known) return Subjects.Unknown;
        var tables = (await Catalog.ReadAsync(work.Db, ct)).ToDictionary(t => t.Name);
        var parts = new List<PersonalPart>();
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var table in PersonalData.All.Where(t => tables.ContainsKey(t.Table)))
            {
                if (PersonalRows.Of(table, known) is not { } own) continue;
                var rows = await work.Db.RowsAsync($"select * from {table.Table} where {own.Where}", row => Row(row, table), ct, own.Values);
                if (rows.Count == 0) continue;
                parts.Add(new(table, rows.Count));
                await AddAsync(zip, table.Table, new { what = table.What.En, why = table.Why.En, until = table.Until.En, seenBy = table.Seen.En, rows }, work, ct);
            }
            await AddAsync(zip, "named-in-texts", await NamedAsync(work.Db, known, tables, ct), work, ct);
        }
        work.Log("person.export", subject.Account is { } account ? Account.SubjectOf(account) : $"people/{subject.People[0]}",
            string.Create(CultureInfo.InvariantCulture, $"{parts.Sum(p => p.Rows)} rows of {parts.Count} tables"));
        await work.Db.SaveChangesAsync(ct);
        return new PersonalFile(file.ToArray(), parts);
    }

    static Dictionary<string, object?> Row(System.Data.Common.DbDataReader row, PersonalTable table) => Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName,
        i => row.IsDBNull(i) ? null : table.Secrets.Contains(row.GetName(i)) ? Hidden : row.GetValue(i));

    static async Task<Dictionary<string, int>> NamedAsync(Db db, Known known, Dictionary<string, StoredTable> tables, CancellationToken ct)
    {
        var counts = new Dictionary<string, int>();
        foreach (var (name, columns) in PersonalTexts.Free.Where(t => tables.ContainsKey(t.Key) && known.Words.Words.Count > 0))
        {
            var rows = await PersonalRows.TellingAsync(db, tables[name], columns, [.. known.Words.Spellings], ct);
            if (rows.Count(r => r.Texts.Values.Any(known.Words.In)) is > 0 and var count) counts[name] = count;
        }
        return counts;
    }

    static async Task AddAsync(ZipArchive zip, string name, object content, Work work, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name + ".json");
        entry.LastWriteTime = work.Now;
        await using var stream = await entry.OpenAsync(ct);
        await JsonSerializer.SerializeAsync(stream, content, Readable, ct);
    }
}
