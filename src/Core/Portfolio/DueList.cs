using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>Something that an office should look at. When is null for what is missing rather than coming.</summary>
public sealed record DueItem(DueKind Kind, DateOnly? When, Said Title, Said Text, IReadOnlyList<string> Structures);

public enum DueKind { Ends, MissingEnds, MissingStarts, MissingNames }

/// <summary>What falls due, and what cannot be watched because no source publishes it.</summary>
public static class DueList
{
    /// <summary>Dated items in order of date, those past their day included; then what is missing.</summary>
    public static IReadOnlyList<DueItem> Of(PortfolioRecord record, DateOnly today)
    {
        var structures = record.Structures.Values.OrderBy(s => s.Key, StringComparer.Ordinal).ToList();
        var ends = structures.SelectMany(s => record.Acts[s.Key].Where(a => a is { DateKind: DateKind.Ended, Date: not null }).Select(a => (Structure: s, Act: a)));
        var dated = ends.Where(e => e.Act.Date!.Value.Last >= today).OrderBy(e => e.Act.Date).Select(e => new DueItem(DueKind.Ends, e.Act.Date!.Value.Last,
            new($"{e.Structure.SaidName.En}: end", $"{e.Structure.SaidName.Fr}\u202F: fin"), e.Act.SaidWhat, [e.Structure.Key]));
        return [.. dated, .. Missing(record, structures)];
    }

    static IEnumerable<DueItem> Missing(PortfolioRecord record, List<Structure> structures)
    {
        var endless = structures.Where(s => record.Acts[s.Key].All(a => a.DateKind != DateKind.Ended)).Select(s => s.Key).ToList();
        if (endless.Count > 0)
            yield return new(DueKind.MissingEnds, null,
                new($"End dates of {Count(endless.Count, "structure or programme", "structures and programmes")}.", $"Date de fin de {Count(endless.Count, "structure ou programme", "structures et programmes")}."),
                new("No source publishes one, so no renewal can be watched.", "Aucune source n’en publie, donc aucun renouvellement ne peut être suivi."), endless);
        var startless = structures.Where(s => Lineages.Start(record, s) is null).Select(s => s.Key).ToList();
        if (startless.Count > 0)
            yield return new(DueKind.MissingStarts, null,
                new($"Start dates of {Count(startless.Count, "structure", "structures")}.", $"Date de début de {Count(startless.Count, "structure", "structures")}."),
                new("The sources only show them running.", "Les sources ne les montrent qu’en activité."), startless);
        var nameless = structures.Where(s => !s.Named).Select(s => s.Key).ToList();
        if (nameless.Count > 0)
            yield return new(DueKind.MissingNames, null,
                new($"Name of {Count(nameless.Count, "structure", "structures")}.", $"Nom de {Count(nameless.Count, "structure", "structures")}."),
                new("The source mentions it without its name.", "La source en parle sans la nommer."), nameless);
    }

    static string Count(int n, string one, string many) => n == 1 ? $"1 {one}" : $"{n} {many}";
}
