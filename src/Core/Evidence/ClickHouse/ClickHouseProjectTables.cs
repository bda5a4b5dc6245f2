namespace Entente.Core.Evidence.ClickHouse;

/// <summary>The tables of a vintage of CORDIS (docs/format/clickhouse.md). Year is that of a project's start, 0 for an unknown one.</summary>
sealed record ClickHouseProjectTables(string Database, string? Cluster, string Suffix) : ClickHouseSchema(Database, Cluster, Suffix)
{
    public static readonly ClickHouseTable ProjectTable = new("projects", "stretch UInt16, project String, year Int16, acronym String, title String, status String, "
        + "legal_basis String, framework String, starts String, ends String", "project")
    {
        Rows = new("projects", "projets"),
    };

    public static readonly ClickHouseTable ParticipationTable = new("participations", "stretch UInt16, pic String, project String, year Int16, role String, contribution String", "pic, project");

    public static readonly ClickHouseTable SubjectTable = new("subjects", "stretch UInt16, project String, year Int16, kind UInt8, code String, title String, path String", "project")
    {
        Rows = new("subjects", "sujets"),
    };

    public static ClickHouseProjectTables Of(ClickHouseAddress address, Manifest manifest) => new(address.Database, address.Cluster, SuffixOf(address, manifest));

    public override IReadOnlyList<ClickHouseTable> Parted => [ProjectTable, ParticipationTable, SubjectTable];
}
