using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>A set of works of all segments as a file (docs/format/copies.md): sets that a walk over every listing makes, once for all processes.</summary>
static class SetFile
{
    const string Kind = "set", Bits = "bits";

    /// <summary>The set that was kept under a name, or else made, and kept.</summary>
    public static WorkSet Of(WorksStore store, string name, ReadOnlySpan<byte> grouping, Func<WorkSet> make)
    {
        if (store.Copies is not { } copies || store.Works < copies.FewestOfAll) return make();
        if (copies.Take(name, Kind, grouping, file => Read(file, store)) is { } kept) return kept;
        var (set, stamp) = (make(), grouping.ToArray());
        // Whoever asked does not wait for the disk; the process does. The store may be closed meanwhile, so its bits are taken before.
        var bits = BitsOf(set);
        new Thread(() => copies.Keep(name, Kind, stamp, writer => writer.Column<ulong>(Bits, bits))).Start();
        return set;
    }

    static int Words(WorksStore store) => store.Segments.Sum(segment => Words(segment));

    static int Words(WorksSegment segment) => (segment.Count + 63) / 64;

    static ulong[] BitsOf(WorkSet set)
    {
        var (words, at) = (new ulong[Words(set.Store)], 0);
        foreach (var segment in set.Store.Segments)
        {
            set.Rows(segment).Bits.CopyTo(words, at);
            at += Words(segment);
        }
        return words;
    }

    static WorkSet Read(Segment file, WorksStore store)
    {
        var words = file.Column<ulong>(Bits);
        if (words.Length != Words(store)) throw new CorruptSegmentException(file.Path, 0, "it has not a bit for each work");
        var rows = new RowSet[store.Segments.Count];
        foreach (var segment in store.Segments)
        {
            rows[segment.Index] = RowSet.OfBits(segment.Count, words[..Words(segment)].ToArray());
            words = words[Words(segment)..];
        }
        return new(store, rows);
    }
}
