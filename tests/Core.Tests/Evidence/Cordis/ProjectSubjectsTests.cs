using System.IO.Compression;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Cordis.CordisFiles;

namespace Entente.Core.Tests.Evidence.Cordis;

/// <summary>What projects are about: topics.csv, euroSciVoc.csv and legalBasis.csv of the same vintage.</summary>
public sealed class ProjectSubjectsTests
{
    static readonly CordisParty A = new("CNRS", [Cnrs]), B = new("Imperial", [Imperial]);

    static readonly string[] Parts =
    [
        Part("1", Cnrs, "coordinator"), Part("1", Imperial, "participant"), Part("2", Cnrs, "participant"), Part("2", Imperial, "participant"),
        Part("3", Cnrs, "participant"), Part("3", Imperial, "thirdParty"),
    ];

    static CordisTables Open(TestWorld world, Outcome<ImportResult> result) => CordisTables.Open(world.Folder, ManifestOf(world, result));

    static Manifest ManifestOf(TestWorld world, Outcome<ImportResult> result) => Vintages.Find(world.Folder, VintageKind.Cordis, result.Value.Vintage).Value;

    static Task<Outcome<ImportResult>> ImportAsync(TestWorld world, string[] topics, string[] sciences, string[] bases) => CordisFiles.Import(world,
        Write(world, "o.csv", Table(OrganisationHeader, Parts)), Write(world, "p.csv", Table(ProjectHeader, Project("1", "2015-03-01", "H2020-EU.1.1."))),
        Write(world, "t.csv", Table(TopicHeader, topics)), Write(world, "s.csv", Table(ScienceHeader, sciences)), Write(world, "b.csv", Table(BasisHeader, bases)));

    static string Said(ProjectSubject row) => $"{row.Project} {row.About.Kind} {row.About.Code} {row.About.Title} {row.About.Path} {row.Main}".TrimEnd();

    [RealDataFact]
    public async Task Every_real_topic_comes_back_and_those_without_their_project_are_counted()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await CordisFiles.Import(world, OrganisationTable, ProjectTable, TopicTable);
        using var tables = Open(world, result);
        var topics = Topics();
        Assert.Equal((5250 + topics.Count, 0L, 0L), (result.Value.Records, result.Value.Rejected, result.Value.Superseded));
        Assert.Equal(topics.Select(t => $"{t[0]} Topic {t[1]} {t[2]}".TrimEnd()).Order(StringComparer.Ordinal), tables.Subjects().Select(Said).Order(StringComparer.Ordinal));
        Assert.Equal([SubjectKind.Topic], tables.Kinds);
        var known = Rows(OrganisationTable).Select(r => r["projectID"]).Concat(Rows(ProjectTable).Select(r => r["id"])).ToHashSet();
        Assert.Equal(topics.Count(t => !known.Contains(t[0])), (int)ManifestOf(world, result).Unjoined!);
    }

    // Twin: fields of the real table by its commas, those in quotes passed over.
    static List<string[]> Topics()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(TopicTable), CompressionMode.Decompress));
        Assert.Equal("projectID,topic,title", reader.ReadLine());
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            var outside = line.Split('"').Select((part, i) => i % 2 == 0 ? part.Replace(',', '\u001F') : part);
            var fields = string.Join('"', outside).Split('\u001F');
            rows.Add([.. fields.Select(f => (f.Length > 1 && f[0] == '"' ? f[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : f).Trim())]);
        }
        Assert.All(rows, row => Assert.Equal(3, row.Length));
        return rows;
    }

    [Fact]
    public async Task A_joint_project_says_what_it_is_about_whatever_the_order_of_rows()
    {
        string[] topics = ["1;ERC-2014;ERC Grants", "2;T-2;Other", "9;T-9;Of a project that is not here"];
        string[] sciences =
        [
            "1;/23/49;/natural sciences/biological sciences;biological sciences;", "1;/25/61/383;/engineering and technology/industrial biotechnology/biofuels;biofuels;",
            "2;/23/51;/natural sciences/physical sciences;physical sciences;", "2;/23/49;/natural sciences/biological sciences;biological sciences;",
        ];
        string[] bases = ["1;H2020-EU.1.1.;EXCELLENT SCIENCE;true", "1;H2020-EU.1.;SCIENCE;"];
        var digests = new List<string>();
        foreach (var turned in new[] { false, true })
        {
            await using var world = await TestWorld.OpenAsync();
            string[] In(string[] rows) => turned ? [.. rows.Reverse()] : rows;
            var result = await ImportAsync(world, In(topics), In(sciences), In(bases));
            Assert.Equal((16L, 0L, 1L), (result.Value.Records, result.Value.Rejected, ManifestOf(world, result).Unjoined!.Value));
            digests.Add(ManifestOf(world, result).Files.Single(f => f.Name == "subjects.seg").Sha256);
            var count = JointProjects.Count(world.Work, A, B, null, null).Value;
            var (first, second, third) = (count.Projects[0], count.Projects[1], count.Projects[2]);
            Assert.Equal([new(SubjectKind.Topic, "ERC-2014", "ERC Grants", "")], first.Topics);
            Assert.Equal(["/23/49 biological sciences natural sciences", "/25/61/383 biofuels engineering and technology"], first.Sciences.Select(s => $"{s.Code} {s.Title} {s.Area}"));
            Assert.Equal(["H2020-EU.1.", "H2020-EU.1.1."], first.Bases.Select(b => b.Code));
            Assert.Equal(["T-2"], second.Topics.Select(t => t.Code));
            Assert.Empty(third.Topics);
            Assert.Equal(["engineering and technology=1", "natural sciences=2", "unknown=1"], count.Breakdown.ByScience!.Select(c => $"{c.Key}={c.Value}"));
            using var tables = Open(world, result);
            Assert.Equal(["1 Basis H2020-EU.1. SCIENCE", "1 Basis H2020-EU.1.1. EXCELLENT SCIENCE  True"], tables.SubjectsOf("1").Where(s => s.About.Kind == SubjectKind.Basis).Select(Said));
        }
        Assert.Equal(digests[0], digests[1]);
    }

    [Theory]
    [InlineData("1;T-1;A title; with a bare separator", "1 Topic T-1 A title; with a bare separator", null)]
    [InlineData("1;;No code", null, "column topic holds “”, which it cannot")]
    [InlineData(";T-1;No project", null, "column projectID holds “”, which it cannot")]
    [InlineData("1;T-1", "1 Topic T-1", null)]
    [InlineData("1", null, "1 fields under 3 columns, and no way to put them back")]
    public async Task A_topic_is_taken_in_put_back_or_rejected_with_its_reason(string row, string? taken, string? reason)
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await ImportAsync(world, [row], ["1;/23;/natural sciences;natural sciences;"], ["1;H2020;H;true"]);
        using var tables = Open(world, result);
        Assert.Equal(taken is null ? [] : [taken], tables.Subjects().Where(s => s.About.Kind == SubjectKind.Topic).Select(Said));
        Assert.Equal(reason is null ? [] : [$"t.csv 2 {reason}"], Rejects(world, result));
    }

    [Theory]
    [InlineData("1;23;/natural sciences;natural sciences;", "column euroSciVocCode holds “23”, which it cannot")]
    [InlineData("1;/23;natural sciences;natural sciences;", "column euroSciVocPath holds “natural sciences”, which it cannot")]
    [InlineData("1;/23;/natural sciences;a; b;", "6 fields under 5 columns, and more than one way to put them back")]
    public async Task A_field_of_science_that_cannot_be_one_is_rejected(string row, string reason)
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await ImportAsync(world, ["1;T-1;t"], [row], ["1;H2020;H;true"]);
        Assert.Equal([$"s.csv 2 {reason}"], Rejects(world, result));
        Assert.Null(JointProjects.Count(world.Work, A, B, null, null).Value.Breakdown.ByScience);
    }

    [Fact]
    public async Task A_subject_that_comes_again_is_superseded_and_a_fixed_one_stands()
    {
        foreach (var bases in new[] { new[] { "1;H2020;One;true", "1;H2020;Two;" }, ["1;H2020;Two;", "1;H2020;One;true"] })
        {
            await using var world = await TestWorld.OpenAsync();
            var result = await ImportAsync(world, ["1;T-1;t"], ["1;/23;/natural sciences;natural sciences;"], bases);
            Assert.Equal((0L, 1L), (result.Value.Rejected, result.Value.Superseded));
            using var tables = Open(world, result);
            Assert.Equal("1 Basis H2020 Two", Said(tables.SubjectsOf("1").Single(s => s.About.Kind == SubjectKind.Basis)));
        }
    }

    static string[] Rejects(TestWorld world, Outcome<ImportResult> result)
    {
        var path = Path.Combine(Vintages.FolderOf(world.Folder, result.Value.Vintage), VintageDraft.RejectsFile);
        return File.Exists(path) ? [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!).Select(n => $"{n["file"]} {n["line"]} {n["en"]}")] : [];
    }
}
