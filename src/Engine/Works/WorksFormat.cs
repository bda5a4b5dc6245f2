using System.Globalization;

namespace Entente.Engine.Works;

/// <summary>Names of the files and columns of a vintage of works. They are part of the byte layout (docs/format/segment.md).</summary>
static class WorksFormat
{
    public const string Works = "works", Texts = "texts", Tombstones = "tombstones";

    /// <summary>Works that are not packed are of an earlier layout.</summary>
    public const int OldestVersion = 2;

    // Of the file "works": one value for each work, in order of year, topic, id.
    public const string Id = "id", Year = "year", YearStarts = "year_starts", Topic = "topic", Citations = "citations", Fwci = "fwci", Flags = "flags", FlagBits = "flag_bits", Goals = "goals", Type = "type";

    // The types by number; then authorships of works, units of authorships, and works of units.
    public const string Types = "types", Authors = "authors", Authorships = "authorships", AuthorUnits = "author_units", Units = "units", Posts = "posts", Postings = "postings";

    // One value for each unit, and the types of units by number.
    public const string UnitId = "unit_id", UnitRor = "unit_ror", UnitCountry = "unit_country", UnitType = "unit_type", UnitTypes = "unit_types", UnitName = "unit_name", UnitLineage = "unit_lineage", Lineage = "lineage";

    // One value for each funder that the works name, and its works.
    public const string FunderId = "funder_id", FunderPosts = "funder_posts", FunderPostings = "funder_postings";

    // One value for each topic, subfield, field and domain of the works.
    public const string TopicId = "topic_id", TopicSubfield = "topic_subfield", TopicField = "topic_field", TopicDomain = "topic_domain", TopicUpdated = "topic_updated", TopicName = "topic_name",
        SubfieldId = "subfield_id", SubfieldName = "subfield_name", FieldId = "field_id", FieldName = "field_name", DomainId = "domain_id", DomainName = "domain_name";

    // What stands beside a column that is coded: the different numbers of one, and for runs where every 64th begins and what is left over.
    public const string Values = ".values", Places = ".at", Rest = ".low";

    // Of the file "texts": evidence, which no figure reads.
    public const string Title = "title", TitleStarts = "title_starts", Doi = "doi", DoiStarts = "doi_starts", Updated = "updated", Hash = "hash", ById = "by_id";

    // Of the file "tombstones": works that a newer record in another segment replaces.
    public const string Segment = "segment", Row = "row";

    const string Extension = ".seg";

    public static string WorksFile(int number) => Numbered(Works, number);
    public static string TextsFile(int number) => Numbered(Texts, number);
    public static string TombstonesFile => Tombstones + Extension;

    /// <summary>Tombstones that a merge wrote, under the first of the numbers that it gave: the list of before stays until the manifest names this one.</summary>
    public static string TombstonesOf(int number) => Numbered(Tombstones, number);

    public static bool IsTombstones(string file) =>
        file == TombstonesFile || (file.StartsWith(Tombstones + "-", StringComparison.Ordinal) && file.EndsWith(Extension, StringComparison.Ordinal));

    /// <summary>The number of a file "works-0003.seg"; -1 for any other file.</summary>
    public static int NumberOf(string file) =>
        file.StartsWith(Works + "-", StringComparison.Ordinal) && file.EndsWith(Extension, StringComparison.Ordinal)
        && int.TryParse(file.AsSpan(Works.Length + 1, file.Length - Works.Length - 1 - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : -1;

    static string Numbered(string kind, int number) => $"{kind}-{number.ToString("D4", CultureInfo.InvariantCulture)}{Extension}";
}
