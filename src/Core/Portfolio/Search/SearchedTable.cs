using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Entente.Core.Portfolio.Search;

/// <summary>A cell that names another record, such as a party's organisation; several where the column holds a list.</summary>
sealed record Reference(string Column, string Of, bool Several);

/// <summary>A row of a searched table: its owner, who may read it, what it says and what it names.</summary>
sealed record SearchedRow(string Owner, Audience Audience, IReadOnlyDictionary<string, string> Cells, ILookup<string, string> Names);

/// <summary>A portfolio table as search reads it: past the mapping, only the columns that hold words or name other records.</summary>
sealed class SearchedTable
{
    /// <summary>What a row needs to be known for the row itself to be.</summary>
    static readonly string[] Known = ["structures", "organisations", "people", "instruments", "sources"];

    readonly string _table, _owner;
    readonly IReadOnlyList<string> _texts;

    SearchedTable(PortfolioFile file, IEntityType type)
    {
        var columns = type.GetProperties().Select(RowText.ColumnOf).ToHashSet(StringComparer.Ordinal);
        (File, _table, _owner) = (file, type.GetTableName()!, RowText.ColumnOf(type.FindProperty(type.OwnerKeyProperty()!)!));
        _texts = [.. file.Columns.Where(c => c.Kind is ColumnKind.Text or ColumnKind.Key or ColumnKind.Ror or ColumnKind.Url && columns.Contains(c.Name)).Select(c => c.Name)];
        References = [.. file.Columns.Where(c => columns.Contains(c.Name)).Select(ReferenceOf).OfType<Reference>()];
    }

    public PortfolioFile File { get; }
    public IReadOnlyList<Reference> References { get; }

    static Reference? ReferenceOf(Column c) => c.Kind switch
    {
        ColumnKind.Reference or ColumnKind.References when Known.Contains(c.Of) => new(c.Name, c.Of!, c.Kind == ColumnKind.References),
        ColumnKind.Sources => new(c.Name, "sources", true),
        _ => null,
    };

    /// <summary>The tables whose rows belong to records of the kind.</summary>
    public static IReadOnlyList<SearchedTable> Of(Db db, string kind) =>
    [
        .. from file in PortfolioFileSet.All
           let type = db.Model.FindEntityType(file.Type)
           where type?.OwnerKind() == kind
           select new SearchedTable(file, type),
    ];

    public Task<List<SearchedRow>> ReadAsync(Db db, IReadOnlyCollection<string>? owners, CancellationToken ct)
    {
        var columns = _texts.Concat(References.Select(r => r.Column)).Distinct().ToList();
        var sql = $"select {_owner}, audience{string.Concat(columns.Select(c => ", " + StoredTable.Quoted(c)))} from {_table} where {_owner} is not null{In(_owner, owners)}";
        return db.RowsAsync(sql, row =>
        {
            var cells = columns.Select((c, i) => (Column: c, Text: row.IsDBNull(i + 2) ? "" : row.GetString(i + 2))).Where(c => c.Text.Length > 0).ToDictionary(c => c.Column, c => c.Text);
            return new SearchedRow(row.GetString(0), Audience.Parse(row.GetString(1)) ?? Audience.Nobody,
                cells.Where(c => _texts.Contains(c.Key)).ToDictionary(), NamesIn(cells));
        }, ct, [.. owners ?? []]);
    }

    ILookup<string, string> NamesIn(Dictionary<string, string> cells) => References.Where(r => cells.ContainsKey(r.Column))
        .SelectMany(r => (r.Of == "sources" ? Citations.Parse(cells[r.Column]).Sources : r.Several ? Column.Items(cells[r.Column]) : [cells[r.Column]])
            .Select(key => (r.Of, Key: key)))
        .ToLookup(n => n.Of, n => n.Key);

    /// <summary>Owners of the rows that name one of these records.</summary>
    public async Task<IEnumerable<string>> NamingAsync(Db db, Reference reference, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var column = StoredTable.Quoted(reference.Column);
        if (!reference.Several)
            return await db.RowsAsync($"select distinct {_owner} from {_table} where {_owner} is not null{In(column, keys)}", r => r.GetString(0), ct, [.. keys]);
        var all = await db.RowsAsync($"select {_owner}, {column} from {_table} where {_owner} is not null and {column} is not null", r => (Owner: r.GetString(0), List: r.GetString(1)), ct);
        return all.Where(row => (reference.Of == "sources" ? Citations.Parse(row.List).Sources : Column.Items(row.List)).Any(keys.Contains)).Select(row => row.Owner);
    }

    internal static string In(string column, IReadOnlyCollection<string>? keys) =>
        keys is null ? "" : keys.Count == 0 ? " and 1 = 0" : $" and {column} in ({string.Join(", ", keys.Select((_, i) => $"@p{i}"))})";
}
