namespace Entente.Core.Portfolio.Rules;

/// <summary>How long something lasts, against how long the rule says. Dates that are only years are given every benefit of the doubt.</summary>
static class TermChecks
{
    // An agreement to the last day of December and one to the first of January last the same.
    const decimal Month = 1m / 12;

    public static IEnumerable<RuleFinding> Of(Lens lens, Applied applied, Term term)
    {
        var rule = applied.Rule;
        if (rule.Field is not ("duration" or "duration.min" or "duration.max") || Years(rule) is not { } asked) yield break;
        var (least, most) = (Between(term.Start.Last, term.End.First), Between(term.Start.First, term.End.Last));
        var shorter = rule.Field != "duration.max" && most < asked - Month;
        var longer = rule.Field != "duration.min" && least > asked + Month;
        if (shorter || longer)
            yield return lens.Finding(applied, FindingKind.Departs, FindingPlace.Dates, $"{term.Start}-{term.End}", new(
                $"{term.Name.En}: {term.Start.To(term.End).En}.", $"{term.Name.Fr}\u202F: {term.Start.To(term.End).Fr}."));
    }

    internal static decimal? Years(Rule rule) => RuleVocabulary.Number(rule.Value) is { } n ? rule.Unit switch { "years" => n, "months" => n / 12, _ => null } : null;

    // Both days are taken in.
    static decimal Between(DateOnly first, DateOnly last) => (last.DayNumber - first.DayNumber + 1) / 365.25m;
}
