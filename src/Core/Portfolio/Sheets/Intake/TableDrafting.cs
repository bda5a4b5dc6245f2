using Entente.Core.Portfolio.Editing;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>A sheet that is one table of the portfolio: a line is a row.</summary>
sealed class TableDrafting : Drafting
{
    readonly PortfolioFile _file;
    readonly IReadOnlyList<(int At, Column Column)> _columns;
    readonly HashSet<string> _keys;
    readonly int _id;

    public TableDrafting(RecordTables tables, Sheet sheet, Mapping mapping, string source) : base(tables, sheet, mapping, source)
    {
        _file = File(mapping.Target);
        _columns = [.. mapping.Fields.OrderBy(f => f.Key).Select(f => (f.Key, Column: _file.Find(f.Value)!)).Where(f => f.Column is not null)];
        _id = mapping.Fields.Where(f => f.Value == Exporting.Id).Select(f => f.Key).FirstOrDefault(-1);
        var key = _columns.Where(c => c.Column.Kind == ColumnKind.Key).Select(c => c.At).FirstOrDefault(-1);
        _keys = key < 0 ? [] : [.. sheet.Rows.Where(r => r.Line > mapping.HeaderLine).Select(r => r[key].Text)];
    }

    protected override bool IsMade(string table, string key) => table == _file.Name && _keys.Contains(key);

    protected override void Draft(DraftLine line)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (at, column) in _columns)
            if (Text(line, at, column) is { } text) cells[column.Name] = text;
        line.Title = cells.GetValueOrDefault("name") ?? cells.GetValueOrDefault("title") ?? cells.GetValueOrDefault("key") ?? "";
        if (line.Faults.Count > 0) return;
        if (cells.GetValueOrDefault("source") is "") cells.Remove("source");
        if (cells.GetValueOrDefault("audience") is "") cells.Remove("audience");
        var id = _file.Keyed() ? KeyOf(cells) : _id < 0 || line.Raw[_id].IsEmpty ? null : line.Raw[_id].Text;
        if (_file.Keyed()) cells["key"] = id!;
        line.Rows.Add(new(_file, id, cells, Defaults(line, cells)) { Headings = _columns.ToDictionary(c => c.Column.Name, c => Heading(c.At)) });
    }

    string? Text(DraftLine line, int at, Column column)
    {
        if (column.Kind is not (ColumnKind.Reference or ColumnKind.References)) return Read(line, at, column);
        if (CellReading.Fault(line.Raw[at]) is { } fault)
        {
            line.Faults.Add(new(Heading(at), fault));
            return null;
        }
        var names = column.Kind == ColumnKind.Reference ? line.Raw[at].Text is { Length: > 0 } one ? [one] : [] : Column.Items(line.Raw[at].Text);
        var keys = names.Select(name => Resolve(line, Heading(at), column.Of!, name, mayMake: column.Of == "organisations")).ToList();
        return keys.Contains(null) ? null : string.Join("; ", keys);
    }

    // A sheet without keys names its rows: the row on record that bears the name, else a new one.
    string KeyOf(Dictionary<string, string> cells)
    {
        if (cells.GetValueOrDefault("key") is { Length: > 0 } key) return key;
        var name = cells.GetValueOrDefault("name") ?? cells.GetValueOrDefault("title") ?? "";
        var byRor = cells.GetValueOrDefault("ror") is { Length: > 0 } ror ? Names(_file.Name).Find(ror).Key : null;
        return byRor ?? (name.Length > 0 ? Names(_file.Name).Find(name).Key : null) ?? NewKey(_file.Name, name);
    }

    Dictionary<string, string> Defaults(DraftLine line, Dictionary<string, string> cells)
    {
        var defaults = Default(line);
        if (_file.Find("named") is not null) defaults["named"] = "yes";
        // Where the French of a text is required and the sheet has no column for it, the text serves both.
        foreach (var column in _file.Columns.Where(c => c.Required && c.Name.EndsWith("_fr", StringComparison.Ordinal)))
            if (cells.GetValueOrDefault(column.Name[..^3]) is { Length: > 0 } text) defaults[column.Name] = text;
        foreach (var name in defaults.Keys.Where(name => _file.Find(name) is null).ToList()) defaults.Remove(name);
        return defaults;
    }
}
