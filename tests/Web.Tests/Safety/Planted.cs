using Entente.Core.Portfolio;
using Entente.Core.Store;

namespace Entente.Web.Tests.Safety;

/// <summary>
/// A row of every table of the record that only one side may know of: once hanging on other hidden rows, once on what everyone sees.
/// Made from the vocabulary of tables, so that a new table is planted too.
/// </summary>
static class Planted
{
    /// <summary>In every text, key and name that is planted, and nowhere else.</summary>
    public const string Token = "zqxplanted";

    const string Audience = "side:cnrs";

    // Where a row hangs on what is public. A table that is not named here is only hung on hidden rows.
    static readonly Dictionary<string, string> Public = new()
    {
        ["organisations"] = "cnrs", ["structures"] = "majulab", ["instruments"] = "irl", ["sources"] = "S3", ["people"] = "dan-waldram",
        ["agreements"] = "majulab-2018",
    };

    // Cells that a check of their table wants in a form of their own.
    static readonly Dictionary<(string Table, string Column), string> Particular = new()
    {
        [("claims", "value")] = "over 4,321", [("claims", "period")] = "2016", [("claims", "wording")] = "", [("claims", "numerator")] = "",
        [("identifiers", "organisation")] = "", [("money", "amount")] = "4321", [("money", "currency")] = "EUR", [("money", "year")] = "2016",
        [("citations", "subject")] = "structures/{structure}", [("citations", "field")] = "name", [("deadlines", "agreement")] = "",
        [("successions", "successor")] = "limms", [("rules", "field")] = "duration", [("rules", "value")] = "77", [("rules", "unit")] = "years", [("rules", "value_fr")] = "",
    };

    public static async Task PlantAsync(Work work)
    {
        foreach (var hidden in (bool[])[true, false])
            foreach (var file in PortfolioFileSet.All.Where(f => hidden || f.Find("key") is null))
                work.Db.Add(file.Make(Row(file, hidden, all: true) ?? Row(file, hidden, all: false)
                    ?? throw new InvalidOperationException($"No row of {file.Name} could be planted.")));
        work.Log("test.plant", "portfolio");
        await work.Db.SaveChangesAsync();
    }

    /// <summary>A sound row, with all its cells or with those that it must have; null where its check refuses it.</summary>
    static Row? Row(PortfolioFile file, bool hidden, bool all)
    {
        var cells = file.Columns.Where(c => all || c.Required || c.Name is "audience" or "structure")
            .ToDictionary(c => c.Name, c => Cell(file, c, hidden) ?? "", StringComparer.Ordinal);
        foreach (var (column, cell) in cells.Where(c => c.Value.Length > 0))
            if (file.Find(column)!.Complaint(cell) is { } complaint) throw new InvalidOperationException($"{file.Name}.{column} “{cell}”: {complaint.En}");
        foreach (var (column, cell) in Particular.Where(p => p.Key.Table == file.Name).Select(p => (p.Key.Column, p.Value)))
            if (cells.ContainsKey(column)) cells[column] = cell.Replace("{structure}", hidden ? KeyOf("structures") : Public["structures"], StringComparison.Ordinal);
        var row = new Row(file, 1, cells);
        return file.Check?.Invoke(row) is null ? row : null;
    }

    static string? Cell(PortfolioFile file, Column column, bool hidden) => column.Kind switch
    {
        ColumnKind.Key => KeyOf(file.Name),
        ColumnKind.Text => $"{Token} {file.Name} {column.Name}",
        ColumnKind.Number => "1",
        ColumnKind.Date => column.Name is "until" ? "2017" : "2016",
        ColumnKind.Choice => column.Choices[0],
        ColumnKind.Country => "IS",
        ColumnKind.Ror => "0zq9planx",
        ColumnKind.Amount => "4321",
        ColumnKind.Url => $"https://{Token}.example",
        ColumnKind.YesNo => "yes",
        ColumnKind.Sources => hidden ? KeyOf("sources") : "S3",
        ColumnKind.Reference when column.Name is "centre" => "cnrs-utokyo",
        ColumnKind.Reference or ColumnKind.References => hidden || !Public.TryGetValue(column.Of!, out var known) ? KeyOf(column.Of!) : known,
        ColumnKind.Audience => Audience,
        _ => null,
    };

    static string KeyOf(string table) => $"{Token}-{table}";
}
