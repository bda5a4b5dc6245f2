using Entente.Engine.Query;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Engine.Tests.Query;

/// <summary>Every variant of a kernel gives what the scalar one gives, at every odd length.</summary>
public sealed class BitmapTests
{
    public static TheoryData<int> Lengths => new(Enumerable.Range(0, 40).Append(1000).Append(1024));

    [Theory, MemberData(nameof(Lengths))]
    public void Variants_equal_the_scalar_one(int length)
    {
        var (a, b) = (Words(length, 1), Words(length, 2));
        foreach (var width in Enum.GetValues<Width>())
        {
            var found = new ulong[length];
            Bitmaps.And(a, b, found, width);
            Assert.Equal(a.Zip(b, (x, y) => x & y), found);
            Bitmaps.Or(a, b, found, width);
            Assert.Equal(a.Zip(b, (x, y) => x | y), found);
            Bitmaps.Except(a, b, found, width);
            Assert.Equal(a.Zip(b, (x, y) => x & ~y), found);
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Bits_are_counted(int length)
    {
        var words = Words(length, 3);
        Assert.Equal(words.Sum(word => (long)ulong.PopCount(word)), Bitmaps.Count(words));
    }

    [Fact]
    public void Ranges_are_counted_and_filled() => Prop.ForAll<int, int>((x, y) =>
    {
        var words = Words(8, x);
        var (first, last) = (Math.Abs(x % 513), Math.Abs(y % 513));
        var counted = Enumerable.Range(0, 512).Count(bit => bit >= first && bit < last && (words[bit / 64] >> bit % 64 & 1) == 1);
        var filled = new ulong[8];
        Bitmaps.Fill(filled, first, last);
        return Bitmaps.Count(words, first, last) == counted
            && Enumerable.Range(0, 512).All(bit => (filled[bit / 64] >> bit % 64 & 1) == (bit >= first && bit < last ? 1UL : 0));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Set_bits_come_in_order()
    {
        var words = Words(20, 5);
        var found = new List<int>();
        foreach (var bit in new SetBits(words)) found.Add(bit);
        Assert.Equal(Enumerable.Range(0, 20 * 64).Where(bit => (words[bit / 64] >> bit % 64 & 1) == 1), found);
    }

    static ulong[] Words(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => Word(random) & Word(random))];
    }

    static ulong Word(Random random) => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue));
}
