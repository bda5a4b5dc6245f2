using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Cordis;

/// <summary>A row laid under its header. Repaired: its fields had slipped, and there was one way only to put them back.</summary>
public sealed class CordisRow
{
    readonly CordisColumn[] _columns;
    readonly string[] _fields;

    CordisRow(CordisColumn[] columns, string[] fields, bool repaired) => (_columns, _fields, Repaired) = (columns, fields, repaired);

    public bool Repaired { get; }

    /// <summary>The value of a column; empty where the table does not have it.</summary>
    public string this[string column]
    {
        get
        {
            var at = Array.FindIndex(_columns, c => c.Name == column);
            return at < 0 ? "" : _fields[at];
        }
    }

    /// <summary>
    /// Lays fields under columns. A row with more fields than the header had a bare separator inside a text, one field short lost an
    /// empty one: every place where that can have happened is tried, and a place is possible when each column then holds what its
    /// form allows. The row is repaired when all possible places agree on every value that is kept, and refused otherwise.
    /// </summary>
    public static Outcome<CordisRow> Lay(string[] fields, CordisColumn[] columns, char separator)
    {
        var trimmed = Array.ConvertAll(fields, field => field.Trim());
        if (trimmed.Length == columns.Length)
            return Misfit(trimmed, columns, keptOnly: true) is { } column
                ? Refused($"column {column.Name} holds “{Short(trimmed[Array.IndexOf(columns, column)])}”, which it cannot",
                    $"la colonne {column.Name} contient «\u202F{Short(trimmed[Array.IndexOf(columns, column)])}\u202F», ce qui est impossible")
                : new CordisRow(columns, trimmed, false);
        var possible = Placings(fields, columns, separator).Select(placed => Array.ConvertAll(placed, field => field.Trim())).Where(placed => Misfit(placed, columns, keptOnly: false) is null)
            .DistinctBy(placed => Kept(placed, columns)).Take(2).ToList();
        return possible.Count == 1
            ? new CordisRow(columns, possible[0], true)
            : Refused(
                $"{fields.Length} fields under {columns.Length} columns, and {(possible.Count == 0 ? "no way" : "more than one way")} to put them back",
                $"{fields.Length} champs pour {columns.Length} colonnes, et {(possible.Count == 0 ? "aucune façon" : "plus d’une façon")} de les remettre en place");
    }

    static IEnumerable<string[]> Placings(string[] fields, CordisColumn[] columns, char separator)
    {
        var extra = fields.Length - columns.Length;
        for (var at = 0; at < columns.Length; at++)
            if (extra > 0 && columns[at].Form == CordisForm.Text)
                yield return [.. fields[..at], string.Join(separator, fields[at..(at + extra + 1)]), .. fields[(at + extra + 1)..]];
            else if (extra == -1)
                yield return [.. fields[..at], "", .. fields[at..]];
    }

    // A row of the right length is judged by what is kept of it; to put one back, every column is a witness.
    static CordisColumn? Misfit(string[] fields, CordisColumn[] columns, bool keptOnly)
    {
        for (var i = 0; i < columns.Length; i++)
            if ((columns[i].Kept || !keptOnly) && !CordisForms.Fits(columns[i].Form, fields[i])) return columns[i];
        return null;
    }

    static string Kept(string[] fields, CordisColumn[] columns) =>
        string.Join('\u001F', fields.Where((_, i) => columns[i].Kept));

    static string Short(string value) => value.Length <= 40 ? value : value[..40] + "…";

    static Refusal Refused(string en, string fr) => Refusal.Invalid("not-a-cordis-row", en, fr);
}
