using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>
/// The record that a row belongs to, and who stands behind it: what permission and audience are asked about. Sides and scope are null
/// for what belongs to no side, such as a source.
/// </summary>
public sealed record Reach(string Record, IReadOnlyCollection<string>? Sides, string? Scope)
{
    /// <summary>True where there is no such record, so that nobody can tell whose it was.</summary>
    public bool Gone { get; init; }

    public bool Opens(Actor reader, Audience audience) => audience.OpenTo(reader, Sides, Scope);

    /// <summary>Of a row with these cells; the id of one that has its number already.</summary>
    public static async Task<Reach> OfAsync(Db db, PortfolioFile file, IReadOnlyDictionary<string, string> cells, string? id, CancellationToken ct)
    {
        var record = RecordOf(file, cells, id);
        // What is said of another record is as open as that record.
        if (file.Find("subject") is not null && cells.GetValueOrDefault("subject")?.Split('/') is [not "structures" and var table, var key]
            && RowEditing.Table(table) is { } other && other.Keyed())
            return await Stored.FindAsync(db, other, key, ct) is { } about
                ? await OfAsync(db, other, Cells.Of(other, about), key, ct) with { Record = record } : new(record, [], null);
        return await StructureOfAsync(db, file, cells, ct) is { } structure ? new(record, await SidesAsync(db, structure, ct), $"structures/{structure}")
            : new(record, await BodiesAsync(db, file, cells, ct), null);
    }

    /// <summary>The address of the record without the first slash: structures/majulab for one of its parties.</summary>
    public static string RecordOf(PortfolioFile file, IReadOnlyDictionary<string, string> cells, string? id)
    {
        if (file.Keyed()) return $"{file.Name}/{cells.GetValueOrDefault("key") ?? id}";
        if (file.Find("subject") is not null && cells.TryGetValue("subject", out var subject)) return subject;
        foreach (var (column, kind) in new[] { ("agreement", "agreements"), ("structure", "structures"), ("organisation", "organisations"), ("instrument", "instruments"), ("successor", "structures") })
            if (file.Find(column) is not null && cells.TryGetValue(column, out var key)) return $"{kind}/{key}";
        return id is null ? file.Name : $"{file.Name}/{id}";
    }

    static async Task<string?> StructureOfAsync(Db db, PortfolioFile file, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        const string Structures = "structures";
        if (file.Name == Structures) return cells.GetValueOrDefault("key");
        if (file.Find("subject") is not null) return cells.GetValueOrDefault("subject")?.Split('/') is [Structures, var key] ? key : null;
        if (file.Find("structure") is not null && cells.TryGetValue("structure", out var structure)) return structure;
        return file.Find("agreement") is not null && cells.TryGetValue("agreement", out var agreement)
            ? await db.Agreements.AsNoTracking().Where(a => a.Key == agreement).Select(a => a.Structure).FirstOrDefaultAsync(ct) : null;
    }

    // As PortfolioRecord.SidesOf, asked of the store, since a verb must not wait for the whole record.
    static async Task<IReadOnlyCollection<string>> SidesAsync(Db db, string structure, CancellationToken ct)
    {
        var keys = await db.Parties.AsNoTracking().Where(p => p.Structure == structure && p.Organisation != null).Select(p => p.Organisation!).Distinct().ToListAsync(ct);
        var sides = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys) sides.Add(await RootAsync(db, key, ct));
        return sides;
    }

    // A claim without a structure stands between the bodies that it names.
    static async Task<IReadOnlyCollection<string>?> BodiesAsync(Db db, PortfolioFile file, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        if (file.Find("organisations") is null) return null;
        var sides = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in Column.Items($"{cells.GetValueOrDefault("organisations")};{cells.GetValueOrDefault("institute")}")) sides.Add(await RootAsync(db, key, ct));
        return sides.Count > 0 ? sides : null;
    }

    internal static async Task<string> RootAsync(Db db, string key, CancellationToken ct)
    {
        for (var steps = 0; steps < 10 && await ParentAsync(db, key, ct) is { } parent; steps++) key = parent;
        return key;
    }

    static Task<string?> ParentAsync(Db db, string key, CancellationToken ct) =>
        db.Organisations.AsNoTracking().Where(o => o.Key == key).Select(o => o.Parent).FirstOrDefaultAsync(ct);
}
