namespace Entente.Core.Evidence.Measures;

/// <summary>
/// A figure that is a formula over counts of works. The counts come in the order of the parts; the same formula stands once more
/// as SQL over the parts' names, and the tests hold the two against each other.
/// </summary>
sealed record Tally(IReadOnlyList<Part> Parts, Func<Counts, double?> Value, string Sql)
{
    /// <summary>Bounds by what truncated works may still become; null where no bound is known as soon as one is truncated.</summary>
    public Func<Scene, Counts, Bounds>? Bounds { get; init; }

    /// <summary>Whether no part is as large as the frame.</summary>
    public bool OfOwnWorks => !Parts.Any(part => part.ByCount);

    /// <summary>Other numbers that follow from the same counts.</summary>
    public Func<Counts, IEnumerable<Detail>>? Details { get; init; }
}

/// <summary>The counts of a tally's parts, by name.</summary>
sealed class Counts(Tally tally, IReadOnlyList<long> counts)
{
    public double this[Part part]
    {
        get
        {
            for (var i = 0; i < counts.Count; i++)
                if (ReferenceEquals(tally.Parts[i], part)) return counts[i];
            throw new ArgumentException($"{part.Name} is no part of the formula.", nameof(part));
        }
    }

    public static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;
}

/// <summary>A figure made of counts.</summary>
sealed class TallyMeasure(Scene scene, Tally tally) : Measure(scene)
{
    readonly SetOfWorks?[] _sets = new SetOfWorks?[tally.Parts.Count];

    protected override SetOfWorks Candidates => field ??= tally.Parts[0].Works(Scene);

    public override double? Value => tally.Value(Counts);

    public override Bounds Bounds => Truncated == 0 ? new(Value, Value) : tally.Bounds is { } bounds ? bounds(Scene, Counts) : new(null, null);

    public override Brought? Brought => tally.OfOwnWorks ? Brought.OfSets(MadeOf, Frame.Passing.Count, counts => tally.Value(new(tally, counts))) : null;

    public override IReadOnlyList<SetOfWorks> MadeOf => [.. tally.Parts.Select((_, i) => Set(i))];

    public override double? Together(Measure other)
    {
        var more = (TallyMeasure)other;
        return tally.Value(new(tally, [.. tally.Parts.Select((_, i) => Set(i).Count + more.Set(i).Count)]));
    }

    protected override long Truncated => Frame.Truncated.Count;

    Counts Counts => field ??= new(tally, [.. tally.Parts.Select((_, i) => Set(i).Count)]);

    SetOfWorks Set(int part) => part == 0 ? Counted : _sets[part] ??= tally.Parts[part].Works(Scene).And(Frame.Passing);

    public override IReadOnlyList<Detail> Details() =>
    [
        .. tally.Details?.Invoke(Counts) ?? [],
        .. tally.Parts.Select((part, i) => new Detail(part.Name, part.Label, Set(i).Count, "works")),
    ];

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last)
    {
        var byYear = tally.Parts.Select((_, i) => Set(i).CountByYear(first, last)).ToList();
        return [.. Enumerable.Range(0, last - first + 1).Select(i => new YearValue(first + i, tally.Value(new(tally, [.. byYear.Select(counts => counts[i])]))))];
    }

    public override string Digest()
    {
        using var hash = new DigestText();
        for (var i = 0; i < tally.Parts.Count; i++)
        {
            if (i > 0) hash.Blank();
            if (tally.Parts[i].ByCount) hash.Line($"{tally.Parts[i].Name}\t{Set(i).Count}");
            else hash.Ids(Set(i));
        }
        return hash.Finish();
    }

    public override IEnumerable<WorkLine> Works(bool upper, bool denominator)
    {
        var works = Counted.Lines("numerator");
        if (denominator)
            foreach (var part in Enumerable.Range(1, tally.Parts.Count - 1).Where(i => !tally.Parts[i].ByCount)) works = works.Concat(Set(part).Except(Before(part)).Lines(tally.Parts[part].Name));
        return works.Concat(upper ? Hidden.Lines("upper-bound-only") : []);
    }

    // Each work is told once, by the first part that holds it.
    SetOfWorks Before(int part) => Enumerable.Range(0, part).Where(i => !tally.Parts[i].ByCount).Select(Set).Aggregate((a, b) => a.Or(b));
}
