using Entente.Core.Store;
using Entente.Core.Store.Search;

namespace Entente.Core.Portfolio.Search;

/// <summary>
/// The record as search sees it: each record with every text of the portfolio tables whose rows belong to it, and the names of the
/// people, bodies and instruments that they name. A text is open to whoever may read its row, its record and what it names.
/// </summary>
sealed class RecordSearch : SearchSource
{
    public override IReadOnlyList<SearchKind> Kinds { get; } = [.. SearchedKinds.All.Select(k => new SearchKind(k.Number, k.Name))];

    public override async Task<IReadOnlyList<SearchDocument>> ReadAsync(Db db, string kind, IReadOnlyCollection<string>? keys, CancellationToken ct)
    {
        var searched = SearchedKinds.All.Single(k => k.Name == kind);
        var tables = SearchedTable.Of(db, kind);
        var rows = new List<(PortfolioFile File, SearchedRow Row)>();
        foreach (var table in tables) rows.AddRange((await table.ReadAsync(db, keys, ct)).Select(row => (table.File, row)));
        var names = rows.SelectMany(r => r.Row.Names.SelectMany(of => of.Select(key => (Of: of.Key, Key: key))));
        if (kind == "structures") names = names.Concat(rows.Select(r => (Of: kind, Key: r.Row.Owner)));
        var known = await NamedRecords.ReadAsync(db, names.Distinct().ToLookup(n => n.Of, n => n.Key), ct);
        var parts = rows.Where(r => r.File.Type != searched.Row).ToLookup(r => r.Row.Owner);
        return [.. rows.Where(r => r.File.Type == searched.Row).Select(r => Document(searched, r.Row, parts[r.Row.Owner], known))];
    }

    static SearchDocument Document(SearchedKind kind, SearchedRow row, IEnumerable<(PortfolioFile File, SearchedRow Row)> parts, NamedRecords known)
    {
        var structure = kind.Name == "structures" ? row.Owner : row.Names["structures"].FirstOrDefault();
        var bodies = row.Names["organisations"].ToList();
        // As for reading: the sides of what hangs on a structure are the structure's; those of a claim without one, the bodies it names.
        var sides = structure is not null ? known.SidesOf(structure) : !kind.OnBodies || bodies.Count == 0 ? null : known.RootsOf(bodies);
        var scope = structure is null ? null : $"structures/{structure}";
        var title = row.Cells[kind.Title];
        var texts = row.Cells.Where(c => c.Key != kind.Title && c.Key != kind.TitleFr).Select(c => new SearchText(c.Value, [], kind.Names.Contains(c.Key))).ToList();
        texts.AddRange(NamesOf(row, kind, known, []));
        foreach (var (file, part) in parts)
        {
            Gate[] gates = [Gate.Of(part.Audience, sides, scope), .. Needed(part, kind, known)];
            texts.AddRange(part.Cells.Values.Select(text => new SearchText(text, gates, file.Name == kind.NameFile)));
            texts.AddRange(NamesOf(part, kind, known, gates));
        }
        return new(kind.Name, row.Owner, new(title, kind.TitleFr is { } fr ? row.Cells.GetValueOrDefault(fr) ?? title : title),
            [Gate.Of(row.Audience, sides, scope), .. Needed(row, kind, known)], texts);
    }

    // What a row names must be open too, save its own kind (a parent, a centre) and, for most, the sources that it cites.
    static IEnumerable<Gate> Needed(SearchedRow row, SearchedKind kind, NamedRecords known) =>
        row.Names.Where(of => of.Key != kind.Name && (of.Key != "sources" || kind.OnBodies)).SelectMany(of => of.Distinct().Select(key => known.Gate(of.Key, key)));

    static IEnumerable<SearchText> NamesOf(SearchedRow row, SearchedKind kind, NamedRecords known, Gate[] gates) =>
        row.Names.Where(of => of.Key != kind.Name).SelectMany(of => of.Distinct().Select(key => known.Text(of.Key, key))).Where(text => text.Length > 0).Select(text => new SearchText(text, gates));

    public override async Task<ILookup<string, string>> TouchedAsync(Db db, ILookup<string, string> records, CancellationToken ct)
    {
        var touched = records.Where(r => Kinds.Any(k => k.Name == r.Key)).SelectMany(r => r.Select(key => (Kind: r.Key, Key: key))).ToHashSet();
        foreach (var changed in records)
        {
            var keys = changed.Key == "organisations" ? await NamedRecords.UnderAsync(db, [.. changed], ct) : [.. changed];
            await AddNamingAsync(db, changed.Key, keys, touched, ct);
        }
        // Sides and audience of a structure reach what hangs on it.
        var structures = touched.Where(t => t.Kind == "structures").Select(t => t.Key).Except(records["structures"]).ToList();
        if (structures.Count > 0) await AddNamingAsync(db, "structures", structures, touched, ct);
        return touched.ToLookup(t => t.Kind, t => t.Key);
    }

    static async Task AddNamingAsync(Db db, string of, IReadOnlyCollection<string> keys, HashSet<(string Kind, string Key)> touched, CancellationToken ct)
    {
        foreach (var kind in SearchedKinds.All.Where(k => k.Name != of))
            foreach (var table in SearchedTable.Of(db, kind.Name))
                foreach (var reference in table.References.Where(r => r.Of == of && (of != "sources" || kind.OnBodies)))
                    touched.UnionWith((await table.NamingAsync(db, reference, keys, ct)).Select(owner => (kind.Name, owner)));
    }
}
