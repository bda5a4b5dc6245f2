using System.Runtime.InteropServices;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>An organisation, how many works list it, and in how many of these each way of listing it comes first.</summary>
public sealed record ListedOrganisation(long Id, long Works, IReadOnlyList<(Unit As, long Works)> Told);

/// <summary>
/// The organisations that works list outside a set of units, each work once. Units without a number are left out, since
/// nobody could look them up. Where a work lists one organisation in several ways, the first tells.
/// </summary>
public sealed class Partners
{
    readonly UnitDirectory directory;
    readonly long[] byOrganisation, byUnit;
    readonly ulong[] years;
    readonly int first, span;

    public Partners(WorkSet among, UnitSet outside)
    {
        directory = among.Store.Units;
        (byOrganisation, byUnit) = (new long[directory.Organisations.Count], new long[directory.Units.Count]);
        // A bit for each year in which an organisation is listed.
        first = among.Store.FirstYear ?? 0;
        span = among.Store.LastYear is { } last ? last - first + 1 : 0;
        years = new ulong[(byOrganisation.Length * (long)span + 63) / 64];
        foreach (var segment in among.Store.Segments) Take(segment, among.Rows(segment), outside.Flags(segment));
    }

    public int Count { get; private set; }

    /// <summary>In no order that means anything.</summary>
    public IEnumerable<ListedOrganisation> All()
    {
        var told = new Dictionary<long, List<(Unit, long)>>();
        for (var unit = 0; unit < byUnit.Length; unit++)
        {
            if (byUnit[unit] == 0) continue;
            ref var ways = ref CollectionsMarshal.GetValueRefOrAddDefault(told, directory.Units[unit].Id, out _);
            (ways ??= []).Add((directory.Units[unit], byUnit[unit]));
        }
        for (var i = 0; i < byOrganisation.Length; i++)
            if (byOrganisation[i] > 0) yield return new(directory.Organisations[i], byOrganisation[i], told[directory.Organisations[i]]);
    }

    /// <summary>How many different organisations the works of each year list, indexed by year - first.</summary>
    public long[] CountByYear(int firstYear, int lastYear)
    {
        var counts = new long[Math.Max(0, lastYear - firstYear + 1)];
        for (var organisation = 0; organisation < byOrganisation.Length; organisation++)
        {
            if (byOrganisation[organisation] == 0) continue;
            var start = organisation * (long)span;
            for (var bit = start; bit < start + span;)
            {
                // The years up to the end of the word at hand, or of the organisation.
                var word = years[bit >> 6] >> (int)(bit & 63);
                var next = Math.Min((bit | 63) + 1, start + span);
                if (next - bit < 64) word &= (1UL << (int)(next - bit)) - 1;
                for (; word != 0; word &= word - 1)
                {
                    var year = first + (int)(bit - start) + System.Numerics.BitOperations.TrailingZeroCount(word) - firstYear;
                    if ((uint)year < (uint)counts.Length) counts[year]++;
                }
                bit = next;
            }
        }
        return counts;
    }

    void Take(WorksSegment segment, RowSet works, ReadOnlySpan<bool> outside)
    {
        var (organisations, numbers) = (directory.OrganisationsOf(segment), directory.NumbersOf(segment));
        var last = new int[byOrganisation.Length];
        Array.Fill(last, -1);
        var listings = segment.Listings;
        var yearOf = segment.Years;
        foreach (var work in works)
            foreach (var unit in listings.UnitsOf(work))
            {
                var organisation = organisations[unit];
                if (outside[unit] || last[organisation] == work || directory.Organisations[organisation] == 0) continue;
                last[organisation] = work;
                if (byOrganisation[organisation]++ == 0) Count++;
                byUnit[numbers[unit]]++;
                if (yearOf[work] < first || span == 0) continue;
                var bit = organisation * (long)span + yearOf[work] - first;
                years[bit >> 6] |= 1UL << (int)(bit & 63);
            }
    }
}
