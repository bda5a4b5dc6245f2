using Entente.Core.Portfolio;

namespace Entente.Web.Portfolio.Editing;

/// <summary>A row in a list of a record's rows.</summary>
public sealed record SectionRow(PortfolioFile File, string Id, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>The rows that belong to a record, by table, as far as the reader's record holds them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<SectionRow>> Of(PortfolioRecord record, string table, string key) =>
        EditAddress.RowsOf(table).ToDictionary(t => t.Table, t => (IReadOnlyList<SectionRow>)[.. Rows(record, t.Table, t.Column, t.Column == "subject" ? $"{table}/{key}" : key).Select(Make)]);

    static SectionRow Make(object row)
    {
        var file = RowCells.FileOf(row.GetType());
        var cells = Core.Portfolio.Editing.Cells.Of(file, row);
        return new(file, RowCells.IdOf(row) is { } id ? id.ToString(System.Globalization.CultureInfo.InvariantCulture) : cells["key"], cells);
    }

    static IEnumerable<object> Rows(PortfolioRecord record, string table, string column, string key) => table switch
    {
        "acts" => record.Acts[key],
        "parties" => record.Parties[key],
        "sites" => record.Sites[key],
        "roles" => column == "person" ? record.RolesOfPerson(key) : record.RolesOf(key),
        "themes" => record.Themes[key],
        "goals" => record.Goals[key],
        "belongings" => record.BelongingsOf(key),
        "identifiers" => column == "organisation" ? record.IdentifiersOfOrganisation(key) : record.IdentifiersOf(key),
        "facts" => record.Facts[key],
        "shared" => record.Shared[key],
        "deadlines" => record.Deadlines.Where(d => record.StructureOf(d) == key),
        "notes" => column == "organisation" ? record.NotesOfOrganisation(key) : record.NotesOf(key),
        "names" => record.Names[key],
        "labels" => record.Labels[key],
        "citations" => record.FieldCitations[key],
        _ => [],
    };

    public static IEnumerable<SectionRow> Successions(PortfolioRecord record, string key) =>
        record.Successions.Where(s => s.Structure == key || s.Successor == key).Select(Make);
}
