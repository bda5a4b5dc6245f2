using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Writes the gathered works as one pair of files. The same set of records gives the same bytes in whatever order they came:
/// works in order of year, topic and id; units numbered as these works first list them; types in alphabetical order.
/// </summary>
sealed class SegmentCut
{
    /// <summary>So many works ahead their listings are fetched.</summary>
    const int Ahead = 12;

    readonly WorksBuffer buffer;
    readonly Unit[] table;
    readonly string[] typeNames;
    readonly Topic[] topics;
    readonly (Topic Topic, long Updated)[] kept;
    /// <summary>The rows of the buffer that stand: in order of id, and of year, topic and id.</summary>
    readonly int[] byId, order;

    // The segment's own units, in their new order, and the new number of each unit; -1 while it has none.
    readonly List<int> units = [];
    readonly int[] local;

    // For each unit, by its new number, the works that list it, and the last work that did.
    readonly uint[] posts;
    readonly int[] last;

    SegmentCut(WorksBuffer buffer, Unit[] table, string[] typeNames, Topic[] topics, (Topic Topic, long Updated)[] kept)
    {
        (this.buffer, this.table, this.typeNames, this.topics, this.kept) = (buffer, table, typeNames, topics, kept);
        byId = ById(buffer);
        order = Order(buffer, byId);
        (local, posts, last) = (new int[table.Length], new uint[table.Length + 1], new int[table.Length]);
        Array.Fill(local, -1);
        Array.Fill(last, -1);
    }

    public IReadOnlyList<SegmentDigest> Files { get; private set; } = [];

    /// <summary>Records that a newer one in the same segment replaced.</summary>
    public int Superseded => buffer.Count - order.Length;

    /// <param name="kept">topics as records placed them that are not among these, but stood beside them before</param>
    public static SegmentCut Write(WorksBuffer buffer, Unit[] table, string[] typeNames, Topic[] topics, (Topic Topic, long Updated)[] kept, string folder, int number)
    {
        var cut = new SegmentCut(buffer, table, typeNames, topics, kept);
        using var works = new SegmentWriter(Path.Combine(folder, WorksFormat.WorksFile(number)), WorksFormat.Works);
        using var texts = new SegmentWriter(Path.Combine(folder, WorksFormat.TextsFile(number)), WorksFormat.Texts);
        cut.WriteWorks(works);
        // The disk takes its time to hold the one file, which the other need not wait for.
        var flushed = Task.Run(works.Finish);
        try
        {
            cut.WriteTexts(texts);
        }
        catch
        {
            flushed.ContinueWith(_ => { }, TaskScheduler.Default).Wait();
            throw;
        }
        cut.Files = [flushed.GetAwaiter().GetResult(), texts.Finish()];
        return cut;
    }

    /// <summary>The newest record of each id, in order of id; they often come so.</summary>
    static int[] ById(WorksBuffer buffer)
    {
        var ids = CollectionsMarshal.AsSpan(buffer.Ids);
        var (rows, rising) = (new int[ids.Length], true);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
            rising &= i == 0 || ids[i] > ids[i - 1];
        }
        if (rising) return rows;
        var keys = MemoryMarshal.Cast<long, ulong>(ids).ToArray();
        RadixSort.Sort(ref keys, ref rows);
        return Newest(buffer, keys, rows);
    }

    /// <summary>The same in order of year, topic and id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int[] Order(WorksBuffer buffer, int[] byId)
    {
        var (years, topics) = (buffer.Years, buffer.Topics);
        var (keys, rows) = (new ulong[byId.Length], byId.ToArray());
        for (var i = 0; i < keys.Length; i++) keys[i] = (ulong)(ushort)years[rows[i]] << 32 | (uint)topics[rows[i]];
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

    void WriteWorks(SegmentWriter writer)
    {
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
        TopicCut.Write(writer, buffer, order, topics, kept);
    }

    void WriteTexts(SegmentWriter writer)
    {
        WriteText(writer, WorksFormat.Title, WorksFormat.TitleStarts, buffer.Titles);
        WriteText(writer, WorksFormat.Doi, WorksFormat.DoiStarts, buffer.Dois);
        writer.Packed<long>(WorksFormat.Updated, Gather(buffer.Updated));
        writer.Packed<ulong>(WorksFormat.Hash, Gather(buffer.Hashes));
        var place = new int[buffer.Count];
        for (var i = 0; i < order.Length; i++) place[order[i]] = i;
        writer.Packed<int>(WorksFormat.ById, Array.ConvertAll(byId, row => place[row]));
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int[] Starts, int[] Units) WriteAuthors(SegmentWriter writer)
    {
        var (authors, workStarts) = (new uint[order.Length + 1], new int[order.Length + 1]);
        var (authorUnits, listed) = (new uint[buffer.AuthorUnits.Count], new int[buffer.Units.Count]);
        var ofAuthor = CollectionsMarshal.AsSpan(buffer.AuthorUnits);
        var from = CollectionsMarshal.AsSpan(buffer.Units);
        var firsts = Firsts();
        var (author, unit) = (0, 0);
        for (var i = 0; i < order.Length; i++)
        {
            if (i + Ahead < firsts.Length && firsts[i + Ahead] is var next && next.Author < ofAuthor.Length && next.Unit < from.Length)
            {
                Fetch(ref ofAuthor[next.Author]);
                Fetch(ref from[next.Unit]);
            }
            var (first, end) = (firsts[i].Author, firsts[i].Author + firsts[i].Authors);
            for (var at = first; at < end; at++)
            {
                foreach (var each in from[ofAuthor[at]..ofAuthor[at + 1]]) listed[unit++] = Count(Local(each), i);
                authorUnits[++author] = (uint)unit;
            }
            authors[i + 1] = (uint)author;
            workStarts[i + 1] = unit;
        }
        writer.Column<uint>(WorksFormat.Authorships, [authors[^1]]);
        Runs.Write(writer, WorksFormat.Authors, authors);
        Runs.Write(writer, WorksFormat.AuthorUnits, authorUnits.AsSpan(0, author + 1));
        writer.Packed<int>(WorksFormat.Units, listed.AsSpan(0, unit));
        return (workStarts, listed);
    }

    /// <summary>
    /// Where the authorships and units of each work begin in the buffer. Works lie there in another order, so that nearly each look-up waits
    /// for memory: made side by side, without a branch between them, many wait together; and what comes next is fetched while the work at hand is told.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    (int Author, int Authors, int Unit)[] Firsts()
    {
        var ofWork = CollectionsMarshal.AsSpan(buffer.Authors);
        var ofAuthor = CollectionsMarshal.AsSpan(buffer.AuthorUnits);
        var firsts = new (int Author, int Authors, int Unit)[order.Length];
        for (var i = 0; i < firsts.Length; i++) firsts[i] = (ofWork[order[i]], ofWork[order[i] + 1] - ofWork[order[i]], 0);
        for (var i = 0; i < firsts.Length; i++) firsts[i].Unit = ofAuthor[firsts[i].Author];
        return firsts;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe void Fetch(ref int at)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Local(int unit) => local[unit] is var number and >= 0 ? number : AddLocal(unit);

    int AddLocal(int unit)
    {
        units.Add(unit);
        return local[unit] = units.Count - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Count(int unit, int work)
    {
        if (last[unit] != work) posts[unit + 1]++;
        last[unit] = work;
        return unit;
    }

    /// <summary>For each unit the works that list it: they are counted by now, and laid down so that each list comes out ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void WritePostings(SegmentWriter writer, (int[] Starts, int[] Units) listed)
    {
        for (var unit = 0; unit < units.Count; unit++) posts[unit + 1] += posts[unit];
        var (postings, next) = (new int[posts[units.Count]], posts.ToArray());
        Array.Fill(last, -1);
        for (var work = 0; work < order.Length; work++)
            foreach (var unit in listed.Units.AsSpan(listed.Starts[work]..listed.Starts[work + 1]))
            {
                if (last[unit] != work) postings[next[unit]++] = work;
                last[unit] = work;
            }
        writer.Column<uint>(WorksFormat.Posts, posts.AsSpan(0, units.Count + 1));
        writer.Column<int>(WorksFormat.Postings, postings);
    }

    void WriteUnits(SegmentWriter writer)
    {
        var known = units.ConvertAll(unit => table[unit]);
        writer.Column<long>(WorksFormat.UnitId, known.ConvertAll(unit => unit.Id).ToArray());
        writer.Text(WorksFormat.UnitRor, known.Select(unit => unit.Ror));
        writer.Text(WorksFormat.UnitCountry, known.Select(unit => unit.Country));
        var types = known.Select(unit => unit.Type ?? "").Distinct().Order(StringComparer.Ordinal).ToArray();
        var numbers = types.Index().ToDictionary(type => type.Item, type => type.Index, StringComparer.Ordinal);
        writer.Packed<int>(WorksFormat.UnitType, known.ConvertAll(unit => numbers[unit.Type ?? ""]).ToArray());
        writer.Text(WorksFormat.UnitTypes, types);
        writer.Text(WorksFormat.UnitName, known.Select(unit => unit.Name));
        var starts = new uint[known.Count + 1];
        for (var i = 0; i < known.Count; i++) starts[i + 1] = starts[i] + (uint)known[i].Lineage.Length;
        writer.Column<uint>(WorksFormat.UnitLineage, starts);
        writer.Column<long>(WorksFormat.Lineage, known.SelectMany(unit => unit.Lineage).ToArray());
    }

    void WriteText(SegmentWriter writer, string name, string starts, TextBuffer texts)
    {
        var (sorted, at) = (new byte[texts.Length], new uint[order.Length + 1]);
        for (var i = 0; i < order.Length && texts.Length > 0; i++)
        {
            var text = texts[order[i]];
            text.CopyTo(sorted.AsSpan((int)at[i]));
            at[i + 1] = at[i] + (uint)text.Length;
        }
        writer.Column<byte>(name, sorted.AsSpan(0, (int)at[^1]));
        Runs.Write(writer, starts, at);
    }

    T[] Gather<T>(List<T> column) where T : unmanaged
    {
        var from = CollectionsMarshal.AsSpan(column);
        var to = new T[order.Length];
        // What is the same everywhere, as of a source that does not tell it, is not looked up work by work.
        var bytes = MemoryMarshal.AsBytes(from);
        var size = Unsafe.SizeOf<T>();
        if (bytes[size..].SequenceEqual(bytes[..^size])) to.AsSpan().Fill(from[0]);
        else
            for (var i = 0; i < to.Length; i++) to[i] = from[order[i]];
        return to;
    }
}
