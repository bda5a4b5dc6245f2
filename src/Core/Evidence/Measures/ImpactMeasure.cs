using System.Globalization;

namespace Entente.Core.Evidence.Measures;

/// <summary>How works are cited, on one scale: against the vintage's own baselines, or as the source gives it.</summary>
abstract class ImpactMeasure<TScale>(Scene scene) : Measure(scene) where TScale : struct
{
    protected override SetOfWorks Candidates => field ??= Parts.Own.Works(Scene);

    public override double? Value => Of(Counted)?.Value;
    public override Bounds Bounds => Truncated == 0 ? new(Value, Value) : new(null, null);
    protected override long Truncated => Frame.Truncated.Count;

    readonly Dictionary<SetOfWorks, Cited> _cited = [];

    FieldsOf Fields => field ??= Scene.Holding.Keep("fields", () => new FieldsOf(Scene.Holding.Topics));

    internal Cited Cited(SetOfWorks works)
    {
        if (!_cited.TryGetValue(works, out var cited)) _cited.Add(works, cited = Scene.Holding.Cited(works, Fields));
        return cited;
    }

    /// <summary>The impact of some works, of one year where one is given; null where there is none to take it of.</summary>
    protected abstract Impact<TScale>? Of(SetOfWorks works, int? year = null);

    /// <summary>What a work of this stratum with so many citations brings to the mean.</summary>
    internal abstract double Amount(Stratum stratum, int citations);

    // The baselines stay as they are: it is the works of the one who is asked for that are drawn.
    public override Brought Brought => Brought.OfAmounts(2, Counted.Count, sums => Counts.Ratio(sums[0], sums[1]), Amounts());

    internal virtual IEnumerable<(double[], long)> Amounts() => Cited(Counted).Strata.SelectMany(s => s.Value.Levels.Select(l => (new[] { Amount(s.Key, l.Key), 1 }, l.Value)));

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted];

    /// <summary>The line of a work in the digest, behind its id.</summary>
    internal abstract string Line(CitedWork work);

    protected virtual IEnumerable<Detail> More() => [];

    /// <summary>International papers are cited more anyway: joint works are held against the other international works of each side.</summary>
    public override IReadOnlyList<Detail> Details()
    {
        var details = new List<Detail> { new("works", new("works", "publications"), Counted.Count, "works") };
        details.AddRange(More());
        if (Scene.B is null) return details;
        foreach (var (name, side, label) in new[] { ("a", Scene.A, "A"), ("b", Scene.B, "B") })
        {
            var others = side.Works.And(Scene.Holding.International).And(Frame.Passing).Except(Candidates);
            details.Add(new($"{name}_others", new($"{label}’s other international works", $"autres publications internationales de {label}"), Of(others)?.Value, Scene.Indicator.Unit));
            details.Add(new($"against_{name}", new($"joint works over {label}’s other international works", $"publications communes sur les autres internationales de {label}"),
                Of(Counted) is { } joint && Of(others) is { } baseline ? joint / baseline : null, "index"));
        }
        return details;
    }

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(year => new YearValue(year, Of(Counted, year)?.Value))];

    public override string Digest()
    {
        using var hash = new DigestText();
        foreach (var work in Cited(Counted).InOrder()) hash.Line($"{work.Name}\t{Line(work)}");
        return hash.Finish();
    }

    /// <summary>The sums over the works, of one year where one is given.</summary>
    protected CitedSum Sum(SetOfWorks works, int? year = null) => year is { } y ? Cited(works).ByYear.GetValueOrDefault(y) : Cited(works).ByYear.Values.Aggregate(default(CitedSum), (sum, of) => sum.Plus(of));
}

/// <summary>What so many works come to together.</summary>
readonly record struct Total(double Sum, long Works)
{
    public Total Plus(Total other) => new(Sum + other.Sum, Works + other.Works);

    public Impact<TScale>? Mean<TScale>() where TScale : struct => Works == 0 ? null : new(Sum / Works);
}

/// <summary>Citations of a work, in the mean.</summary>
sealed class MeanCitations(Scene scene) : ImpactMeasure<Citations>(scene)
{
    protected override Impact<Citations>? Of(SetOfWorks works, int? year = null) => Of(Sum(works, year));

    static Impact<Citations>? Of(CitedSum sum) => sum.Works > 0 ? new((double)sum.Citations / sum.Works) : null;

    public override double? Together(Measure other) => Of(Sum(Counted).Plus(((MeanCitations)other).Sum(other.Counted)))?.Value;

    internal override double Amount(Stratum stratum, int citations) => citations;

    internal override string Line(CitedWork work) => work.Citations.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Against works of the same field, type and year of the vintage.</summary>
abstract class BaselineMeasure<TScale>(Scene scene) : ImpactMeasure<TScale>(scene) where TScale : struct
{
    protected Baselines World => field ??= Scene.Holding.Keep((Frame, "citations"), () => Cited(Frame.Passing).Baselines);

    /// <summary>What the works of a stratum come to together.</summary>
    protected abstract double Sum(CitationCounts own, Baseline world);

    protected override Impact<TScale>? Of(SetOfWorks works, int? year = null) => Total(works, year).Mean<TScale>();

    /// <summary>What some works come to together, of one year where one is given.</summary>
    internal Total Total(SetOfWorks works, int? year) => Total(Cited(works).Strata.Where(s => year is null || s.Key.Year == year), World);

    // Sums go by rising stratum, so that they are the same on every machine.
    Total Total(IEnumerable<KeyValuePair<Stratum, CitationCounts>> strata, Baselines world) =>
        strata.Aggregate(default(Total), (total, stratum) => total.Plus(new(Sum(stratum.Value, world[stratum.Key]), stratum.Value.Works)));

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted, Frame.Passing];

    public override double? Together(Measure other) => TotalWith((BaselineMeasure<TScale>)other).Mean<TScale>()?.Value;

    /// <summary>What the works of both come to, held against the works of both frames.</summary>
    internal Total TotalWith(BaselineMeasure<TScale> other) => Total(CitationCounts.Merged(Cited(Counted).Strata, other.Cited(other.Counted).Strata), WorldWith(other));

    /// <summary>What works are held against where the frame is that of both.</summary>
    internal Baselines WorldWith(BaselineMeasure<TScale> other) => Baselines.Of(CitationCounts.Merged(Cited(Frame.Passing).Strata, other.Cited(other.Frame.Passing).Strata));

    internal sealed override double Amount(Stratum stratum, int citations) => Amount(World[stratum], citations);

    /// <summary>What a work with so many citations brings to the mean, held against this.</summary>
    internal abstract double Amount(Baseline world, int citations);
}

sealed class NormalisedCitations(Scene scene) : BaselineMeasure<VintageMean>(scene)
{
    protected override double Sum(CitationCounts own, Baseline world) => own.Citations / world.Mean;

    internal override double Amount(Baseline world, int citations) => citations / world.Mean;

    internal override string Line(CitedWork work) => string.Create(CultureInfo.InvariantCulture, $"{work.Citations}\t{World[work.Stratum].Works}\t{World[work.Stratum].Citations}");
}

sealed class TopTenth(Scene scene) : BaselineMeasure<VintageTopTenth>(scene)
{
    protected override double Sum(CitationCounts own, Baseline world)
    {
        var (part, whole) = world.AtThreshold;
        return own.Above(world.Threshold) + (double)(own.At(world.Threshold) * part) / whole;
    }

    internal override double Amount(Baseline world, int citations)
    {
        var (part, whole) = world.AtThreshold;
        return citations > world.Threshold ? 1 : citations < world.Threshold ? 0 : (double)part / whole;
    }

    internal override string Line(CitedWork work)
    {
        var world = World[work.Stratum];
        var (part, whole) = world.AtThreshold;
        var weight = work.Citations > world.Threshold ? "1" : work.Citations < world.Threshold ? "0" : string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");
        return string.Create(CultureInfo.InvariantCulture, $"{work.Citations}\t{world.Threshold}\t{weight}");
    }
}

/// <summary>The mean of what OpenAlex gives, to a millionth, so that the sum is the same in any order.</summary>
sealed class SourceImpact(Scene scene) : ImpactMeasure<OpenAlexFwci>(scene)
{
    protected override Impact<OpenAlexFwci>? Of(SetOfWorks works, int? year = null) => Of(Sum(works, year));

    static Impact<OpenAlexFwci>? Of(CitedSum sum) => sum.Known > 0 ? new(sum.Millionths / 1e6 / sum.Known) : null;

    public override double? Together(Measure other) => Of(Sum(Counted).Plus(((SourceImpact)other).Sum(other.Counted)))?.Value;

    protected override IEnumerable<Detail> More()
    {
        var known = Sum(Counted).Known;
        return [new("known", new("works whose FWCI OpenAlex gives", "publications dont OpenAlex donne le FWCI"), known, "works"), new("unknown", new("works without one", "publications sans"), Counted.Count - known, "works")];
    }

    internal override double Amount(Stratum stratum, int citations) => throw new NotSupportedException("The source's impact is of each work.");

    internal override IEnumerable<(double[], long)> Amounts() => Cited(Counted).InOrder().Select(work => (work.Millionths is { } known ? [known / 1e6, 1] : new double[] { 0, 0 }, 1L));

    internal override string Line(CitedWork work) => work.Millionths?.ToString(CultureInfo.InvariantCulture) ?? "";
}
