using System.Text.Json;
using Entente.Engine.Segments;

namespace Entente.Core.Evidence.Rnsr;

/// <summary>The one segment of a register vintage, in order of number: what is looked up has columns, and the whole entry stands beside as JSON.</summary>
static class RegisterSegment
{
    public const string Name = "rnsr.seg";

    public static SegmentDigest Write(string folder, IEnumerable<RegisterEntry> entries)
    {
        var rows = entries.OrderBy(e => e.Number, StringComparer.Ordinal).ToArray();
        using var writer = new SegmentWriter(Path.Combine(folder, Name), "rnsr");
        writer.Text("number", rows.Select(e => e.Number));
        writer.Text("type", rows.Select(e => e.TypeCode));
        writer.Column<int>("year", rows.Select(e => e.Year ?? 0).ToArray());
        writer.Text("entry", rows.Select(e => JsonSerializer.Serialize(e, Json)));
        return writer.Finish();
    }

    public static RegisterEntry[] Read(Segment segment)
    {
        var entries = segment.Text("entry");
        var rows = new RegisterEntry[entries.Count];
        for (var row = 0; row < rows.Length; row++) rows[row] = JsonSerializer.Deserialize<RegisterEntry>(entries.Utf8(row), Json)!;
        return rows;
    }

    public static RegisterEntry Later(RegisterEntry a, RegisterEntry b) =>
        string.CompareOrdinal(JsonSerializer.Serialize(a, Json), JsonSerializer.Serialize(b, Json)) < 0 ? b : a;

    static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.General)
    {
        IgnoreReadOnlyProperties = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
