using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Core.Evidence.Sql;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Receipts made, kept and found again. Their fields and digests are written out in docs/format/receipt.md.</summary>
public static partial class Receipts
{
    /// <summary>A receipt names at most so many source files; a whole snapshot's stand in the manifest of its vintage.</summary>
    const int MostSources = 50;

    /// <summary>Keeps a receipt that was computed over HTTP. Content names the file, so writing it twice changes nothing, and no lock is needed.</summary>
    public static void Keep(DataFolder folder, Receipt receipt)
    {
        var path = PathOf(folder, receipt.Id!);
        if (Find(folder, receipt.Id!) is not null) return;
        var aside = $"{path}.{Guid.NewGuid():N}.partial";
        using (var file = new HashedFile(aside))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(Text(receipt)));
            file.Finish();
        }
        File.Move(aside, path, overwrite: true);
    }

    /// <summary>A kept receipt as it was written; null where there is none of this id, or what is there is not what was written.</summary>
    public static string? Find(DataFolder folder, string id)
    {
        if (!IdShape().IsMatch(id) || !File.Exists(PathOf(folder, id))) return null;
        var text = File.ReadAllText(PathOf(folder, id));
        try
        {
            using var json = JsonDocument.Parse(text);
            return CanonicalJson.Hash(json.RootElement, without: "id") == id ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The receipt as JSON, indented.</summary>
    public static string Text(Receipt receipt) => JsonSerializer.Serialize(receipt, Receipt.Json);

    /// <summary>What members.csv beside the receipt holds, for its SQL to read; null where the SQL names every id itself.</summary>
    public static string? Members(Receipt receipt) => WorksSql.Members(receipt.Organisations);

    /// <summary>The receipt with its id: the SHA-256 of its canonical JSON without one.</summary>
    internal static Receipt Seal(Receipt receipt) =>
        receipt with { Id = CanonicalJson.Hash(JsonSerializer.SerializeToElement(receipt, Receipt.Json), without: "id") };

    internal static Receipt Of(Asked asked, FigureAnswer answer)
    {
        var (indicator, question) = (asked.Indicator, asked.Question);
        ReceiptOrganisation[] organisations = [.. asked.Sides.Select((side, i) => new ReceiptOrganisation(i == 0 ? "A" : "B",
            side.Side.Organisation.Key, side.Side.Organisation.Ror, side.Side.Name, Asked.Written(side.Ids(question.Membership)), []))];
        var perimeters = question.Membership == Membership.Perimeter ? asked.Sides.Select(side => side.Perimeter!).ToList() : [];
        return Seal(new Receipt
        {
            Figure = indicator.Key,
            Definition = DefinitionOf(indicator),
            Organisations = organisations,
            Perimeters = [.. perimeters.Select(p => new ReceiptPerimeter(p.Key, p.Version, p.Release, p.Hash))],
            Vintages = [asked.Vintage.Id, .. perimeters.Select(p => p.Vintage).Distinct()],
            Sources = SourcesOf(asked.Vintage),
            Synthetic = answer.Synthetic,
            Membership = question.Membership,
            Counting = question.Counting,
            Filters = new(question.Years?.First, question.Years?.Last, "excluded", "excluded", "all", question.With),
            CountryTable = Countries.Version,
            Coverage = answer.Coverage,
            Value = answer.Value,
            Bounds = answer.Bounds,
            Digest = asked.Main.Digest(),
            Sql = WorksSql.Of(new(indicator, question.Membership, question.Counting, question.Years, question.With, organisations)),
        });
    }

    internal static Definition DefinitionOf(Indicator indicator) => new(indicator.Key, indicator.Version, indicator.Definition.En);

    internal static IReadOnlyList<ReceiptSource> SourcesOf(Manifest vintage) => vintage.Sources.Count > MostSources ? []
        : [.. vintage.Sources.Select(s => new ReceiptSource(vintage.Id, Path.GetFileName(s.Path), s.Sha256)).OrderBy(s => s.Sha256, StringComparer.Ordinal)];

    static string PathOf(DataFolder folder, string id) => Path.Combine(folder.Receipts, id + ".json");

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex IdShape();
}
