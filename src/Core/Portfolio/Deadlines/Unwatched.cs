using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Deadlines;

public enum UnwatchedKind { Ends, Starts, Names }

/// <summary>What cannot be watched because no source publishes it, and of which structures.</summary>
public sealed record Unwatched(UnwatchedKind Kind, Said Title, Said Text, IReadOnlyList<string> Structures)
{
    public static IEnumerable<Unwatched> Of(PortfolioRecord record)
    {
        var structures = record.Structures.Values.OrderBy(s => s.Key, StringComparer.Ordinal).ToList();
        var endless = structures.Where(s => record.Acts[s.Key].All(a => a.DateKind != DateKind.Ended) && record.Agreements[s.Key].All(a => a.Draft || a.Ends is null)).Select(s => s.Key).ToList();
        if (endless.Count > 0)
            yield return new(UnwatchedKind.Ends,
                new($"End dates of {Count(endless.Count, "structure or programme", "structures and programmes")}.", $"Date de fin de {Count(endless.Count, "structure ou programme", "structures et programmes")}."),
                new("No source publishes one, so no renewal can be watched.", "Aucune source n’en publie, donc aucun renouvellement ne peut être suivi."), endless);
        var startless = structures.Where(s => Lineages.Start(record, s) is null).Select(s => s.Key).ToList();
        if (startless.Count > 0)
            yield return new(UnwatchedKind.Starts,
                new($"Start dates of {Count(startless.Count, "structure", "structures")}.", $"Date de début de {Count(startless.Count, "structure", "structures")}."),
                new("The sources only show them running.", "Les sources ne les montrent qu’en activité."), startless);
        var nameless = structures.Where(s => !s.Named).Select(s => s.Key).ToList();
        if (nameless.Count > 0)
            yield return new(UnwatchedKind.Names,
                new($"Name of {Count(nameless.Count, "structure", "structures")}.", $"Nom de {Count(nameless.Count, "structure", "structures")}."),
                new("The source mentions it without its name.", "La source en parle sans la nommer."), nameless);
    }

    static string Count(int n, string one, string many) => n == 1 ? $"1 {one}" : $"{n} {many}";
}
