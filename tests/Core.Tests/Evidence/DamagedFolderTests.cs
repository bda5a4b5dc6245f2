using System.Globalization;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Evidence.Rnsr;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Tests.Evidence.Cordis;
using Entente.Core.Tests.Evidence.Ror;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>
/// A byte is flipped in every file of a folder with a vintage of each kind, at random places, as often as ENTENTE_TEST_FLIPS says: verifying
/// finds it, and reading gives what it gave before or says that the world is broken, and never ends the process.
/// </summary>
public sealed class DamagedFolderTests
{
    static readonly int Flips = int.Parse(Environment.GetEnvironmentVariable("ENTENTE_TEST_FLIPS") ?? "24", CultureInfo.InvariantCulture);

    const string Root = "000000001", Unit = "000000002";

    static readonly string[] Receipted = ["co-publications", "output"];

    [Fact]
    public async Task A_flipped_byte_of_any_file_is_found_and_never_ends_the_process()
    {
        await using var world = await WorldAsync([.. Eight, "W9 a1:{CNRS,ICL} topic=10001/1702/17/3 goal=4 funder=1 cited=3"]);
        await FillAsync(world);
        var sound = Answers(world);
        Assert.Empty(Verifying.Folder(world.Work, default).Failures);
        var (random, files, time) = (new Random(1), Files(world), DateTime.UnixEpoch.AddYears(50));
        Assert.True(files.Count >= 20, string.Join(' ', files));
        foreach (var path in files)
        {
            var bytes = await File.ReadAllBytesAsync(path);
            for (var i = 0; i < Flips; i++)
            {
                var at = i switch { 0 => 0, 1 => bytes.Length - 1, _ => random.Next(bytes.Length) };
                var bent = bytes.ToArray();
                bent[at] ^= (byte)(1 << random.Next(8));
                Put(path, bent, time = time.AddSeconds(1));
                Assert.True(Verifying.Folder(world.Work, default).Failures.Any(check => check.Says.En.Contains(Path.GetFileName(path), StringComparison.Ordinal)), $"byte {at} of {path}");
                Assert.All(Answers(world).Zip(sound), pair => Assert.True(pair.First == pair.Second || pair.First.StartsWith("broken: ", StringComparison.Ordinal),
                    $"byte {at} of {path}:\n{pair.First}\nwas\n{pair.Second}"));
            }
            Put(path, bytes, time = time.AddSeconds(1));
        }
        Assert.Equal(sound, Answers(world));
        Assert.Empty(Verifying.Folder(world.Work, default).Failures);
    }

    [Fact]
    public async Task A_manifest_of_a_format_before_seals_is_read_and_one_since_is_not_without_its_seal()
    {
        await using var world = await WorldAsync(Eight);
        var manifest = Assert.Single(Vintages.List(world.Folder));
        var path = Path.Combine(Vintages.FolderOf(world.Folder, manifest.Id), Vintages.ManifestFile);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains($"\"seal\": \"{manifest.Seal}\"", text, StringComparison.Ordinal);
        var bare = manifest with { Seal = null };
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(bare, Manifest.Json));
        Assert.Contains(path, Assert.Single(Vintages.Unreadable(world.Folder)).En, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(bare with { Format = 2 }, Manifest.Json));
        Assert.Equal(2, Assert.Single(Vintages.List(world.Folder)).Format);
    }

    /// <summary>A vintage of each kind beside the one that is there, an update that shares its segments, and receipts.</summary>
    static async Task FillAsync(TestWorld world)
    {
        string Write(string name, string text) => RorFiles.Write(world, name, text);
        var first = Assert.Single(Vintages.List(world.Folder)).Id;
        var newer = Write("newer.jsonl", Work("W1 a1:{CNRS} a2:{UTK} updated=2025-01-01").ToJsonString() + "\nnonsense\n" + Work("W20 a1:{CNRS} a2:{ICL}").ToJsonString() + "\n");
        Assert.True((await OpenAlexImport.UpdateAsync(world.Work, first, [newer], null, complete: false, 1, null, default)).Ok);
        var records = Write("ror.jsonl", RorFiles.Record(Root, "CNRS", ["child:" + Unit]) + "\n" + RorFiles.First(Unit, "U1", []) + "\n");
        Assert.True((await RorFiles.Import(world, "v2.1", records)).Ok);
        var parts = Write("organization.csv", CordisFiles.Table(CordisFiles.OrganisationHeader, CordisFiles.Part("101", CordisFiles.Cnrs, "coordinator"), CordisFiles.Part("101", CordisFiles.Imperial, "participant")));
        var projects = Write("project.csv", CordisFiles.Table(CordisFiles.ProjectHeader, CordisFiles.Project("101", "2020-01-01", "H2020-EU.1.1.")));
        Assert.True((await CordisFiles.Import(world, parts, projects)).Ok);
        var register = Write("rnsr.csv", "numero_national_de_structure;libelle;sigle;annee_de_creation;type_de_structure;code_de_type_de_structure;tutelles;sigles_des_tutelles\n200412238P;INSTITUT;GeM;2004;Unité mixte;22;\"École;CNRS\";\"EC;CNRS\"\n");
        Assert.True((await RnsrImport.RunAsync(world.Work, [register], complete: false, null, default)).Ok);
        Copy(world, first);
        foreach (var figure in Receipted) Assert.Null(Receipts.Keep(world.Work, world.Ask(Question(figure) with { Vintage = first }, receipt: true).Receipt!));
    }

    /// <summary>The copies that a world of so few works would not be worth.</summary>
    static void Copy(TestWorld world, string vintage)
    {
        using var hold = OpenedWorks.Take(world.Folder, Vintages.Read(world.Folder, vintage)!);
        var copies = hold.Works.Store.Copies!;
        (copies.FewestWorks, copies.FewestOfAll, copies.LeastFree, copies.MostBytes) = (6, 0, 0, 1 << 20);
        Assert.NotEqual(0, hold.Works.KeepCopies(default));
        Assert.True(SpinWait.SpinUntil(() => Files(world).Count(path => Path.GetFileName(path).StartsWith("several-", StringComparison.Ordinal) && path.EndsWith(".seg", StringComparison.Ordinal)) == 2, TimeSpan.FromSeconds(30)));
    }

    static Question Question(string figure) => figure == "output" ? Of("CNRS") : Pair("CNRS", "ICL");

    /// <summary>All that the folder holds but the record, which the journal's chain covers, and the locks.</summary>
    static List<string> Files(TestWorld world) => [.. Directory.EnumerateFiles(world.Folder.Root, "*", SearchOption.AllDirectories)
        .Where(path => !Path.GetFileName(path).StartsWith("entente.db", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith("write.lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    // Under a new inode, as a disk gives other bytes; the time tells readers to look again.
    static void Put(string path, byte[] bytes, DateTime time)
    {
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
    }

    /// <summary>A little of all that reads vintages, each with its answer or with what it says is broken.</summary>
    static IReadOnlyList<string> Answers(TestWorld world)
    {
        var ids = Directory.EnumerateDirectories(world.Folder.Vintages).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        var works = ids.Where(id => id.StartsWith("openalex-", StringComparison.Ordinal)).ToList();
        return
        [
            .. works.SelectMany(id => new[] { "co-publications", "output", "partners", "international-share" }.Select(figure => Said(() =>
                Figures.Ask(world.Work, (figure == "co-publications" ? Pair("CNRS", "ICL") : Of("CNRS", figure)) with { Vintage = id }, receipt: true, default) is { Ok: true, Value: var answer }
                    ? Receipts.Text(answer.Receipt!) : throw new InvalidOperationException("not answered")))),
            .. works.Select(id => Said(() => string.Join('\n', OpenAlex.Works.Told(world, id)))),
            Said(() => Register(world, ids.Single(id => id.StartsWith("rnsr-", StringComparison.Ordinal)))),
            Said(() => Projects(world, ids.Single(id => id.StartsWith("cordis-", StringComparison.Ordinal)))),
            Said(() => Organisations(world, ids.Single(id => id.StartsWith("ror-", StringComparison.Ordinal)))),
        ];
    }

    static string Projects(TestWorld world, string id)
    {
        using var tables = CordisTables.Open(world.Folder, Vintages.Read(world.Folder, id)!);
        return string.Join('\n', tables.Participations().Select(part => part.ToString()).Concat(tables.Projects().Select(project => project.ToString())));
    }

    static string Register(TestWorld world, string id)
    {
        var manifest = Vintages.Read(world.Folder, id)!;
        using var segment = Vintages.OpenSegment(world.Folder, manifest, RegisterSegment.Name);
        return JsonSerializer.Serialize(RegisterSegment.Read(segment));
    }

    static string Organisations(TestWorld world, string id)
    {
        using var release = RorRelease.Open(world.Folder, Vintages.Read(world.Folder, id)!);
        return JsonSerializer.Serialize(release.All());
    }

    static string Said(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is BrokenWorldException or Engine.Segments.CorruptSegmentException)
        {
            return "broken: " + error.Message;
        }
    }
}
