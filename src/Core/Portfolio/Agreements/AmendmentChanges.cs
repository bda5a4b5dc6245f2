using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>What an amendment changes: cells of the agreement by column, an empty one to take it out; who joins and who leaves, and from when.</summary>
public sealed record AmendmentChanges(
    IReadOnlyDictionary<string, string> Cells, IReadOnlyList<string> Join, IReadOnlyList<string> Leave, string? From)
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The columns that an amendment may change.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["title", "title_fr", "starts", "ends", "lead_months", "renewable", "terms", "terms_fr"];

    public bool Nothing() => Cells.Count == 0 && Join.Count == 0 && Leave.Count == 0;

    public string Write() => JsonSerializer.Serialize(new
    {
        Cells = new SortedDictionary<string, string>(Cells.ToDictionary(), StringComparer.Ordinal), Join, Leave, From,
    }, Plain);

    public static AmendmentChanges Parse(string json) => JsonSerializer.Deserialize<AmendmentChanges>(json, Plain)!;
}
