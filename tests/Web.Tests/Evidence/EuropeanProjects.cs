using Entente.Core.Evidence.Cordis;
using Entente.Core.Store;

namespace Entente.Web.Tests.Evidence;

/// <summary>Tables of CORDIS written by a test, as their header names the columns that are read: parts, projects, and what projects are about.</summary>
static class EuropeanProjects
{
    const string Cnrs = "999997930", Imperial = "999993468";

    const string PartHeader = "projectID;organisationID;name;shortName;SME;activityType;city;country;contentUpdateDate;order;role;ecContribution;endOfParticipation;active";
    const string ProjectHeader = "id;acronym;status;title;startDate;endDate;legalBasis;frameworkProgramme;contentUpdateDate";

    /// <summary>Two joint projects and one of CNRS alone, as a complete vintage.</summary>
    public static Task ThreeAsync(Work work) => ImportAsync(work, complete: true,
        [Part("100", Cnrs, "coordinator"), Part("100", Imperial, "participant"), Part("101", Cnrs, "participant"), Part("101", Imperial, "thirdParty"), Part("102", Cnrs, "participant")],
        ["100;ONE;SIGNED;One;2019-01-01;2022-01-01;H2020-EU.1.3.;H2020;2023-01-01"],
        ["100;T-1;Topic one", "101;T-2;Topic two"],
        ["100;/23/49;/natural sciences/biological sciences;biological sciences;", "101;/23/51;/natural sciences/physical sciences;physical sciences;"],
        ["100;H2020-EU.1.3.;Actions;true"]);

    /// <summary>Enough joint projects for two pages of a list, with what real ones have: long titles and words, several topics and fields, or nothing but an id. A selection, so that it judges no claim.</summary>
    public static Task ManyAsync(Work work)
    {
        string[] ids = [.. Enumerable.Range(0, 60).Select(i => $"{101_000_000 + i}")];
        string[] roles = ["coordinator", "participant", "associatedPartner", "partner", "internationalPartner", "thirdParty"];
        return ImportAsync(work, complete: false,
            [.. ids.SelectMany((id, i) => new[] { Part(id, Cnrs, roles[i % 6]), Part(id, Imperial, roles[i / 6 % 6]) })],
            // Every ninth has no row in the table of projects, and one has no start.
            [.. ids.Index().Where(p => p.Index % 9 != 8).Select(p => $"{p.Item};{(p.Index == 3 ? "" : $"ACRO-{p.Index}")};SIGNED;{Title(p.Index)};{(p.Index == 5 ? "" : $"{2014 + p.Index % 8}-0{1 + p.Index % 9}-01")};2030-12-31;H2020-EU.1.{p.Index % 4}.;H2020;2023-01-01")],
            [.. ids.Index().Where(p => p.Index % 9 != 7).SelectMany(p => Enumerable.Range(0, 1 + p.Index % 2).Select(t => $"{p.Item};MSCA-COFUND-{2014 + p.Index % 8}-{t};Co-funding of regional, national and international programmes"))],
            [.. ids.Index().Where(p => p.Index % 3 != 2).Select(p => $"{p.Item};/23/49/{p.Index % 5};/natural sciences/biological sciences/field {p.Index % 5};field {p.Index % 5};"), $"{ids[0]};/25;/engineering and technology;engineering and technology;"],
            [.. ids.Where((_, i) => i % 4 == 0).Select(id => $"{id};H2020-EU.1.0.;EXCELLENT SCIENCE;true")]);
    }

    static string Title(int project) => project switch
    {
        4 => "",
        7 => "Thermo-electrochemicalhydrogencompressionforhighlyintegratedsolar-drivenmicroreactors",
        _ => $"Title of a project as long as titles are, with all that it sets out to do in its {project} parts",
    };

    static string Part(string project, string pic, string role) => $"{project};{pic};N;;false;REC;Town;FR;2023-01-01 00:00:00;1;{role};1;false;";

    static async Task ImportAsync(Work work, bool complete, string[] parts, string[] projects, string[] topics, string[] sciences, string[] bases)
    {
        string[] files =
        [
            await WriteAsync("organization.csv", PartHeader, parts), await WriteAsync("project.csv", ProjectHeader, projects), await WriteAsync("topics.csv", "projectID;topic;title", topics),
            await WriteAsync("euroSciVoc.csv", "projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle;euroSciVocDescription", sciences),
            await WriteAsync("legalBasis.csv", "projectID;legalBasis;title;uniqueProgrammePart", bases),
        ];
        var imported = await CordisImport.RunAsync(work, files, new DateOnly(2023, 7, 1), complete, null, default);
        Assert.True(imported is { Ok: true, Value.Rejected: 0 }, imported.Refusal?.Message.En);

        async Task<string> WriteAsync(string name, string header, string[] rows)
        {
            var path = Path.Combine(work.Folder.Root, name);
            await File.WriteAllLinesAsync(path, [header, .. rows]);
            return path;
        }
    }
}
