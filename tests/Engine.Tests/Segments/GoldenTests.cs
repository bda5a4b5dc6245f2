using Entente.Engine.Segments;
using Entente.Tests;

namespace Entente.Engine.Tests.Segments;

/// <summary>The worked example of docs/format/segment.md is what the writer writes and what the reader reads.</summary>
public sealed class GoldenTests
{
    static string Document => File.ReadAllText(Path.Combine(Conditions.Root, "docs", "format", "segment.md"));

    [Fact]
    public void The_example_of_the_document_is_written_byte_for_byte() => Assert.Equal(Dump(Documented()), Dump(Sample.Bytes()));

    [Fact]
    public void The_example_of_the_document_is_read()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["g.seg"], Documented());
        Assert.Equal("sample: 1999 2020 -1; Entente  École; 0; 10 30 20", Sample.ReadAll(folder["g.seg"]));
        Sample.VerifyAll(folder["g.seg"]);
    }

    [Fact]
    public void The_document_names_every_column_of_a_vintage_of_works()
    {
        using var world = new Works.World([new(1, 2000, []), new(1, 2001, []) { Updated = 1 }], worksPerSegment: 1);
        foreach (var file in world.Written.Files)
        {
            using var segment = Segment.Open(Path.Combine(world.Folder, file.Name));
            foreach (var column in segment.Columns.Where(name => !name.Contains('.', StringComparison.Ordinal)))
                Assert.Contains($"| `{column}` |", Document, StringComparison.Ordinal);
        }
    }

    /// <summary>Lines "offset  sixteen bytes  comment" between the fences named hex; lines left out are zeros.</summary>
    static byte[] Documented()
    {
        var text = Document;
        var block = text[(text.IndexOf("```hex\n", StringComparison.Ordinal) + 7)..];
        var lines = block[..block.IndexOf("```", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var bytes = new List<byte>();
        foreach (var line in lines)
        {
            var offset = Convert.ToInt32(line[..4], 16);
            while (bytes.Count < offset) bytes.Add(0);
            bytes.AddRange(Convert.FromHexString(line.AsSpan(6, 47).ToString().Replace(" ", "", StringComparison.Ordinal)));
        }
        return [.. bytes];
    }

    static string Dump(byte[] bytes) => string.Join('\n', bytes.Chunk(16).Select((row, i) => $"{i * 16:x4}  {string.Join(' ', row.Select(b => $"{b:x2}"))}"));
}
