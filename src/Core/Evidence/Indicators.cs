using Entente.Core.Evidence.Catalogue;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// The catalogue of figures: the one place where they are named and defined. Command line, API, pages, receipts and
/// docs/domain/indicators.md all print from here.
/// </summary>
public static class Indicators
{
    public static IReadOnlyList<Indicator> All { get; } = [.. Counted.All, .. Collaborating.All, .. Distant.All, .. Similar.All, .. Specialised.All, .. Cited.All];

    /// <summary>The keys, as a sentence lists them.</summary>
    public static string Keys { get; } = string.Join(", ", All.Select(i => i.Key));

    public static Outcome<Indicator> Find(string key)
    {
        var found = All.FirstOrDefault(i => i.Key == key);
        if (found is not null) return found;
        return Refusal.Usage("unknown-figure",
            $"“{key}” is not a figure of Entente. Choose one of: {Keys}.",
            $"«\u202F{key}\u202F» n’est pas un chiffre d’Entente. Choisissez parmi\u202F: {Keys}.", "figure");
    }

    /// <summary>Refuses a question that lacks what its figure needs, or says what the figure has no place for.</summary>
    public static Refusal? Check(Indicator indicator, Question question)
    {
        var given = (question.B is not null ? Needs.Pair : question.A is not null ? Needs.One : Needs.None)
            | (question.With is not null ? Needs.Country : Needs.None);
        var whom = indicator.AlsoOfPair && question.B is not null ? (indicator.Needs & ~Needs.One) | Needs.Pair : indicator.Needs;
        if (given != (whom & (Needs.Pair | Needs.One | Needs.Country))
            || (indicator.Needs.HasFlag(Needs.Subject) && !question.Filters.HasSubject)
            || (indicator.Needs.HasFlag(Needs.Goal) && question.Filters.Goal is null)
            || (indicator.Needs.HasFlag(Needs.Window) && question.Years is null))
            return Refusal.Usage("figure-options",
                $"{indicator.Key} is asked with {indicator.Takes}{Got(given, "; the question has ")}.",
                $"{indicator.Key} se demande avec {indicator.Takes}{Got(given, "\u202F; la question porte ")}.");
        if (indicator.IsProjects && question.Filters != Filters.None)
            return Refusal.Usage("figure-options", $"{indicator.Key} counts projects: filters of works do not apply.",
                $"{indicator.Key} compte des projets\u202F: les filtres de publications ne s’y appliquent pas.");
        if (question.Kilometres is not null && indicator.Kilometres is null)
            return Refusal.Usage("figure-options", $"{indicator.Key} has no distance from which on it counts: leave out --kilometres.",
                $"{indicator.Key} n’a pas de distance à partir de laquelle il compte\u202F: retirez --kilometres.", "kilometres");
        if (!indicator.Countings.Contains(question.Counting))
            return Refusal.Usage("counting",
                $"{indicator.Key} is counted in full only: leave out --counting. Fractional counts are for {Fractional}, of one organisation.",
                $"{indicator.Key} ne se compte qu’en plein\u202F: retirez --counting. Le comptage fractionnaire vaut pour {Fractional}, d’une organisation.", "counting");
        if (question.Counting != Counting.Full && question.B is not null)
            return Refusal.Usage("counting", "A pair is counted in full only: leave out --counting.", "Une paire ne se compte qu’en plein\u202F: retirez --counting.", "counting");
        return null;
    }

    static string Fractional => string.Join(", ", All.Where(i => i.Countings.Count > 1).Select(i => i.Key));

    static string Got(Needs given, string lead) => given == Needs.None ? "" : lead + string.Join(' ', Indicator.Options(given));
}
