using System.Globalization;

namespace Entente.Core.Evidence.Measures;

/// <summary>How works are cited, on one scale: against the vintage's own baselines, or as the source gives it.</summary>
abstract class ImpactMeasure<TScale>(Scene scene) : Measure(scene) where TScale : struct
{
    protected override SetOfWorks Candidates => field ??= Parts.Own.Works(Scene);

    public override double? Value => Of(Counted)?.Value;
    public override Bounds Bounds => Truncated == 0 ? new(Value, Value) : new(null, null);
    protected override long Truncated => Frame.Truncated.Count;

    protected FieldsOf Fields => field ??= Scene.Holding.Keep("fields", () => new FieldsOf(Scene.Holding.Topics));

    /// <summary>The impact of some works, of one year where one is given; null where there is none to take it of.</summary>
    protected abstract Impact<TScale>? Of(SetOfWorks works, int? year = null);

    /// <summary>The line of a work in the digest, behind its id.</summary>
    protected abstract string Line(CitedWork work);

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
        foreach (var (id, work) in Baselines.Each(Counted.Local, Fields).Select(w => (Id: string.Create(CultureInfo.InvariantCulture, $"W{w.Segment.Ids[w.Work]}"), w)).OrderBy(w => w.Id, StringComparer.Ordinal))
            hash.Line(string.Create(CultureInfo.InvariantCulture, $"{id}\t{Line(work)}"));
        return hash.Finish();
    }

    protected IEnumerable<CitedWork> Works(SetOfWorks works, int? year) => Baselines.Each(works.Local, Fields).Where(w => year is null || w.Stratum.Year == year);
}

/// <summary>Citations of a work, in the mean.</summary>
sealed class MeanCitations(Scene scene) : ImpactMeasure<Citations>(scene)
{
    protected override Impact<Citations>? Of(SetOfWorks works, int? year = null)
    {
        var (sum, count) = (0L, 0L);
        foreach (var work in Works(works, year)) (sum, count) = (sum + work.Citations, count + 1);
        return count == 0 ? null : new((double)sum / count);
    }

    protected override string Line(CitedWork work) => work.Citations.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Against works of the same field, type and year of the vintage.</summary>
abstract class BaselineMeasure<TScale>(Scene scene) : ImpactMeasure<TScale>(scene) where TScale : struct
{
    protected Baselines World => field ??= Scene.Holding.Keep((Frame, "citations"), () => new Baselines(Frame.Passing.Local, Fields));

    readonly Dictionary<SetOfWorks, Baselines> _known = [];

    /// <summary>What the works of a stratum come to together.</summary>
    protected abstract double Sum(CitationCounts own, CitationCounts world);

    protected override Impact<TScale>? Of(SetOfWorks works, int? year = null)
    {
        if (!_known.TryGetValue(works, out var own)) _known.Add(works, own = new(works.Local, Fields));
        var (sum, count) = (0.0, 0L);
        foreach (var (stratum, cited) in own.Strata.Where(s => year is null || s.Key.Year == year))
            (sum, count) = (sum + Sum(cited, World[stratum]), count + cited.Works);
        return count == 0 ? null : new(sum / count);
    }
}

sealed class NormalisedCitations(Scene scene) : BaselineMeasure<VintageMean>(scene)
{
    protected override double Sum(CitationCounts own, CitationCounts world) => own.Citations / world.Mean;

    protected override string Line(CitedWork work) => string.Create(CultureInfo.InvariantCulture, $"{work.Citations}\t{World[work.Stratum].Works}\t{World[work.Stratum].Citations}");
}

sealed class TopTenth(Scene scene) : BaselineMeasure<VintageTopTenth>(scene)
{
    protected override double Sum(CitationCounts own, CitationCounts world)
    {
        var (threshold, part, whole) = world.TopTenth;
        return own.Above(threshold) + (double)(own.At(threshold) * part) / whole;
    }

    protected override string Line(CitedWork work)
    {
        var (threshold, part, whole) = World[work.Stratum].TopTenth;
        var weight = work.Citations > threshold ? "1" : work.Citations < threshold ? "0" : string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");
        return string.Create(CultureInfo.InvariantCulture, $"{work.Citations}\t{threshold}\t{weight}");
    }
}

/// <summary>The mean of what OpenAlex gives, to a millionth, so that the sum is the same in any order.</summary>
sealed class SourceImpact(Scene scene) : ImpactMeasure<OpenAlexFwci>(scene)
{
    protected override Impact<OpenAlexFwci>? Of(SetOfWorks works, int? year = null)
    {
        var (sum, count) = (0L, 0L);
        foreach (var work in Works(works, year))
            if (Millionths(work) is { } known) (sum, count) = (sum + known, count + 1);
        return count == 0 ? null : new(sum / 1e6 / count);
    }

    protected override IEnumerable<Detail> More()
    {
        var known = Works(Counted, null).LongCount(work => Millionths(work) is not null);
        return [new("known", new("works whose FWCI OpenAlex gives", "publications dont OpenAlex donne le FWCI"), known, "works"), new("unknown", new("works without one", "publications sans"), Counted.Count - known, "works")];
    }

    static long? Millionths(CitedWork work) => work.Segment.Fwci[work.Work] is var fwci && float.IsNaN(fwci) ? null : (long)Math.Round(fwci * 1e6, MidpointRounding.AwayFromZero);

    protected override string Line(CitedWork work) => Millionths(work)?.ToString(CultureInfo.InvariantCulture) ?? "";
}
