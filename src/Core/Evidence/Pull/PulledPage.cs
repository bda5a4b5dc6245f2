using System.Globalization;
using System.Text.Json;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Pull;

/// <summary>One page of works, as the API of OpenAlex answers: checked for the fields that a pull lives by.</summary>
sealed record PulledPage(long Count, string? Next, IReadOnlyList<PulledWork> Works)
{
    const string IdPrefix = "https://openalex.org/W";

    public static Outcome<PulledPage> Read(JsonElement root)
    {
        if (Member(root, "meta") is not { ValueKind: JsonValueKind.Object } meta) return Changed("meta");
        if (Member(meta, "count") is not { ValueKind: JsonValueKind.Number } counted || !counted.TryGetInt64(out var count)) return Changed("meta.count");
        if (Member(meta, "next_cursor") is not { ValueKind: JsonValueKind.String or JsonValueKind.Null } next) return Changed("meta.next_cursor");
        if (Member(root, "results") is not { ValueKind: JsonValueKind.Array } results) return Changed("results");
        var works = new List<PulledWork>(results.GetArrayLength());
        foreach (var result in results.EnumerateArray())
        {
            if (PulledWork.Read(result) is not { } work) return Changed("results[].id");
            works.Add(work);
        }
        return new PulledPage(count, next.GetString(), works);
    }

    internal static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The number of a work's id; null where it is not one.</summary>
    internal static long? IdOf(JsonElement work) =>
        Member(work, "id") is { ValueKind: JsonValueKind.String } id && id.GetString() is { } text && text.StartsWith(IdPrefix, StringComparison.Ordinal)
        && long.TryParse(text.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static Refusal Changed(string field) => Refusal.Invalid("pull-fields-changed",
        $"The answer has no “{field}” as the API of OpenAlex gives it. Either --from names another service, or the API has changed and Entente must be updated.",
        $"La réponse n’a pas de « {field} » comme en donne l’API d’OpenAlex. Ou bien --from désigne un autre service, ou l’API a changé et Entente doit être mis à jour.");
}

/// <summary>A work of a page, and whether its list of authors may be cut.</summary>
sealed record PulledWork(long Id, JsonElement Json, bool MayBeCut)
{
    const int AuthorsOfAList = 100;

    public static PulledWork? Read(JsonElement json)
    {
        if (PulledPage.IdOf(json) is not { } id) return null;
        var said = PulledPage.Member(json, "is_authors_truncated") is { ValueKind: JsonValueKind.True };
        return new(id, json, said || AuthorsOf(json) == AuthorsOfAList);
    }

    public static int AuthorsOf(JsonElement json) =>
        PulledPage.Member(json, "authorships") is { ValueKind: JsonValueKind.Array } authors ? authors.GetArrayLength() : 0;
}
