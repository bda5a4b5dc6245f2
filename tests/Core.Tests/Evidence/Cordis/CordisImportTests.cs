using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Cordis.CordisFiles;

namespace Entente.Core.Tests.Evidence.Cordis;

public sealed class CordisImportTests
{
    static CordisTables Open(TestWorld world, Outcome<ImportResult> result) =>
        CordisTables.Open(world.Folder, Vintages.Find(world.Folder, VintageKind.Cordis, result.Value.Vintage).Value);

    static string[] Rejects(TestWorld world, Outcome<ImportResult> result)
    {
        var path = Path.Combine(Vintages.FolderOf(world.Folder, result.Value.Vintage), VintageDraft.RejectsFile);
        return File.Exists(path) ? [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!).Select(n => $"{n["line"]}: {n["en"]}")] : [];
    }

    [RealDataFact]
    public async Task Every_real_row_comes_back_as_the_tables_say_it()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await CordisFiles.Import(world, OrganisationTable, ProjectTable);
        Assert.Equal((5250, 5250, 0, 0), (result.Value.Records, result.Value.Accepted, result.Value.Rejected, result.Value.Superseded));
        using var tables = Open(world, result);
        var rows = Rows(OrganisationTable);
        Assert.Equal(
            rows.Select(r => $"{r["projectID"]} {r["organisationID"]} {r["name"]} {r["role"]} {r["order"]} {r["country"]} {r["activityType"]} {r["SME"]} {r["endOfParticipation"]} {r["active"]} {Number(r["ecContribution"])}").Order(StringComparer.Ordinal),
            tables.Participations().Select(p => $"{p.Project} {p.Pic} {p.Name} {p.Role} {p.Order} {p.Country} {p.Activity} {p.Sme} {p.Ended} {p.Active} {Number(p.Contribution?.ToString(CultureInfo.InvariantCulture) ?? "")}").Order(StringComparer.Ordinal));
        Assert.Equal(
            Rows(ProjectTable).Select(r => $"{r["id"]} {r["acronym"]} {r["title"]} {r["legalBasis"]} {r["frameworkProgramme"]} {r["startDate"]} {r["endDate"]} {r["status"]}").Order(StringComparer.Ordinal),
            tables.Projects().Select(p => $"{p.Id} {p.Acronym} {p.Title} {p.LegalBasis} {p.Framework} {p.Start:yyyy-MM-dd} {p.End:yyyy-MM-dd} {p.Status}").Order(StringComparer.Ordinal));
        Assert.Equal(rows.Where(r => r["organisationID"] == Cnrs).Select(r => r["projectID"]).Order(StringComparer.Ordinal), tables.Of(Cnrs).Select(p => p.Project));
        Assert.Equal(rows.Where(r => r["organisationID"] == Cnrs && r["ecContribution"] != "").Sum(r => decimal.Parse(r["ecContribution"], CultureInfo.InvariantCulture)), tables.Of(Cnrs).Sum(p => p.Contribution));
        Assert.Empty(tables.Of("000000000"));
        Assert.Null(tables.Project("000000000"));
    }

    static string Number(string text) => text.Length == 0 ? "" : decimal.Parse(text, CultureInfo.InvariantCulture).ToString("0.#########", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(';', "utf-8", false)]
    [InlineData(';', "utf-8", true)]
    [InlineData(',', "utf-8", false)]
    [InlineData('\t', "utf-8", false)]
    [InlineData(';', "latin1", false)]
    public async Task Separator_encoding_and_mark_change_nothing_but_the_bytes(char separator, string encoding, bool mark)
    {
        await using var world = await TestWorld.OpenAsync();
        var rows = new[] { Part("101", Cnrs, "participant", "SOCIÉTÉ D’ÉTUDES"[..8]), Part("102", Cnrs, "coordinator", "TÜBINGEN") };
        string Quoted(string row) => string.Join(separator, row.Split(';').Select(f => $"\"{f}\""));
        var text = string.Join("\r\n", rows.Prepend(OrganisationHeader).Select(Quoted)) + "\r\n";
        var file = Write(world, "o.csv", text, encoding == "latin1" ? Encoding.Latin1 : new UTF8Encoding(mark));
        using var tables = Open(world, await CordisFiles.Import(world, file));
        Assert.Equal([("101", "SOCIÉTÉ "), ("102", "TÜBINGEN")], tables.Of(Cnrs).Select(p => (p.Project, p.Name.PadRight(8))));
    }

    [Fact]
    public async Task Columns_go_by_name_in_any_order_and_under_their_former_names()
    {
        await using var world = await TestWorld.OpenAsync();
        var file = Write(world, "o.csv", "role;id;ecContribution;projectID;name;unheardOf;country\ncoordinator;999997930;1234,56;101;CNRS;x;FR\n");
        using var tables = Open(world, await CordisFiles.Import(world, file));
        var part = Assert.Single(tables.Of(Cnrs));
        Assert.Equal(("101", "coordinator", "CNRS", 1234.56m, "FR"), (part.Project, part.Role, part.Name, part.Contribution, part.Country));
        Assert.Equal((null, null, null), (part.Sme, part.Active, part.Order));
    }

    [Theory]
    [InlineData("412463.94", "412463.94")]
    [InlineData("5240708,13", "5240708.13")]
    [InlineData("0", "0")]
    [InlineData("", null)]
    public async Task Amounts_are_exact_with_a_point_or_a_comma_and_absent_is_not_zero(string written, string? amount)
    {
        await using var world = await TestWorld.OpenAsync();
        using var tables = Open(world, await CordisFiles.Import(world, Write(world, "o.csv", Table(OrganisationHeader, Part("101", Cnrs, "participant", amount: written)))));
        Assert.Equal(amount, Assert.Single(tables.Participations()).Contribution?.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    // A bare separator in the street: the forms of the columns after it leave one place for it.
    [InlineData("101;ACRO;999997930;VAT1;UNIVERSITY;SHORT;false;HES;MAIN STREET 1; BACK DOOR;1000;Paris;FR;;48.8,2.2;http://u;https://f;2023-03-10 21:14:00;190;1;participant;1.5;1.5;1.5;false;", "participant UNIVERSITY FR 1.5")]
    // Two of them there: what is kept is the same wherever they go.
    [InlineData("101;ACRO;999997930;VAT1;UNIVERSITY;SHORT;false;HES;A; B; C;1000;Paris;FR;;48.8,2.2;http://u;https://f;2023-03-10 21:14:00;190;1;participant;1.5;1.5;1.5;false;", "participant UNIVERSITY FR 1.5")]
    // In the acronym of the project, which is between two that have a form.
    [InlineData("101;AC;RO;999997930;VAT1;UNIVERSITY;SHORT;false;HES;MAIN STREET 1;1000;Paris;FR;;48.8,2.2;http://u;https://f;2023-03-10 21:14:00;190;1;participant;1.5;1.5;1.5;false;", "participant UNIVERSITY FR 1.5")]
    // In a project table the title is pinned by the status before it and the date after it; here in the name: it could be the short name's as well.
    [InlineData("101;ACRO;999997930;VAT1;UNI; VERSITY;SHORT;false;HES;MAIN STREET 1;1000;Paris;FR;;48.8,2.2;http://u;https://f;2023-03-10 21:14:00;190;1;participant;1.5;1.5;1.5;false;", null)]
    // One field short before the form of contact.
    [InlineData("101;ACRO;999997930;VAT1;UNIVERSITY;SHORT;false;HES;MAIN STREET 1;1000;Paris;FR;48.8,2.2;http://u;https://f;2023-03-10 21:14:00;190;1;participant;1.5;1.5;1.5;false;", "participant UNIVERSITY FR 1.5")]
    // One field short among amounts that look alike.
    [InlineData("101;ACRO;999997930;VAT1;UNIVERSITY;SHORT;false;HES;MAIN STREET 1;1000;Paris;FR;;48.8,2.2;http://u;https://f;2023-03-10 21:14:00;190;1;participant;1.5;1.5;false;", null)]
    // As many fields as columns, and slipped all the same.
    [InlineData("101;ACRO;999997930;VAT1;UNIVERSITY;SHORT;false;HES;MAIN; STREET;1000;Paris;FR;48.8,2.2;http://u;https://f;2023-03-10 21:14:00;190;1;participant;1.5;1.5;1.5;false;", null)]
    public async Task A_row_that_slipped_is_put_back_where_there_is_one_way_only_and_rejected_otherwise(string row, string? repaired)
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await CordisFiles.Import(world, Write(world, "o.csv", Table(OrganisationHeader, Part("100", Imperial, "coordinator"), row)));
        using var tables = Open(world, result);
        var parts = tables.Of(Cnrs);
        Assert.Equal(repaired is null ? [] : [repaired], parts.Select(p => $"{p.Role} {p.Name} {p.Country} {p.Contribution?.ToString(CultureInfo.InvariantCulture)}"));
        Assert.All(parts, part => Assert.True(part.Repaired));
        Assert.False(tables.Of(Imperial)[0].Repaired);
        Assert.Equal(repaired is null ? 1 : 0, result.Value.Rejected);
        Assert.Equal(repaired is null ? 1 : 0, Rejects(world, result).Count(r => r.StartsWith("3: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_value_that_its_column_cannot_hold_rejects_the_row_and_names_the_column()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = await CordisFiles.Import(world, Write(world, "o.csv", Table(OrganisationHeader,
            Part("101", Cnrs, "participant", amount: "much"), Part("102", "12", "participant"), Part("", Cnrs, "participant"), Part("103", Cnrs, ""), Part("104", Cnrs, "participant"))));
        Assert.Equal((5, 1, 4), (result.Value.Records, result.Value.Accepted, result.Value.Rejected));
        Assert.Equal(
            ["2: column ecContribution holds “much”, which it cannot", "3: column organisationID holds “12”, which it cannot",
             "4: column projectID holds “”, which it cannot", "5: column role holds “”, which it cannot"], Rejects(world, result));
    }

    [Fact]
    public async Task A_table_that_is_not_known_refuses_the_whole_import()
    {
        await using var world = await TestWorld.OpenAsync();
        var good = Write(world, "o.csv", Table(OrganisationHeader, Part("101", Cnrs, "participant")));
        Assert.Equal("unknown-header", (await CordisFiles.Import(world, good, Write(world, "x.csv", "a;b;c\n1;2;3\n"))).Refusal?.Code);
        Assert.Equal("unknown-header", (await CordisFiles.Import(world, Write(world, "e.csv", ""))).Refusal?.Code);
        Assert.Equal("table-not-read", (await CordisFiles.Import(world, good, Write(world, "webLink.csv", "projectID;physUrl;id\n101;http://u.example;1\n"))).Refusal?.Code);
        Assert.Equal("no-projects", (await CordisFiles.Import(world, Write(world, "topics.csv", "projectID;topic;title\n101;T;t\n"))).Refusal?.Code);
        Assert.Empty(Vintages.List(world.Folder));
    }

    [Fact]
    public async Task The_zip_of_CORDIS_is_read_and_its_other_tables_are_passed_over()
    {
        await using var world = await TestWorld.OpenAsync();
        var path = Path.Combine(world.Folder.Root, "cordis-h2020projects-csv.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
            foreach (var (name, text) in new[]
            {
                ("csv/organization.csv", Table(OrganisationHeader, Part("101", Cnrs, "participant"))), ("csv/project.csv", Table(ProjectHeader, Project("101", "2016-01-01", "H2020-EU.1.1."))),
                ("csv/topics.csv", "projectID;topic;title\n101;T;t\n"), ("csv/webLink.csv", "projectID;physUrl;id\n101;http://u.example;1\n"), ("readme.txt", "hello"),
            })
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        var result = await CordisFiles.Import(world, path);
        Assert.Equal(3, result.Value.Records);
        using var tables = Open(world, result);
        Assert.Equal("T", Assert.Single(tables.SubjectsOf("101")).About.Code);
        Assert.Equal("H2020-EU.1.1.", tables.Project(Assert.Single(tables.Of(Cnrs)).Project)!.LegalBasis);
    }

    [RealDataFact]
    public async Task A_cut_gzip_refuses_the_whole_import()
    {
        await using var world = await TestWorld.OpenAsync();
        var path = Path.Combine(world.Folder.Root, "cut.csv.gz");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(OrganisationTable))[..100_000]);
        Assert.Equal("broken-package", (await CordisFiles.Import(world, path)).Refusal?.Code);
        Assert.Empty(Vintages.List(world.Folder));
    }

    [Fact]
    public async Task A_row_that_comes_again_stands_as_of_its_later_update_whatever_the_order()
    {
        await using var world = await TestWorld.OpenAsync();
        var (old, young) = (Part("101", Cnrs, "participant", amount: "1", updated: "2022-01-01 00:00:00"), Part("101", Cnrs, "participant", amount: "2", updated: "2023-01-01 00:00:00"));
        foreach (var rows in new[] { new[] { old, young }, [young, old] })
        {
            var result = await CordisFiles.Import(world, Write(world, "o.csv", Table(OrganisationHeader, rows)));
            Assert.Equal((2, 2, 1), (result.Value.Records, result.Value.Accepted, result.Value.Superseded));
            using var tables = Open(world, result);
            Assert.Equal(2m, Assert.Single(tables.Of(Cnrs)).Contribution);
        }
    }

    [Fact]
    public async Task The_cut_off_date_is_part_of_the_vintage()
    {
        await using var world = await TestWorld.OpenAsync();
        var file = Write(world, "o.csv", Table(OrganisationHeader, Part("101", Cnrs, "participant")));
        var first = await CordisFiles.Import(world, file);
        var other = await CordisImport.RunAsync(world.Work, [file], new DateOnly(2020, 12, 14), complete: true, null, default);
        Assert.NotEqual(first.Value.Vintage, other.Value.Vintage);
        var manifest = Vintages.Find(world.Folder, VintageKind.Cordis, other.Value.Vintage).Value;
        Assert.Equal((new DateOnly(2020, 12, 14), CoverageKind.Complete), (manifest.AsOf!.Value, manifest.Coverage.Kind));
    }
}
