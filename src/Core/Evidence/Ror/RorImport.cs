using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Ror;

/// <summary>Takes in a release of ROR: records of schema 1 and 2, as one object, an array, JSON Lines, gzip, or the zip that ROR publishes.</summary>
public static class RorImport
{
    /// <param name="release">such as v2.9 or 2.9; part of the vintage's id</param>
    /// <param name="complete">the sources hold every record of the release</param>
    public static async Task<Outcome<ImportResult>> RunAsync(
        Work work, IReadOnlyList<string> paths, string release, bool complete, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        if (Vintages.ReleaseOf(release) is not { } number)
            return Refusal.Usage("release", $"“{release}” is not a release of ROR: write it as v2.9.",
                $"«\u202F{release}\u202F» n’est pas une version de ROR\u202F: écrivez par exemple v2.9.", "release");
        var sources = SourcePaths.Find(paths, ".json", ".jsonl", ".gz", ".zip");
        if (sources.Refusal is { } missing) return missing;
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"v{number.Major}.{number.Minor}");
        return await Importing.RunAsync(work, "import ror", sources.Value, draft => Read(draft, sources.Value, name, complete), progress, ct);
    }

    static Outcome<VintageContent> Read(VintageDraft draft, IReadOnlyList<Source> sources, string release, bool complete)
    {
        var records = new Dictionary<string, (RorOrganisation Record, ulong Hash)>(StringComparer.Ordinal);
        var superseded = 0L;
        foreach (var source in sources)
        {
            draft.Enter(source);
            foreach (var text in Newest(source))
            {
                using var stream = text.Open(draft.Advance);
                var reader = new RecordReader(stream);
                foreach (var raw in reader.Objects())
                {
                    draft.Records++;
                    Take(draft, text.Name, raw, records, ref superseded);
                }
                if (!reader.LooksLikeJson) return NotJson(text.Name);
            }
        }
        return new VintageContent(VintageKind.Ror)
        {
            Options = new Dictionary<string, string> { ["release"] = release },
            Release = release,
            Coverage = complete ? Coverage.Complete : Coverage.Selection,
            Files = [RorSegment.Write(draft.Folder, records.Values.Select(r => r.Record))],
            Records = draft.Records,
            Superseded = superseded,
        };
    }

    static void Take(VintageDraft draft, string file, RawRecord raw, Dictionary<string, (RorOrganisation Record, ulong Hash)> records, ref long superseded)
    {
        var parsed = raw.Problem is { } problem ? Refusal.Invalid("not-a-ror-record", problem.En, problem.Fr) : RorJson.Parse(raw.Bytes);
        if (parsed.Refusal is { } refusal)
        {
            draft.Reject(file, raw.Line, refusal.Message, System.Text.Encoding.UTF8.GetString(raw.Bytes.Span[..Math.Min(raw.Bytes.Length, 400)]));
            return;
        }
        var (record, hash) = (parsed.Value, Fnv(raw.Bytes.Span));
        if (records.TryGetValue(record.Id, out var other))
        {
            superseded++;
            if (Rank(record, hash).CompareTo(Rank(other.Record, other.Hash)) <= 0) return;
        }
        records[record.Id] = (record, hash);
    }

    // Schema 2 says more than schema 1; then the later change wins; then, so that the order of files changes nothing, any fixed order.
    static (int, DateOnly, ulong) Rank(RorOrganisation record, ulong hash) => (record.Schema, record.Updated ?? default, hash);

    static ulong Fnv(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in bytes) hash = unchecked((hash ^ b) * 1099511628211UL);
        return hash;
    }

    // A dump that holds both schemas is read from its file of schema 2.
    static IReadOnlyList<PackedText> Newest(Source source)
    {
        var texts = Unpacking.Texts(source);
        if (texts is [var only] && only.Name == source.Name) return texts;
        var json = texts.Where(text => text.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).ToList();
        var second = json.Where(IsSecond).ToList();
        return second.Count > 0 ? second : json;
    }

    static bool IsSecond(PackedText text)
    {
        using var stream = text.Open();
        foreach (var raw in new RecordReader(stream).Objects())
            return RorJson.Parse(raw.Bytes) is { Ok: true, Value.Schema: 2 };
        return false;
    }

    static Refusal NotJson(string file) => Refusal.Invalid("not-ror",
        $"{file} holds no JSON, so it is not a file of ROR records. Nothing was imported. Give ROR’s dump (.zip) or its records (.json, .jsonl).",
        $"{file} ne contient pas de JSON\u202F: ce n’est donc pas un fichier de notices ROR. Rien n’a été importé. Donnez l’archive de ROR (.zip) ou ses notices (.json, .jsonl).");
}
