using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>A table of a vintage, without the names of its database and its load.</summary>
/// <param name="Columns">each with its type, a comma and a space between</param>
/// <param name="Order">the columns that its rows lie in order of</param>
sealed record ClickHouseTable(string Name, string Columns, string Order)
{
    /// <summary>What its rows are, as messages call them.</summary>
    public Said Rows { get; init; } = Said.Same(Name);

    public string ColumnNames => string.Join(", ", Columns.Split(", ").Select(column => column.Split(' ')[0]));
}

/// <summary>
/// The tables that hold one vintage on each server (docs/format/clickhouse.md). A vintage of other bytes, or on another number of
/// servers, has other tables, so that what is being asked is never written to.
/// </summary>
abstract record ClickHouseSchema(string Database, string? Cluster, string Suffix)
{
    /// <summary>The layout of these tables. Another layout has other names.</summary>
    public const int Layout = 3;

    /// <summary>The stretch of control rows: the last number that a stretch may have.</summary>
    public const ushort ControlStretch = ushort.MaxValue;

    /// <summary>Which vintages are there whole: the one table that all loads of a database share.</summary>
    public static readonly ClickHouseTable Loads = new("loads", "id String, hash String, suffix String, servers UInt16, counts Array(UInt64), first_year Int16, last_year Int16, "
        + "knows Array(String), countries String, manifest String, loaded UInt64", "id, loaded");

    /// <summary>Tables of which each server has a part, cut into stretches. Each has a column year, which is below 0 in control rows.</summary>
    public abstract IReadOnlyList<ClickHouseTable> Parted { get; }

    /// <summary>Tables that each server has whole.</summary>
    public virtual IReadOnlyList<ClickHouseTable> Whole => [];

    /// <summary>The stretches that a server holds whole, with how many rows of each parted table.</summary>
    public ClickHouseTable Stretches => new("stretches", "stretch UInt16" + string.Concat(Parted.Select(table => $", {table.Name} UInt64")), "stretch");

    public static string SuffixOf(ClickHouseAddress address, Manifest manifest) =>
        string.Create(CultureInfo.InvariantCulture, $"{manifest.Id[^16..]}_{HashOf(manifest)[..8]}_{address.Servers.Count}");

    /// <summary>What a vintage's files hold; its name and the time of its import are not part of it.</summary>
    public static string HashOf(Manifest manifest)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Layout}\n{manifest.Id}\n{manifest.Format}\n");
        foreach (var file in manifest.Files.OrderBy(f => f.Name, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{file.Name} {file.Sha256}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The name of a table on one server: its own rows.</summary>
    public string On(ClickHouseTable table) => $"{Quoted(Database)}.{table.Name}_{Suffix}";

    /// <summary>The name of a parted table over all servers: what questions read first. What stands in a subquery is read by each server from its own rows.</summary>
    public string Over(ClickHouseTable table) => Cluster is null ? On(table) : $"{Quoted(Database)}.all_{table.Name}_{Suffix}";

    public static string LoadsIn(string database) => $"{Quoted(database)}.{Loads.Name}";

    /// <summary>Statements that make what is missing; running them again changes nothing.</summary>
    public IEnumerable<string> Create()
    {
        yield return $"create database if not exists {Quoted(Database)}";
        yield return Create(LoadsIn(Database), Loads, "");
        foreach (var table in Parted) yield return Create(On(table), table, " partition by stretch");
        foreach (var table in Whole.Append(Stretches)) yield return Create(On(table), table, "");
        if (Cluster is null) yield break;
        foreach (var table in Parted)
            yield return $"create table if not exists {Over(table)} as {On(table)} engine = Distributed({Text(Cluster)}, {Text(Database)}, {Text($"{table.Name}_{Suffix}")})";
    }

    static string Create(string name, ClickHouseTable table, string parts) =>
        $"create table if not exists {name} ({table.Columns}) engine = MergeTree{parts} order by ({table.Order})";

    /// <summary>A text as SQL writes it.</summary>
    public static string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public static string Quoted(string name) => char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : $"`{name}`";
}
