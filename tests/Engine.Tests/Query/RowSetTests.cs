using Entente.Engine.Query;

namespace Entente.Engine.Tests.Query;

/// <summary>Sets of rows of every make, held against sorted sets; and lists in every width against the scalar kernel and LINQ.</summary>
public sealed class RowSetTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(63), InlineData(64), InlineData(1000), InlineData(5000)]
    public void Algebra_of_any_two_makes(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 300; round++)
        {
            var ((a, inA), (b, inB)) = (Draw(random, length), Draw(random, length));
            Same(a, inA, length, random);
            Same(a.And(b), inA.Intersect(inB), length, random);
            Same(a.Or(b), inA.Union(inB), length, random);
            Same(a.Except(b), inA.Except(inB), length, random);
        }
    }

    [Fact]
    public void Lists_in_every_width()
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var (a, b) = (List(random), List(random));
            foreach (var kept in (bool[])[true, false])
                foreach (var width in Enum.GetValues<Width>())
                {
                    var into = new int[a.Length + Lists.Slack];
                    var count = Lists.Select(a, b, kept, into, width);
                    Assert.Equal(kept ? a.Intersect(b) : a.Except(b), into.Take(count));
                }
            var union = new int[a.Length + b.Length];
            Assert.Equal(a.Union(b).Order(), union.Take(Lists.Union(a, b, union)));
        }
    }

    static int[] List(Random random)
    {
        var span = 1 << random.Next(2, 14);
        return [.. Enumerable.Range(0, random.Next(1 << random.Next(1, 11))).Select(_ => random.Next(span)).Distinct().Order()];
    }

    static (RowSet Set, int[] Rows) Draw(Random random, int length)
    {
        var (from, to) = (random.Next(length + 1), random.Next(length + 1));
        var share = random.Next(3) switch { 0 => 0.01, 1 => 0.04, _ => random.NextDouble() };
        int[] rows = [.. Enumerable.Range(0, length).Where(_ => random.NextDouble() < share)];
        var words = new ulong[(length + 63) / 64];
        foreach (var row in rows) words[row >> 6] |= 1UL << row;
        return random.Next(4) switch
        {
            0 => (RowSet.OfRange(length, from, to), [.. Enumerable.Range(0, length).Where(row => row >= from && row < to)]),
            1 => (RowSet.OfRange(length, 0, length), [.. Enumerable.Range(0, length)]),
            2 => (RowSet.OfList(length, rows), rows),
            _ => (RowSet.OfBits(length, words), rows),
        };
    }

    static void Same(RowSet found, IEnumerable<int> rows, int length, Random random)
    {
        int[] expected = [.. rows.Order()];
        var walked = new List<int>();
        foreach (var row in found) walked.Add(row);
        Assert.Equal(expected, walked);
        Assert.Equal(expected, found.Each());
        Assert.Equal(expected.Length, found.Count);
        Assert.Equal(expected.Length, Bitmaps.Count(found.Bits));
        int[] bounds = [.. Enumerable.Range(0, 1 + random.Next(6)).Select(_ => random.Next(length + 1)).Order()];
        long[] counts = [.. bounds.Skip(1).Select(_ => 3L)];
        found.CountBetween(bounds, counts);
        Assert.Equal(bounds.Zip(bounds.Skip(1), (from, to) => 3L + expected.Count(row => row >= from && row < to)), counts);
    }
}
