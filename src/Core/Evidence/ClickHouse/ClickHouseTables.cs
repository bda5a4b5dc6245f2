using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// The tables that hold one vintage on each server, and the numbers in them (docs/format/clickhouse.md). A vintage of other bytes,
/// or on another number of servers, has other tables, so that what is being asked is never written to.
/// </summary>
sealed record ClickHouseTables(string Database, string? Cluster, string Suffix)
{
    /// <summary>The layout of these tables. Another layout has other names.</summary>
    public const int Layout = 3;

    /// <summary>Lists of works: that of all, of the truncated ones, and from here on one for each unit.</summary>
    public const uint Control = 0, All = 1, Truncated = 2, FirstUnit = 16;

    /// <summary>Ids from here on, and years below 0, are of control rows: one for each server, which stand for "I answered".</summary>
    public const ulong FirstControl = 1UL << 62;

    /// <summary>Numbers of organisations from here on are of units without an OpenAlex id.</summary>
    public const uint FirstNameless = 1u << 31;

    /// <summary>The stretch of control rows: the last number that a stretch may have.</summary>
    public const ushort ControlStretch = ushort.MaxValue;

    public const string Vintages = "vintages";

    public static ClickHouseTables Of(ClickHouseAddress address, Manifest manifest) =>
        new(address.Database, address.Cluster, string.Create(CultureInfo.InvariantCulture, $"{manifest.Id[^16..]}_{HashOf(manifest)[..8]}_{address.Servers.Count}"));

    /// <summary>What a vintage's files hold; its name and the time of its import are not part of it.</summary>
    public static string HashOf(Manifest manifest)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Layout}\n{manifest.Id}\n{manifest.Format}\n");
        foreach (var file in manifest.Files.OrderBy(f => f.Name, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{file.Name} {file.Sha256}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public string Postings => $"{Quoted(Database)}.postings_{Suffix}";
    public string Works => $"{Quoted(Database)}.works_{Suffix}";
    public string Units => $"{Quoted(Database)}.units_{Suffix}";
    public string Topics => $"{Quoted(Database)}.topics_{Suffix}";
    public string Stretches => $"{Quoted(Database)}.stretches_{Suffix}";

    /// <summary>All servers' rows: what questions read first. What stands in a subquery is read by each server from its own rows.</summary>
    public string AllPostings => Cluster is null ? Postings : $"{Quoted(Database)}.all_postings_{Suffix}";
    public string AllWorks => Cluster is null ? Works : $"{Quoted(Database)}.all_works_{Suffix}";
    public string VintagesTable => $"{Quoted(Database)}.{Vintages}";

    public const string PostingColumns = "stretch, list, year, work, flags, topic, field, type, goals, authors, organisations, named, citations, fwci, countries, funders";
    public const string WorkColumns = "stretch, work, year, flags, type, authors, title, doi, units, orgs, places, author";
    public const string UnitColumns = "list, id, ror, country, type, name, lineage, works";
    public const string TopicColumns = "topic, name, subfield, subfield_name, field, field_name, domain, domain_name";
    public const string VintageColumns = "id, hash, suffix, servers, works, postings, units, first_year, last_year, knows_topics, knows_funders, countries, manifest, loaded";

    /// <summary>Statements that make what is missing; running them again changes nothing.</summary>
    public IEnumerable<string> Create()
    {
        yield return $"create database if not exists {Quoted(Database)}";
        yield return $"create table if not exists {VintagesTable} (id String, hash String, suffix String, servers UInt16, works UInt64, postings UInt64, units UInt32, "
            + "first_year Int16, last_year Int16, knows_topics UInt8, knows_funders UInt8, countries String, manifest String, loaded UInt64) engine = MergeTree order by (id, loaded)";
        yield return $"create table if not exists {Postings} (stretch UInt16, list UInt32, year Int16, work UInt64, flags UInt16, topic UInt32, field UInt32, type String, goals UInt32, "
            + "authors UInt32, organisations UInt32, named UInt32, citations UInt32, fwci Float32, countries Array(String), funders Array(UInt64)) engine = MergeTree partition by stretch order by (list, year, work)";
        yield return $"create table if not exists {Works} (stretch UInt16, work UInt64, year Int16, flags UInt16, type String, authors UInt32, title String, doi String, "
            + "units Array(UInt32), orgs Array(UInt32), places Array(UInt16), author Array(UInt32)) engine = MergeTree partition by stretch order by work";
        yield return $"create table if not exists {Units} (list UInt32, id UInt64, ror String, country String, type String, name String, lineage Array(UInt64), works UInt64) engine = MergeTree order by list";
        yield return $"create table if not exists {Topics} (topic UInt32, name String, subfield UInt32, subfield_name String, field UInt32, field_name String, "
            + "domain UInt32, domain_name String) engine = MergeTree order by topic";
        yield return $"create table if not exists {Stretches} (stretch UInt16, works UInt64, postings UInt64) engine = MergeTree order by stretch";
        if (Cluster is null) yield break;
        foreach (var (all, local) in new[] { (AllPostings, $"postings_{Suffix}"), (AllWorks, $"works_{Suffix}") })
            yield return $"create table if not exists {all} as {Quoted(Database)}.{local} engine = Distributed({Text(Cluster)}, {Text(Database)}, {Text(local)})";
    }

    /// <summary>A text as SQL writes it.</summary>
    public static string Text(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public static string Quoted(string name) => char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : $"`{name}`";
}
