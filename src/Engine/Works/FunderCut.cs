using System.Runtime.InteropServices;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>Writes who funded the works of a segment: each funder once, in rising order of number, with its works.</summary>
static class FunderCut
{
    public static void Write(SegmentWriter writer, WorksBuffer buffer, int[] order)
    {
        var funders = CollectionsMarshal.AsSpan(buffer.Funders);
        var (numbers, works) = (new List<long>(), new List<int>());
        for (var work = 0; work < order.Length && funders.Length > 0; work++)
            foreach (var funder in funders[buffer.FunderEnds[order[work]]..buffer.FunderEnds[order[work] + 1]])
            {
                numbers.Add(funder);
                works.Add(work);
            }
        var (keys, rows) = (new ulong[numbers.Count], works.ToArray());
        for (var i = 0; i < keys.Length; i++) keys[i] = (ulong)numbers[i];
        // Equal keys keep their order, so that the works of a funder come out ascending; a work that names a funder twice names it once.
        RadixSort.Sort(ref keys, ref rows);
        Write(writer, keys, rows);
    }

    static void Write(SegmentWriter writer, ulong[] keys, int[] rows)
    {
        var (ids, starts, kept) = (new List<long>(), new List<uint>(), 0);
        for (var i = 0; i < keys.Length; i++)
        {
            var same = i > 0 && keys[i] == keys[i - 1];
            if (same && rows[i] == rows[kept - 1]) continue;
            if (!same)
            {
                ids.Add((long)keys[i]);
                starts.Add((uint)kept);
            }
            rows[kept++] = rows[i];
        }
        starts.Add((uint)kept);
        writer.Column<long>(WorksFormat.FunderId, CollectionsMarshal.AsSpan(ids));
        writer.Column<uint>(WorksFormat.FunderPosts, CollectionsMarshal.AsSpan(starts));
        writer.Column<int>(WorksFormat.FunderPostings, rows.AsSpan(0, kept));
    }
}
