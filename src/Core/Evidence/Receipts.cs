using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Evidence.Sql;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Receipts made, kept and found again. Their fields and digests are written out in docs/format/receipt.md.</summary>
public static partial class Receipts
{
    /// <summary>A receipt names at most so many source files; a whole snapshot's stand in the manifest of its vintage.</summary>
    const int MostSources = 50;

    /// <summary>Anyone may ask for receipts, so the folder has an end: at two kilobytes each, a hundred megabytes.</summary>
    const int MostKept = 50_000;

    /// <summary>
    /// Keeps a receipt that was computed over HTTP. Content names the file, so writing it twice changes nothing, and no lock is needed.
    /// Returns why it was not kept, when so many are already.
    /// </summary>
    public static Refusal? Keep(Work work, Receipt receipt)
    {
        var path = PathOf(work.Folder, receipt.Id!);
        if (Find(work, receipt.Id!) is not null) return null;
        if (Directory.EnumerateFiles(work.Folder.Receipts).Count() >= MostKept)
            return Refusal.Conflict("receipts-full", $"{MostKept} receipts are kept here already, and no more are. “entente figure … --json” prints this one on the command line.",
                $"{MostKept} reçus sont déjà gardés ici, et ils ne le seront pas davantage. «\u202Fentente figure … --json\u202F» imprime celui-ci en ligne de commande.");
        var aside = $"{path}.{Guid.NewGuid():N}.partial";
        using (var file = new HashedFile(aside))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(Text(receipt)));
            file.Finish();
        }
        File.Move(aside, path, overwrite: true);
        return null;
    }

    /// <summary>
    /// A kept receipt as it was written; null where there is none of this id, what is there is not what was written, or it names a body
    /// that the reader may not know of.
    /// </summary>
    public static string? Find(Work work, string id) => Find(work.Folder, PortfolioRecord.Of(work), id);

    /// <summary>As above, for whoever reads many with one look at the record.</summary>
    public static string? Find(DataFolder folder, PortfolioRecord open, string id)
    {
        if (!IdShape().IsMatch(id) || !File.Exists(PathOf(folder, id))) return null;
        var text = File.ReadAllText(PathOf(folder, id));
        try
        {
            using var json = JsonDocument.Parse(text);
            return CanonicalJson.Hash(json.RootElement, without: "id") == id && IsOpen(open, json.RootElement) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a kept file is, byte for byte, the receipt whose id it is named by.</summary>
    internal static bool IsAsKept(string path)
    {
        try
        {
            var text = File.ReadAllText(path, Strict);
            using var json = JsonDocument.Parse(text);
            if (CanonicalJson.Hash(json.RootElement, without: "id") + ".json" != Path.GetFileName(path)) return false;
            // The hash passes over white space and how a sign is written; a receipt is written in one way only.
            return json.Deserialize<Receipt>(Receipt.Json) is { } receipt && Text(receipt) == text;
        }
        catch (Exception e) when (e is JsonException or System.Text.DecoderFallbackException or InvalidOperationException)
        {
            return false;
        }
    }

    static readonly System.Text.UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A receipt of bodies that were never in the portfolio, or are no longer, hides nothing.
    static bool IsOpen(PortfolioRecord open, JsonElement receipt) => !receipt.TryGetProperty("organisations", out var named)
        || named.EnumerateArray().All(o => !o.TryGetProperty("key", out var key) || key.GetString() is not { } known || !open.Hides(known));

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
        Manifest[] vintages = [asked.Vintage, .. asked.Places?.Imports ?? []];
        return Seal(new Receipt
        {
            Figure = indicator.Key,
            Definition = DefinitionOf(indicator),
            Organisations = organisations,
            Perimeters = [.. perimeters.Select(p => new ReceiptPerimeter(p.Key, p.Version, p.Release, p.Hash))],
            Vintages = [.. vintages.Select(vintage => vintage.Id).Concat(perimeters.Select(p => p.Vintage)).Distinct()],
            Sources = [.. vintages.SelectMany(SourcesOf)],
            Places = asked.Places is { } places ? new(places.Release) { Kilometres = asked.Question.Kilometres ?? indicator.Kilometres } : null,
            Synthetic = answer.Synthetic,
            Membership = question.Membership,
            Counting = question.Counting,
            Filters = ReceiptFilters.Of(question),
            CountryTable = Countries.Version,
            Coverage = answer.Coverage,
            Value = answer.Value,
            Bounds = answer.Bounds,
            Stability = answer.Stability,
            Digest = asked.Main.Digest(),
            Sql = WorksSql.Of(new(indicator, question.Membership, question.Counting, question.Years, question.With, question.Filters, question.Kilometres ?? indicator.Kilometres, organisations)),
            ClickHouse = ClickHouseSql.Of(asked),
        });
    }

    internal static Definition DefinitionOf(Indicator indicator) => new(indicator.Key, indicator.Version, indicator.Definition.En);

    internal static IReadOnlyList<ReceiptSource> SourcesOf(Manifest vintage) => vintage.Sources.Count > MostSources ? []
        : [.. vintage.Sources.Select(s => new ReceiptSource(vintage.Id, Path.GetFileName(s.Path), s.Sha256)).OrderBy(s => s.Sha256, StringComparer.Ordinal)];

    static string PathOf(DataFolder folder, string id) => Path.Combine(folder.Receipts, id + ".json");

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex IdShape();
}
