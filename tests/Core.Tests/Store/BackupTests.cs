using System.IO.Compression;
using System.Text;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store;

public sealed class BackupTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-backup-").FullName;

    string Zip => Path.Combine(_folder, "all.zip");
    string Target => Path.Combine(_folder, "restored");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    static async Task<TestWorld> FilledAsync()
    {
        var world = await TestWorld.OpenAsync();
        world.Work.Log("test.write", "a subject");
        await world.Db.SaveChangesAsync();
        await WriteAsync(world, "vintages/openalex-1/manifest.json", "{}");
        await WriteAsync(world, "vintages/openalex-1/works.seg", new string('x', 100_000));
        await WriteAsync(world, "vintages/.partial-9/works.seg", "half");
        await WriteAsync(world, "receipts/1.json", "{}");
        return world;
    }

    static async Task WriteAsync(TestWorld world, string path, string text)
    {
        var full = Path.Combine(world.Folder.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, text);
    }

    [Fact]
    public async Task What_was_kept_comes_back_whole()
    {
        await using var world = await FilledAsync();
        var made = await Backups.MakeAsync(world.Work, Zip, default);
        Assert.Equal(["entente.db", "receipts/1.json", "vintages/openalex-1/manifest.json", "vintages/openalex-1/works.seg"], made.Value.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(["all.zip"], Directory.GetFiles(_folder).Select(Path.GetFileName));

        Directory.CreateDirectory(Target); // An empty folder may be there already.
        Assert.True((await Backups.RestoreAsync(Zip, Target, default)).Ok);
        Assert.Equal(100_000, new FileInfo(Path.Combine(Target, "vintages/openalex-1/works.seg")).Length);
        await using var db = new DataFolder(Target).OpenDb();
        Assert.Equal("a subject", (await db.Journal.SingleAsync(e => e.Verb == "test.write")).Subject);
    }

    [Fact]
    public async Task A_mail_that_waits_is_not_sent_a_second_time_from_a_restored_record()
    {
        await using var world = await FilledAsync();
        Assert.True(await Messages.AddAsync(world.Work, "one", EmailAddress.Parse("officer@example.net")!.Value, null, Lang.En, "s", "b", default));
        Assert.True((await Backups.MakeAsync(world.Work, Zip, default)).Ok);
        Assert.True((await Backups.RestoreAsync(Zip, Target, default)).Ok);
        await using var db = new DataFolder(Target).OpenDb();
        Assert.Equal(MessageState.Uncertain, (await db.Messages.SingleAsync()).State);
        Assert.Equal(MessageState.Pending, (await world.Db.Messages.AsNoTracking().SingleAsync()).State);
    }

    [Fact]
    public async Task A_backup_never_replaces_a_file()
    {
        await using var world = await FilledAsync();
        await File.WriteAllTextAsync(Zip, "mine");
        Assert.Equal("backup-exists", (await Backups.MakeAsync(world.Work, Zip, default)).Refusal?.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(Zip));
    }

    [Fact]
    public async Task A_backup_waits_for_no_writer()
    {
        await using var world = await FilledAsync();
        using var pen = world.Folder.Lock("import").Value;
        Assert.Equal("write-locked", (await Backups.MakeAsync(world.Work, Zip, default)).Refusal?.Code);
        Assert.False(File.Exists(Zip));
    }

    [Fact]
    public async Task Only_an_empty_folder_takes_a_backup()
    {
        await using var world = await FilledAsync();
        Assert.True((await Backups.MakeAsync(world.Work, Zip, default)).Ok);
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "note.txt"), "mine");
        Assert.Equal("folder-not-empty", (await Backups.RestoreAsync(Zip, Target, default)).Refusal?.Code);
        Assert.Single(Directory.GetFileSystemEntries(Target));
    }

    public static TheoryData<string> Damages => ["changed", "missing", "unlisted", "cut", "not-a-zip", "longer"];

    [Theory, MemberData(nameof(Damages))]
    public async Task A_damaged_backup_restores_nothing(string damage)
    {
        await using var world = await FilledAsync();
        Assert.True((await Backups.MakeAsync(world.Work, Zip, default)).Ok);
        Damage(damage);
        var refusal = (await Backups.RestoreAsync(Zip, Target, default)).Refusal;
        Assert.Equal("backup-damaged", refusal?.Code);
        Assert.Equal(["all.zip"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    void Damage(string damage)
    {
        const string Segment = "vintages/openalex-1/works.seg";
        if (damage is "cut" or "not-a-zip")
        {
            var bytes = File.ReadAllBytes(Zip);
            File.WriteAllBytes(Zip, damage == "cut" ? bytes[..(bytes.Length / 2)] : "not a zip at all"u8.ToArray());
            return;
        }
        using var zip = ZipFile.Open(Zip, ZipArchiveMode.Update);
        if (damage == "unlisted")
        {
            zip.GetEntry("backup.json")!.Delete();
            return;
        }
        zip.GetEntry(Segment)!.Delete();
        if (damage == "missing") return;
        using var entry = zip.CreateEntry(Segment).Open();
        entry.Write(Encoding.ASCII.GetBytes(new string('x', damage == "longer" ? 1_000_000 : 99_999) + (damage == "longer" ? "" : "y")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"format":1,"files":null}""")]
    [InlineData("""{"format":1,"files":[null]}""")]
    [InlineData("""{"format":1,"files":[{"sha256":"","bytes":0}]}""")]
    [InlineData("""{"format":1,"files":[{"path":"vintages/a\u0000b","sha256":"","bytes":0}]}""")]
    [InlineData("""{"format":1,"files":[{"path":"vintages/a","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","bytes":0},{"path":"vintages/a/b","sha256":"","bytes":0}]}""")]
    public async Task A_backup_whose_list_is_none_is_refused(string list)
    {
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Create))
        {
            foreach (var name in (string[])["vintages/a", "vintages/a/b", "vintages/a\0b"]) zip.CreateEntry(name).Open().Dispose();
            using var entry = zip.CreateEntry("backup.json").Open();
            entry.Write(Encoding.UTF8.GetBytes(list));
        }
        Assert.Equal("backup-damaged", (await Backups.RestoreAsync(Zip, Target, default)).Refusal?.Code);
        Assert.Equal(["all.zip"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("vintages/../../outside.txt")]
    [InlineData("/tmp/outside.txt")]
    [InlineData("write.lock")]
    public async Task A_doctored_backup_writes_nowhere_else(string path)
    {
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Create))
        {
            using (var entry = zip.CreateEntry(path).Open()) entry.Write("x"u8);
            using var list = zip.CreateEntry("backup.json").Open();
            list.Write(Encoding.UTF8.GetBytes($$"""{"format":1,"made":"2026-01-01T00:00:00Z","files":[{"path":"{{path}}","sha256":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","bytes":1}]}"""));
        }
        Assert.Equal("backup-damaged", (await Backups.RestoreAsync(Zip, Target, default)).Refusal?.Code);
        Assert.Equal(["all.zip"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }
}
