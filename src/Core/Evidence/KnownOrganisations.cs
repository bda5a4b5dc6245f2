using System.Globalization;
using System.Runtime.CompilerServices;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>One side of a question, and what the portfolio says of its ids.</summary>
sealed record Side(AskedOrganisation Organisation, IReadOnlyList<long> OpenAlex, IReadOnlyList<string> Pics)
{
    public string Name => Organisation.Name;
}

/// <summary>The organisations of the portfolio with their ids, and how a question's words find one.</summary>
sealed class KnownOrganisations
{
    readonly List<Side> _all = [];
    readonly Dictionary<string, List<Side>> _byName = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Side> _byRor = new(StringComparer.Ordinal);

    // One for each record that is kept, and as long as it is kept.
    static readonly ConditionalWeakTable<PortfolioRecord, KnownOrganisations> ByRecord = [];

    /// <summary>Those that the actor may know of.</summary>
    public static KnownOrganisations Of(Work work) => ByRecord.GetValue(PortfolioRecord.Of(work), Read);

    static KnownOrganisations Read(PortfolioRecord record)
    {
        var ids = record.Identifiers
            .Where(i => i.Organisation is not null && i.Scheme is IdentifierScheme.OpenAlex or IdentifierScheme.Pic).ToLookup(i => i.Organisation ?? "");
        var known = new KnownOrganisations();
        foreach (var organisation in record.Organisations.Values.OrderBy(o => o.Key, StringComparer.Ordinal))
            known.Add(organisation, [.. ids[organisation.Key]], record.Names[organisation.Key].Select(n => n.Name));
        return known;
    }

    void Add(Organisation organisation, IReadOnlyList<Identifier> ids, IEnumerable<string> names)
    {
        var side = new Side(
            new(organisation.Key, RorId.Parse(organisation.Ror), organisation.Name),
            [.. ids.Where(i => i.Scheme == IdentifierScheme.OpenAlex).Select(i => OpenAlexNumber(i.Value)).Where(n => n > 0)],
            [.. ids.Where(i => i.Scheme == IdentifierScheme.Pic).Select(i => i.Value).Order(StringComparer.Ordinal)]);
        _all.Add(side);
        if (side.Organisation.Ror is { } ror) _byRor.TryAdd(ror, side);
        foreach (var name in names.Concat([organisation.Key, organisation.Name, organisation.NameFr, organisation.Short]).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!_byName.TryGetValue(name, out var bearers)) _byName.Add(name, bearers = []);
            bearers.Add(side);
        }
    }

    /// <summary>The number of "I123", given bare or as an address; 0 where the text is none.</summary>
    public static long OpenAlexNumber(string text)
    {
        var id = text[(text.LastIndexOf('/') + 1)..].Trim();
        return id.StartsWith('I') && long.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>The OpenAlex ids that the portfolio gives for a ROR id.</summary>
    public IReadOnlyList<long> OpenAlexOf(string ror) => _byRor.TryGetValue(ror, out var side) ? side.OpenAlex : [];

    public IReadOnlyList<long> OpenAlexOfKey(string? key) => _all.Find(side => side.Organisation.Key == key && key is not null)?.OpenAlex ?? [];

    /// <summary>By ROR id, key or exact name: in the portfolio, then in the ROR releases, then in the evidence at hand.</summary>
    public Outcome<Side> Find(Work work, string text, Func<Carriers?> evidence)
    {
        if (RorId.Parse(text) is { } ror) return ByRor(work, ror, evidence());
        if (_byName.TryGetValue(text.Trim(), out var bearers))
            return bearers is [var only] ? only : bearers.Find(b => b.Organisation.Key == text.Trim()) is { } keyed ? keyed : Several(text, bearers.Select(b => b.Organisation));
        var inRor = RorNames.Resolve(work, text);
        if (inRor.Ok) return ByRor(work, inRor.Value, evidence());
        if (inRor.Refusal!.Kind != RefusalKind.NotFound) return inRor.Refusal;
        var carriers = evidence();
        return carriers?.Named(text.Trim()) switch
        {
            [var one] => ByRor(work, one, carriers),
            { Count: > 1 } several => Several(text, several.Select(r => new AskedOrganisation(null, r, text.Trim()))),
            _ => Unknown(text),
        };
    }

    Outcome<Side> ByRor(Work work, string ror, Carriers? evidence)
    {
        if (_byRor.TryGetValue(ror, out var side)) return side;
        var name = NameInRor(work, ror) ?? evidence?.NameOf(ror) ?? (evidence?.IdsOf(ror).Count > 0 ? ror : null);
        return name is null ? Unknown(ror) : new Side(new(null, ror, name), [], []);
    }

    static string? NameInRor(Work work, string ror)
    {
        foreach (var manifest in Perimeters.Releases(work.Folder))
        {
            using var release = RorRelease.Open(work.Folder, manifest);
            if (release.Find(ror) is { } record) return record.Name;
        }
        return null;
    }

    static Refusal Several(string text, IEnumerable<AskedOrganisation> found)
    {
        var listed = string.Join("; ", found.Select(o => $"{o.Ror ?? o.Key} {o.Name}"));
        return Refusal.Invalid("ambiguous-organisation",
            $"Several organisations are known as “{text}”: {listed}. Give the ROR id or the key.",
            $"Plusieurs organisations sont connues sous le nom «\u202F{text}\u202F»\u202F: {listed}. Donnez l’identifiant ROR ou la clé.", "organisation");
    }

    static Refusal Unknown(string text) => Refusal.NotFound("unknown-organisation",
        $"“{text}” is known neither to the portfolio nor to an imported ROR release nor to this vintage. Give a ROR id (such as 02feahw73), a key (such as cnrs) or an exact name.",
        $"«\u202F{text}\u202F» n’est connu ni du portefeuille, ni d’une version importée de ROR, ni de ce millésime. Donnez un identifiant ROR (par exemple 02feahw73), une clé (par exemple cnrs) ou un nom exact.");
}
