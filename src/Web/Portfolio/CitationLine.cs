using Entente.Core.Portfolio;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio;

/// <summary>A fact, the source's own words for it where they were noted, and what is to be said about them.</summary>
public sealed record CitationLine(string Subject, string? Href, string Fact, string? Words, Citations Source, string? Note)
{
    /// <summary>Every statement about one structure.</summary>
    public static IReadOnlyList<CitationLine> Of(PortfolioRecord record, string structure, Reader reader) =>
        record.Structures.TryGetValue(structure, out var found) ? [.. OfStructure(record, found, reader)] : [];

    /// <summary>Every statement of the record, structure by structure, then those about organisations.</summary>
    public static IEnumerable<CitationLine> All(PortfolioRecord record, Reader l) =>
        record.Structures.Values.SelectMany(s => OfStructure(record, s, l)).Concat(record.Organisations.Values.SelectMany(o => OfOrganisation(record, o, l)));

    static IEnumerable<CitationLine> OfStructure(PortfolioRecord record, Structure s, Reader l)
    {
        CitationLine Line(string fact, Cited cited, string? note = null) => new(l.Say(s.SaidName), $"/structures/{s.Key}", fact, cited.Wording, cited.Source, note);

        yield return Line(l.Say("It exists", "Elle existe"), s);
        foreach (var act in record.Acts[s.Key])
            yield return Line($"{l.Say(act.SaidWhat)}{(act.Date is { } date && !act.What.Contains(date.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal) ? $", {date.In(l.Lang)}" : "")}", act,
                (Lineages.Anachronism(record, act) ?? Lineages.Outdated(record, act)) is { } note ? l.Say(note) : null);
        foreach (var named in record.Parties[s.Key].GroupBy(p => p.Source))
            yield return Line($"{l.Say("Parties: ", $"Parties{Formats.Thin}: ")}{string.Join(", ", named.Select(p => NameOf(record, p)))}", named.First(),
                named.Any(p => p.Organisation is not null && p.NameThen is not null)
                    ? $"{l.Say("Named as ", "Nommées ")}{string.Join(", ", named.Where(p => p.Organisation is not null).Select(p => p.NameThen).OfType<string>())}" : null);
        foreach (var site in record.Sites[s.Key]) yield return Line($"{l.Say(PortfolioWords.Name(site.Kind))}{l.Say(": ", $"{Formats.Thin}: ")}{l.Say(site.Name, site.NameFr ?? site.Name)}", site);
        foreach (var b in record.BelongingsOf(s.Key)) yield return Line($"{l.Say("Belongs to", "Relève de")} {l.Say(record.Structures[b.Centre].SaidName)}", b);
        foreach (var role in record.RolesOf(s.Key)) yield return Line($"{record.People[role.Person].Name}, {l.Say(PortfolioWords.Name(role.Kind))}", role);
        foreach (var theme in record.Themes[s.Key]) yield return Line($"{(theme.Kind == ThemeKind.Theme ? l.Say("Theme: ", $"Thème{Formats.Thin}: ") : l.Say("Subject: ", $"Sujet{Formats.Thin}: "))}{l.Say(theme.Said)}", theme);
        foreach (var fact in record.Facts[s.Key]) yield return Line(l.Say(fact.Said), fact);
        foreach (var note in record.NotesOf(s.Key)) yield return Line(l.Say(note.Said), note);
        foreach (var cited in record.FieldCitations[$"structures/{s.Key}"]) yield return Line(l.Say(Editing.FieldWords.Label("structures", cited.Field)), cited);
        foreach (var id in record.IdentifiersOf(s.Key)) yield return Line($"{l.Say(PortfolioWords.Name(id.Scheme))} {id.Value}", id);
    }

    static string? NameOf(PortfolioRecord record, Party party) => party.Organisation is { } key ? PortfolioWords.ShortOf(record.Organisations[key]) : party.NameThen;

    static IEnumerable<CitationLine> OfOrganisation(PortfolioRecord record, Organisation o, Reader l)
    {
        CitationLine Line(string fact, Cited cited) => new(PortfolioWords.NameOf(o, l), $"/organisations/{o.Key}", fact, cited.Wording, cited.Source, null);

        yield return Line(l.Say("It is named", "Elle est nommée"), o);
        foreach (var name in record.Names[o.Key]) yield return Line($"{(name.Kind == NameKind.Former ? l.Say("Former name: ", $"Ancien nom{Formats.Thin}: ") : l.Say("Also called ", "Aussi appelée "))}{name.Name}", name);
        foreach (var id in record.IdentifiersOfOrganisation(o.Key)) yield return Line($"{l.Say(PortfolioWords.Name(id.Scheme))} {id.Value}", id);
        foreach (var cited in record.FieldCitations[$"organisations/{o.Key}"]) yield return Line(l.Say(Editing.FieldWords.Label("organisations", cited.Field)), cited);
        foreach (var note in record.NotesOfOrganisation(o.Key)) yield return Line(l.Say(note.Said), note);
    }
}
