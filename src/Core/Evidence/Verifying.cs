using System.Security.Cryptography;
using System.Text.Json;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Recomputes receipts: id, sources, segments, then value, bounds and digest.</summary>
public static partial class Verifying
{
    /// <summary>
    /// Verifies a receipt as it was handed in. Refused when it is no receipt, or when its vintage is not here. Reads every source
    /// that is still there and every file of the vintage.
    /// </summary>
    public static Outcome<Verification> Verify(Work work, string json, CancellationToken ct) => Engines.Guard(() => Looked(work, json, ct));

    static Outcome<Verification> Looked(Work work, string json, CancellationToken ct)
    {
        var understood = Understand(json);
        if (understood.Refusal is { } malformed) return malformed;
        var (receipt, text, indicator) = understood.Value;
        var vintages = VintagesOf(work, receipt);
        if (vintages.Refusal is { } gone) return gone;
        var checks = new List<Check> { Id(receipt, text), Definition(receipt, indicator), Kind(receipt, vintages.Value[0]) };
        foreach (var vintage in vintages.Value) checks.AddRange(Sources(vintage, ct));
        var segments = vintages.Value.SelectMany(vintage => Segments(work, vintage, ct)).ToList();
        checks.AddRange(segments);
        if (segments.Any(c => c.State == CheckState.Fail)) return new Verification(receipt.Id ?? "", Recomputation.Corrupt, checks, null, null, null);
        var places = PlacesOf(work, receipt, vintages.Value);
        if (places?.Refusal is { } unplaced) return unplaced;
        var fresh = Vintages.Guard(vintages.Value[0], () => indicator.IsProjects
            ? Projects.Recompute(work, receipt, vintages.Value[0]) : Recompute(work, indicator, receipt, vintages.Value, places?.Value, checks));
        checks.AddRange(Compare(receipt, fresh));
        var verdict = checks.Any(c => c.State == CheckState.Fail) ? Recomputation.Differs : Recomputation.Verified;
        return new Verification(receipt.Id ?? "", verdict, checks, fresh.Value, fresh.Bounds, fresh.Digest);
    }

    /// <summary>What a receipt is held against.</summary>
    internal readonly record struct Recomputed(double? Value, Bounds Bounds, string Digest);

    /// <summary>The receipt as it was handed in, with all that recomputing relies on in its place; refused otherwise.</summary>
    internal static Outcome<(Receipt Receipt, JsonElement Text, Indicator Indicator)> Understand(string json)
    {
        var read = Read(json);
        if (read.Refusal is { } malformed) return malformed;
        var receipt = read.Value.Receipt;
        var indicator = Indicators.All.FirstOrDefault(i => i.Key == receipt.Figure);
        if (indicator is null) return NoReceipt(new($"figure “{receipt.Figure}”", $"chiffre «\u202F{receipt.Figure}\u202F»"));
        return Malformed(receipt, indicator) is { } field ? NoReceipt(Said.Same(field)) : (receipt, read.Value.Text, indicator);
    }

    static Outcome<(Receipt Receipt, JsonElement Text)> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement.Clone();
            // A figure's whole answer holds its receipt.
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("receipt", out var held) && held.ValueKind == JsonValueKind.Object) root = held;
            var receipt = root.ValueKind == JsonValueKind.Object ? root.Deserialize<Receipt>(Receipt.Json) : null;
            if (receipt?.Figure is null || receipt.Definition is null || receipt.Organisations is null || receipt.Vintages is null || receipt.Filters is null || receipt.Bounds is null)
                return NoReceipt(new("fields are missing", "des champs manquent"));
            // A number or text that has no canonical form throws here, before anything relies on the receipt's id.
            _ = CanonicalJson.Hash(root, without: "id");
            return (receipt, root);
        }
        catch (JsonException e)
        {
            return NoReceipt(e.Path is null && e.BytePositionInLine is { } at
                ? new($"it is no JSON from line {e.LineNumber + 1}, byte {at + 1} on", $"ce n’est plus du JSON dès la ligne {e.LineNumber + 1}, octet {at + 1}")
                : new("fields are missing", "des champs manquent"));
        }
        catch (InvalidOperationException)
        {
            return NoReceipt(new("a name in it is half a sign", "un nom y est la moitié d’un signe"));
        }
    }

    static Refusal NoReceipt(Said why) => Refusal.Invalid("not-a-receipt",
        $"This is not a receipt of Entente ({why.En}). Take the “receipt” object of a figure’s --json answer, or what --receipt wrote.",
        $"Ceci n’est pas un reçu d’Entente ({why.Fr}). Prenez l’objet «\u202Freceipt\u202F» de la réponse --json d’un chiffre, ou ce que --receipt a écrit.", "receipt");

    // What recomputing relies on; that the rest is untouched shows in the id.
    static string? Malformed(Receipt receipt, Indicator indicator) =>
        !Sides(indicator).Contains(receipt.Organisations.Count) || receipt.Organisations.Any(o => Malformed(o, indicator)) ? "organisations"
        : indicator.Needs.HasFlag(Needs.Country) != (receipt.Filters.With is not null) ? "filters.with"
        : (receipt.Filters.FirstYear is null) != (receipt.Filters.LastYear is null)
            || receipt.Filters.FirstYear is < 1000 || receipt.Filters.LastYear is > 9999 || receipt.Filters.FirstYear > receipt.Filters.LastYear ? "filters.firstYear"
        : Malformed(receipt.Filters, indicator) ? "filters"
        : indicator.ByPlace != (receipt.Places?.Release is not null) || indicator.Kilometres is null != (receipt.Places?.Kilometres is null) || receipt.Places?.Kilometres is < 1 or > Question.MostKilometres ? "places"
        : !indicator.Countings.Contains(receipt.Counting) ? "counting"
        : receipt.Perimeters is null || receipt.Perimeters.Any(p => p?.Key is null) ? "perimeters"
        : receipt.Vintages.Count == 0 || receipt.Vintages.Contains(null) ? "vintages" : null;

    static int[] Sides(Indicator indicator) => indicator.AlsoOfPair ? [1, 2] : indicator.Needs.HasFlag(Needs.Pair) ? [2] : [1];

    static bool Malformed(ReceiptFilters told, Indicator indicator) => told.Retracted is null || told.Types is null || told.Goal is < 1 or > 17 || told.AuthorsMax is < 1
        || told.Corpus is not (null or "core" or "expansion") || (told.Funder is { } funder && !(funder.Length is > 1 and < 19 && funder[0] == 'F' && funder.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0))
        || (indicator.Needs.HasFlag(Needs.Subject) && !told.Among.HasSubject) || (indicator.Needs.HasFlag(Needs.Goal) && told.Goal is null)
        || (indicator.Needs.HasFlag(Needs.Window) && told.FirstYear is null);

    static bool Malformed(ReceiptOrganisation? told, Indicator indicator) =>
        told?.OpenAlex is null || told.OpenAlex.Contains(null) || told.Pics is null || told.Pics.Contains(null) || (indicator.IsProjects && told.Pics.Count == 0);

    static Outcome<IReadOnlyList<Manifest>> VintagesOf(Work work, Receipt receipt)
    {
        var found = new List<Manifest>();
        foreach (var id in receipt.Vintages)
        {
            var kind = found.Count > 0 ? VintageKind.Ror : receipt.Figure == "joint-projects" ? VintageKind.Cordis : VintageKind.OpenAlex;
            var vintage = Engines.Find(work.Folder, kind, id);
            if (vintage.Ok) found.Add(vintage.Value);
            else if (vintage.Refusal!.Kind != RefusalKind.NotFound) return vintage.Refusal;
            // Without its release a perimeter cannot be resolved again, but the receipt holds the ids that it came to. It holds no places.
            else if (found.Count == 0 || receipt.Places is not null) return Missing(id, receipt);
        }
        return found;
    }

    static Refusal Missing(string id, Receipt receipt)
    {
        var sources = (receipt.Sources ?? []).Where(s => s.Vintage == id).Take(5).Select(s => $"{s.Name} (SHA-256 {s.Sha256})").ToList();
        var list = string.Join(", ", sources);
        return Refusal.NotFound("vintage-not-here",
            $"The receipt was computed on vintage {id}, which is not in this data folder. {(sources.Count > 0 ? $"Import its sources again to rebuild it: {list}" : "Import the sources it was made of to rebuild it")}.",
            $"Le reçu fut calculé sur le millésime {id}, qui n’est pas dans ce dossier de données. {(sources.Count > 0 ? $"Pour le refaire, réimportez ses sources\u202F: {list}" : "Pour le refaire, réimportez ses sources")}.");
    }

    static Outcome<RorPlaces>? PlacesOf(Work work, Receipt receipt, IReadOnlyList<Manifest> vintages)
    {
        if (receipt.Places is not { } told) return null;
        var imports = vintages.Where(vintage => vintage.Kind == VintageKind.Ror && vintage.Release == told.Release).ToList();
        return imports.Count == 0 ? NoReceipt(Said.Same("places")) : RorPlaces.In(work.Folder, imports);
    }

    static Check Id(Receipt receipt, JsonElement text)
    {
        var hash = CanonicalJson.Hash(text, without: "id");
        return hash == receipt.Id
            ? new("id", CheckState.Pass, new("The receipt is as it was issued.", "Le reçu est tel qu’il fut émis."))
            : new("id", CheckState.Fail, new(
                $"The receipt was changed after it was issued: its id says {receipt.Id ?? "nothing"}, its content hashes to {hash}.",
                $"Le reçu a été modifié après son émission\u202F: son id dit {receipt.Id ?? "rien"}, son contenu donne {hash}."));
    }

    static Check Definition(Receipt receipt, Indicator indicator) => receipt.Definition == Receipts.DefinitionOf(indicator) && receipt.CountryTable == Countries.Version
        ? new("definition", CheckState.Pass, new($"{indicator.Key}, version {indicator.Version}, is still defined so.", $"{indicator.Key}, version {indicator.Version}, est toujours ainsi défini."))
        : new("definition", CheckState.Fail, new(
            $"The receipt was computed by another definition: {receipt.Definition.Key} version {receipt.Definition.Version} with country table {receipt.CountryTable}; this program has version {indicator.Version} with table {Countries.Version}.",
            $"Le reçu fut calculé selon une autre définition\u202F: {receipt.Definition.Key} version {receipt.Definition.Version}, table des pays {receipt.CountryTable}\u202F; ce programme a la version {indicator.Version}, table {Countries.Version}."));

    static Check Kind(Receipt receipt, Manifest vintage) => receipt.Synthetic == vintage.Synthetic
        ? new("vintage", CheckState.Pass, new($"Vintage {vintage.Id} is here.", $"Le millésime {vintage.Id} est ici."))
        : new("vintage", CheckState.Fail, new(
            $"Vintage {vintage.Id} is {(vintage.Synthetic ? "" : "not ")}synthetic; the receipt says otherwise.",
            $"Le millésime {vintage.Id} {(vintage.Synthetic ? "est" : "n’est pas")} synthétique\u202F; le reçu dit le contraire."));

    static IEnumerable<Check> Sources(Manifest vintage, CancellationToken ct)
    {
        foreach (var source in vintage.Sources)
        {
            ct.ThrowIfCancellationRequested();
            yield return Hash(source.Path) switch
            {
                null => new("source", CheckState.Gone, new($"{source.Path} is gone.", $"{source.Path} a disparu.")),
                var hash when hash == source.Sha256 => new("source", CheckState.Pass, new($"{source.Path} is as it was imported.", $"{source.Path} est tel qu’il fut importé.")),
                _ => new("source", CheckState.Fail, new(
                    $"{source.Path} has changed since it was imported: its SHA-256 differs.", $"{source.Path} a changé depuis son import\u202F: son SHA-256 diffère.")),
            };
        }
    }

    static IEnumerable<Check> Segments(Work work, Manifest vintage, CancellationToken ct)
    {
        if (Engines.OnServers(work.Folder, vintage.Kind))
        {
            // Opening it holds the rows of every server against what was loaded.
            using var held = vintage.Kind == VintageKind.Cordis ? (IDisposable)Engines.TakeProjects(work.Folder, vintage.Id).Value : Engines.Take(work.Folder, vintage);
            yield return new("segment", CheckState.Pass, new($"The servers hold all rows of {vintage.Id} that were loaded.", $"Les serveurs contiennent toutes les lignes chargées de {vintage.Id}."));
            yield break;
        }
        foreach (var check in Files(work, vintage, ct)) yield return check;
    }

    static IReadOnlyList<Check> Files(Work work, Manifest vintage, CancellationToken ct)
    {
        var checks = EachFile(work, vintage, ct).ToList();
        return checks.Exists(check => check.State == CheckState.Fail) && Vintages.Merged(work.Folder, vintage) is { } now ? Files(work, now, ct) : checks;
    }

    static IEnumerable<Check> EachFile(Work work, Manifest vintage, CancellationToken ct)
    {
        foreach (var file in vintage.Files)
        {
            ct.ThrowIfCancellationRequested();
            var path = Path.Combine(Vintages.FolderOf(work.Folder, vintage.Id), file.Name);
            yield return Hash(path) switch
            {
                var hash when hash == file.Sha256 => new("segment", CheckState.Pass, new($"{vintage.Id}/{file.Name} holds what was written.", $"{vintage.Id}/{file.Name} contient ce qui fut écrit.")),
                null => new("segment", CheckState.Fail, new(
                    $"{path} is gone. Import the vintage’s sources again: this repairs it.", $"{path} a disparu. Réimportez les sources du millésime\u202F: cela le répare.")),
                _ => new("segment", CheckState.Fail, new(
                    $"{path} does not hold what was written: its SHA-256 differs from the manifest’s. Import the vintage’s sources again: this repairs it.",
                    $"{path} ne contient plus ce qui fut écrit\u202F: son SHA-256 diffère de celui du manifeste. Réimportez les sources du millésime\u202F: cela le répare.")),
            };
        }
    }

    static string? Hash(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static Recomputed Recompute(Work work, Indicator indicator, Receipt receipt, IReadOnlyList<Manifest> vintages, RorPlaces? places, List<Check> checks)
    {
        using var asked = Asked.FromReceipt(indicator, receipt, Engines.Take(work.Folder, vintages[0]), places);
        checks.AddRange(Identities.Check(work, receipt, asked, vintages));
        if (receipt.Stability is { } told)
        {
            var drawn = Stability.Of(asked.Main, indicator, told.Seed) is { Ok: true, Value: var again } ? again : null;
            checks.Add(told == drawn ? new("stability", CheckState.Pass, new("The stability interval is drawn again from its seed.", "L’intervalle de stabilité se retire de sa graine."))
                : Other("stability", "stability interval", "l’intervalle de stabilité", Text(new Bounds(told.Lower, told.Upper)), Text(new Bounds(drawn?.Lower, drawn?.Upper))));
        }
        return new(asked.Main.Value, asked.Main.Bounds, asked.Main.Digest());
    }

    static IEnumerable<Check> Compare(Receipt receipt, Recomputed fresh)
    {
        yield return receipt.Value == fresh.Value ? Same("value", "value", "la valeur") : Other("value", "value", "la valeur", Text(receipt.Value), Text(fresh.Value));
        yield return receipt.Bounds == fresh.Bounds ? Same("bounds", "bounds", "les bornes", " recompute") : Other("bounds", "bounds", "les bornes", Text(receipt.Bounds), Text(fresh.Bounds));
        yield return receipt.Digest == fresh.Digest ? Same("digest", "digest", "l’empreinte") : Other("digest", "digest", "l’empreinte", receipt.Digest, fresh.Digest);
    }

    static Check Same(string name, string en, string fr, string recomputes = " recomputes") => new(name, CheckState.Pass, new($"The {en}{recomputes}.", $"On retrouve {fr}."));

    static Check Other(string name, string en, string fr, string told, string found) => new(name, CheckState.Fail, new(
        $"The {en} does not recompute: the receipt says {told}, the vintage gives {found}.",
        $"On ne retrouve pas {fr}\u202F: le reçu dit {told}, le millésime donne {found}."));

    static string Text(double? value) => value is { } v ? CanonicalJson.Number(v) : "null";

    static string Text(Bounds bounds) => $"{Text(bounds.Lower)}–{Text(bounds.Upper)}";
}
