using System.Text;
using Entente.Fuzz;
using Entente.Tests;

namespace Entente.Core.Tests.Fuzz;

/// <summary>The short form of bench/run fuzz: a fixed seed, a few seconds a reader; and that a hunt finds what is there.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData("openalex", 40)]
    [InlineData("ror", 30)]
    [InlineData("cordis", 200)]
    [InlineData("rnsr", 200)]
    [InlineData("segment", 1500)]
    [InlineData("manifest", 3000)]
    [InlineData("receipt", 1500)]
    [InlineData("sheet", 200)]
    public void Bent_records_never_break_a_reader_nor_vanish(string reader, int inputs)
    {
        using var target = Readers.Open(reader, Conditions.NoData is null ? Conditions.Data : null);
        var bag = new Hunt(target, 1, TimeProvider.System).Run(0, inputs, TimeSpan.FromMinutes(10));
        Assert.True(bag.Found is null, $"--reader {reader} --seed 1 --from {bag.Number} --count 1: {bag.Found}\n{Encoding.Latin1.GetString(bag.Smallest)}");
        Assert.Equal(inputs, bag.Inputs);
        Assert.InRange(bag.Bent, inputs / 2, bag.Records);
    }

    [Fact]
    public void Every_reader_is_fired_at() => Assert.Equal(8, Readers.Names.Length);

    [Fact]
    public void What_breaks_a_reader_is_found_and_shrunk_and_made_again_from_its_number()
    {
        using var target = new Fragile();
        var bag = new Hunt(target, 5, TimeProvider.System).Run(0, 10_000, TimeSpan.FromMinutes(1));
        Assert.IsType<FindingException>(bag.Found);
        Assert.Equal("xx"u8.ToArray(), bag.Smallest);
        var again = new Hunt(target, 5, TimeProvider.System).Run(bag.Number, 1, TimeSpan.FromMinutes(1));
        Assert.Equal((bag.Number, bag.Smallest.Length), (again.Number, again.Smallest.Length));
    }

    /// <summary>A reader that breaks when two x stand anywhere.</summary>
    sealed class Fragile : Target
    {
        public override string Name => "fragile";

        public override byte[] Make(Random random) => Bend.Bytes(Encoding.ASCII.GetBytes("an axe and an ox"), random);

        public override int Feed(byte[] input)
        {
            Owe(input.Count(b => b == 'x') != 2 || input.Length == 16, "two x");
            return 1;
        }
    }
}
