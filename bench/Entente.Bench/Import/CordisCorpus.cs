using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Entente.Bench.Import;

/// <summary>A framework programme as it is invented: how many projects and participations it has, and how its legal bases begin.</summary>
sealed record Framework(string Name, int FirstYear, int Projects, int Participations, string Basis);

/// <summary>
/// Invented tables of the three framework programmes at the size of the real ones, a zip each as CORDIS publishes them: participants, projects, a topic each,
/// some two legal bases and some three fields of science a project. The joint projects of two participants are counted while the rows are written.
/// </summary>
sealed class CordisCorpus
{
    public const string Cnrs = "999997930", Imperial = "999993468";

    public static IReadOnlyList<Framework> Frameworks { get; } =
    [
        new("FP7", 2007, 26_000, 140_000, "FP7"), new("H2020", 2014, 35_000, 180_000, "H2020-EU"), new("HORIZON", 2021, 20_000, 130_000, "HORIZON"),
    ];

    static readonly string[] Areas = ["natural sciences", "engineering and technology", "medical and health sciences", "social sciences", "humanities", "agricultural sciences"];
    static readonly string[] Roles = ["participant", "participant", "participant", "participant", "thirdParty", "partner", "associatedPartner"];
    static readonly string[] Countries = ["DE", "FR", "UK", "IT", "ES", "NL", "BE", "EL", "CH", "AT", "SE", "PL"];

    readonly Random random = new(1);
    readonly Dictionary<string, long> rows = [];

    public List<string> Files { get; } = [];
    public IReadOnlyDictionary<string, long> Rows => rows;
    public long All => rows.Values.Sum();
    public long TextBytes { get; private set; }
    public long PackedBytes => Files.Sum(path => new FileInfo(path).Length);

    /// <summary>Projects in which both parties take part.</summary>
    public int Joint { get; private set; }

    public static CordisCorpus Make(string folder)
    {
        Directory.CreateDirectory(folder);
        var corpus = new CordisCorpus();
        foreach (var framework in Frameworks) corpus.Write(folder, framework);
        return corpus;
    }

    void Write(string folder, Framework framework)
    {
        var path = Path.Combine(folder, $"cordis-{framework.Name}projects-csv.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        string[] projects = [.. Enumerable.Range(0, framework.Projects).Select(i => (((framework.FirstYear - 2000) * 10_000_000) + (i * 7)).ToString(CultureInfo.InvariantCulture))];
        Table(zip, "project", "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;frameworkProgramme;masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi",
            projects.Select(id => Project(framework, id)));
        Table(zip, "organization", "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;nutsCode;geolocation;organizationURL;contactForm;contentUpdateDate;rcn;order;role;ecContribution;netEcContribution;totalCost;endOfParticipation;active",
            Participations(framework, projects));
        Table(zip, "topics", "projectID;topic;title", projects.Select(id => new[] { id, $"{framework.Name}-T-{random.Next(3_000)}", Words(7) }));
        Table(zip, "legalBasis", "projectID;legalBasis;title;uniqueProgrammePart", projects.SelectMany(id => Bases(framework, id)));
        Table(zip, "euroSciVoc", "projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle;euroSciVocDescription", projects.SelectMany(Sciences));
        Files.Add(path);
    }

    void Table(ZipArchive zip, string name, string header, IEnumerable<string[]> written)
    {
        using var writer = new StreamWriter(zip.CreateEntry($"csv/{name}.csv", CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        var (bytes, count) = (0L, 0L);
        Line(header.Split(';'));
        foreach (var row in written)
        {
            Line(row);
            count++;
        }
        rows[name] = rows.GetValueOrDefault(name) + count;
        TextBytes += bytes;

        void Line(string[] fields)
        {
            var line = string.Join(';', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
            writer.Write(line);
            writer.Write("\r\n");
            bytes += Encoding.UTF8.GetByteCount(line) + 2;
        }
    }

    string[] Project(Framework framework, string id)
    {
        var start = new DateOnly(framework.FirstYear, 1, 1).AddDays(random.Next(7 * 365));
        return
        [
            id, Word().ToUpperInvariant(), "CLOSED", Words(12), start.ToString("O"), start.AddYears(4).ToString("O"), "5240708,13", "4654333", $"{framework.Basis}.{random.Next(1, 4)}.{random.Next(1, 8)}.",
            "T", "2015-04-13", framework.Name, "C", "C-S", "RIA", "", Words(220), "2022-08-22 20:22:00", id, $"10.3030/{id}",
        ];
    }

    IEnumerable<string[]> Participations(Framework framework, string[] projects)
    {
        for (var (i, left) = (0, framework.Participations); i < projects.Length; i++)
        {
            var parts = left / (projects.Length - i);
            parts = i == projects.Length - 1 ? left : Math.Min(left - (projects.Length - i - 1), Math.Max(1, random.Next(1, 2 * parts)));
            left -= parts;
            var taken = new HashSet<string>(StringComparer.Ordinal);
            while (taken.Count < parts) taken.Add(random.Next(40) switch { 0 => Cnrs, 1 => Imperial, _ => (900_000_000 + (random.Next(60_000) * 13)).ToString(CultureInfo.InvariantCulture) });
            if (taken.Contains(Cnrs) && taken.Contains(Imperial)) Joint++;
            foreach (var (order, pic) in taken.Index()) yield return Part(projects[i], pic, order);
        }
    }

    string[] Part(string project, string pic, int order) =>
    [
        project, "ACRONYM", pic, $"FR{pic}", $"INSTITUTE {pic} {Words(3)}", "INST", "false", "HES", Words(4), "75016", Word(), Countries[int.Parse(pic, CultureInfo.InvariantCulture) % Countries.Length], "", "48.8,2.2", $"http://www.i{pic}.example",
        $"https://ec.example/contact-form/project/{pic}/{project}", "2023-03-10 21:14:00", pic, (order + 1).ToString(CultureInfo.InvariantCulture), order == 0 ? "coordinator" : Roles[random.Next(Roles.Length)],
        "412463.94", "412463.94", "412463,94", "false", "",
    ];

    IEnumerable<string[]> Bases(Framework framework, string id)
    {
        var pillar = random.Next(1, 4);
        yield return [id, $"{framework.Basis}.{pillar}.{random.Next(1, 8)}.", $"PILLAR {pillar} \"PART\" {Word()}", "true"];
        if (random.Next(100) < 86) yield return [id, $"{framework.Basis}.{pillar}.", $"PILLAR {pillar}", ""];
    }

    IEnumerable<string[]> Sciences(string id)
    {
        if (random.Next(11) == 0) yield break;
        var taken = new HashSet<(int, int, int)>();
        while (taken.Count < random.Next(1, 6)) taken.Add((random.Next(Areas.Length), random.Next(6), random.Next(30)));
        foreach (var (area, second, third) in taken)
            yield return [id, $"/{21 + (2 * area)}/{30 + second}/{100 + third}", $"/{Areas[area]}/branch {second} of it/discipline {third}", $"discipline {third}", ""];
    }

    string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word()));

    string Word() => string.Create(CultureInfo.InvariantCulture, $"w{random.Next(20_000):x4}e");
}
