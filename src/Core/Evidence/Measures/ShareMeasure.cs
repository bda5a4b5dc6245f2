using System.Diagnostics;
using System.Security.Cryptography;

namespace Entente.Core.Evidence.Measures;

/// <summary>
/// The part of some works that has a property: of D works, the N that have it. Bounds: docs/domain/indicators.md.
/// A property once seen stays, since hidden authors only add; so of the truncated works, those in N stay there, those in D
/// without the property may gain it, and those outside D may come in, with the property or, where it is not seen yet, without.
/// Works of which the source does not tell whether they have the property may have it, truncated or not.
/// </summary>
sealed class ShareMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => field ??= Scene.Indicator.Key == "partner-share" ? Scene.A.Works.And(Scene.Country!.Works) : Scene.A.Works;

    SetOfWorks Property => field ??= Scene.Indicator.Key switch
    {
        "international-share" => Scene.Holding.International,
        "collaboration-share" => Scene.Holding.Collaborative,
        "industry-share" => Industry.Of(Scene.Holding),
        "country-share" => Scene.Country!.Works,
        "partner-share" => Scene.B!.Works,
        var key => throw new UnreachableException(key),
    };

    public SetOfWorks Numerator => field ??= Counted.And(Property);

    SetOfWorks Outside => field ??= Frame.Truncated.Except(Counted);
    SetOfWorks OutsideWithout => field ??= Outside.Except(Property);
    SetOfWorks InsideWithout => field ??= Frame.Truncated.And(Counted).Except(Property);
    SetOfWorks MayGain => field ??= Untold is null ? InsideWithout : InsideWithout.Or(Untold);

    /// <summary>Works of D that may have the property, for all that the source tells; null where it always tells.</summary>
    SetOfWorks? Untold => field ??= Scene.Indicator.Key == "industry-share" ? Industry.Untold(Scene.Holding, Counted) : null;

    public override double? Value => Share(Numerator.Count, Counted.Count);
    public override Brought Brought => Brought.OfSets([Numerator, Counted], Frame.Passing.Count, counts => Share(counts[0], counts[1]));
    public override IReadOnlyList<SetOfWorks> MadeOf => [Numerator, Counted];
    public override double? Together(Measure other) => Share(Numerator.Count + ((ShareMeasure)other).Numerator.Count, Counted.Count + other.Counted.Count);
    public override Bounds Bounds => Between(Numerator.Count, Counted.Count, MayGain.Count, Outside.Count, OutsideWithout.Count);
    protected override long Truncated => Outside.Count + InsideWithout.Count;
    protected override SetOfWorks Hidden => Outside.Or(MayGain);

    static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;

    /// <summary>
    /// Lowest: every work that may come into D without the property does, and nothing else changes. Highest: every work of D that
    /// may gain the property does, and all that may come in come in with it; n + u ≤ d, so each only raises the share.
    /// </summary>
    internal static Bounds Between(long n, long d, long inside, long outside, long outsideWithout) =>
        new(Share(n, d + outsideWithout) ?? (outside > 0 ? 1 : null), Share(n + inside + outside, d + outside));

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var (n, d) = (Numerator.CountByYear(first, last), Counted.CountByYear(first, last));
        var (inside, outside, without) = (MayGain.CountByYear(first, last), Outside.CountByYear(first, last), OutsideWithout.CountByYear(first, last));
        return [.. n.Select((part, i) =>
        {
            var bounds = Between(part, d[i], inside[i], outside[i], without[i]);
            return new YearValue(first + i, Share(part, d[i])) { Lower = bounds.Lower, Upper = bounds.Upper };
        })];
    }

    public override IReadOnlyList<Detail> Details() => Scene.Indicator.Key == "collaboration-share" ? Collaborations()
        : Untold is { } untold ? [Industry.Told(untold)] : [];

    /// <summary>The three types of collaboration.</summary>
    IReadOnlyList<Detail> Collaborations()
    {
        var international = Counted.And(Scene.Holding.International).Count;
        return
        [
            new("none", new("works of one institution", "publications d’un seul établissement"), Counted.Count - Numerator.Count, "works"),
            new("national", new("national collaborations", "collaborations nationales"), Numerator.Count - international, "works"),
            new("international", new("international collaborations", "collaborations internationales"), international, "works"),
        ];
    }

    public override string Digest()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Numerator.AppendTo(sha);
        sha.AppendData("\n"u8);
        Counted.AppendTo(sha);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator)
    {
        var counted = denominator ? Numerator.Lines("numerator").Concat(Counted.Except(Numerator).Lines("denominator")) : Numerator.Lines("numerator");
        if (!upper) return counted;
        // A work of the denominator that may gain the property is told as such where the denominator is listed.
        return denominator ? counted.Concat(Outside.Lines("upper-bound-only")) : counted.Concat(Hidden.Lines("upper-bound-only"));
    }
}
