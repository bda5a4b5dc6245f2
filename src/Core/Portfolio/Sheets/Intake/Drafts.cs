using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>Something wrong in a line of the sheet: the heading of the column, where it is of one, and the reason.</summary>
public sealed record IntakeFault(string? Heading, Said What);

/// <summary>A name that the record does not surely know, and what it could mean. MayMake: a new row can be made of it.</summary>
public sealed record Question(string Table, string Name, IReadOnlyList<string> Near, bool MayMake)
{
    /// <summary>Lines that ask it.</summary>
    public int Lines { get; internal set; }
    public string Key => Mapping.AnswerKey(Table, Name);
}

/// <summary>A row of the record as a line of the sheet would have it.</summary>
/// <param name="Cells">what the line says, empty where it says that something is unknown</param>
/// <param name="Defaults">what holds besides for a row that is new</param>
sealed record DraftRow(PortfolioFile File, string? Id, IReadOnlyDictionary<string, string> Cells, IReadOnlyDictionary<string, string> Defaults)
{
    /// <summary>True where several lines may make the same row, such as a person named twice; the first does.</summary>
    public bool Shared { get; init; }

    /// <summary>Headings by field, to say where a fault is.</summary>
    public IReadOnlyDictionary<string, string> Headings { get; init; } = new Dictionary<string, string>();
}

/// <summary>A line of the sheet with the rows that it would make.</summary>
sealed class DraftLine(SheetRow raw)
{
    public SheetRow Raw { get; } = raw;
    public string Title { get; set; } = "";
    public List<DraftRow> Rows { get; } = [];
    public List<IntakeFault> Faults { get; } = [];

    public void Refuse(string? heading, string en, string fr) => Faults.Add(new(heading, new(en, fr)));
}

/// <summary>What both ways of drafting share: the columns of the sheet, names, citations, keys.</summary>
abstract class Drafting(RecordTables tables, Sheet sheet, Mapping mapping, string source)
{
    readonly Dictionary<string, NameIndex> _names = new(StringComparer.Ordinal);
    readonly Dictionary<string, Question> _questions = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> _made = new(StringComparer.Ordinal);
    readonly Dictionary<int, DateOrder> _orders = [];

    protected RecordTables Tables { get; } = tables;
    protected Mapping Mapping { get; } = mapping;
    protected SheetRow Header { get; } = sheet.Rows.First(r => r.Line == mapping.HeaderLine);
    public IReadOnlyList<Question> Questions => [.. _questions.Values];

    public IReadOnlyList<DraftLine> Draft() => [.. sheet.Rows.Where(r => r.Line > Mapping.HeaderLine).Select(row =>
    {
        var line = new DraftLine(row);
        Draft(line);
        if (line.Title.Length == 0) line.Title = row.Cells.Select(c => c.Text).FirstOrDefault(t => t.Length > 0) ?? "";
        return line;
    })];

    protected abstract void Draft(DraftLine line);

    protected string Heading(int column) => Header[column].IsEmpty ? SheetLimits.Letters(column) : Header[column].Text;

    protected static PortfolioFile File(string table) => PortfolioFileSet.All.Single(f => f.Name == table);

    protected NameIndex Names(string table) => _names.TryGetValue(table, out var known) ? known : _names[table] = NameIndex.Of(Tables, File(table));

    protected string Cite(DraftLine line) => $"{source}:line {line.Raw.Line}";

    /// <summary>What a new row holds that the sheet does not say.</summary>
    protected Dictionary<string, string> Default(DraftLine line) => new() { ["source"] = Cite(line), ["audience"] = Mapping.Audience };

    // What the column proves of its dates counts, unless the order was chosen.
    protected DateOrder OrderOf(int column) => Mapping.Dates != DateOrder.Proven ? Mapping.Dates
        : _orders.TryGetValue(column, out var order) ? order
        : _orders[column] = PeopleDates.OrderOf(sheet.Rows.Where(r => r.Line > Mapping.HeaderLine).Select(r => r[column].Text));

    protected string? Read(DraftLine line, int column, Column of)
    {
        var (text, why) = CellReading.Read(of, line.Raw[column], OrderOf(column));
        if (why is { } said) line.Faults.Add(new(Heading(column), said));
        else if (text.Length > 0 && of.Complaint(text) is { } complaint) line.Faults.Add(new(Heading(column), complaint));
        else return text;
        return null;
    }

    /// <summary>The key that a name stands for: on the record, in this sheet, or as it was answered. Null: asked, and the line refused.</summary>
    protected string? Resolve(DraftLine line, string heading, string table, string name, bool mayMake = false, bool makeUnlessNear = false)
    {
        var found = Names(table).Find(name);
        if (found.Key is not null) return found.Key;
        if (IsMade(table, name)) return name;
        var answer = Mapping.Answers.GetValueOrDefault(Mapping.AnswerKey(table, name), "");
        if (answer == "+" && mayMake || (answer.Length == 0 && makeUnlessNear && found.Near.Count == 0)) return Make(line, table, name);
        if (answer.Length > 0 && Tables.Knows(table, answer)) return answer;
        Ask(table, name, found.Near, mayMake);
        var near = string.Join(", ", found.Near.Select(Names(table).TitleOf));
        line.Refuse(heading,
            near.Length == 0 ? $"“{name}” is not on the record among the {table}: say under Names to settle what it means." : $"“{name}” is not surely one of the {table}. Is it {near}? Say so under Names to settle.",
            near.Length == 0 ? $"«\u202F{name}\u202F» ne figure pas au registre\u202F: dites ce qu’il désigne sous Noms à préciser." : $"«\u202F{name}\u202F» n’est pas connu avec certitude. Est-ce {near}\u202F? Dites-le sous Noms à préciser.");
        return null;
    }

    void Ask(string table, string name, IReadOnlyList<string> near, bool mayMake)
    {
        var key = Mapping.AnswerKey(table, name);
        if (!_questions.TryGetValue(key, out var question)) _questions[key] = question = new(table, name, near, mayMake);
        question.Lines++;
    }

    // One new row for one name, however many lines bear it; each line can make it, since another may be refused.
    string Make(DraftLine line, string table, string name)
    {
        var key = _keys.TryGetValue(Mapping.AnswerKey(table, name), out var known) ? known : _keys[Mapping.AnswerKey(table, name)] = NewKey(table, name);
        var cells = new Dictionary<string, string> { ["key"] = key, ["name"] = name };
        if (table == "organisations") cells["kind"] = "institution";
        if (line.Rows.All(r => r.Id != key || r.File.Name != table)) line.Rows.Add(new(File(table), key, cells, Default(line)) { Shared = true });
        return key;
    }

    readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    protected virtual bool IsMade(string table, string key) => false;

    /// <summary>A key made of a name: free on the record, whoever may read it, and in this sheet.</summary>
    protected string NewKey(string table, string name)
    {
        var made = _made.TryGetValue(table, out var known) ? known : _made[table] = new(StringComparer.Ordinal);
        var plain = string.Join('-', string.Concat(CellReading.Squash(name).Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (plain.Length == 0) plain = table.TrimEnd('s');
        if (plain.Length > 60) plain = plain[..60].TrimEnd('-');
        var key = plain;
        for (var n = 2; Tables.Find(table, key) is not null || made.Contains(key); n++) key = $"{plain}-{n}";
        made.Add(key);
        return key;
    }
}
