using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Core.Kernel;
using Entente.Engine.Works;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>Small works to import, and vintages read back.</summary>
static class Works
{
    public static string RealFile { get; } = Path.Combine(Conditions.Data, "openalex", "works.jsonl.gz");

    public static Source Text(string name, string text) => Bytes(name, Encoding.UTF8.GetBytes(text));

    public static Source Bytes(string name, byte[] bytes) => new(name, bytes.Length, () => new MemoryStream(bytes));

    public static Task<Outcome<ImportResult>> ImportAsync(TestWorld world, params Source[] sources) =>
        OpenAlexImport.RunAsync(world.Work, sources, null, Coverage.Selection, null, default);

    public static async Task<ImportResult> ImportTextAsync(TestWorld world, string text) => (await ImportAsync(world, Text("works.jsonl", text))).Value;

    public static WorksStore Open(TestWorld world, string id) => Vintages.OpenWorks(world.Folder, Vintages.Read(world.Folder, id)!);

    /// <summary>Every work of a vintage as text, in order of id: all that the store holds, told apart byte by byte.</summary>
    public static IReadOnlyList<string> Told(TestWorld world, string id)
    {
        using var store = Open(world, id);
        return [.. store.Segments.SelectMany(s => Enumerable.Range(0, s.Count).Where(s.Stands).Select(w => Told(s, w))).Order(StringComparer.Ordinal)];
    }

    public static string Told(WorksSegment segment, int work)
    {
        var (first, last) = segment.AuthorsOf(work);
        var authors = Enumerable.Range(first, last - first)
            .Select(author => string.Join(" + ", segment.UnitsOfAuthor(author).ToArray().Select(unit => Told(segment.Unit(unit)))));
        var funders = segment.Funders!.ByWork(segment.Count)[work] ?? [];
        return $"W{segment.Ids[work]} {segment.Years[work]} T{segment.Topics[work]}{string.Concat(funders.Select(funder => $" F{funder}"))} {segment.Type(work)} c{segment.Citations[work]} "
            + $"{segment.Fwci[work]:R} {(WorkFlags)segment.Flags[work]} g{segment.Goals[work]:x} “{segment.Title(work)}” {segment.Doi(work)}: {string.Join("; ", authors)}";
    }

    public static string Told(Topic topic) =>
        $"T{topic.Id} ({topic.Name}; {topic.Subfield} {topic.SubfieldName}; {topic.Field} {topic.FieldName}; {topic.Domain} {topic.DomainName})";

    public static string Told(Unit unit) => $"I{unit.Id}|{unit.Ror}|{unit.Country}|{unit.Type}|{unit.Name}|{string.Join(',', unit.Lineage)}";

    public static IReadOnlyList<JsonObject> Real()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(RealFile), CompressionMode.Decompress));
        var works = new List<JsonObject>();
        while (reader.ReadLine() is { } line) works.Add(JsonNode.Parse(line)!.AsObject());
        return works;
    }

    public static string[] RealLines(int count)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(RealFile), CompressionMode.Decompress));
        return [.. Enumerable.Range(0, count).Select(_ => reader.ReadLine()!)];
    }

    /// <summary>The rejected rows of a vintage: line and reason.</summary>
    public static IReadOnlyList<(string File, long Line, string Reason)> Rejects(TestWorld world, string id)
    {
        var path = Path.Combine(Vintages.FolderOf(world.Folder, id), VintageDraft.RejectsFile);
        if (!File.Exists(path)) return [];
        return [.. File.ReadLines(path).Select(line => JsonNode.Parse(line)!).Select(r => ((string)r["file"]!, (long)r["line"]!, (string)r["en"]!))];
    }
}
