using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>Rows of the portfolio made and changed by the cells of a form, under the rules of the portfolio's own tables.</summary>
static class AgreementCells
{
    /// <summary>All that is wrong with the cells of one table's row, keys that they name included.</summary>
    public static IEnumerable<Complaint> Complaints(PortfolioRecord record, Type type, IReadOnlyDictionary<string, string> cells)
    {
        var row = new Row(RowCells.FileOf(type), 0, cells);
        return RowRules.Complaints(row).Concat(RowRules.References(row).Where(r => r.Key != OwnSource.Key && !Known(record, r.Of, r.Key))
            .Select(r => new Complaint(r.Column.Name, RowRules.NoSuchKey(r.Key, r.Of))));
    }

    static bool Known(PortfolioRecord record, string of, string key) => of switch
    {
        "structures" => record.Structures.ContainsKey(key),
        "organisations" => record.Organisations.ContainsKey(key),
        "instruments" => record.Instruments.ContainsKey(key),
        "sources" => record.Sources.ContainsKey(key),
        "agreements" => record.FindAgreement(key) is not null,
        _ => true,
    };

    public static T Make<T>(IReadOnlyDictionary<string, string> cells) where T : Cited => (T)RowCells.FileOf(typeof(T)).Make(new Row(RowCells.FileOf(typeof(T)), 0, cells));

    /// <summary>Changes the columns named to what the cells say; an empty cell takes the value out.</summary>
    public static void Fill(Db db, Agreement agreement, IReadOnlyDictionary<string, string> cells)
    {
        var file = RowCells.FileOf(typeof(Agreement));
        var all = RowCells.CellsOf(agreement).ToDictionary(StringComparer.Ordinal);
        foreach (var (column, text) in cells) all[column] = text;
        var changed = file.Make(new Row(file, 0, all));
        foreach (var column in cells.Keys)
        {
            var property = RowCells.PropertyOf(file, file.Find(column)!);
            db.Entry(agreement).Property(property.Name).CurrentValue = property.GetValue(changed);
        }
    }

    /// <summary>A key made of a name: letters, digits and hyphens, not yet taken.</summary>
    public static string KeyOf(string name, Func<string, bool> taken)
    {
        var plain = string.Concat(Words.Fold(name).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var key = string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries));
        if (key.Length == 0) key = "agreement";
        if (key.Length > 60) key = key[..60].TrimEnd('-');
        for (var n = 2; taken(key); n++)
        {
            var bare = n == 2 ? key : key[..key.LastIndexOf('-')];
            key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bare}-{n}");
        }
        return key;
    }
}
