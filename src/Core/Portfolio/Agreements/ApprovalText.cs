using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>One thing that a side approves: what it is, and what it says. Names are unique within a text.</summary>
public sealed record ApprovalLine(string Name, string Value);

/// <summary>A line that two texts do not share. Before null: added. After null: taken out.</summary>
public sealed record LineChange(string Name, string? Before, string? After);

/// <summary>
/// What a side sees when it approves, in a canonical form: the same rows give the same bytes, whoever reads them and in whatever
/// language. Sources and audiences are no part of it, nor rows that one side keeps to itself.
/// </summary>
public sealed record ApprovalText(string Subject, int? Amendment, IReadOnlyList<ApprovalLine> Lines)
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Content => JsonSerializer.Serialize(
        new object?[] { Subject, Amendment, Lines.Select(l => new[] { l.Name, l.Value }).ToArray() }, Plain);

    /// <summary>SHA-256 of the content, 64 small hexadecimal digits.</summary>
    public string Hash => HashOf(Content);

    public static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>The lines of a content; none where it is no content of ours, since forms carry it.</summary>
    public static IReadOnlyList<ApprovalLine> LinesOf(string content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return [.. json.RootElement[2].EnumerateArray().Select(line => new ApprovalLine(line[0].GetString()!, line[1].GetString()!))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>What was changed from one text to the other, in the order of the second, what was taken out last.</summary>
    public static IReadOnlyList<LineChange> Changes(IReadOnlyList<ApprovalLine> before, IReadOnlyList<ApprovalLine> after)
    {
        var (old, now) = (before.ToDictionary(l => l.Name, l => l.Value), after.ToDictionary(l => l.Name, l => l.Value));
        return
        [
            .. after.Where(l => old.GetValueOrDefault(l.Name) != l.Value).Select(l => new LineChange(l.Name, old.GetValueOrDefault(l.Name), l.Value)),
            .. before.Where(l => !now.ContainsKey(l.Name)).Select(l => new LineChange(l.Name, l.Value, null)),
        ];
    }
}
