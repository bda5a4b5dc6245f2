using System.Runtime.InteropServices;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Writes the gathered works as one pair of files. The same set of records gives the same bytes in whatever order they came:
/// works in order of year, topic and id; units numbered as these works first list them; types in alphabetical order.
/// </summary>
sealed class SegmentCut
{
    readonly WorksBuffer buffer;
    readonly Unit[] table;
    readonly string[] typeNames;
    readonly Topic[] topics;
    readonly int[] order;

    // The segment's own units, in their new order, and the new number of each unit; -1 while it has none.
    readonly List<int> units = [];
    readonly int[] local;

    SegmentCut(WorksBuffer buffer, Unit[] table, string[] typeNames, Topic[] topics)
    {
        (this.buffer, this.table, this.typeNames, this.topics) = (buffer, table, typeNames, topics);
        order = Order(buffer);
        local = new int[table.Length];
        Array.Fill(local, -1);
    }

    public IReadOnlyList<SegmentDigest> Files { get; private set; } = [];

    /// <summary>Records that a newer one in the same segment replaced.</summary>
    public int Superseded => buffer.Count - order.Length;

    public static SegmentCut Write(WorksBuffer buffer, Unit[] table, string[] typeNames, Topic[] topics, string folder, int number)
    {
        var cut = new SegmentCut(buffer, table, typeNames, topics);
        cut.Files = [cut.WriteWorks(Path.Combine(folder, WorksFormat.WorksFile(number))), cut.WriteTexts(Path.Combine(folder, WorksFormat.TextsFile(number)))];
        return cut;
    }

    /// <summary>The newest record of each id, in order of year, topic and id.</summary>
    static int[] Order(WorksBuffer buffer)
    {
        var keys = new ulong[buffer.Count];
        var rows = new int[buffer.Count];
        for (var i = 0; i < rows.Length; i++) (keys[i], rows[i]) = ((ulong)buffer.Ids[i], i);
        RadixSort.Sort(ref keys, ref rows);
        rows = Newest(buffer, keys, rows);
        keys = new ulong[rows.Length];
        for (var i = 0; i < rows.Length; i++) keys[i] = (ulong)(ushort)buffer.Years[rows[i]] << 32 | (uint)buffer.Topics[rows[i]];
        RadixSort.Sort(ref keys, ref rows);
        return rows;
    }

    static int[] Newest(WorksBuffer buffer, ulong[] ids, int[] rows)
    {
        var kept = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (kept > 0 && ids[i] == ids[i - 1])
            {
                if (Newer(buffer, rows[i], rows[kept - 1])) rows[kept - 1] = rows[i];
            }
            else rows[kept++] = rows[i];
        }
        return rows[..kept];
    }

    static bool Newer(WorksBuffer buffer, int row, int than) =>
        (buffer.Updated[row], buffer.Hashes[row]).CompareTo((buffer.Updated[than], buffer.Hashes[than])) > 0;

    SegmentDigest WriteWorks(string path)
    {
        using var writer = new SegmentWriter(path, WorksFormat.Works);
        writer.Packed<long>(WorksFormat.Id, Gather(buffer.Ids));
        YearRuns.Write(writer, Gather(buffer.Years));
        CodedColumn.Write<int>(writer, WorksFormat.Topic, Gather(buffer.Topics), always: true);
        CodedColumn.Write<int>(writer, WorksFormat.Citations, Gather(buffer.Citations));
        CodedColumn.Write(writer, WorksFormat.Fwci, MemoryMarshal.Cast<float, int>(Gather(buffer.Fwci)));
        FlagPlanes.Write(writer, Gather(buffer.Flags));
        CodedColumn.Write<uint>(writer, WorksFormat.Goals, Gather(buffer.Goals));
        WriteTypes(writer);
        var listed = WriteAuthors(writer);
        WritePostings(writer, listed);
        WriteUnits(writer);
        FunderCut.Write(writer, buffer, order);
        TopicCut.Write(writer, buffer, order, topics);
        return writer.Finish();
    }

    SegmentDigest WriteTexts(string path)
    {
        using var writer = new SegmentWriter(path, WorksFormat.Texts);
        WriteText(writer, WorksFormat.Title, WorksFormat.TitleStarts, buffer.Titles);
        WriteText(writer, WorksFormat.Doi, WorksFormat.DoiStarts, buffer.Dois);
        writer.Packed<long>(WorksFormat.Updated, Gather(buffer.Updated));
        writer.Packed<ulong>(WorksFormat.Hash, Gather(buffer.Hashes));
        var keys = new ulong[order.Length];
        var rows = new int[order.Length];
        for (var i = 0; i < rows.Length; i++) (keys[i], rows[i]) = ((ulong)buffer.Ids[order[i]], i);
        RadixSort.Sort(ref keys, ref rows);
        writer.Packed<int>(WorksFormat.ById, rows);
        return writer.Finish();
    }

    void WriteTypes(SegmentWriter writer)
    {
        var used = Gather(buffer.Types);
        var present = used.Distinct().OrderBy(type => typeNames[type], StringComparer.Ordinal).ToArray();
        var renamed = new ushort[typeNames.Length];
        for (var i = 0; i < present.Length; i++) renamed[present[i]] = (ushort)i;
        for (var i = 0; i < used.Length; i++) used[i] = renamed[used[i]];
        writer.Packed<ushort>(WorksFormat.Type, used);
        writer.Text(WorksFormat.Types, present.Select(type => typeNames[type]));
    }

    /// <summary>Authorships and their units, in the works' new order; answers where the units of each work begin, and the units.</summary>
    (int[] Starts, List<int> Units) WriteAuthors(SegmentWriter writer)
    {
        var authors = new uint[order.Length + 1];
        var workStarts = new int[order.Length + 1];
        var authorUnits = new List<uint>(buffer.AuthorUnits.Count) { 0 };
        var listed = new List<int>(buffer.Units.Count);
        for (var i = 0; i < order.Length; i++)
        {
            var (first, last) = (buffer.Authors[order[i]], buffer.Authors[order[i] + 1]);
            for (var author = first; author < last; author++)
            {
                for (var at = buffer.AuthorUnits[author]; at < buffer.AuthorUnits[author + 1]; at++) listed.Add(Local(buffer.Units[at]));
                authorUnits.Add((uint)listed.Count);
            }
            authors[i + 1] = (uint)authorUnits.Count - 1;
            workStarts[i + 1] = listed.Count;
        }
        writer.Column<uint>(WorksFormat.Authorships, [authors[^1]]);
        Runs.Write(writer, WorksFormat.Authors, authors);
        Runs.Write(writer, WorksFormat.AuthorUnits, CollectionsMarshal.AsSpan(authorUnits));
        writer.Packed<int>(WorksFormat.Units, CollectionsMarshal.AsSpan(listed));
        return (workStarts, listed);
    }

    int Local(int unit)
    {
        ref var number = ref local[unit];
        if (number >= 0) return number;
        units.Add(unit);
        return number = units.Count - 1;
    }

    /// <summary>For each unit the works that list it: counted first, then laid down, so that each list comes out ascending.</summary>
    void WritePostings(SegmentWriter writer, (int[] Starts, List<int> Units) listed)
    {
        var all = CollectionsMarshal.AsSpan(listed.Units);
        var (posts, last) = (new uint[units.Count + 1], new int[units.Count]);
        Array.Fill(last, -1);
        for (var work = 0; work < order.Length; work++)
            foreach (var unit in all[listed.Starts[work]..listed.Starts[work + 1]])
            {
                if (last[unit] != work) posts[unit + 1]++;
                last[unit] = work;
            }
        for (var unit = 0; unit < units.Count; unit++) posts[unit + 1] += posts[unit];
        var (postings, next) = (new int[posts[^1]], posts.ToArray());
        Array.Fill(last, -1);
        for (var work = 0; work < order.Length; work++)
            foreach (var unit in all[listed.Starts[work]..listed.Starts[work + 1]])
            {
                if (last[unit] != work) postings[next[unit]++] = work;
                last[unit] = work;
            }
        writer.Column<uint>(WorksFormat.Posts, posts);
        writer.Column<int>(WorksFormat.Postings, postings);
    }

    void WriteUnits(SegmentWriter writer)
    {
        var known = units.ConvertAll(unit => table[unit]);
        writer.Column<long>(WorksFormat.UnitId, known.ConvertAll(unit => unit.Id).ToArray());
        writer.Text(WorksFormat.UnitRor, known.Select(unit => unit.Ror));
        writer.Text(WorksFormat.UnitCountry, known.Select(unit => unit.Country));
        writer.Text(WorksFormat.UnitName, known.Select(unit => unit.Name));
        var starts = new uint[known.Count + 1];
        for (var i = 0; i < known.Count; i++) starts[i + 1] = starts[i] + (uint)known[i].Lineage.Length;
        writer.Column<uint>(WorksFormat.UnitLineage, starts);
        writer.Column<long>(WorksFormat.Lineage, known.SelectMany(unit => unit.Lineage).ToArray());
    }

    void WriteText(SegmentWriter writer, string name, string starts, TextBuffer texts)
    {
        var sorted = new TextBuffer();
        foreach (var row in order) sorted.Add(texts[row]);
        writer.Column(name, sorted.Bytes);
        Runs.Write(writer, starts, CollectionsMarshal.AsSpan(sorted.Starts));
    }

    T[] Gather<T>(List<T> column)
    {
        var from = CollectionsMarshal.AsSpan(column);
        var to = new T[order.Length];
        for (var i = 0; i < to.Length; i++) to[i] = from[order[i]];
        return to;
    }
}
