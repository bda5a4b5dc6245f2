using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.OpenAlex;

public sealed class UpdateTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-update-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    static async Task<ImportResult> ImportAsync(TestWorld world, Coverage coverage, params string[] paths) =>
        (await OpenAlexImport.RunAsync(world.Work, paths, null, coverage, null, default)).Value;

    static Task<Outcome<ImportResult>> UpdateAsync(TestWorld world, string onto, params string[] paths) =>
        OpenAlexImport.UpdateAsync(world.Work, onto, paths, null, complete: false, null, default);

    static string Work(int id, string date, string title) => $$"""{"id":"https://openalex.org/W{{id}}","updated_date":"{{date}}","title":"{{title}}"}""";

    [RealDataFact]
    public async Task An_update_holds_what_one_import_of_all_files_holds()
    {
        await using var world = await TestWorld.OpenAsync();
        var lines = Works.RealLines(300);
        var (old, update) = (Write("old.jsonl", [.. lines[..200], "nonsense", lines[7]]), Write("new.jsonl", [.. lines[150..], "{}"]));
        var whole = await ImportAsync(world, Coverage.Complete, old, update);
        var earlier = await ImportAsync(world, Coverage.Complete, old);
        var updated = (await UpdateAsync(world, earlier.Vintage, update)).Value;
        Assert.Equal((whole.Records, whole.Accepted, whole.Rejected, whole.Superseded), (updated.Records, updated.Accepted, updated.Rejected, updated.Superseded));
        Assert.Equal(Works.Told(world, whole.Vintage), Works.Told(world, updated.Vintage));
        Assert.Equal(Works.Rejects(world, whole.Vintage).Order(), Works.Rejects(world, updated.Vintage).Order());
        var manifest = Vintages.Read(world.Folder, updated.Vintage)!;
        Assert.Equal((earlier.Vintage, CoverageKind.Complete, 2), (manifest.Onto, manifest.Coverage.Kind, manifest.Sources.Count));
        Assert.Equal(3, new[] { whole.Vintage, earlier.Vintage, updated.Vintage }.Distinct().Count());
        Assert.Equal(updated.Vintage, (await UpdateAsync(world, earlier.Vintage, update)).Value.Vintage);
        Assert.Equal(200, Works.Told(world, earlier.Vintage).Count);
    }

    [Fact]
    public async Task An_update_withdraws_works_of_the_earlier_vintage_and_older_records_change_nothing()
    {
        await using var world = await TestWorld.OpenAsync();
        var earlier = await ImportAsync(world, Coverage.Selection, Write("old.jsonl", Work(1, "2025-01-01", "one"), Work(2, "2025-01-01", "two"), Work(3, "2025-01-01", "three")));
        var updated = (await UpdateAsync(world, earlier.Vintage,
            Write("new.jsonl", Work(1, "2025-02-01", "newer"), Work(2, "2024-01-01", "older")), Write("deleted_ids.csv", "work_id,deleted_date", "W3,2025-02-01"))).Value;
        Assert.Equal(["W1 “newer”", "W2 “two”"], Works.Told(world, updated.Vintage).Select(t => $"{t.Split(' ')[0]} “{t.Split('“', '”')[1]}”"));
        Assert.Equal((5, 3, 1L), (updated.Accepted, updated.Superseded, Vintages.Read(world.Folder, updated.Vintage)!.Withdrawn));
    }

    [Fact]
    public async Task An_update_of_nothing_known_or_with_nothing_new_is_refused()
    {
        await using var world = await TestWorld.OpenAsync();
        var old = Write("old.jsonl", Work(1, "2025-01-01", "one"));
        var earlier = await ImportAsync(world, Coverage.Selection, old);
        Assert.Equal("unknown-vintage", (await UpdateAsync(world, "openalex-0000000000000000", old)).Refusal!.Code);
        Assert.Equal("already-there", (await UpdateAsync(world, earlier.Vintage, old)).Refusal!.Code);
        Assert.Equal("all-rejected", (await UpdateAsync(world, earlier.Vintage, Write("bad.jsonl", "nonsense"))).Refusal!.Code);
        Assert.Equal("nothing-to-import", (await UpdateAsync(world, earlier.Vintage, Write("empty.jsonl"))).Refusal!.Code);
        Assert.Single(Vintages.List(world.Folder));
        var emptied = (await UpdateAsync(world, earlier.Vintage, Write("deleted_ids.csv", "work_id,deleted_date", "W1,2025-02-01"))).Value;
        Assert.Empty(Works.Told(world, emptied.Vintage));
    }
}
