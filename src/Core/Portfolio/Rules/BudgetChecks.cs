using Entente.Core.Kernel;
using Entente.Core.Portfolio.Agreements;

namespace Entente.Core.Portfolio.Rules;

/// <summary>
/// Money against the rules of whoever gives it, year by year. A rule governs the money of the side that made it, planned or spent.
/// Amounts in another currency are never converted: they cannot be checked, which is said.
/// </summary>
static class BudgetChecks
{
    /// <param name="budget">the money that the rule may speak of</param>
    public static IEnumerable<RuleFinding> Of(Lens lens, Applied applied, IReadOnlyList<BudgetLine> budget)
    {
        var rule = applied.Rule;
        if (rule.Field is not ("funding.per-year.min" or "funding.per-year.max" or "funding.other.share.max") && rule is not { Field: "funding.salaries", Value: "no" }) yield break;
        var governed = budget.Where(line => Governs(lens, rule, line.Side) && (line.Kind == MoneyKind.Budget || rule.Field != "funding.per-year.min"));
        foreach (var year in governed.GroupBy(line => (line.Side, line.Year, line.Kind)).OrderBy(g => g.Key.Year).ThenBy(g => g.Key.Kind))
        {
            var (lines, spent) = (year.ToList(), year.Key.Kind == MoneyKind.Spent);
            var about = $"{year.Key.Year}/{year.Key.Side}{(spent ? "/spent" : "")}";
            var name = $"{year.Key.Year}, {lens.Short(year.Key.Side)}";
            var who = spent ? new Said($"{name}, spent", $"{name}, dépensé") : Said.Same(name);
            if ((rule.Field == "funding.salaries" ? Salaries(lines, who) : Amounts(rule, lines, who)) is { } fact)
                yield return lens.Finding(applied, fact.Kind, FindingPlace.Money, about, fact.Says);
        }
    }

    static bool Governs(Lens lens, Rule rule, string side) => rule.Issuer is not { } issuer || side == issuer || lens.Record.RootOf(side) == issuer;

    sealed record Fact(FindingKind Kind, Said Says);

    static Fact? Salaries(List<BudgetLine> lines, Said who)
    {
        var paid = lines.Where(l => l.Use == MoneyCategory.Salaries && l.Amount > 0).ToList();
        return paid.Count == 0 ? null : new(FindingKind.Departs, new($"{who.En}: {Sum(paid).En} for salaries.", $"{who.Fr}\u202F: {Sum(paid).Fr} de salaires."));
    }

    static Fact? Amounts(Rule rule, List<BudgetLine> lines, Said who)
    {
        var share = rule.Field == "funding.other.share.max";
        if (share ? lines.Select(l => l.Currency).Distinct().Count() > 1 : lines.Any(l => l.Currency != rule.Unit))
            return new(FindingKind.CannotTell, share
                ? new($"{who.En}: {Sum(lines).En}. A share of several currencies cannot be taken without rates.", $"{who.Fr}\u202F: {Sum(lines).Fr}. Une part de plusieurs devises ne se calcule pas sans taux.")
                : new($"{who.En}: {Sum(lines).En}. The rule is in {rule.Unit}, and no rate is applied.", $"{who.Fr}\u202F: {Sum(lines).Fr}. La règle est en {rule.Unit}, et aucun taux n’est appliqué."));
        var (total, bound) = (lines.Sum(l => l.Amount), RuleVocabulary.Number(rule.Value)!.Value);
        if (share) return Share(lines, total, bound, who);
        var departs = rule.Field == "funding.per-year.max" ? total > bound : total < bound;
        return departs ? new(FindingKind.Departs, new($"{who.En}: {Sum(lines).En}.", $"{who.Fr}\u202F: {Sum(lines).Fr}.")) : null;
    }

    static Fact? Share(List<BudgetLine> lines, decimal total, decimal bound, Said who)
    {
        var other = lines.Where(l => l.Use == MoneyCategory.Other).Sum(l => l.Amount);
        if (total <= 0 || other * 100 <= bound * total) return null;
        var percent = RuleVocabulary.Figures(Math.Round(other * 100 / total, 1));
        var amount = RuleVocabulary.Figures(other);
        return new(FindingKind.Departs, new(
            $"{who.En}: {amount.En} {lines[0].Currency} of other expenses, {percent.En}% of {Sum(lines).En}.",
            $"{who.Fr}\u202F: {amount.Fr} {lines[0].Currency} d’autres dépenses, {percent.Fr}\u202F% de {Sum(lines).Fr}."));
    }

    static Said Sum(List<BudgetLine> lines)
    {
        var sums = lines.GroupBy(l => l.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Amount: RuleVocabulary.Figures(g.Sum(l => l.Amount)), g.Key)).ToList();
        return new(string.Join(" + ", sums.Select(s => $"{s.Amount.En} {s.Key}")), string.Join(" + ", sums.Select(s => $"{s.Amount.Fr} {s.Key}")));
    }
}
