using System.Runtime.InteropServices;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>An organisation, how many works list it, and in how many of these each way of listing it comes first.</summary>
public sealed record ListedOrganisation(long Id, long Works, IReadOnlyList<(Unit As, long Works)> Told);

/// <summary>
/// The organisations that works of a side list outside it, each work once. Units without a number are left out, since
/// nobody could look them up. Where a work lists one organisation in several ways, the first tells. Counted from the rows of the side's ego copy.
/// </summary>
public sealed class Partners
{
    readonly UnitDirectory directory;
    readonly long[] byOrganisation, byUnit;
    readonly ulong[] years;
    readonly int first, span;

    /// <param name="among">of the side's works those that count; others are passed over</param>
    public Partners(Ego ego, WorkSet among)
    {
        directory = ego.Store.Units;
        (byOrganisation, byUnit) = (new long[directory.Organisations.Count], new long[directory.Units.Count]);
        // A bit for each year in which an organisation is listed.
        first = ego.FirstYear;
        span = ego.YearStarts.Length - 1;
        years = new ulong[(byOrganisation.Length * (long)span + 63) / 64];
        var (mask, yearOf) = (ego.BitsOf(among), YearOf(ego));
        foreach (var partner in ego.Partners) Take(ego, partner, mask, yearOf);
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

    /// <summary>The years after the first of each work; -1 for none.</summary>
    static short[] YearOf(Ego ego)
    {
        var result = new short[ego.Count];
        result.AsSpan(0, ego.YearStarts[0]).Fill(-1);
        for (var year = 0; year < ego.YearStarts.Length - 1; year++) result.AsSpan(ego.YearStarts[year]..ego.YearStarts[year + 1]).Fill((short)year);
        return result;
    }

    void Take(Ego ego, Ego.Partner partner, ulong[] mask, short[] yearOf)
    {
        var all = 0L;
        var start = partner.Organisation * (long)span;
        for (var row = partner.FirstRow; row < partner.LastRow; row++)
        {
            var works = 0L;
            foreach (var work in ego.Row(row))
            {
                if ((mask[work >> 6] >> work & 1) == 0) continue;
                works++;
                if (yearOf[work] >= 0) years[start + yearOf[work] >> 6] |= 1UL << (int)(start + yearOf[work]);
            }
            byUnit[ego.RowUnits[row]] = works;
            all += works;
        }
        byOrganisation[partner.Organisation] = all;
        if (all > 0) Count++;
    }
}
