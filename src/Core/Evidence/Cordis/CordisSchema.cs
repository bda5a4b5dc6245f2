namespace Entente.Core.Evidence.Cordis;

public enum CordisTable { Organisation, Project, Topics, Sciences, Bases, Other }

/// <summary>
/// The columns of the tables that are read, under the names of any year. Tables are told apart by their header, never by
/// the name of the file.
/// </summary>
public static class CordisSchema
{
    public static IReadOnlyList<CordisColumn> Organisation { get; } =
    [
        new("projectID", CordisForm.Key, true),
        new("projectAcronym", CordisForm.Text, false),
        new("organisationID", CordisForm.Pic, true, "organizationID", "id"),
        new("vatNumber", CordisForm.Text, false),
        new("name", CordisForm.Text, true),
        new("shortName", CordisForm.Text, true),
        new("SME", CordisForm.Flag, true),
        new("activityType", CordisForm.Activity, true),
        new("street", CordisForm.Text, false),
        new("postCode", CordisForm.Text, false),
        new("city", CordisForm.Text, false),
        new("country", CordisForm.Country, true),
        new("nutsCode", CordisForm.Nuts, false),
        new("geolocation", CordisForm.Place, false),
        new("organizationURL", CordisForm.Text, false, "organizationUrl"),
        new("contactForm", CordisForm.Address, false),
        new("contentUpdateDate", CordisForm.Date, true),
        new("rcn", CordisForm.Whole, false),
        new("order", CordisForm.Whole, true),
        new("role", CordisForm.Role, true),
        new("ecContribution", CordisForm.Amount, true),
        new("netEcContribution", CordisForm.Amount, false),
        new("totalCost", CordisForm.Amount, false),
        new("endOfParticipation", CordisForm.Flag, true),
        new("active", CordisForm.Flag, true),
    ];

    /// <summary>Columns that land in the vintage from rows that did not slip only. They are no witnesses of what is kept: a row may be put back though nobody can tell where one of them ends.</summary>
    public static IReadOnlySet<string> KeptIfSound { get; } = new HashSet<string>(StringComparer.Ordinal) { "vatNumber", "city", "organizationURL" };

    public static IReadOnlyList<CordisColumn> Project { get; } =
    [
        new("id", CordisForm.Key, true),
        new("acronym", CordisForm.Text, true),
        new("status", CordisForm.Status, true),
        new("title", CordisForm.Text, true),
        new("startDate", CordisForm.Date, true),
        new("endDate", CordisForm.Date, true),
        new("totalCost", CordisForm.Amount, false),
        new("ecMaxContribution", CordisForm.Amount, false),
        new("legalBasis", CordisForm.Programme, true, "programme"),
        new("topics", CordisForm.Text, false),
        new("ecSignatureDate", CordisForm.Date, false),
        new("frameworkProgramme", CordisForm.Word, true),
        new("masterCall", CordisForm.Text, false),
        new("subCall", CordisForm.Text, false, "call"),
        new("fundingScheme", CordisForm.Word, false),
        new("nature", CordisForm.Word, false),
        new("objective", CordisForm.Text, false),
        new("contentUpdateDate", CordisForm.Date, true),
        new("rcn", CordisForm.Whole, false),
        new("grantDoi", CordisForm.Doi, false),
    ];

    public static IReadOnlyList<CordisColumn> Topics { get; } =
    [
        new("projectID", CordisForm.Key, true), new("topic", CordisForm.Topic, true), new("title", CordisForm.Text, true),
    ];

    public static IReadOnlyList<CordisColumn> Sciences { get; } =
    [
        new("projectID", CordisForm.Key, true), new("euroSciVocCode", CordisForm.Science, true), new("euroSciVocPath", CordisForm.Path, true),
        new("euroSciVocTitle", CordisForm.Text, true), new("euroSciVocDescription", CordisForm.Text, false),
    ];

    public static IReadOnlyList<CordisColumn> Bases { get; } =
    [
        new("projectID", CordisForm.Key, true), new("legalBasis", CordisForm.Basis, true), new("title", CordisForm.Text, true),
        new("uniqueProgrammePart", CordisForm.Flag, true),
    ];

    // Tables of a CORDIS release that say nothing of what a project is about, by columns that no other has.
    static readonly string[][] Others =
    [
        ["projectID", "physUrl"], ["uri", "availableLanguages"], ["projectID", "deliverableType"], ["projectID", "isPublishedAs"],
        ["projectID", "attachment"],
    ];

    /// <summary>Which table a header belongs to; null for a header that CORDIS does not use.</summary>
    public static CordisTable? Recognise(string[] header)
    {
        if (Has("projectID") && Has("role") && (Has("organisationID") || Has("organizationID") || Has("id"))) return CordisTable.Organisation;
        if (Has("id") && Has("acronym") && Has("startDate")) return CordisTable.Project;
        if (Has("projectID") && Has("euroSciVocCode")) return CordisTable.Sciences;
        if (Has("projectID") && Has("topic")) return CordisTable.Topics;
        if (Has("projectID") && Has("legalBasis") && Has("uniqueProgrammePart")) return CordisTable.Bases;
        return Others.Any(names => names.All(Has)) ? CordisTable.Other : null;

        bool Has(string name) => header.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The column of each field of a row in a table with this header; unknown ones are free text that is not kept.</summary>
    public static CordisColumn[] Columns(CordisTable table, string[] header)
    {
        var known = table switch
        {
            CordisTable.Organisation => Organisation,
            CordisTable.Topics => Topics,
            CordisTable.Sciences => Sciences,
            CordisTable.Bases => Bases,
            _ => Project,
        };
        return [.. header.Select(name => known.FirstOrDefault(column => column.Is(name)) ?? new(name, CordisForm.Text, false))];
    }
}
