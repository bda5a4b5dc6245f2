using System.Runtime.InteropServices;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>An ego copy as a file (docs/format/copies.md). What is read is what was written, number for number; a file that was bent so that its checksums hold is refused all the same.</summary>
static class EgoFile
{
    public const string Kind = "ego";

    const string Side = "side", Works = "works", Topics = "topics", Posts = "posts", Several = "several";
    const string StretchSegment = "stretch_segment", StretchEnd = "stretch_end", FirstYear = "first_year", YearStarts = "year_starts";
    const string RowStarts = "row_starts", RowUnits = "row_units", ByUnit = "by_unit", PartnerOrganisation = "partner", PartnerEnd = "partner_end";
    const string GroupUnit = "group_unit", GroupCount = "group_count", GroupList = "group_list", GroupBits = "group_bits";

    /// <summary>Two sides have one name where they are one, and else, but for one in 2^64, two.</summary>
    public static string NameOf(UnitSet side) =>
        "ego-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(side.Numbers.AsSpan())).AsSpan(0, 8));

    public static void Write(SegmentWriter writer, Ego ego, UnitGroups groups)
    {
        writer.Packed<int>(Side, ego.Side.Numbers);
        writer.Packed<int>(Works, ego.Works);
        writer.Packed<int>(StretchSegment, Array.ConvertAll(ego.Stretches, stretch => stretch.Segment));
        writer.Packed<int>(StretchEnd, Array.ConvertAll(ego.Stretches, stretch => stretch.Last));
        writer.Column<int>(FirstYear, [ego.FirstYear]);
        writer.Packed<int>(YearStarts, ego.YearStarts);
        writer.Packed<int>(Topics, ego.Topics);
        writer.Packed<int>(Posts, ego.Posts);
        writer.Packed<int>(RowStarts, ego.RowStarts);
        writer.Packed<int>(RowUnits, ego.RowUnits);
        writer.Packed<int>(ByUnit, ego.ByUnit);
        writer.Packed<int>(PartnerOrganisation, Array.ConvertAll(ego.Partners, partner => partner.Organisation));
        writer.Packed<int>(PartnerEnd, Array.ConvertAll(ego.Partners, partner => partner.LastRow));
        writer.Packed<int>(GroupUnit, Array.ConvertAll(ego.Groups, groups.FirstOf));
        writer.Packed<int>(GroupCount, Array.ConvertAll(ego.GroupWorks, works => works.Count));
        var (list, bits) = (new List<int>(), new List<ulong>());
        foreach (var works in ego.GroupWorks)
            if (works.IsList(out var rows)) list.AddRange(rows);
            else bits.AddRange(works.Bits);
        writer.Packed<int>(GroupList, CollectionsMarshal.AsSpan(list));
        writer.Column<ulong>(GroupBits, CollectionsMarshal.AsSpan(bits));
        writer.Column<ulong>(Several, ego.SeveralGroups);
    }

    /// <exception cref="CorruptSegmentException">It is of another side, or its numbers do not fit together.</exception>
    public static Ego Read(Segment file, UnitSet side, UnitGroups groups, int topics)
    {
        var store = side.Store;
        var (units, organisations) = (store.Units.Units.Count, store.Units.Organisations.Count);
        if (!Numbers(file, Side, units).AsSpan().SequenceEqual(side.Numbers)) throw Wrong(file, "it is of another side");
        var (count, posts, rows) = (file.Rows(Works), file.Rows(Posts), file.Rows(RowUnits));
        var rowStarts = Ends(file, RowStarts, posts);
        if (rowStarts.Length != rows + 1 || rowStarts[0] != 0 || rowStarts[^1] != posts) throw Wrong(file, "its rows do not cover what they divide");
        var (groupNumbers, groupWorks) = Groups(file, count, groups, units);
        var several = file.Column<ulong>(Several).ToArray();
        if (several.Length != (count + 63) / 64) throw Wrong(file, "it has not a bit for each work");
        if (file.Column<int>(FirstYear) is not [var firstYear]) throw Wrong(file, "it has not one first year");
        return new(store, side)
        {
            Works = Numbers(file, Works, int.MaxValue), Stretches = Stretches(file, count, store), FirstYear = firstYear, YearStarts = Ends(file, YearStarts, count),
            Topics = Numbers(file, Topics, topics), Posts = Numbers(file, Posts, count), RowStarts = rowStarts, RowUnits = Numbers(file, RowUnits, units), ByUnit = Numbers(file, ByUnit, rows),
            Partners = Partners(file, rowStarts, organisations), Groups = groupNumbers, GroupWorks = groupWorks, SeveralGroups = several,
        };
    }

    static Ego.Stretch[] Stretches(Segment file, int count, WorksStore store)
    {
        var (segments, ends) = (Numbers(file, StretchSegment, store.Segments.Count), Ends(file, StretchEnd, count));
        if (segments.Length != ends.Length || (ends.Length == 0 ? 0 : ends[^1]) != count) throw Wrong(file, "its stretches do not cover its works");
        return [.. segments.Select((segment, i) => new Ego.Stretch(segment, i == 0 ? 0 : ends[i - 1], ends[i]))];
    }

    static Ego.Partner[] Partners(Segment file, int[] rowStarts, int organisations)
    {
        var (numbers, ends) = (Numbers(file, PartnerOrganisation, organisations), Ends(file, PartnerEnd, rowStarts.Length - 1));
        if (numbers.Length != ends.Length) throw Wrong(file, "its partners have not a row each");
        return [.. numbers.Select((number, i) => (i == 0 ? 0 : ends[i - 1]) is var first ? new Ego.Partner(number, first, ends[i], rowStarts[ends[i]] - rowStarts[first]) : default)];
    }

    static (int[] Numbers, RowSet[] Works) Groups(Segment file, int count, UnitGroups groups, int units)
    {
        var (numbers, counts) = (Array.ConvertAll(Numbers(file, GroupUnit, units), unit => groups[unit]), Numbers(file, GroupCount, count + 1));
        var list = Numbers(file, GroupList, count).AsSpan();
        var bits = file.Column<ulong>(GroupBits);
        var (words, works) = ((count + 63) / 64, new RowSet[counts.Length]);
        if (numbers.Length != counts.Length || counts.Sum(rows => RowSet.IsSparse(count, rows) ? (long)rows : 0) != list.Length
            || counts.Count(rows => !RowSet.IsSparse(count, rows)) * (long)words != bits.Length) throw Wrong(file, "its groups do not cover their works");
        for (var group = 0; group < works.Length; group++)
            if (RowSet.IsSparse(count, counts[group]))
            {
                works[group] = RowSet.OfList(count, list[..counts[group]].ToArray());
                list = list[counts[group]..];
            }
            else
            {
                works[group] = RowSet.OfBits(count, bits[..words].ToArray());
                bits = bits[words..];
            }
        // Groups may be numbered anew by each process.
        Array.Sort(numbers, works);
        return (numbers, works);
    }

    static int[] Numbers(Segment file, string column, int end) => new Packed<int>(file, column, file.Rows(column), Math.Max(1, end)).ToArray();

    /// <summary>Rising numbers up to the last of what they divide.</summary>
    static int[] Ends(Segment file, string column, int last)
    {
        var ends = Numbers(file, column, last == int.MaxValue ? last : last + 1);
        for (var i = 1; i < ends.Length; i++)
            if (ends[i] < ends[i - 1]) throw Wrong(file, $"column {column} does not rise");
        return ends;
    }

    static CorruptSegmentException Wrong(Segment file, string reason) => new(file.Path, 0, reason);
}
