using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Claims;

/// <summary>
/// A published stock and inflow, and the duration that they imply together: stock = inflow × duration. Duration is in years. Fits says
/// for each duration that a rule pack publishes whether it makes the one from the other.
/// </summary>
public sealed record DurationCheck(ReadClaim Stock, ReadClaim Flow, Interval Duration, IReadOnlyList<DurationFit> Fits, Verdict Verdict, Said Reason);

/// <summary>A share and the number it is a share of: what the whole must be.</summary>
public sealed record ShareCheck(ReadClaim Share, ReadClaim Numerator, Interval Whole, Said Reason);

/// <summary>What published figures imply when they are put together.</summary>
public static class Plausibility
{
    public static IReadOnlyList<DurationCheck> Durations(IReadOnlyList<ReadClaim> claims, ILookup<string, Rule> rules) =>
    [
        .. from stock in claims where stock.Claim.Kind == ClaimKind.Stock
           from flow in claims where flow.Claim.Kind == ClaimKind.Flow && flow.Claim.Subject == stock.Claim.Subject
               && flow.Claim.Unit == stock.Claim.Unit && flow.Claim.Measure == stock.Claim.Measure
           let link = RuleLinks.Duration(stock, flow, rules) where link is not null
           select new DurationCheck(stock, flow, link.Implied, link.Fits, link.Verdict, link.Reason),
    ];

    public static IReadOnlyList<ShareCheck> Shares(IReadOnlyList<ReadClaim> claims) =>
        [.. claims.Select(share => ShareOf(share, claims)).OfType<ShareCheck>()];

    /// <summary>The whole that a share and its numerator imply, in whole units; null where the share names no numerator.</summary>
    internal static ShareCheck? ShareOf(ReadClaim share, IReadOnlyList<ReadClaim> claims)
    {
        if (claims.FirstOrDefault(c => c.Claim.Key == share.Claim.Numerator) is not { } part || share.Interval is not { High: { } high, Low: > 0 and var low }) return null;
        if (part.Interval.High is not { } most) return null;
        var whole = Interval.Closed(Math.Ceiling(part.Interval.Low * 100 / high), Math.Floor(most * 100 / low));
        var (range, unit) = (Numbers.Range(whole, 0), UnitWords.Of(part.Claim.Unit));
        var text = share.Claim.SaidText;
        return new(share, part, whole, new(
            $"With {part.Claim.Value} as numerator it implies a whole of {range.En} {unit.En} ({text.En}).",
            $"Avec {Numbers.In(part.Quantity.Number, Lang.Fr)} au numérateur, il implique un total de {range.Fr} {unit.Fr} ({text.Fr})."));
    }
}
