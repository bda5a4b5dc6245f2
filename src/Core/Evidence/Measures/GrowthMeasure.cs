using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Measures;

/// <summary>The yearly rate that leads from the works of the first year of the window to those of the last.</summary>
sealed class GrowthMeasure(Scene scene) : Measure(scene)
{
    protected override SetOfWorks Candidates => field ??= Parts.Own.Works(Scene);

    Years Window => Frame.Years!.Value;
    long[] ByYear => field ??= Counted.CountByYear(Window.First, Window.Last);
    long[] HiddenByYear => field ??= Hidden.CountByYear(Window.First, Window.Last);

    public override double? Value => Rate(ByYear[0], ByYear[^1]);

    public override Brought Brought => Brought.OfSets(MadeOf, Frame.Passing.Count, counts => Rate(counts[0], counts[1]));

    public override IReadOnlyList<SetOfWorks> MadeOf => [OfYear(Window.First), OfYear(Window.Last)];

    public override double? Together(Measure other)
    {
        var more = (GrowthMeasure)other;
        return Rate(ByYear[0] + more.ByYear[0], ByYear[^1] + more.ByYear[^1]);
    }

    SetOfWorks OfYear(int year) => Counted.And(Scene.Holding.Of(new(year, year)));

    public override Bounds Bounds => new(Rate(ByYear[0] + HiddenByYear[0], ByYear[^1]), Rate(ByYear[0], ByYear[^1] + HiddenByYear[^1]));

    protected override long Truncated => HiddenByYear[0] + HiddenByYear[^1];

    double? Rate(long from, long to) => Window.Count < 2 || from == 0 ? null : Math.Pow((double)to / from, 1.0 / (Window.Count - 1)) - 1;

    public override IReadOnlyList<Detail> Details() =>
    [
        new("first", new($"works of {Window.First}", $"publications de {Window.First}"), ByYear[0], "works"),
        new("last", new($"works of {Window.Last}", $"publications de {Window.Last}"), ByYear[^1], "works"),
    ];

    // Each year against the one before it.
    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last) =>
        [.. ByYear.Select((n, i) => new YearValue(first + i, i == 0 || ByYear[i - 1] == 0 ? null : (double)n / ByYear[i - 1] - 1))];
}
