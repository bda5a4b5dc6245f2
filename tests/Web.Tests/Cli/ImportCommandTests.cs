using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Store;
using Entente.Tests;

namespace Entente.Web.Tests.Cli;

/// <summary>Imports by the real program, which is stopped, starved and misled.</summary>
public sealed class ImportCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("entente-cli-").FullName;

    string Data => Path.Combine(_folder, "data");
    static string Real => Path.Combine(Conditions.Data, "openalex", "works.jsonl.gz");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    string Write(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        using Stream file = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        using var writer = new StreamWriter(file, new UTF8Encoding(false));
        foreach (var line in lines) writer.WriteLine(line);
        return path;
    }

    static IEnumerable<string> Works(int count, int first = 1) => Enumerable.Range(first, count).Select(i =>
        $$$"""{"id":"https://openalex.org/W{{{i}}}","publication_year":{{{2000 + i % 25}}},"title":"Work number {{{i * 7919L}}}","authorships":[{"institutions":[{"id":"I{{{i % 900 + 1}}}","ror":"https://ror.org/02feahw73","country_code":"FR"}]}]}""");

    Task<EntenteProcess.Run> Import(params string[] more) => EntenteProcess.RunAsync(["import", "openalex", .. more, "--data", Data]);

    DataFolder Folder => new(Data);

    string[] Leftovers => [.. Directory.GetFileSystemEntries(Folder.Vintages, ".*").Select(Path.GetFileName)!];

    [RealDataFact]
    public async Task The_first_line_is_the_id_alone_and_json_has_the_agreed_fields()
    {
        var plain = await Import(Real);
        Assert.Equal((0, 1), (plain.Code, plain.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Matches("^openalex-[0-9a-f]{16}\n$", plain.Out);
        Assert.Contains("3,402 records accepted", plain.Error, StringComparison.Ordinal);
        var json = JsonNode.Parse((await Import(Real, "--json", "--name", "again")).Out)!.AsObject();
        Assert.Equal(["vintage", "records", "accepted", "rejected", "superseded", "seconds"], json.Select(p => p.Key).Take(6));
        Assert.Equal((plain.Out.Trim(), 3402, 3402), ((string)json["vintage"]!, (int)json["records"]!, (int)json["accepted"]!));
        var listed = JsonNode.Parse((await EntenteProcess.RunAsync("vintages", "--json", "--data", Data)).Out)!.AsArray();
        Assert.Equal((1, "again"), (listed.Count, (string)listed[0]!["name"]!));
    }

    [Fact]
    public async Task Rejected_rows_leave_exit_code_0_and_all_rejected_1()
    {
        var some = await Import(Write("some.jsonl", [.. Works(3), "nonsense"]));
        Assert.Equal(0, some.Code);
        Assert.Contains("1 rejected, listed in", some.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(some.Error.TrimEnd().Split("listed in ")[1]), some.Error);
        var none = await Import(Write("none.jsonl", ["nonsense", "{}"]), "--lang", "fr");
        Assert.Equal((1, ""), (none.Code, none.Out));
        Assert.Contains("Aucun des 2 enregistrements", none.Error, StringComparison.Ordinal);
        Folder.AssertSound(some.Out.Trim());
    }

    [Fact]
    public async Task Interrupted_it_leaves_nothing_half_written()
    {
        if (OperatingSystem.IsWindows()) return;
        var big = Write("big.jsonl", Works(400_000));
        var process = EntenteProcess.Start("import", "openalex", big, "--data", Data);
        var vintages = Path.Combine(Data, "vintages");
        while (!process.HasExited && !(Directory.Exists(vintages) && Directory.GetDirectories(vintages, ".partial-*").Length > 0)) await Task.Delay(5);
        Assert.Equal(0, Signal(process.Id, 2));
        var run = await EntenteProcess.EndAsync(process);
        Assert.Equal((130, ""), (run.Code, run.Out));
        Assert.Contains("Nothing was half-written", run.Error, StringComparison.Ordinal);
        Assert.Empty(Leftovers);
        Folder.AssertSound();
    }

    [TinyDiskFact]
    public async Task A_full_disk_ends_with_code_3_and_advice_and_changes_nothing()
    {
        using var disk = TinyDisk.Mount(Data, megabytes: 3);
        var good = (await Import(Write("good.jsonl", Works(500)))).Out.Trim();
        var big = Write("big.jsonl", Works(60_000));
        foreach (var lang in new[] { "en", "fr" })
        {
            var run = await Import(big, "--lang", lang);
            Assert.Equal((3, ""), (run.Code, run.Out));
            Assert.Contains(lang == "en" ? "is full" : "est plein", run.Error, StringComparison.Ordinal);
            Assert.Contains("--data", run.Error, StringComparison.Ordinal);
            Assert.Empty(Leftovers);
            Folder.AssertSound(good);
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_told_who_holds_the_pen()
    {
        var small = Write("small.jsonl", Works(5));
        using (Folder.Lock("import openalex").Value)
        {
            var run = await Import(small);
            Assert.Equal(1, run.Code);
            Assert.Contains($"process {Environment.ProcessId}, entente import openalex", run.Error, StringComparison.Ordinal);
        }
        Assert.Equal(0, (await Import(small)).Code);
    }

    [Fact]
    public async Task A_record_of_200_MB_is_rejected_in_bounded_memory()
    {
        IEnumerable<string> Lines()
        {
            foreach (var work in Works(2)) yield return work;
            yield return $$"""{"id":"W9","title":"{{new string('x', 200_000_000)}}"}""";
            foreach (var work in Works(2, 10)) yield return work;
        }
        var run = await Import(Write("long.jsonl.gz", Lines()), "--json");
        var json = JsonNode.Parse(run.Out)!;
        Assert.Equal((5, 4, 1), ((int)json["records"]!, (int)json["accepted"]!, (int)json["rejected"]!));
        Assert.InRange(run.PeakBytes, 1, 600_000_000);
    }

    [Fact]
    public async Task A_cut_gzip_file_is_refused_with_code_1()
    {
        var path = Write("cut.jsonl.gz", Works(5000));
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..^1]);
        var run = await Import(path);
        Assert.Equal((1, ""), (run.Code, run.Out));
        Assert.Contains("cut.jsonl.gz", run.Error, StringComparison.Ordinal);
        Folder.AssertSound();
    }

    [Fact]
    public async Task A_damaged_vintage_is_repaired_by_importing_its_sources_again()
    {
        var source = Write("works.jsonl", Works(5000));
        var id = (await Import(source)).Out.Trim();
        var segment = Directory.GetFiles(Vintages.FolderOf(Folder, id), "works-*.seg").Single();
        var bytes = await File.ReadAllBytesAsync(segment);
        for (var i = 1000; i < bytes.Length; i += 40_000) bytes[i] ^= 0x40;
        await File.WriteAllBytesAsync(segment, bytes);
        var asked = await EntenteProcess.RunAsync("figure", "output", "--of", "02feahw73", "--data", Data);
        Assert.Equal((3, ""), (asked.Code, asked.Out));
        Assert.Contains(segment, asked.Error, StringComparison.Ordinal);
        Assert.Contains(source, asked.Error, StringComparison.Ordinal);
        Assert.Equal(id, (await Import(source)).Out.Trim());
        Folder.AssertSound(id);
        Assert.Equal(0, (await EntenteProcess.RunAsync("figure", "output", "--of", "02feahw73", "--data", Data)).Code);
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Signal(int process, int signal);
}
