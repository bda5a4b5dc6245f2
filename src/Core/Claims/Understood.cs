using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Claims;

/// <summary>What the words of a claim come to, shown before it is entered: the number, its window, and the number in each reading of it.</summary>
public sealed record Understood(Quantity Quantity, Period Period, IReadOnlyList<Rate> Rates)
{
    /// <param name="knownBy">the latest day that the source can speak of: where "since" ends</param>
    public static Outcome<Understood> Of(string value, string period, ClaimKind kind, PartialDate? knownBy)
    {
        var quantity = Wording.Parse(value);
        if (!quantity.Ok) return quantity.Refusal!;
        var window = Periods.Parse(period, knownBy);
        return new Understood(quantity.Value, window, RatesOf(kind, quantity.Value, window));
    }

    /// <summary>A flow per year in each reading of its window; anything else, and what is a rate already, as it stands.</summary>
    internal static IReadOnlyList<Rate> RatesOf(ClaimKind kind, Quantity quantity, Period period) => kind != ClaimKind.Flow || quantity.PerYear
        ? [new(quantity.Interval, null, quantity.PerYear)]
        : [.. period.Readings.Where(r => r.Years is not null).Select(r => new Rate(quantity.Interval.Per(r.Years!.Value), r, true))];
}
