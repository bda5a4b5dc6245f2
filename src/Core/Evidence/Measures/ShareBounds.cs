namespace Entente.Core.Evidence.Measures;

/// <summary>Bounds of shares whose property is a set of works, by what truncated works may still become.</summary>
static class ShareBounds
{
    /// <summary>The property may still be gained, as an institution may still be seen: as ShareMeasure has it.</summary>
    public static Bounds Gained(Scene scene, double n, double d, SetOfWorks whole, SetOfWorks property)
    {
        var outside = scene.Frame.Truncated.Except(whole);
        return ShareMeasure.Between((long)n, (long)d, scene.Frame.Truncated.And(whole).Except(property).Count, outside.Count, outside.Except(property).Count);
    }

    /// <summary>
    /// The property is known of every work, as its subject is: a work that comes in brings it or does not. Lowest when only those
    /// without come in, highest when only those with it do.
    /// </summary>
    public static Bounds Known(double n, double d, SetOfWorks outside, SetOfWorks property)
    {
        var (with, without) = (outside.And(property).Count, outside.Except(property).Count);
        return new(Counts.Ratio(n, d + without) ?? (with > 0 ? 1 : null), Counts.Ratio(n + with, d + with) ?? (without > 0 ? 0 : null));
    }
}
