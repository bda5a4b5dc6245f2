using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Whether the ids that a receipt counted by still stand for the organisations and perimeters that it names.</summary>
static class Identities
{
    public static IEnumerable<Check> Check(Work work, Receipt receipt, Asked asked, IReadOnlyList<Manifest> vintages)
    {
        var known = KnownOrganisations.Of(work);
        return receipt.Membership == Membership.Perimeter
            ? receipt.Organisations.SelectMany((o, i) => Perimeter(work, receipt, i, known, asked, vintages))
            : receipt.Organisations.Select(o => Organisation(o, known, asked));
    }

    static Check Organisation(ReceiptOrganisation told, KnownOrganisations known, Asked asked)
    {
        var carriers = asked.Carriers;
        var standing = (told.Ror is { } ror ? carriers.IdsOf(ror).Concat(known.OpenAlexOf(ror)) : []).Concat(known.OpenAlexOfKey(told.Key)).ToHashSet();
        var missing = told.OpenAlex.Where(id => !standing.Contains(KnownOrganisations.OpenAlexNumber(id))).ToList();
        var unnamed = told.Ror is null ? [] : carriers.IdsOf(told.Ror).Except(told.OpenAlex.Select(KnownOrganisations.OpenAlexNumber)).ToList();
        if (unnamed.Count > 0)
            return new("organisation", CheckState.Fail, new(
                $"In this vintage {string.Join(", ", unnamed.Select(id => $"I{id}"))} also stands for {told.Name}, and the receipt leaves it out.",
                $"Dans ce millésime {string.Join(", ", unnamed.Select(id => $"I{id}"))} désigne aussi {told.Name}, et le reçu l’omet."));
        return missing.Count == 0
            ? new("organisation", CheckState.Pass, new($"{told.Name} is still known by the same ids.", $"{told.Name} est toujours connu sous les mêmes identifiants."))
            : new("organisation", CheckState.Gone, new(
                $"That {string.Join(", ", missing)} stands for {told.Name} was said by a portfolio that is no longer loaded here.",
                $"Que {string.Join(", ", missing)} désigne {told.Name}, un portefeuille le disait, qui n’est plus chargé ici."));
    }

    static IEnumerable<Check> Perimeter(Work work, Receipt receipt, int side, KnownOrganisations known, Asked asked, IReadOnlyList<Manifest> vintages)
    {
        var (organisation, told) = (receipt.Organisations[side], receipt.Perimeters.ElementAtOrDefault(side));
        if (told is null)
        {
            yield return new("perimeter", CheckState.Fail, new($"The receipt names no perimeter for {organisation.Name}.", $"Le reçu ne nomme pas de périmètre pour {organisation.Name}."));
            yield break;
        }
        var releases = vintages.Where(v => v.Kind == VintageKind.Ror && v.Release == told.Release).Select(v => v.Id).ToList();
        if (releases.Count == 0)
        {
            yield return new("perimeter", CheckState.Gone, new(
                $"ROR release {told.Release} is no longer here: the ids of {told.Key} are taken from the receipt.",
                $"La version {told.Release} de ROR n’est plus ici\u202F: les identifiants de {told.Key} viennent du reçu."));
            yield break;
        }
        var resolved = Perimeters.In(work, releases, told.Key, told.Version, told.Release);
        if (!resolved.Ok || resolved.Value.Hash != told.Hash)
            yield return new("perimeter", CheckState.Fail, new(
                $"The perimeter {told.Key} version {told.Version} does not come out the same at release {told.Release}.",
                $"Le périmètre {told.Key} version {told.Version} n’est plus le même à la version {told.Release}."));
        else
            yield return Members(organisation, Asked.Written(Asked.MemberIds(resolved.Value, known, asked.Carriers)), told);
    }

    static Check Members(ReceiptOrganisation organisation, IReadOnlyList<string> ids, ReceiptPerimeter told)
    {
        var (missing, extra) = (organisation.OpenAlex.Except(ids).Count(), ids.Except(organisation.OpenAlex).Count());
        if (extra == 0 && missing == 0)
            return new("perimeter", CheckState.Pass, new(
                $"The perimeter {told.Key} is the same at release {told.Release}.", $"Le périmètre {told.Key} est le même à la version {told.Release}."));
        return new("perimeter", CheckState.Gone, new(
            $"The members of {told.Key} are the same, but {missing} of their OpenAlex ids came from a portfolio that is no longer loaded here, and {extra} come from one loaded since.",
            $"Les membres de {told.Key} sont les mêmes, mais {missing} de leurs identifiants OpenAlex venaient d’un portefeuille qui n’est plus chargé ici, et {extra} d’un autre chargé depuis."));
    }
}
