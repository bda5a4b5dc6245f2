using Entente.Core.Kernel;

namespace Entente.Core.Claims;

/// <summary>The reasons of verdicts, computed from the numbers, in both languages.</summary>
static class Sentences
{
    public static Said Meet(ReadClaim a, ReadClaim b, Rate x, Rate y, Said? how)
    {
        var (left, right) = (Allows(x, a), Allows(y, b));
        return how is { } rule
            ? new($"{rule.En} {Quote(a).En} and {Quote(b).En} can both be true.", $"{rule.Fr} {Quote(a).Fr} et {Quote(b).Fr} peuvent être vrais ensemble.")
            : new($"{Quote(a).En} allows {left.En}, {Quote(b).En} allows {right.En}: both can be true.",
                $"{Quote(a).Fr} permet {left.Fr}, {Quote(b).Fr} permet {right.Fr}\u202F: les deux peuvent être vrais.");
    }

    public static Said Near(ReadClaim a, ReadClaim b, IReadOnlyList<Rate> x, IReadOnlyList<Rate> y, decimal gap) => new(
        $"{Quote(a).En} is {All(x, a).En}, {Quote(b).En} {All(y, b).En}. The windows differ and the nearest ends only by a factor of {Factor(gap).En}, within 1.15.",
        $"{Quote(a).Fr} donne {All(x, a).Fr}, {Quote(b).Fr} {All(y, b).Fr}. Les périodes diffèrent et les bornes les plus proches seulement d’un facteur {Factor(gap).Fr}, inférieur à 1,15.");

    public static Said Far(ReadClaim a, ReadClaim b, IReadOnlyList<Rate> x, IReadOnlyList<Rate> y, decimal? gap, Said? why)
    {
        var by = gap is { } ratio
            ? new Said($": the nearest ends differ by a factor of {Factor(ratio).En}.", $"\u202F: les bornes les plus proches diffèrent d’un facteur {Factor(ratio).Fr}.")
            : Said.Same(".");
        var tail = why is { } reason ? new Said(" " + reason.En, " " + reason.Fr) : Said.Same("");
        return new(
            $"{Quote(a).En} is {All(x, a).En}; that never meets {All(y, b).En}, which {Quote(b).En} allows{by.En}{tail.En}",
            $"{Quote(a).Fr} donne {All(x, a).Fr}\u202F; cela ne rejoint jamais {All(y, b).Fr}, que permet {Quote(b).Fr}{by.Fr}{tail.Fr}");
    }

    public static Said WindowsApart => new("The windows have no year in common.", "Les périodes n’ont aucune année en commun.");

    public static Said CountingsApart(ReadClaim a, ReadClaim b) => new(
        $"They were counted differently: {a.Claim.Counting}; {b.Claim.Counting}.", $"Ils n’ont pas été comptés de la même manière\u202F: {a.Claim.Counting}\u202F; {b.Claim.Counting}.");

    public static Said Durations(ReadClaim stock, ReadClaim flow, IReadOnlyList<DurationFit> fits)
    {
        var said = fits.GroupBy(f => f.Years).Select(same => Duration(stock, flow, [.. same])).ToList();
        var none = fits.Any(f => f.Fits) ? Said.Same("") : new Said(" No published duration links the two.", " Aucune durée publiée ne relie les deux.");
        return new(string.Join(" ", said.Select(s => s.En)) + none.En, string.Join(" ", said.Select(s => s.Fr)) + none.Fr);
    }

    // Several sources of one duration are one sentence.
    static Said Duration(ReadClaim stock, ReadClaim flow, IReadOnlyList<DurationFit> same)
    {
        var (range, years) = (Numbers.Range(same[0].Stock, 0), Numbers.Said(same[0].Years));
        var sources = same.SelectMany(f => f.Rule.Source.Sources).Distinct().ToList();
        var (says, dit) = sources.Count == 1 ? ($"{sources[0]} says", $"le dit {sources[0]}") : ($"{string.Join(" and ", sources)} say", $"le disent {string.Join(" et ", sources)}");
        return same[0].Fits
            ? new($"{Quote(flow).En} over {years.En} years, as {says}, makes {range.En}: {Quote(stock).En} fits.",
                $"{Quote(flow).Fr} sur {years.Fr} ans, comme {dit}, donne {range.Fr}\u202F: {Quote(stock).Fr} s’accorde.")
            : new($"{years.En} years, as {says}, would make {range.En}.", $"{years.Fr} ans, comme {dit}, donneraient {range.Fr}.");
    }

    /// <summary>258 to 267 a year over 6 years, or 310 to 320 over 5 years: longest reading first.</summary>
    static Said All(IReadOnlyList<Rate> rates, ReadClaim claim)
    {
        var parts = rates.Reverse().Select((rate, i) => One(rate, claim, i == 0)).ToList();
        return new(string.Join(", or ", parts.Select(p => p.En)), string.Join(", ou ", parts.Select(p => p.Fr)));
    }

    static Said One(Rate rate, ReadClaim claim, bool first)
    {
        var range = Allows(rate, claim, first);
        return rate.Window is { } window ? new($"{range.En} over {window.Text.En}", $"{range.Fr} sur {window.Text.Fr}") : range;
    }

    static Said Allows(Rate rate, ReadClaim claim, bool withUnit = true)
    {
        var range = Numbers.Range(rate.Interval, claim.Quantity.Percent ? 1 : rate.Window is null ? 6 : rate.Interval.Low < 10 ? 1 : 0);
        if (!withUnit) return range;
        return claim.Quantity.Percent ? new(range.En + "%", range.Fr + "\u202F%")
            : rate.PerYear ? new(range.En + " a year", range.Fr + " par an")
            : range;
    }

    static Said Factor(decimal gap) => Numbers.Said(gap, 2);

    internal static Said Quote(ReadClaim claim) => claim.Claim.Wording is null ? claim.Claim.Quoted
        : new($"“{claim.Claim.Value}”", $"«\u202F{claim.Claim.Value}\u202F»");
}
