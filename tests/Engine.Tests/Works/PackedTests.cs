using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Works;

/// <summary>What is packed is read as it was, at every width, and runs give the starts that they were made of.</summary>
public sealed class PackedTests
{
    [Fact]
    public void Numbers_of_every_width_are_read_as_they_were()
    {
        var random = new Random(1);
        for (var width = 0; width <= 64; width++)
            foreach (var count in new[] { 0, 1, 2, 63, 64, 65, 1000 })
            {
                var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
                var values = Enumerable.Range(0, count).Select(_ => unchecked((long)((ulong)random.NextInt64(long.MinValue, long.MaxValue) & mask))).ToArray();
                Assert.Equal(values, Read(values));
            }
    }

    [Theory]
    [InlineData(new long[] { 0, long.MaxValue, long.MinValue })]
    [InlineData(new long[] { -5, -5, -5 })]
    [InlineData(new long[] { 638_000_000_000_000_000, 638_000_864_000_000_000, 638_864_000_000_000_000 })]
    [InlineData(new long[] { 10_001, 14_516, 10_001 })]
    public void Numbers_far_from_zero_and_in_steps_are_read_as_they_were(long[] values) => Assert.Equal(values, Read(values));

    [Fact]
    public void Dates_of_thirty_years_take_fourteen_bits()
    {
        var (first, step, width) = BitPacking.Plan<long>([.. Enumerable.Range(0, 30 * 365).Select(day => new DateTime(1995, 1, 1).AddDays(day).Ticks)]);
        Assert.Equal((new DateTime(1995, 1, 1).Ticks, TimeSpan.TicksPerDay, 14), (first, step, width));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(63, 2)]
    [InlineData(64, 3)]
    [InlineData(1000, 1)]
    [InlineData(1000, 5)]
    [InlineData(1000, 300)]
    [InlineData(130, 100_000)]
    public void Runs_give_every_stretch_of_rows(int rows, int most)
    {
        var random = new Random(rows + most);
        var starts = new uint[rows + 1];
        for (var row = 0; row < rows; row++) starts[row + 1] = starts[row] + (uint)(random.Next(3) == 0 ? 0 : random.Next(most + 1));
        using var folder = new TempFolder();
        using (var writer = new SegmentWriter(folder["r.seg"], "runs"))
        {
            Runs.Write(writer, "r", starts);
            writer.Finish();
        }
        using var segment = Segment.Open(folder["r.seg"]);
        var runs = new Runs(segment, "r", rows, starts[^1]);
        for (var from = 0; from <= rows; from++)
            foreach (var to in new[] { from, from + 1, from + 70, from + 127, from + 128, from + 200, rows }.Where(to => to >= from && to <= rows))
                Assert.Equal(((int)starts[from], (int)starts[to]), runs.Spanning(from, to));
        Assert.Throws<ArgumentOutOfRangeException>(() => runs.Spanning(0, rows + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => runs.Spanning(-1, 0));
    }

    [Fact]
    public void Numbers_that_take_less_as_places_in_a_list_are_read_alike()
    {
        var random = new Random(2);
        int[][] columns = [[.. Enumerable.Range(0, 500).Select(_ => random.Next(5) * 1_000_000)], [.. Enumerable.Range(0, 500).Select(_ => random.Next())], [7, 7], [int.MinValue, int.MaxValue, 0]];
        foreach (var values in columns)
            foreach (var always in new[] { false, true })
            {
                using var folder = new TempFolder();
                using (var writer = new SegmentWriter(folder["c.seg"], "coded"))
                {
                    CodedColumn.Write<int>(writer, "c", values, always);
                    writer.Finish();
                }
                using var segment = Segment.Open(folder["c.seg"]);
                var coded = new Coded<int>(segment, "c", values.Length);
                Assert.Equal(values, Enumerable.Range(0, values.Length).Select(row => coded[row]));
                Assert.Equal(values.Distinct().Order(), coded.Some().Distinct().Order());
                if (always) Assert.True(segment.Has("c.values"));
            }
    }

    static long[] Read(long[] values)
    {
        using var folder = new TempFolder();
        using (var writer = new SegmentWriter(folder["p.seg"], "packed"))
        {
            writer.Packed<long>("p", values);
            writer.Finish();
        }
        using var segment = Segment.Open(folder["p.seg"]);
        var packed = new Packed<long>(segment, "p", values.Length);
        Assert.Equal(values, packed.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => packed[values.Length]);
        return [.. Enumerable.Range(0, values.Length).Select(row => packed[row])];
    }
}
