namespace Entente.Core.Evidence.Measures;

/// <summary>
/// A measure of citation impact on its own scale. Two of one scale may be compared; two of different scales have no operator
/// between them, so that an MNCS over an FWCI does not compile.
/// </summary>
readonly record struct Impact<TScale>(double Value) where TScale : struct
{
    /// <summary>How many times the other; null where the other is 0.</summary>
    public static double? operator /(Impact<TScale> one, Impact<TScale> other) => other.Value == 0 ? null : one.Value / other.Value;
}

/// <summary>Citations as they are counted.</summary>
readonly struct Citations;

/// <summary>Citations over the mean of works of the same field, type and year of the vintage.</summary>
readonly struct VintageMean;

/// <summary>Citations over the mean of works of the same field, type and year of the vintage that are made by as many countries.</summary>
readonly struct CollaborationMean;

/// <summary>Being among the most cited tenth of works of the same field, type and year of the vintage.</summary>
readonly struct VintageTopTenth;

/// <summary>The same scale where each work counts by the organisation's part of it: no ratio to works counted in full.</summary>
readonly struct InFractions<TScale> where TScale : struct;

/// <summary>OpenAlex's field-weighted citation impact, by its own baselines.</summary>
readonly struct OpenAlexFwci;
