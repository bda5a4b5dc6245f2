namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>What a text names on the record. Key null: nothing surely; Near then lists the keys that it could mean.</summary>
public sealed record Named(string? Key, IReadOnlyList<string> Near);

/// <summary>
/// The names of one table: keys, ROR ids and codes first, then names as written, then names without capitals, accents and marks. What
/// is only near is never taken: it is asked.
/// </summary>
public sealed class NameIndex
{
    static readonly string[] Columns = ["name", "name_fr", "short", "long_name", "code", "title", "title_fr", "orcid", "ror"];

    readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    readonly List<(string Text, string Squashed, string Key)> _names = [];
    readonly ILookup<string, string> _written, _squashed;
    readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal);

    NameIndex(RecordTables tables, PortfolioFile file)
    {
        foreach (var row in tables.Of(file))
        {
            _keys.Add(row.Id);
            foreach (var cell in Columns.Select(c => row.Cells.GetValueOrDefault(c, ""))) Add(cell, row.Id);
            _titles[row.Id] = Columns.Select(c => row.Cells.GetValueOrDefault(c, "")).FirstOrDefault(c => c.Length > 0) ?? row.Id;
        }
        foreach (var (table, owner, name) in More(file.Name))
            foreach (var row in tables.Of(PortfolioFileSet.All.Single(f => f.Name == table)).Where(r => r.Cells[owner].Length > 0)) Add(row.Cells[name], row.Cells[owner]);
        _written = _names.ToLookup(n => n.Text, n => n.Key, StringComparer.Ordinal);
        _squashed = _names.ToLookup(n => n.Squashed, n => n.Key, StringComparer.Ordinal);
    }

    public static NameIndex Of(RecordTables tables, PortfolioFile file) => new(tables, file);

    /// <summary>Tables whose rows give more names to the rows of another.</summary>
    public static IEnumerable<(string Table, string Owner, string Name)> More(string table) => table switch
    {
        "organisations" => [("names", "organisation", "name")],
        "instruments" => [("labels", "instrument", "code"), ("labels", "instrument", "name"), ("labels", "instrument", "name_fr")],
        "structures" => [("identifiers", "structure", "value")],
        _ => [],
    };

    void Add(string name, string key)
    {
        if (name.Length > 0) _names.Add((name, CellReading.Squash(name), key));
    }

    public IEnumerable<(string Key, string Title)> All => _titles.Select(t => (t.Key, t.Value)).OrderBy(t => t.Value, StringComparer.OrdinalIgnoreCase);

    public string TitleOf(string key) => _titles.GetValueOrDefault(key, key);

    public Named Find(string text)
    {
        text = text.Trim();
        if (_keys.Contains(text)) return new(text, []);
        if (Kernel.RorId.Parse(text) is { } ror && One(_written[ror]) is { } registered) return registered;
        var squashed = CellReading.Squash(text);
        return One(_written[text]) ?? (squashed.Length > 0 ? One(_squashed[squashed]) : null) ?? new(null, Near(squashed));
    }

    // Two rows of one name are a question too.
    static Named? One(IEnumerable<string> keys) => keys.Distinct().ToList() switch { [] => null, [var key] => new(key, []), var several => new(null, several) };

    const double Alike = 0.45, Rough = 0.25;

    Dictionary<string, List<int>>? _pairs;

    // Letter pairs lead to the few names that share enough of them; only those are held against the text.
    List<string> Near(string text)
    {
        if (text.Length < 3) return [];
        _pairs ??= PairsOfNames();
        var shared = new Dictionary<int, int>();
        foreach (var pair in Pairs(text).Distinct())
            foreach (var name in _pairs.GetValueOrDefault(pair, []))
                shared[name] = shared.GetValueOrDefault(name) + 1;
        return [.. shared.Where(s => 2.0 * s.Value / (text.Length + _names[s.Key].Squashed.Length - 2) >= Rough)
            .Select(s => (_names[s.Key].Key, Score: Likeness(text, _names[s.Key].Squashed)))
            .Where(n => n.Score >= Alike).OrderByDescending(n => n.Score).ThenBy(n => n.Key, StringComparer.Ordinal).Select(n => n.Key).Distinct().Take(3)];
    }

    Dictionary<string, List<int>> PairsOfNames()
    {
        var pairs = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < _names.Count; i++)
            foreach (var pair in Pairs(_names[i].Squashed).Distinct())
                if (pairs.TryGetValue(pair, out var names)) names.Add(i);
                else pairs[pair] = [i];
        return pairs;
    }

    // The share of letter pairs that two names have in common; one that holds all words of the other is near too.
    static double Likeness(string a, string b)
    {
        if (b.Length < 2) return 0;
        var (pairs, others) = (Pairs(a), Pairs(b));
        var common = pairs.Count(others.Remove);
        var likeness = 2.0 * common / (a.Length + b.Length - 2);
        var (words, more) = (a.Split(' ').Where(w => w.Length > 2).ToList(), b.Split(' ').Where(w => w.Length > 2).ToList());
        var within = (words.Count > 0 && words.All(more.Contains)) || (more.Count > 0 && more.All(words.Contains));
        return within ? Math.Max(likeness, 0.6) : likeness;
    }

    static List<string> Pairs(string text) => [.. Enumerable.Range(0, Math.Max(0, text.Length - 1)).Select(i => text.Substring(i, 2))];
}
