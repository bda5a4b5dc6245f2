using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store.Copying;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Search;

/// <summary>A thing found. Rank: 0 its whole title, 1 a title that begins so, 2 every word in its title, 3 in its texts.</summary>
public sealed record Found(string Kind, string Key, Said Title, int Rank);

/// <summary>Things of one kind, the best first, and how many there are.</summary>
public sealed record FoundKind(string Kind, int Count, IReadOnlyList<Found> Best);

/// <summary>Looks for words over everything that the reader may see. A word is found where another begins with it; all must occur.</summary>
public static class Searching
{
    const int MostWords = 12;

    /// <summary>How many entries of a kind are ranked: past them the order says nothing that more words would not say better.</summary>
    public const int Ranked = 500;

    /// <summary>From so many things on, PostgreSQL finds the first of a kind in order sooner than all of them.</summary>
    const int Common = 1_000;

    /// <param name="best">how many of each kind are named; all are counted</param>
    /// <param name="kind">only this kind; null for every one</param>
    public static async Task<IReadOnlyList<FoundKind>> FindAsync(Work work, string words, int best, CancellationToken ct, string? kind = null)
    {
        var asked = Words.Of(words).Distinct().Take(MostWords).ToList();
        var kinds = SearchSource.AllKinds.Values.Where(k => kind is null || k.Name == kind).ToList();
        if (asked.Count == 0 || kinds.Count == 0) return [];
        var question = new Question(work.Db.Database.IsNpgsql(), asked, Lexemes.Of(work.Actor));
        var counts = await CountAsync(work.Db, question, ct);
        kinds = [.. kinds.Where(k => counts.ContainsKey(k.Number))];
        if (kinds.Count == 0) return [];
        var found = await BestAsync(work.Db, question, kinds, counts.Values.Sum(), words, ct);
        return [.. kinds.OrderBy(k => k.Number).Select(k => new FoundKind(k.Name, counts[k.Number], [.. found[k.Name].Take(best)]))];
    }

    /// <summary>The same question in the words of either database: lexemes of letters and digits alone, so nothing need be escaped.</summary>
    sealed record Question(bool Postgres, IReadOnlyList<string> Words, IReadOnlyList<string>? Reader)
    {
        public string Anywhere => All("x");
        public string InTitle => All("t");

        string All(string zone) => With(Words.Select(w => Postgres ? $"{zone}{w}:*" : $"{zone}{w}*"));

        public string Whole(string title) => With([Lexemes.Whole(title)]);

        /// <summary>In entries that anyone may read, and in the others that this reader may; in PostgreSQL's words.</summary>
        public string InPublic => With(Lexemes.Public, Words.Select(w => $"x{w}:*"));
        public string Elsewhere => With(Reader is null ? $"!{Lexemes.Public}" : Any(Reader.Where(mark => mark != Lexemes.Public)), Words.Select(w => $"x{w}:*"));

        string With(IEnumerable<string> terms) => With(Reader is null ? null : Any(Reader), terms);

        string With(string? whose, IEnumerable<string> terms) => string.Join(Postgres ? " & " : " AND ", whose is null ? terms : terms.Prepend(whose));

        string Any(IEnumerable<string> marks) => "(" + string.Join(Postgres ? " | " : " OR ", marks) + ")";

        public string From => Postgres ? "search_entry where words @@ @p{0}::tsquery" : "search_words where search_words match @p{0}";
        public string Id => Postgres ? "id" : "rowid";
    }

    static async Task<Dictionary<int, int>> CountAsync(Db db, Question q, CancellationToken ct)
    {
        // Of each thing one entry at most is public: who may read no other counts them as they come.
        var everyone = q.Reader is [Lexemes.Public];
        var things = everyone ? "*" : string.Create(CultureInfo.InvariantCulture, $"distinct {q.Id} >> {SearchIndex.ThingShift}");
        var sql = q.Postgres && !everyone ? ApartSql : string.Create(CultureInfo.InvariantCulture,
            $"select {q.Id} >> {SearchIndex.KindShift}, count({things}) from {string.Format(CultureInfo.InvariantCulture, q.From, 0)} group by 1");
        string[] terms = q.Postgres && !everyone ? [q.InPublic, q.Elsewhere] : [q.Anywhere];
        return (await db.RowsAsync(sql, r => ((int)r.GetInt64(0), (int)r.GetInt64(1)), ct, terms)).ToDictionary();
    }

    // PostgreSQL sorts what it counts the different of. Public entries need no telling apart, and the others are few: of these, the things
    // that were not found already. “offset 0” has each looked up by its number, whatever the planner makes of how many there are.
    static string ApartSql { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        select kind, sum(things)::bigint from (
            select id >> {SearchIndex.KindShift} as kind, count(*) as things from search_entry where words @@ @p0::tsquery group by 1
            union all
            select thing >> {SearchIndex.KindShift - SearchIndex.ThingShift}, count(*)
            from (select distinct id >> {SearchIndex.ThingShift} as thing from search_entry where words @@ @p1::tsquery) as more
            where not exists (select 1 from (select words from search_entry where id >= thing << {SearchIndex.ThingShift} and id < (thing + 1) << {SearchIndex.ThingShift} offset 0) as entry where words @@ @p0::tsquery)
            group by 1
        ) as counted group by kind
        """);

    // Of each kind, entries whose whole title it is, then whose title holds it; then, where those are few, any.
    static async Task<ILookup<string, Found>> BestAsync(Db db, Question q, List<SearchKind> kinds, int found, string words, CancellationToken ct)
    {
        string[] terms = [q.Whole(words), q.InTitle, q.Anywhere];
        var titles = await EntriesAsync(db, q, kinds, found, terms, 0..2, ct);
        var few = kinds.Where(kind => titles.Count(t => t.Kind == kind.Name) < Ranked).ToList();
        return Order(titles.Concat(few.Count == 0 ? [] : await EntriesAsync(db, q, few, found, terms, 2..3, ct))).ToLookup(f => f.Kind);
    }

    static async Task<List<Found>> EntriesAsync(Db db, Question q, List<SearchKind> kinds, int found, string[] terms, Range zones, CancellationToken ct)
    {
        var (first, count) = zones.GetOffsetAndLength(terms.Length);
        var parts = kinds.SelectMany(kind => Enumerable.Range(first, count).Select(i =>
        {
            var (from, to) = SearchIndex.Range(kind);
            var where = string.Format(CultureInfo.InvariantCulture, q.From, i);
            // PostgreSQL would walk a whole kind in order for a title or words that few have; of a sum it knows no order, and looks them up.
            var id = q.Postgres && (i == 0 || found < Common) ? "id + 0" : q.Id;
            return string.Create(CultureInfo.InvariantCulture, $"select * from (select {q.Id} as id, {i} as zone from {where} and {id} >= {from} and {id} < {to} order by {id} limit {Ranked}) as part{i}_{kind.Number}");
        }));
        var sql = $"select e.id, e.kind, e.key, e.title, e.title_fr, min(f.zone) from ({string.Join(" union all ", parts)}) as f join search_entry e on e.id = f.id group by e.id, e.kind, e.key, e.title, e.title_fr";
        var rows = await db.RowsAsync(sql, r => (Kind: r.GetString(1), Key: r.GetString(2), Title: new Said(r.GetString(3), r.GetString(4)), Zone: (int)r.GetInt64(5)), ct, terms);
        return [.. rows.Select(r => new Found(r.Kind, r.Key, r.Title, RankOf(r.Title, r.Zone, q.Words)))];
    }

    static int RankOf(Said title, int zone, IReadOnlyList<string> words) => zone switch
    {
        0 => 0,
        1 => new[] { title.En, title.Fr }.Any(t => Words.Of(t).FirstOrDefault()?.StartsWith(words[0], StringComparison.Ordinal) == true) ? 1 : 2,
        _ => 3,
    };

    /// <summary>The best first, each thing once: by rank, then short titles before long ones, then by the alphabet.</summary>
    internal static IEnumerable<Found> Order(IEnumerable<Found> found) => found
        .GroupBy(f => (f.Kind, f.Key)).Select(g => g.MinBy(f => f.Rank)!)
        .OrderBy(f => f.Rank).ThenBy(f => f.Title.En.Length).ThenBy(f => f.Title.En, StringComparer.Ordinal).ThenBy(f => f.Key, StringComparer.Ordinal);
}
