using System.Runtime.CompilerServices;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>Finds the rows of one segment that pass a filter: the years as a range, then one pass over a column for each further condition.</summary>
static class FilterRows
{
    public static RowSet Of(WorksSegment segment, WorkFilter filter)
    {
        var (first, last) = filter is { FirstYear: null, LastYear: null } ? (0, segment.Count)
            : segment.WorksOfYears(Math.Max(1, filter.FirstYear ?? 1), filter.LastYear ?? short.MaxValue);
        var range = RowSet.OfRange(segment.Count, first, last);
        if (filter with { FirstYear = null, LastYear = null } == WorkFilter.None) return range;
        var words = range.ToBits();
        KeepFlagged(words, segment.Flags, filter.With, filter.Without);
        if (filter.Goals != 0) Keep(words, new GoalTest(segment.Goals, filter.Goals));
        if (filter.Topics is { } topics) Keep(words, new TopicTest(segment.Topics, topics));
        if (filter.Types is { } types) Keep(words, new TypeTest(segment.TypeNumbers, segment.TypeNames, types));
        if (filter.MostAuthors is { } most) Keep(words, new AuthorTest(segment.Listings, most));
        if (filter.Funders is { } funders) Bitmaps.And(words, Funded(segment, funders), words, Bitmaps.Widest);
        return RowSet.OfBits(segment.Count, words);
    }

    static ulong[] Funded(WorksSegment segment, IReadOnlyCollection<long> funders)
    {
        var words = new ulong[(segment.Count + 63) / 64];
        if (segment.Funders is { } rows)
            foreach (var funder in funders)
                foreach (var work in rows.WorksOfFunder(funder)) words[work >> 6] |= 1UL << work;
        return words;
    }

    interface ITest
    {
        bool Passes(int work);
    }

    /// <summary>Takes the bits of works away that do not pass; only works that are still there are looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Keep<TTest>(Span<ulong> words, TTest test) where TTest : struct, ITest
    {
        for (var i = 0; i < words.Length; i++)
        {
            var (left, kept) = (words[i], 0UL);
            if (left == ulong.MaxValue)
                for (var bit = 0; bit < 64; bit++) kept |= (test.Passes(i * 64 + bit) ? 1UL : 0) << bit;
            else
                for (; left != 0; left &= left - 1)
                {
                    var bit = System.Numerics.BitOperations.TrailingZeroCount(left);
                    kept |= (test.Passes(i * 64 + bit) ? 1UL : 0) << bit;
                }
            words[i] = kept;
        }
    }

    /// <summary>A flag stands as a bit for each work, or on no work at all.</summary>
    static void KeepFlagged(ulong[] words, FlagPlanes planes, WorkFlags with, WorkFlags without)
    {
        for (var flag = 0; flag < 16; flag++)
        {
            var (asked, unasked) = (((int)with >> flag & 1) != 0, ((int)without >> flag & 1) != 0);
            if (!asked && !unasked) continue;
            var bits = planes.Of((WorkFlags)(1 << flag));
            if (asked && bits.IsEmpty) words.AsSpan().Clear();
            else if (asked) Bitmaps.And(words, bits, words, Bitmaps.Widest);
            if (unasked && !bits.IsEmpty) Bitmaps.Except(words, bits, words, Bitmaps.Widest);
        }
    }

    readonly struct GoalTest(Coded<uint> goals, uint wanted) : ITest
    {
        public bool Passes(int work) => (goals[work] & wanted) != 0;
    }

    /// <summary>By a table of all numbers up to the largest asked for, where that is not far away; topics are numbered from 10,001.</summary>
    readonly struct TopicTest : ITest
    {
        const int Most = 1 << 20;
        readonly Coded<int> topics;
        readonly bool[] table;
        readonly HashSet<int>? far;

        public TopicTest(Coded<int> topics, IReadOnlyCollection<int> wanted)
        {
            this.topics = topics;
            var near = wanted.Where(topic => topic is >= 0 and < Most).ToList();
            table = new bool[near.Count == 0 ? 0 : near.Max() + 1];
            foreach (var topic in near) table[topic] = true;
            if (near.Count < wanted.Count) far = [.. wanted];
        }

        public bool Passes(int work)
        {
            var topic = topics[work];
            return (uint)topic < (uint)table.Length ? table[topic] : far?.Contains(topic) == true;
        }
    }

    readonly struct TypeTest(Packed<ushort> types, IReadOnlyList<string> names, IReadOnlyCollection<string> wanted) : ITest
    {
        readonly Packed<ushort> types = types;
        readonly bool[] table = [.. names.Select(name => wanted.Contains(name))];

        public bool Passes(int work) => table[types[work]];
    }

    readonly struct AuthorTest(Listings listings, int most) : ITest
    {
        readonly Listings listings = listings;

        public bool Passes(int work)
        {
            var (first, last) = listings.AuthorsOf(work);
            return last - first <= most;
        }
    }
}
