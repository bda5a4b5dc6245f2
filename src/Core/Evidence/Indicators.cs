using Entente.Core.Evidence.Catalogue;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// The catalogue of figures: the one place where they are named and defined. Command line, API, pages, receipts and
/// docs/domain/indicators.md all print from here.
/// </summary>
public static class Indicators
{
    public static IReadOnlyList<Indicator> All { get; } = [.. Counted.All, .. Similar.All];

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
        if (given != indicator.Needs)
            return Refusal.Usage("figure-options",
                $"{indicator.Key} is asked with {indicator.Takes}{Got(given, "; the question has ")}.",
                $"{indicator.Key} se demande avec {indicator.Takes}{Got(given, "\u202F; la question porte ")}.");
        if (!indicator.Countings.Contains(question.Counting))
            return Refusal.Usage("counting",
                $"{indicator.Key} is counted in full only: leave out --counting. Fractional counts are for output --of A.",
                $"{indicator.Key} ne se compte qu’en plein\u202F: retirez --counting. Le comptage fractionnaire vaut pour output --of A.", "counting");
        return null;
    }

    static string Got(Needs given, string lead) => given == Needs.None ? "" : lead + string.Join(' ', Indicator.Options(given));
}
