using Entente.Core.Kernel;

namespace Entente.Core.Store.Search;

/// <summary>A kind of thing that can be found.</summary>
/// <param name="Number">never changed and never given again: entries of a kind are numbered from it</param>
/// <param name="Name">as in addresses, such as structures</param>
public sealed record SearchKind(int Number, string Name);

/// <summary>What one must pass to read a text: an audience, with the sides and scope of the record that it stands in.</summary>
public sealed record Gate(Audience Audience, string? Sides, string? Scope)
{
    public static Gate Of(Audience audience, IReadOnlyCollection<string>? sides, string? scope) =>
        new(audience, sides is null ? null : string.Join(',', sides.Order(StringComparer.Ordinal)), scope);

    IReadOnlyCollection<string>? SideList => Sides is null ? null : Sides.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True where whoever passes this one passes the other too.</summary>
    public bool Implies(Gate other) => this == other
        || Audience.Kind == AudienceKind.Side && other.Audience.Kind == AudienceKind.Both && Sides == other.Sides && Scope == other.Scope
            && SideList?.Contains(Audience.Who!) != false;

    public IEnumerable<string> Marks => AudienceMarks.Of(Audience, SideList, Scope);

    /// <summary>Without what is public, and without what another of them already asks.</summary>
    public static IReadOnlyList<Gate> Reduce(IEnumerable<Gate> gates)
    {
        var asked = gates.Where(g => g.Audience.Kind != AudienceKind.Public).Distinct().ToList();
        return [.. asked.Where(g => !asked.Any(o => o != g && o.Implies(g))).OrderBy(g => g.ToString(), StringComparer.Ordinal)];
    }
}

/// <summary>A text of a thing, and what one must pass to read it beyond what the thing itself asks.</summary>
/// <param name="IsName">it is one of the thing's names, and counts as its title does</param>
public sealed record SearchText(string Text, IReadOnlyList<Gate> Gates, bool IsName = false);

/// <summary>A thing that can be found: its title in both languages, every text of it, and who may know of it.</summary>
public sealed record SearchDocument(string Kind, string Key, Said Title, IReadOnlyList<Gate> Gates, IReadOnlyList<SearchText> Texts)
{
    /// <summary>
    /// The thing as each audience may know it. All words of a question must occur in what one audience may read, so that two
    /// readers together find nothing that neither could. Texts that ask to pass more than two gates are not looked through.
    /// </summary>
    internal IEnumerable<SearchEntry> Entries()
    {
        var texts = Texts.Select(t => (Text: t, Level: Gate.Reduce(Gates.Concat(t.Gates)))).Where(t => t.Level.Count <= 2).ToList();
        var levels = texts.Select(t => t.Level).Append(Gate.Reduce(Gates)).Where(l => l.Count <= 2).DistinctBy(l => string.Join(" & ", l));
        foreach (var level in levels)
        {
            var open = texts.Where(t => t.Level.All(asked => level.Any(passed => passed.Implies(asked)))).Select(t => t.Text).ToList();
            yield return new(this, level,
                [.. new[] { Title.En, Title.Fr }.Concat(open.Where(t => t.IsName).Select(t => t.Text)).SelectMany(Words.Of).Distinct()],
                [.. open.Where(t => !t.IsName).SelectMany(t => Words.Of(t.Text)).Distinct()]);
        }
    }
}

/// <summary>A thing as one audience may know it.</summary>
sealed record SearchEntry(SearchDocument Thing, IReadOnlyList<Gate> Level, IReadOnlyList<string> Title, IReadOnlyList<string> Text);
