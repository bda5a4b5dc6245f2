using System.IO.Compression;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.Cordis;

static class CordisFiles
{
    public const string Cnrs = "999997930", Imperial = "999993468";

    public const string OrganisationHeader = "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;nutsCode;geolocation;organizationURL;contactForm;contentUpdateDate;rcn;order;role;ecContribution;netEcContribution;totalCost;endOfParticipation;active";
    public const string ProjectHeader = "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;frameworkProgramme;masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi";

    public static string OrganisationTable { get; } = Path.Combine(Conditions.Data, "cordis", "organization.csv.gz");
    public static string ProjectTable { get; } = Path.Combine(Conditions.Data, "cordis", "project.csv.gz");

    public const string TopicHeader = "projectID;topic;title", ScienceHeader = "projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle;euroSciVocDescription",
        BasisHeader = "projectID;legalBasis;title;uniqueProgrammePart";

    public static string TopicTable { get; } = Path.Combine(Conditions.Data, "cordis", "topics.csv.gz");

    public static Task<Outcome<ImportResult>> Import(TestWorld world, params string[] paths) =>
        CordisImport.RunAsync(world.Work, paths, new DateOnly(2023, 7, 1), complete: false, null, default);

    public static string Write(TestWorld world, string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(world.Folder.Root, name);
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }

    public static string Part(string project, string pic, string role, string name = "UNIVERSITY", string amount = "100.5", string order = "1", string updated = "2023-03-10 21:14:00", string street = "MAIN STREET 1") =>
        $"{project};ACRO;{pic};VAT1;{name};SHORT;false;HES;{street};1000;Paris;FR;;48.8,2.2;http://u.example;https://form.example/1;{updated};190;{order};{role};{amount};{amount};{amount};false;";

    public static string Project(string id, string start, string basis, string title = "A title", string updated = "2022-08-22 20:22:00") =>
        $"{id};ACRO{id};CLOSED;{title};{start};2030-12-31;5240708,13;4654333;{basis};T-1;2015-04-13;H2020;H2020-C;H2020-C;RIA;;An objective;{updated};193248;10.3030/{id}";

    public static string Table(string header, params string[] rows) => header + "\n" + string.Join('\n', rows) + "\n";

    /// <summary>Twin: rows of a real table by column name, by splitting at the quotes that surround every field.</summary>
    public static List<Dictionary<string, string>> Rows(string gzip)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(gzip), CompressionMode.Decompress));
        string[] Split(string line) => line.TrimEnd('\r')[1..^1].Split("\";\"");
        var header = Split(reader.ReadLine()!);
        var rows = new List<Dictionary<string, string>>();
        while (reader.ReadLine() is { } line)
            rows.Add(header.Zip(Split(line)).ToDictionary(x => x.First, x => x.Second.Replace("\"\"", "\"", StringComparison.Ordinal)));
        return rows;
    }
}
