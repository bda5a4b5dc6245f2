namespace Entente.Core.Store.Copying;

/// <summary>What a cell holds, told the same way of both databases.</summary>
enum CellKind { Text, Whole, Flag, Real, Bytes }

/// <param name="Type">as the database itself calls it</param>
sealed record StoredColumn(string Name, CellKind Kind, string Type);

/// <summary>A table as the database itself knows it, whether or not the program maps it.</summary>
/// <param name="Key">names of the columns that tell rows apart, in their order</param>
/// <param name="Numbered">the column that the database numbers by itself; null where there is none</param>
/// <param name="Needs">tables whose rows must be there first</param>
sealed record StoredTable(string Name, IReadOnlyList<StoredColumn> Columns, IReadOnlyList<string> Key, string? Numbered, IReadOnlyList<string> Needs)
{
    public string ColumnList => string.Join(", ", Columns.Select(c => Quoted(c.Name)));

    /// <summary>Every row, in the one order that both databases agree on: keys compared byte by byte.</summary>
    public string Select(bool postgres) => $"select {ColumnList} from {Quoted(Name)} order by "
        + string.Join(", ", Key.Select(k => Quoted(k) + (postgres && Columns.Single(c => c.Name == k).Kind == CellKind.Text ? " collate \"C\"" : "")));

    /// <summary>True where a row means the same in both tables.</summary>
    public bool Fits(StoredTable other) =>
        Key.SequenceEqual(other.Key) && Columns.Select(c => (c.Name, c.Kind)).ToHashSet().SetEquals(other.Columns.Select(c => (c.Name, c.Kind)));

    public static string Quoted(string name) => $"\"{name}\"";
}
