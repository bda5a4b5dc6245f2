using System.Globalization;

namespace Entente.Core.Evidence.Measures;

/// <summary>Whose works a mean is taken of: those asked for, or the other international works of a side.</summary>
enum Whose { Own, AsOthers, BsOthers }

/// <summary>How works are cited, on one scale: against the vintage's own baselines, or as the source gives it.</summary>
abstract class ImpactMeasure<TScale>(Scene scene) : Measure(scene) where TScale : struct
{
    protected override SetOfWorks Candidates => field ??= Parts.Own.Works(Scene);

    public override double? Value => Of(Whose.Own)?.Value;
    public override Bounds Bounds => Truncated == 0 ? new(Value, Value) : new(null, null);
    protected override long Truncated => Frame.Truncated.Count;

    readonly Dictionary<SetOfWorks, Cited> _cited = [];
    readonly Dictionary<Whose, object> _kept = [];

    FieldsOf Fields => field ??= Scene.Holding.KeepTable("fields", () => new FieldsOf(Scene.Holding.Topics));

    internal Cited Cited(SetOfWorks works)
    {
        if (!_cited.TryGetValue(works, out var cited)) _cited.Add(works, cited = Scene.Holding.Cited(works, Fields));
        return cited;
    }

    /// <summary>The impact of some works, of one year where one is given; null where there is none to take it of.</summary>
    protected abstract Impact<TScale>? Of(Whose whose, int? year = null);

    /// <summary>International papers are cited more anyway: joint works are held against the other international works of each side.</summary>
    protected SetOfWorks WorksOf(Whose whose) => whose == Whose.Own ? Counted
        : (whose == Whose.AsOthers ? Scene.A : Scene.B!).Works.And(Scene.Holding.International).And(Frame.Passing).Except(Candidates);

    /// <summary>What all that is asked of some works follows from, small, and kept for whoever asks next.</summary>
    protected T Kept<T>(Whose whose, Func<SetOfWorks, T> of) where T : class
    {
        if (!_kept.TryGetValue(whose, out var kept))
            _kept.Add(whose, kept = Scene.Holding.KeepTable((Scene.A.Key, Scene.B?.Key, Frame.Key, typeof(TScale), whose), () => (object)of(WorksOf(whose))));
        return (T)kept;
    }

    /// <summary>What a work of this stratum with so many citations brings to the mean.</summary>
    internal abstract double Amount(Stratum stratum, int citations);

    // The baselines stay as they are: it is the works of the one who is asked for that are drawn.
    public override Brought Brought => Brought.OfAmounts(2, Counted.Count, sums => Counts.Ratio(sums[0], sums[1]), Amounts());

    internal virtual IEnumerable<(double[], long)> Amounts() => Cited(Counted).Strata.SelectMany(s => s.Value.Levels.Select(l => (new[] { Amount(s.Key, l.Key), 1 }, l.Value)));

    public override IReadOnlyList<SetOfWorks> MadeOf => [Counted];

    /// <summary>The line of a work in the digest, behind its id.</summary>
    internal abstract string Line(CitedWork work);

    protected virtual IEnumerable<Detail> More() => [];

    public override IReadOnlyList<Detail> Details()
    {
        var details = new List<Detail> { new("works", new("works", "publications"), Counted.Count, "works") };
        details.AddRange(More());
        if (Scene.B is null) return details;
        foreach (var (name, others, label) in new[] { ("a", Whose.AsOthers, "A"), ("b", Whose.BsOthers, "B") })
        {
            details.Add(new($"{name}_others", new($"{label}’s other international works", $"autres publications internationales de {label}"), Of(others)?.Value, Scene.Indicator.Unit));
            details.Add(new($"against_{name}", new($"joint works over {label}’s other international works", $"publications communes sur les autres internationales de {label}"),
                Of(Whose.Own) is { } joint && Of(others) is { } baseline ? joint / baseline : null, "index"));
        }
        return details;
    }

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(year => new YearValue(year, Of(Whose.Own, year)?.Value))];

    public override string Digest()
    {
        using var hash = new DigestText();
        foreach (var work in Cited(Counted).InOrder()) hash.Line($"{work.Name}\t{Line(work)}");
        return hash.Finish();
    }

    /// <summary>The sums over the works, of one year where one is given.</summary>
    protected CitedSum Sum(Whose whose, int? year = null)
    {
        var byYear = Kept(whose, works => Cited(works).ByYear);
        return year is { } y ? byYear.GetValueOrDefault(y) : byYear.Values.Aggregate(default(CitedSum), (sum, of) => sum.Plus(of));
    }
}

/// <summary>What so many works come to together.</summary>
readonly record struct Total(double Sum, long Works)
{
    public Total Plus(Total other) => new(Sum + other.Sum, Works + other.Works);

    public Impact<TScale>? Mean<TScale>() where TScale : struct => Works == 0 ? null : new(Sum / Works);
}

/// <summary>The same of all years, and of each.</summary>
sealed record Totals(Total Whole, IReadOnlyDictionary<int, Total> ByYear)
{
    public Total this[int? year] => year is { } y ? ByYear.GetValueOrDefault(y) : Whole;

    public Totals Plus(Totals other) => new(Whole.Plus(other.Whole), ByYear.Keys.Union(other.ByYear.Keys).ToDictionary(year => year, year => this[year].Plus(other[year])));
}

/// <summary>Citations of a work, in the mean.</summary>
sealed class MeanCitations(Scene scene) : ImpactMeasure<Citations>(scene)
{
    protected override Impact<Citations>? Of(Whose whose, int? year = null) => Of(Sum(whose, year));

    static Impact<Citations>? Of(CitedSum sum) => sum.Works > 0 ? new((double)sum.Citations / sum.Works) : null;

    public override double? Together(Measure other) => Of(Sum(Whose.Own).Plus(((MeanCitations)other).Sum(Whose.Own)))?.Value;

    internal override double Amount(Stratum stratum, int citations) => citations;

    internal override string Line(CitedWork work) => work.Citations.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Against works of the same field, type and year of the vintage.</summary>
/// <param name="world">what the baselines are kept by, where the frame is made anew for each question</param>
abstract class BaselineMeasure<TScale>(Scene scene, object? world = null) : ImpactMeasure<TScale>(scene) where TScale : struct
{
    protected Baselines World => field ??= Scene.Holding.KeepTable(world ?? (Frame.Key, "citations"), () => Cited(Frame.Passing).Baselines);

    /// <summary>What the works of a stratum come to together.</summary>
    protected abstract double Sum(CitationCounts own, Baseline world);

    protected override Impact<TScale>? Of(Whose whose, int? year = null) => Kept(whose, Totals)[year].Mean<TScale>();

    /// <summary>What some works come to, together and in each year.</summary>
    internal Totals Totals(SetOfWorks works)
    {
        var strata = Cited(works).Strata;
        return new(Total(strata, World), strata.GroupBy(s => s.Key.Year).ToDictionary(year => year.Key, year => Total(year, World)));
    }

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

sealed class NormalisedCitations(Scene scene, object? world = null) : BaselineMeasure<VintageMean>(scene, world)
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
    protected override Impact<OpenAlexFwci>? Of(Whose whose, int? year = null) => Of(Sum(whose, year));

    static Impact<OpenAlexFwci>? Of(CitedSum sum) => sum.Known > 0 ? new(sum.Millionths / 1e6 / sum.Known) : null;

    public override double? Together(Measure other) => Of(Sum(Whose.Own).Plus(((SourceImpact)other).Sum(Whose.Own)))?.Value;

    protected override IEnumerable<Detail> More()
    {
        var known = Sum(Whose.Own).Known;
        return [new("known", new("works whose FWCI OpenAlex gives", "publications dont OpenAlex donne le FWCI"), known, "works"), new("unknown", new("works without one", "publications sans"), Counted.Count - known, "works")];
    }

    internal override double Amount(Stratum stratum, int citations) => throw new NotSupportedException("The source's impact is of each work.");

    internal override IEnumerable<(double[], long)> Amounts() => Cited(Counted).InOrder().Select(work => (work.Millionths is { } known ? [known / 1e6, 1] : new double[] { 0, 0 }, 1L));

    internal override string Line(CitedWork work) => work.Millionths?.ToString(CultureInfo.InvariantCulture) ?? "";
}
