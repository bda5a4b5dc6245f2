using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>
/// The table that offices really keep: a line is a cooperation with its partners, people, dates and money. What the record already
/// says of it is left as it is; what it does not say is added, with the file as its source.
/// </summary>
sealed partial class CooperationDrafting : Drafting
{
    static readonly string[] Tables_ = ["structures", "parties", "people", "roles", "acts", "agreements", "themes", "facts", "notes", "identifiers", "belongings"];

    readonly ILookup<string, int> _columns;
    readonly Dictionary<string, ILookup<string, RecordRow>> _held;
    readonly Dictionary<string, int> _titles = new(StringComparer.Ordinal);

    /// <summary>The tables that it writes.</summary>
    public static IReadOnlyList<string> Writes => Tables_;

    public CooperationDrafting(RecordTables tables, Sheet sheet, Mapping mapping, string source) : base(tables, sheet, mapping, source)
    {
        _columns = mapping.Fields.OrderBy(f => f.Key).ToLookup(f => f.Value.Split('@')[0], f => f.Key);
        _held = Tables_.Where(t => File(t).Find("structure") is not null)
            .ToDictionary(t => t, t => tables.Of(File(t)).ToLookup(r => r.Cells["structure"]), StringComparer.Ordinal);
    }

    protected override void Draft(DraftLine line)
    {
        foreach (var (column, fault) in Mapping.Fields.Keys.Select(c => (c, CellReading.Fault(line.Raw[c]))).Where(f => f.Item2 is not null))
            line.Faults.Add(new(Heading(column), fault!.Value));
        line.Title = Text(line, "name");
        if (line.Title.Length == 0) line.Refuse(HeadingOf("name"), "the cooperation has no name.", "la coopération n’a pas de nom.");
        var kind = Text(line, "kind");
        var instrument = kind.Length == 0 ? null : Resolve(line, HeadingOf("kind"), "instruments", kind);
        var key = KeyOf(line);
        if (instrument is null && kind.Length == 0 && Tables.Find("structures", key) is null)
            line.Refuse(HeadingOf("kind"), "the kind of cooperation is missing, such as IRL.", "le type de coopération manque, comme IRL.");
        AddStructure(line, key, instrument);
        AddParties(line, key);
        AddDates(line, key, instrument, kind);
        AddPeople(line, key);
        AddTexts(line, key);
    }

    string HeadingOf(string field) => _columns[field].Select(Heading).FirstOrDefault(field);

    string Text(DraftLine line, string field) => _columns[field].Select(c => line.Raw[c]).Where(c => c.Kind != CellKind.Fault).Select(c => c.Text).FirstOrDefault("");

    static string[] Items(string cell) => cell.Split([';', '\n', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    string KeyOf(DraftLine line)
    {
        if (Text(line, "key") is { Length: > 0 } given) return given;
        var known = Text(line, "code") is { Length: > 0 } code ? Names("structures").Find(code).Key : null;
        known ??= line.Title.Length > 0 ? Names("structures").Find(line.Title).Key : null;
        if (known is null && line.Title.Length > 0 && Text(line, "code").Length == 0 && !_titles.TryAdd(CellReading.Squash(line.Title), line.Raw.Line)
            && _titles[CellReading.Squash(line.Title)] is var first)
            line.Refuse(HeadingOf("name"), $"“{line.Title}” stands already in line {first}: keep one of them, or give them names that differ.",
                $"«\u202F{line.Title}\u202F» figure déjà à la ligne {first}\u202F: n’en gardez qu’une, ou donnez-leur des noms différents.");
        return known ?? NewKey("structures", line.Title.Length > 0 ? line.Title : "structure");
    }

    void AddStructure(DraftLine line, string key, string? instrument)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal) { ["key"] = key };
        if (line.Title.Length > 0) cells["name"] = line.Title;
        if (instrument is not null) cells["instrument"] = instrument;
        foreach (var field in (string[])["name_fr", "long_name"])
            if (Text(line, field) is { Length: > 0 } text) cells[field] = text;
        foreach (var column in _columns["country"])
            if (Read(line, column, Column.Country("country")) is { Length: > 0 } country) cells["country"] = country;
        var defaults = Default(line);
        defaults["named"] = "yes";
        // A structure found by its code keeps the name that the record gives it.
        if (Tables.Find("structures", key) is { } known && known.Cells["name"] != line.Title && NameIndexHas(key, line.Title)) cells.Remove("name");
        line.Rows.Add(new(File("structures"), key, cells, defaults) { Headings = Columns("key", "name", "name_fr", "long_name", "country") });
    }

    bool NameIndexHas(string key, string name) => Names("structures").Find(name).Key == key;

    Dictionary<string, string> Columns(params string[] fields) => fields.Where(f => _columns[f].Any()).ToDictionary(f => f, HeadingOf);

    void Add(DraftLine line, string table, params (string Column, string Text)[] cells)
    {
        if (line.Rows.All(r => r.File.Name != table || cells.Any(c => r.Cells.GetValueOrDefault(c.Column, "") != c.Text)))
            line.Rows.Add(new(File(table), null, cells.ToDictionary(c => c.Column, c => c.Text, StringComparer.Ordinal), Default(line)));
    }

    IEnumerable<RecordRow> Held(string table, string structure) => _held[table][structure];

    void AddParties(DraftLine line, string key)
    {
        foreach (var column in _columns["partners"])
            foreach (var name in Items(line.Raw[column].Text))
                if (Resolve(line, Heading(column), "organisations", name, mayMake: true) is { } organisation
                    && Held("parties", key).All(p => p.Cells["organisation"] != organisation))
                    Add(line, "parties", ("structure", key), ("organisation", organisation), ("role", "party"));
        if (Mapping.Partner is { Length: > 0 } partner && Tables.Knows("organisations", partner)
            && Held("parties", key).Select(p => p.Cells["organisation"]).Concat(line.Rows.Where(r => r.File.Name == "parties").Select(r => r.Cells["organisation"]))
                .All(o => o.Length == 0 || Tables.RootOf(o) != Tables.RootOf(partner)))
            Add(line, "parties", ("structure", key), ("organisation", partner), ("role", "party"));
    }

    void AddDates(DraftLine line, string key, string? instrument, string kind)
    {
        var label = instrument is not null && Tables.Find("instruments", instrument)?.Cells["code"] != kind ? kind : "";
        var start = Act(line, key, "start", "founding", "unspecified", new("Start, as the table states it", "Début, selon le tableau"), ("instrument", instrument ?? ""), ("label", label));
        Act(line, key, "signed", "agreement", "signed", new("Signature, as the table states it", "Signature, selon le tableau"));
        foreach (var column in _columns["end"])
        {
            if (Read(line, column, Column.Date("end")) is not { Length: > 0 } end) continue;
            if (start is not null && PartialDate.Parse(end).Last < PartialDate.Parse(start).First)
                line.Refuse(Heading(column), $"it ends on {end}, before it begins on {start}.", $"la fin, {end}, précède le début, {start}.");
            else if (Held("agreements", key).All(a => a.Cells["ends"] != end))
            {
                var agreement = NewKey("agreements", key + " table");
                line.Rows.Add(new(File("agreements"), agreement, new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["key"] = agreement, ["structure"] = key, ["event"] = "agreement", ["title"] = $"{line.Title}: agreement", ["title_fr"] = $"{line.Title}\u202F: accord", ["ends"] = end,
                }, Default(line))
                { Headings = Columns("end") });
            }
        }
    }

    string? Act(DraftLine line, string key, string field, string what, string kind, Said said, params (string, string)[] more)
    {
        string? found = null;
        foreach (var column in _columns[field])
            if (Read(line, column, Column.Date(field)) is { Length: > 0 } date)
            {
                found = date;
                if (Held("acts", key).All(a => a.Cells["event"] != what || a.Cells["date"] != date))
                    Add(line, "acts", [("structure", key), ("event", what), ("date", date), ("date_kind", kind), ("what", said.En), ("what_fr", said.Fr), ("wording", line.Raw[column].Text), .. more]);
            }
        return found;
    }

    void AddPeople(DraftLine line, string key)
    {
        foreach (var column in _columns["coordinator"])
            foreach (var item in Items(line.Raw[column].Text))
            {
                var (name, body) = Bracketed().Match(item) is { Success: true } match ? (match.Groups[1].Value.Trim(), match.Groups[2].Value.Trim()) : (item, "");
                var side = body.Length == 0 ? Mapping.Fields[column].Split('@').ElementAtOrDefault(1) : Resolve(line, Heading(column), "organisations", body, mayMake: true);
                if (side is null && body.Length > 0) continue;
                if (Resolve(line, Heading(column), "people", name, mayMake: true, makeUnlessNear: true) is not { } person) continue;
                var root = side is null ? "" : Tables.RootOf(side);
                if (Held("roles", key).All(r => r.Cells["person"] != person || r.Cells["kind"] != "coordinator"))
                    Add(line, "roles", ("person", person), ("structure", key), ("kind", "coordinator"), ("side", root), ("affiliation", side is not null && side != root ? side : ""));
            }
    }

    void AddTexts(DraftLine line, string key)
    {
        var held = Held("themes", key).ToList();
        var position = held.Select(t => int.Parse(t.Cells["position"], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
        foreach (var theme in _columns["themes"].SelectMany(c => Items(line.Raw[c].Text)).Distinct().Where(text => held.All(t => t.Cells["text"] != text && t.Cells["text_fr"] != text)))
            Add(line, "themes", ("structure", key), ("kind", "subject"), ("text", theme), ("position", (++position).ToString(CultureInfo.InvariantCulture)));
        if (Text(line, "budget") is { Length: > 0 } budget && Held("facts", key).All(f => f.Cells["field"] != "budget" || f.Cells["text"] != budget))
            Add(line, "facts", ("structure", key), ("field", "budget"), ("text", budget), ("text_fr", budget));
        if (Text(line, "comment") is { Length: > 0 } comment && Held("notes", key).All(n => n.Cells["text"] != comment))
            Add(line, "notes", ("topic", "table"), ("structure", key), ("text", comment), ("text_fr", comment));
        if (Text(line, "code") is { Length: > 0 } code && Held("identifiers", key).All(i => i.Cells["value"] != code))
            Add(line, "identifiers", ("structure", key), ("scheme", "code"), ("value", code));
        foreach (var name in _columns["centre"].SelectMany(c => Items(line.Raw[c].Text)))
            if (Resolve(line, HeadingOf("centre"), "structures", name) is { } centre && Held("belongings", key).All(b => b.Cells["centre"] != centre))
                Add(line, "belongings", ("structure", key), ("centre", centre));
    }

    [GeneratedRegex(@"^(.+?)\s*[(\[]([^)\]]+)[)\]]$")]
    private static partial Regex Bracketed();
}
