using System.Globalization;
using Entente.Core.Store.Copying;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Search;

/// <summary>
/// The full-text index: FTS5 on SQLite, a text-search vector on PostgreSQL. It is changed in the transaction of the write that it
/// follows, and made anew from the record where it is missing or of another make, so it is neither copied nor journalled.
/// </summary>
public static class SearchIndex
{
    /// <summary>Raised whenever what is put into the index changes, so that older ones are made anew.</summary>
    const string Make = "1";

    /// <summary>An entry's number: kind, thing, and which of the thing's audiences.</summary>
    internal const int KindShift = 40, ThingShift = 8;

    const int Most = 1 << ThingShift, Batch = 500;

    /// <summary>Past so many changed things it is quicker, and as sound, to make all anew.</summary>
    const int Many = 2_000;

    /// <summary>Makes the index where it is missing or of another make. Returns how many entries were made; null where nothing was to do.</summary>
    public static async Task<int?> EnsureAsync(Db db, CancellationToken ct)
    {
        if (await IsCurrentAsync(db, ct)) return null;
        await using var turn = await db.BeginWriteAsync(ct);
        if (await IsCurrentAsync(db, ct)) return null;
        var made = await RebuildAsync(db, ct);
        await turn.CommitAsync(ct);
        return made;
    }

    static async Task<bool> IsCurrentAsync(Db db, CancellationToken ct) =>
        (await db.RowsAsync("select value from search_state where name = 'make'", r => r.GetString(0), ct)).SingleOrDefault() == Make;

    /// <summary>Makes the index anew from the record, within the caller's transaction.</summary>
    public static async Task<int> RebuildAsync(Db db, CancellationToken ct)
    {
        await db.RunAsync("delete from search_entry", ct);
        if (db.Database.IsSqlite()) await db.RunAsync("insert into search_words (search_words) values ('delete-all')", ct);
        await db.RunAsync("delete from search_state", ct);
        var entries = 0;
        await using (var writer = SearchWriter.Of(db))
            foreach (var source in SearchSource.All)
                foreach (var kind in source.Kinds)
                {
                    var thing = 0L;
                    foreach (var document in await source.ReadAsync(db, kind.Name, null, ct))
                        entries += await AddAsync(writer, kind, thing++, document, ct);
                    await writer.FlushAsync(ct);
                }
        // One segment is asked faster than the many that so many entries leave.
        if (db.Database.IsSqlite()) await db.RunAsync("insert into search_words (search_words) values ('optimize')", ct);
        // PostgreSQL plans by what it counted last, which was another table.
        else await db.RunAsync("analyze search_entry", ct);
        await db.RunAsync($"insert into search_state (name, value) values ('make', '{Make}')", ct);
        return entries;
    }

    /// <summary>Follows changed records, by kind and key, within the transaction that changed them.</summary>
    internal static async Task UpdateAsync(Db db, ILookup<string, string> records, CancellationToken ct)
    {
        if (records.Sum(kind => kind.Count()) > Many)
        {
            await RebuildAsync(db, ct);
            return;
        }
        foreach (var source in SearchSource.All)
        {
            var touched = await source.TouchedAsync(db, records, ct);
            if (touched.Sum(kind => kind.Count()) > Many)
            {
                await RebuildAsync(db, ct);
                return;
            }
            foreach (var kind in touched)
                foreach (var keys in kind.Distinct().Chunk(Batch))
                    await UpdateAsync(db, source, SearchSource.AllKinds[kind.Key], keys, ct);
        }
    }

    static async Task UpdateAsync(Db db, SearchSource source, SearchKind kind, string[] keys, CancellationToken ct)
    {
        var names = string.Join(", ", keys.Select((_, i) => $"@p{i}"));
        var old = await db.RowsAsync($"select id, key from search_entry where kind = '{kind.Name}' and key in ({names})", r => (Id: r.GetInt64(0), Key: r.GetString(1)), ct, keys);
        var next = await NextAsync(db, kind, ct);
        if (old.Count > 0)
        {
            var ids = string.Join(", ", old.Select(o => o.Id.ToString(CultureInfo.InvariantCulture)));
            await db.RunAsync($"delete from search_entry where id in ({ids})", ct);
            if (db.Database.IsSqlite()) await db.RunAsync($"delete from search_words where rowid in ({ids})", ct);
        }
        var things = old.GroupBy(o => o.Key).ToDictionary(g => g.Key, g => (g.First().Id & (1L << KindShift) - 1) >> ThingShift);
        await using var writer = SearchWriter.Of(db);
        foreach (var document in await source.ReadAsync(db, kind.Name, keys, ct))
            await AddAsync(writer, kind, things.TryGetValue(document.Key, out var thing) ? thing : next++, document, ct);
        await writer.FlushAsync(ct);
    }

    static async Task<long> NextAsync(Db db, SearchKind kind, CancellationToken ct)
    {
        var (from, to) = Range(kind);
        var last = (await db.RowsAsync(string.Create(CultureInfo.InvariantCulture, $"select coalesce(max(id), {from - 1}) from search_entry where id >= {from} and id < {to}"), r => r.GetInt64(0), ct))[0];
        return last < from ? 0 : ((last - from) >> ThingShift) + 1;
    }

    internal static (long From, long To) Range(SearchKind kind) => ((long)kind.Number << KindShift, ((long)kind.Number + 1) << KindShift);

    static async Task<int> AddAsync(SearchWriter writer, SearchKind kind, long thing, SearchDocument document, CancellationToken ct)
    {
        var id = Range(kind).From + (thing << ThingShift);
        var entries = 0;
        foreach (var entry in document.Entries().Take(Most))
        {
            await writer.AddAsync(id++, entry, ct);
            entries++;
        }
        return entries;
    }
}
