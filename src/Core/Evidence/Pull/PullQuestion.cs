using System.Text.Json;
using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Pull;

/// <summary>What to pull, as a person puts it: organisations by ROR id, key or exact name.</summary>
public sealed record PullQuestion(string A, string? B, string? With, Years Years)
{
    /// <summary>
    /// The question in ids. OpenAlex ids come from the portfolio; for an organisation that it does not know, from the API by ROR id.
    /// </summary>
    internal async Task<Outcome<PullRequest>> ResolveAsync(Work work, OpenAlexApi api, CancellationToken ct)
    {
        var known = KnownOrganisations.Of(work);
        var a = await SideAsync(known, work, api, A, ct);
        if (a.Refusal is { } noA) return noA;
        var b = B is null ? null : (Outcome<PullSide>?)await SideAsync(known, work, api, B, ct);
        if (b?.Refusal is { } noB) return noB;
        if (b is { } second && second.Value.Ror == a.Value.Ror)
            return Refusal.Usage("same-organisation", "Both sides are the same organisation: name two, or use --of.",
                "Les deux côtés sont la même organisation : nommez-en deux, ou utilisez --of.", "between");
        var country = With is null ? null : (Outcome<string>?)Territory.Asked(With);
        if (country?.Refusal is { } noCountry) return noCountry;
        return new PullRequest(a.Value, b?.Value, country?.Value, country is { } with ? Countries.CodesOf(with.Value) : [], Years);
    }

    static async Task<Outcome<PullSide>> SideAsync(KnownOrganisations known, Work work, OpenAlexApi api, string text, CancellationToken ct)
    {
        var found = known.Find(work, text, () => null);
        var ror = found.Ok ? found.Value.Organisation.Ror : RorId.Parse(text);
        if (found.Ok && ror is not null && found.Value.OpenAlex.Count > 0) return new PullSide(ror, [.. found.Value.OpenAlex.Order().Select(id => $"I{id}")]);
        if (ror is null)
            return found.Refusal ?? Refusal.Invalid("no-ror", $"{found.Value.Name} has no ROR id on the record, so OpenAlex cannot be asked about it.",
                $"{found.Value.Name} n’a pas d’identifiant ROR dans la base, on ne peut donc interroger OpenAlex à son sujet.");
        var answer = await api.GetAsync($"institutions/ror:{ror}", ct);
        if (answer.Refusal is { } refusal) return refusal;
        using var document = answer.Value;
        return IdOf(document) is { } id ? new PullSide(ror, [id]) : Refusal.NotFound("unknown-organisation",
            $"OpenAlex knows no organisation with the ROR id {ror}. Check the id.",
            $"OpenAlex ne connaît aucune organisation d’identifiant ROR {ror}. Vérifiez l’identifiant.");
    }

    static string? IdOf(JsonDocument? document) =>
        document is not null && PulledPage.Member(document.RootElement, "id") is { ValueKind: JsonValueKind.String } id
        && KnownOrganisations.OpenAlexNumber(id.GetString()!) is > 0 and var number ? $"I{number}" : null;
}
