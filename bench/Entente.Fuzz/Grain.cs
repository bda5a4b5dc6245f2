using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Entente.Fuzz;

/// <summary>Sound records to bend: real ones where the folder of real data is there, and a few made by hand either way.</summary>
public sealed class Grain(string? data)
{
    /// <summary>A few whole works; many with only what is read of them, where each change falls on something that counts.</summary>
    public IReadOnlyList<JsonSeed> Works =>
        [.. Seeds("openalex/works.jsonl.gz", 60, longest: 9_000), .. Seeds("openalex/works.jsonl.gz", 1_200, longest: 40_000, Lean).Where(lean => lean.Text.Length < 2_500), .. HandMade(Work)];

    static readonly string[] Passed =
    [
        "abstract_inverted_index", "abstract_inverted_index_v3", "referenced_works", "related_works", "concepts", "mesh", "locations", "counts_by_year", "keywords", "topics", "ids", "biblio", "best_oa_location",
        "primary_location", "corresponding_author_ids", "corresponding_institution_ids", "indexed_in", "apc_list", "apc_paid", "has_content", "host_venue", "alternate_host_venues",
    ];

    static readonly string[] PassedOfAuthors = ["author", "author_position", "raw_affiliation_string", "raw_affiliation_strings", "affiliations", "countries", "raw_author_name", "is_corresponding"];

    /// <summary>The record without most of what no reader takes in.</summary>
    static string Lean(string line)
    {
        var work = JsonNode.Parse(line)!.AsObject();
        foreach (var name in Passed) work.Remove(name);
        foreach (var author in work["authorships"] as JsonArray ?? [])
            foreach (var name in PassedOfAuthors) (author as JsonObject)?.Remove(name);
        return work.ToJsonString();
    }

    public IReadOnlyList<JsonSeed> Organisations => [.. Seeds("ror/records.jsonl.gz", 3_000, longest: 6_000), .. HandMade(First, Second)];

    public IReadOnlyList<byte[]> Participations => Table("cordis/organization.csv.gz",
        "projectID;projectAcronym;organisationID;vatNumber;name;shortName;SME;activityType;street;postCode;city;country;nutsCode;geolocation;organizationURL;contactForm;contentUpdateDate;rcn;order;role;ecContribution;netEcContribution;totalCost;endOfParticipation;active",
        "\"101\";\"ACRO\";\"999997930\";\"VAT1\";\"UNIVERSITY\";\"U\";\"false\";\"HES\";\"MAIN STREET; 1\";\"1000\";\"Paris\";\"FR\";\"\";\"48.8,2.2\";\"http://u.example\";\"\";\"2023-03-10 21:14:00\";\"190\";\"1\";\"participant\";\"100.5\";\"100.5\";\"100.5\";\"false\";\"true\"");

    public IReadOnlyList<byte[]> Projects => Table("cordis/project.csv.gz",
        "id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;frameworkProgramme;masterCall;subCall;fundingScheme;nature;objective;contentUpdateDate;rcn;grantDoi",
        "101;ACRO;CLOSED;\"A \"\"title\"\"; so\";2020-01-01;2030-12-31;5240708,13;4654333;B;T-1;2015-04-13;H2020;C;C;RIA;;An objective;2022-08-22 20:22:00;193248;10.3030/101");

    public IReadOnlyList<byte[]> Topics => Table("cordis/topics.csv.gz", "projectID,topic,title", "101,T-1-2020,\"Of this, and that\"");

    public static IReadOnlyList<byte[]> Sciences => Made("projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle;euroSciVocDescription",
        "\"101\";\"/23/49/319\";\"/natural sciences/biological sciences/ecology\";\"ecology\";\"\"", "\"101\";\"/25/61\";\"/engineering and technology/other\";\"other\";\"\"", "102;/21/1;/medical and health sciences/a; b;a; b;");

    public static IReadOnlyList<byte[]> Bases => Made("projectID;legalBasis;title;uniqueProgrammePart",
        "\"101\";\"H2020-EU.1.1.\";\"EXCELLENT SCIENCE - \"\"ERC\"\"\";\"true\"", "\"101\";\"H2020-EU.1.\";\"EXCELLENT SCIENCE\";\"\"", "102;HORIZON.1.2;A; title;true");

    public IReadOnlyList<byte[]> Structures => Table("rnsr/structures-recherche-actives-2022.csv.gz",
        "numero_national_de_structure;libelle;sigle;annee_de_creation;type_de_structure;code_de_type_de_structure;tutelles;sigles_des_tutelles",
        "200412238P;INSTITUT;GeM;2004;Unité mixte;22;\"École;CNRS\";\"EC;CNRS\"");

    const string Work = """{"id":"https://openalex.org/W1","doi":"https://doi.org/10.1/x","title":"A\u00e9 \"b\"","publication_year":2020,"type":"article","is_retracted":false,"is_paratext":false,"fwci":1.25,"cited_by_count":7,"updated_date":"2024-05-06T07:08:09.123456","authorships":[{"institutions":[{"id":"https://openalex.org/I1","ror":"https://ror.org/02feahw73","display_name":"C","country_code":"FR","type":"company","lineage":["https://openalex.org/I1"]}]},{"institutions":[]}],"open_access":{"is_oa":true},"primary_topic":{"id":"https://openalex.org/T10","display_name":"t","score":0.5,"subfield":{"id":"https://openalex.org/subfields/2002","display_name":"b"},"field":{"id":20},"domain":null},"sustainable_development_goals":[{"id":"https://metadata.un.org/sdg/3","score":0.5}],"funders":[{"id":"https://openalex.org/F5"}]}""";
    const string First = """{"id":"https://ror.org/02feahw73","name":"C","status":"active","types":["Government"],"established":1939,"country":{"country_code":"FR"},"addresses":[{"city":"Paris"}],"labels":[{"label":"D","iso639":"fr"}],"aliases":["E"],"acronyms":["F"],"external_ids":{"GRID":{"preferred":"grid.1","all":"grid.1"},"ISNI":{"preferred":null,"all":["0000"]}},"relationships":[{"type":"Child","id":"https://ror.org/041kmwe10","label":"G"}]}""";
    const string Second = """{"id":"https://ror.org/02feahw73","names":[{"value":"C","types":["label","ror_display"],"lang":"fr"}],"status":"active","types":["government"],"established":1939,"locations":[{"geonames_id":1,"geonames_details":{"name":"Paris","country_code":"FR"}}],"external_ids":[{"type":"grid","preferred":"grid.1","all":["grid.1"]}],"admin":{"last_modified":{"date":"2025-01-01","schema_version":"2.1"}},"relationships":[{"type":"child","id":"https://ror.org/041kmwe10","label":"G"}]}""";

    static JsonSeed[] HandMade(params string[] texts) => [.. texts.Select(text => new JsonSeed(Encoding.UTF8.GetBytes(text)))];

    JsonSeed[] Seeds(string path, int count, int longest, Func<string, string>? made = null) =>
        [.. Lines(path).Where(line => line.Length <= longest).Take(count).Select(line => new JsonSeed(Encoding.UTF8.GetBytes(made?.Invoke(line) ?? line)))];

    /// <summary>Header first, then rows that fill a line each.</summary>
    byte[][] Table(string path, string header, string row)
    {
        var lines = Lines(path).Where(line => line.Length < 4_000 && line.Count(c => c == '"') % 2 == 0).Take(2_000).ToList();
        if (lines.Count == 0) lines = [header, row];
        return [.. lines.Select(Encoding.UTF8.GetBytes)];
    }

    static byte[][] Made(params string[] lines) => [.. lines.Select(Encoding.UTF8.GetBytes)];

    IEnumerable<string> Lines(string path)
    {
        if (data is null || !File.Exists(Path.Combine(data, path))) yield break;
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(data, path)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
