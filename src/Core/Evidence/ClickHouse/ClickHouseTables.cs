namespace Entente.Core.Evidence.ClickHouse;

/// <summary>The tables of a vintage of works, and the numbers in them (docs/format/clickhouse.md).</summary>
sealed record ClickHouseTables(string Database, string? Cluster, string Suffix) : ClickHouseSchema(Database, Cluster, Suffix)
{
    /// <summary>Lists of works: that of all, of the truncated ones, and from here on one for each unit.</summary>
    public const uint Control = 0, All = 1, Truncated = 2, FirstUnit = 16;

    /// <summary>Ids from here on, and years below 0, are of control rows: one for each server, which stand for "I answered".</summary>
    public const ulong FirstControl = 1UL << 62;

    /// <summary>Numbers of organisations from here on are of units without an OpenAlex id.</summary>
    public const uint FirstNameless = 1u << 31;

    public static readonly ClickHouseTable WorkTable = new("works", "stretch UInt16, work UInt64, year Int16, flags UInt16, type String, authors UInt32, title String, doi String, "
        + "units Array(UInt32), orgs Array(UInt32), places Array(UInt16), author Array(UInt32)", "work")
    {
        Rows = new("works", "publications"),
    };

    public static readonly ClickHouseTable PostingTable = new("postings", "stretch UInt16, list UInt32, year Int16, work UInt64, flags UInt16, topic UInt32, field UInt32, type String, "
        + "goals UInt32, authors UInt32, organisations UInt32, named UInt32, citations UInt32, fwci Float32, countries Array(String), funders Array(UInt64)", "list, year, work")
    {
        Rows = new("postings", "listes"),
    };

    public static readonly ClickHouseTable UnitTable = new("units", "list UInt32, id UInt64, ror String, country String, type String, name String, lineage Array(UInt64), works UInt64", "list");

    public static readonly ClickHouseTable TopicTable = new("topics",
        "topic UInt32, name String, subfield UInt32, subfield_name String, field UInt32, field_name String, domain UInt32, domain_name String", "topic");

    /// <summary>What vintages of works may know or not.</summary>
    public const string KnowsTopics = "topics", KnowsFunders = "funders";

    public static ClickHouseTables Of(ClickHouseAddress address, Manifest manifest) => new(address.Database, address.Cluster, SuffixOf(address, manifest));

    public override IReadOnlyList<ClickHouseTable> Parted => [WorkTable, PostingTable];
    public override IReadOnlyList<ClickHouseTable> Whole => [UnitTable, TopicTable];

    public string Postings => On(PostingTable);
    public string Works => On(WorkTable);
    public string Units => On(UnitTable);
    public string Topics => On(TopicTable);
    public string AllPostings => Over(PostingTable);
    public string AllWorks => Over(WorkTable);
}
