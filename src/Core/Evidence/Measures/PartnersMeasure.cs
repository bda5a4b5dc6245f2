using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>The institutions outside A that works of A list, and how many works list each.</summary>
sealed class PartnersMeasure(Scene scene) : Measure(scene)
{
    protected override WorkSet Candidates => Scene.A.Works;

    public override double? Value => Tally.Partners.Count;

    // A hidden author may bring any number of institutions that nobody has seen.
    public override Bounds Bounds => new(Tally.Partners.Count, Truncated == 0 ? Tally.Partners.Count : null);
    protected override long Truncated => Frame.Truncated.Count;

    PartnersTally Tally => field ??= new(Scene, Counted);

    protected override IReadOnlyList<YearValue> SeriesOf(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(year => new YearValue(year, Tally.InYear(year)))];

    /// <summary>In order of value, largest first, then of id.</summary>
    public IReadOnlyList<PartnerRow> Rows() => [.. Tally.Partners.Values
        .Select(partner => partner.ToRow(Truncated))
        .OrderByDescending(row => row.Value).ThenBy(row => row.Id, StringComparer.Ordinal)];
}

/// <summary>One pass over the works of A.</summary>
sealed class PartnersTally
{
    readonly Dictionary<int, HashSet<long>> _byYear = [];

    public PartnersTally(Scene scene, WorkSet works)
    {
        var here = new List<long>();
        foreach (var (segment, work) in works.Works())
        {
            here.Clear();
            foreach (var unit in segment.UnitsOf(work))
            {
                if (scene.A.Units.Has(segment, unit)) continue;
                var told = segment.Unit(unit);
                // An institution without an id is no partner that anyone could look up.
                if (told.Id == 0 || here.Contains(told.Id)) continue;
                here.Add(told.Id);
                Count(segment, work, told);
            }
        }
    }

    public Dictionary<long, Partner> Partners { get; } = [];

    public int InYear(int year) => _byYear.TryGetValue(year, out var partners) ? partners.Count : 0;

    void Count(WorksSegment segment, int work, Unit told)
    {
        if (!Partners.TryGetValue(told.Id, out var partner)) Partners.Add(told.Id, partner = new Partner(told.Id));
        partner.Count(told, ((WorkFlags)segment.Flags[work]).HasFlag(WorkFlags.Truncated));
        var year = segment.Years[work];
        if (!_byYear.TryGetValue(year, out var partners)) _byYear.Add(year, partners = []);
        partners.Add(told.Id);
    }
}

sealed class Partner(long id)
{
    readonly Dictionary<(string? Name, string? Ror, string? Country), int> _told = [];
    long _works, _truncated;

    public void Count(Unit told, bool truncated)
    {
        _works++;
        if (truncated) _truncated++;
        var key = (told.Name, told.Ror, told.Country);
        _told[key] = _told.GetValueOrDefault(key) + 1;
    }

    /// <summary>Named as most of the works name it; of equals, the first by name, so that every machine names it alike.</summary>
    public PartnerRow ToRow(long truncated)
    {
        var told = _told.OrderByDescending(t => t.Value).ThenBy(t => t.Key.Name, StringComparer.Ordinal)
            .ThenBy(t => t.Key.Ror, StringComparer.Ordinal).ThenBy(t => t.Key.Country, StringComparer.Ordinal).First().Key;
        return new($"I{id}", told.Ror, told.Name, told.Country, _works, new(_works, _works + truncated - _truncated));
    }
}
