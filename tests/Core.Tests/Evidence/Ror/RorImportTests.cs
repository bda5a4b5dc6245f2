using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.Ror;

public sealed class RorImportTests
{
    const string A = "0aaaa0001", B = "0bbbb0001";

    static RorRelease Open(TestWorld world, string vintage) => RorRelease.Open(world.Folder, Vintages.Find(world.Folder, VintageKind.Ror, vintage).Value);

    static string Zip(TestWorld world, string name, params (string Name, string Text)[] entries)
    {
        var path = Path.Combine(world.Folder.Root, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var entry in entries)
        {
            using var writer = new StreamWriter(zip.CreateEntry(entry.Name).Open(), new UTF8Encoding(false));
            writer.Write(entry.Text);
        }
        return path;
    }

    [Fact]
    public void A_record_means_the_same_in_both_schemas()
    {
        string[] links = [$"child:{B}", "parent:0root0001", "related:0rela0001", "successor:0succ0001", "predecessor:0pred0001"];
        var first = RorJson.Parse(Encoding.UTF8.GetBytes(RorFiles.First(A, "Alpha", links, "inactive"))).Value;
        var second = RorJson.Parse(Encoding.UTF8.GetBytes(RorFiles.Record(A, "Alpha", links, "inactive"))).Value;
        Assert.Equal((1, 2), (first.Schema, second.Schema));
        Assert.Equal((first.Id, first.Name, first.Country, first.Status), (second.Id, second.Name, second.Country, second.Status));
        Assert.Equal(first.Types, second.Types);
        Assert.Equal(first.Relations, second.Relations);
    }

    [RealDataFact]
    public void The_real_record_of_CNRS_says_the_same_in_its_last_first_schema_and_first_second_one()
    {
        var (first, second) = (Parsed("v1.44"), Parsed("v1.45"));
        Assert.Equal((1, 2), (first.Schema, second.Schema));
        Assert.Equal((first.Id, first.Country, first.Status, first.Established, first.Acronym), (second.Id, second.Country, second.Status, second.Established, second.Acronym));
        Assert.Equal(first.Grid, second.Grid);
        Assert.Equal(first.Isni, second.Isni);
        Assert.Equal(first.Fundref, second.Fundref);
        // The release between brought a handful of units; the link types mean the same.
        Assert.InRange(first.Links(RorLink.Child).Select(l => l.Id).Intersect(second.Links(RorLink.Child).Select(l => l.Id)).Count(), 335, 343);

        static RorOrganisation Parsed(string release) => RorJson.Parse(Encoding.UTF8.GetBytes(RorFiles.Json(RorFiles.Of("02feahw73", release)).ToJsonString())).Value;
    }

    [RealDataFact]
    public async Task Every_real_record_comes_back_from_the_vintage_as_plain_JSON_says_it()
    {
        await using var world = await TestWorld.OpenAsync();
        var result = (await RorFiles.Import(world, "v2.9", RorFiles.Records)).Value;
        Assert.Equal((51_370, 51_370, 0, 0), (result.Records, result.Accepted, result.Rejected, result.Superseded));
        using var release = Open(world, result.Vintage);
        Assert.Equal(51_370, release.Count);
        foreach (var line in RorFiles.Lines(RorFiles.Records).Where((_, i) => i % 7 == 0))
        {
            var raw = JsonNode.Parse(line)!;
            var read = release.Find(raw["id"]!.GetValue<string>()[^9..])!;
            Assert.Equal(Twin(raw), $"{read.Id} {read.Name} {read.Country} {read.Status} {read.Established} {string.Join(',', read.Types)} "
                + string.Join(',', read.Relations.Select(r => $"{r.Type}:{r.Id}:{r.Label}")) + " " + string.Join(',', read.Names.Select(n => n.Value).Order(StringComparer.Ordinal)));
        }
    }

    // Plain reading of both schemas, with none of the reader's own words.
    static string Twin(JsonNode raw)
    {
        var second = raw["names"] is not null;
        var names = second
            ? raw["names"]!.AsArray().Select(n => n!["value"]!.GetValue<string>())
            : new[] { raw["name"]!.GetValue<string>() }.Concat(raw["aliases"]!.AsArray().Concat(raw["acronyms"]!.AsArray()).Select(n => n!.GetValue<string>()))
                .Concat(raw["labels"]!.AsArray().Select(n => n!["label"]!.GetValue<string>()));
        var name = second
            ? raw["names"]!.AsArray().First(n => n!["types"]!.AsArray().Any(t => t!.GetValue<string>() == "ror_display"))!["value"]!.GetValue<string>()
            : raw["name"]!.GetValue<string>();
        var country = second ? raw["locations"]!.AsArray()[0]!["geonames_details"]!["country_code"]!.GetValue<string>() : raw["country"]!["country_code"]!.GetValue<string>();
        var status = raw["status"]!.GetValue<string>();
        return $"{raw["id"]!.GetValue<string>()[^9..]} {name} {country} {char.ToUpperInvariant(status[0]) + status[1..]} {raw["established"]?.GetValue<int>()} "
            + string.Join(',', raw["types"]!.AsArray().Select(t => t!.GetValue<string>().ToLowerInvariant())) + " "
            + string.Join(',', raw["relationships"]!.AsArray().Select(r => Capital(r!["type"]!.GetValue<string>()) + ":" + r["id"]!.GetValue<string>()[^9..] + ":" + r["label"]!.GetValue<string>())) + " "
            + string.Join(',', names.Where(n => n.Length > 0).Order(StringComparer.Ordinal));
    }

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    [RealDataFact]
    public async Task A_dump_that_holds_both_schemas_is_read_from_its_second()
    {
        await using var world = await TestWorld.OpenAsync();
        var first = RorFiles.Json(RorFiles.Of("02feahw73", "v1.44")).ToJsonString();
        var second = RorFiles.Json(RorFiles.Of("02feahw73", "v1.45")).ToJsonString();
        var zip = Zip(world, "v1.45-2024-04-11-ror-data.zip", ("v1.45-2024-04-11-ror-data.json", $"[{first}]"),
            ("v1.45-2024-04-11-ror-data.csv", "id,name\n"), ("v1.45-2024-04-11-ror-data_schema_v2.json", $"[{second}]"),
            ("__MACOSX/._v1.45-2024-04-11-ror-data.json", "\0\0"));
        var result = (await RorFiles.Import(world, "v1.45", zip)).Value;
        Assert.Equal((1, 0), (result.Records, result.Superseded));
        using var release = Open(world, result.Vintage);
        Assert.Equal(2, release.Find("02feahw73")!.Schema);
        // A dump of one schema is read from what it has.
        var old = (await RorFiles.Import(world, "v1.44", Zip(world, "old.zip", ("old.json", $"[\n{first}\n]"), ("old.csv", "id")))).Value;
        using var before = Open(world, old.Vintage);
        Assert.Equal(1, before.Find("02feahw73")!.Schema);
    }

    [Fact]
    public async Task Of_two_records_with_one_id_the_second_schema_wins_then_the_later_change_whatever_the_order()
    {
        await using var world = await TestWorld.OpenAsync();
        string[] records = [RorFiles.First(A, "first", []), RorFiles.Record(A, "late", [], updated: "2025-06-01"), RorFiles.Record(A, "early", [], updated: "2025-05-01")];
        foreach (var order in new int[][] { [0, 1, 2], [2, 1, 0], [1, 0, 2] })
        {
            var result = (await RorFiles.Import(world, "v2.0", RorFiles.Write(world, "r.jsonl", string.Join('\n', order.Select(i => records[i]))))).Value;
            Assert.Equal((3, 3, 2), (result.Records, result.Accepted, result.Superseded));
            using var release = Open(world, result.Vintage);
            Assert.Equal("late", Assert.Single(release.All()).Name);
        }
    }

    [Fact]
    public async Task What_is_not_a_record_is_rejected_with_its_line_and_the_rest_is_taken_in()
    {
        await using var world = await TestWorld.OpenAsync();
        var file = Path.Combine(world.Folder.Root, "r.jsonl");
        byte[] bytes = [.. Encoding.UTF8.GetBytes(RorFiles.Record(A, "Alpha", []) + "\n{\"id\":\"https://openalex.org/W1\"}\n{\"id\":\n"), .. "{\"id\":\"https://ror.org/0cccc0001\",\"name\":\""u8, 0xE9, .. "\"}\n"u8,
            .. Encoding.UTF8.GetBytes(RorFiles.Record(B, "Beta", ["cousin:0cccc0001"]) + "\n" + RorFiles.Record(B, "Beta", []))];
        await File.WriteAllBytesAsync(file, bytes);
        var result = (await RorFiles.Import(world, "v2.0", file)).Value;
        Assert.Equal((6, 2, 4), (result.Records, result.Accepted, result.Rejected));
        var rejects = await File.ReadAllLinesAsync(Path.Combine(Vintages.FolderOf(world.Folder, result.Vintage), VintageDraft.RejectsFile));
        Assert.Equal([2, 3, 4, 5], rejects.Select(line => JsonNode.Parse(line)!["line"]!.GetValue<int>()));
        Assert.Contains("not UTF-8", rejects[2], StringComparison.Ordinal);
        Assert.Contains("cousin", rejects[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_holds_no_record_at_all_is_refused_and_leaves_nothing()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.Equal("not-ror", (await RorFiles.Import(world, "v2.0", RorFiles.Write(world, "t.csv", "id;name\n1;2\n"))).Refusal?.Code);
        Assert.Equal("not-ror", (await RorFiles.Import(world, "v2.0", RorFiles.Write(world, "e.json", ""))).Refusal?.Code);
        Assert.Equal("nothing-to-import", (await RorFiles.Import(world, "v2.0", RorFiles.Write(world, "e.json", "[]"))).Refusal?.Code);
        Assert.Equal("all-rejected", (await RorFiles.Import(world, "v2.0", RorFiles.Write(world, "e.json", "[{}]"))).Refusal?.Code);
        Assert.Equal("release", (await RorFiles.Import(world, "newest", RorFiles.Write(world, "e.json", "[]"))).Refusal?.Code);
        Assert.Equal("missing-file", (await RorFiles.Import(world, "v2.0", "nothere.json")).Refusal?.Code);
        Assert.Empty(Vintages.List(world.Folder));
    }

    [Fact]
    public async Task A_package_that_is_cut_is_refused()
    {
        await using var world = await TestWorld.OpenAsync();
        var whole = await File.ReadAllBytesAsync(Zip(world, "w.zip", ("a.json", $"[{RorFiles.Record(A, "Alpha", [])}]")));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(RorFiles.Record(A, new string('x', 5000), [])));
        foreach (var (name, bytes) in new[] { ("cut.zip", whole[..^30]), ("cut.json.gz", packed.ToArray()[..^12]) })
        {
            var path = Path.Combine(world.Folder.Root, name);
            await File.WriteAllBytesAsync(path, bytes);
            Assert.Equal("broken-package", (await RorFiles.Import(world, "v2.0", path)).Refusal?.Code);
        }
        Assert.Empty(Vintages.List(world.Folder));
    }

    [Fact]
    public async Task A_record_that_is_asked_for_again_is_not_read_again()
    {
        await using var world = await TestWorld.OpenAsync();
        var id = (await RorFiles.Import(world, "v2.9", RorFiles.Write(world, "a.json", RorFiles.Record(A, "Alpha", [$"child:{B}"])))).Value.Vintage;
        using var release = Open(world, id);
        Assert.Same(release.Find(A), release.Find(A));
        Assert.Null(release.Find(B));
    }

    [Fact]
    public async Task The_release_is_part_of_the_vintage_and_how_it_is_written_is_not()
    {
        await using var world = await TestWorld.OpenAsync();
        var file = RorFiles.Write(world, "a.json", RorFiles.Record(A, "Alpha", []));
        var id = (await RorFiles.Import(world, "v2.9", file)).Value.Vintage;
        Assert.Equal(id, (await RorFiles.Import(world, "2.9", file)).Value.Vintage);
        Assert.NotEqual(id, (await RorFiles.Import(world, "v2.10", file)).Value.Vintage);
        Assert.Equal("v2.9", Vintages.Find(world.Folder, VintageKind.Ror, id).Value.Release);
    }

    [Fact]
    public async Task Names_are_found_whatever_their_case_and_only_whole()
    {
        await using var world = await TestWorld.OpenAsync();
        var id = (await RorFiles.Import(world, "v2.9", RorFiles.Write(world, "a.jsonl",
            RorFiles.Record(A, "École Alpha", []) + "\n" + RorFiles.Record(B, "Beta", []) + "\n" + RorFiles.Record("0cccc0001", "beta", [])))).Value.Vintage;
        using var release = Open(world, id);
        Assert.Equal([A], release.Named("école ALPHA").Select(o => o.Id));
        Assert.Equal([B, "0cccc0001"], release.Named("Beta").Select(o => o.Id));
        Assert.Empty(release.Named("Bet"));
        Assert.Equal("ambiguous-organisation", RorNames.Resolve(world.Work, "Beta").Refusal?.Code);
    }

    [Fact]
    public async Task A_changed_byte_in_the_segment_is_told_and_the_same_import_repairs_it()
    {
        await using var world = await TestWorld.OpenAsync();
        var file = RorFiles.Write(world, "a.json", RorFiles.Record(A, "Alpha", [$"child:{B}"]));
        var id = (await RorFiles.Import(world, "v2.9", file)).Value.Vintage;
        var segment = Path.Combine(Vintages.FolderOf(world.Folder, id), "ror.seg");
        var bytes = await File.ReadAllBytesAsync(segment);
        for (var at = 0; at < bytes.Length; at += 97)
        {
            var bad = (byte[])bytes.Clone();
            bad[at] ^= 1;
            await File.WriteAllBytesAsync(segment, bad);
            Assert.NotEmpty(Vintages.Damage(world.Folder, Vintages.Find(world.Folder, VintageKind.Ror, id).Value));
        }
        // In the middle of the columns that a perimeter reads.
        bytes[64] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        var broken = Assert.Throws<BrokenWorldException>(() => Perimeters.Show(world.Work, A, null));
        Assert.Contains("ror.seg", broken.Message, StringComparison.Ordinal);
        Assert.Equal(id, (await RorFiles.Import(world, "v2.9", file)).Value.Vintage);
        Assert.Equal(2, Perimeters.Show(world.Work, A, null).Value.Size);
    }
}
