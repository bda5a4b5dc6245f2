using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// The links that works make: each work links every two of its organisations. The units of a set stand together for one node,
/// A or B; a unit of both is at both. Every other organisation with a number is a node of its own.
/// </summary>
public sealed class Links
{
    readonly int first;
    readonly long[] joint, ofA, ofB, twice;

    Links(int first, int span) => (this.first, joint, ofA, ofB, twice) = (first, new long[span], new long[span], new long[span], new long[span]);

    /// <summary>Of all works: those that link A and B, the links of A, those of B, and twice all links.</summary>
    public LinkCount Whole => Over(0, joint.Length - 1);

    /// <summary>Of the works of one year.</summary>
    public LinkCount OfYear(int year) => year < first || year - first + 1 >= joint.Length ? default : Over(year - first + 1, year - first + 1);

    public static Links Of(WorkSet among, UnitSet a, UnitSet b)
    {
        var store = among.Store;
        // The first place is that of works without a year.
        var links = new Links(store.FirstYear ?? 0, (store.LastYear - store.FirstYear + 1 ?? 0) + 1);
        foreach (var segment in store.Segments) links.Take(segment, store.Units, among.Rows(segment), a.Flags(segment), b.Flags(segment));
        return links;
    }

    void Take(WorksSegment segment, UnitDirectory directory, RowSet works, ReadOnlySpan<bool> a, ReadOnlySpan<bool> b)
    {
        var organisations = directory.OrganisationsOf(segment);
        var last = new int[directory.Organisations.Count];
        Array.Fill(last, -1);
        var listings = segment.Listings;
        var years = segment.Years;
        foreach (var work in works)
        {
            var (inA, inB, others) = (0, 0, 0);
            foreach (var unit in listings.UnitsOf(work))
            {
                if (a[unit] | b[unit])
                {
                    (inA, inB) = (inA | (a[unit] ? 1 : 0), inB | (b[unit] ? 1 : 0));
                    continue;
                }
                var organisation = organisations[unit];
                if (last[organisation] == work || directory.Organisations[organisation] == 0) continue;
                last[organisation] = work;
                others++;
            }
            var (nodes, at) = (inA + inB + others, years[work] < first || years[work] == 0 ? 0 : years[work] - first + 1);
            joint[at] += inA & inB;
            ofA[at] += inA * (nodes - 1);
            ofB[at] += inB * (nodes - 1);
            twice[at] += (long)nodes * (nodes - 1);
        }
    }

    LinkCount Over(int from, int to)
    {
        var sum = default(LinkCount);
        for (var at = from; at <= to; at++) sum = sum.Plus(new(joint[at], ofA[at], ofB[at], twice[at]));
        return sum;
    }
}

/// <summary>Works that link A and B, the links of A and of B, and twice the number of all links.</summary>
public readonly record struct LinkCount(long Joint, long OfA, long OfB, long Twice)
{
    public LinkCount Plus(LinkCount other) => new(Joint + other.Joint, OfA + other.OfA, OfB + other.OfB, Twice + other.Twice);
}
