using Entente.Core.Evidence;
using Entente.Core.Evidence.Measures;
using Microsoft.CSharp.RuntimeBinder;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Citation impact: the vectors of REFERENCE 4.7 and the edges that it names.</summary>
public sealed class ImpactTests
{
    // World {0: 60, 1: 20, 3: 8, 5: 6, 9: 4, 20: 2}; the unit has 0, 1, 5, 5, 9 and 20.
    static IEnumerable<string> Vector()
    {
        var own = new List<int> { 0, 1, 5, 5, 9, 20 };
        var world = new[] { (0, 60), (1, 20), (3, 8), (5, 6), (9, 4), (20, 2) }.SelectMany(level => Enumerable.Repeat(level.Item1, level.Item2));
        return world.Select((cited, i) => $"W{i + 1} a1:{{{(own.Remove(cited) ? "ICL" : "UTK")}}} cited={cited} topic=10001/1702/17/3");
    }

    [Fact]
    public async Task The_vector_of_normalised_citations_and_of_the_top_tenth()
    {
        await using var world = await WorldAsync([.. Vector()]);
        foreach (var (figure, expected) in new[] { ("mncs", "4.444444"), ("top-tenth", "0.555556"), ("mcs", "6.666667") })
        {
            var answer = world.Ask(Of("ICL", figure), receipt: true);
            Assert.Equal(expected, Six(answer.Value!.Value));
            Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
        }
        // The world has exactly a tenth, and is cited as the world is.
        double Both(string figure) => (6 * world.Ask(Of("ICL", figure)).Value!.Value + 94 * world.Ask(Of("UTK", figure)).Value!.Value) / 100;
        Assert.Equal((0.1, 1.0), (Math.Round(Both("top-tenth"), 12), Math.Round(Both("mncs"), 12)));
    }

    // W1 is half ICL's, W2 its own; the mean of the three is 3. By author W1 is a quarter: one of two authors lists two.
    [Theory]
    [InlineData(Counting.Organisation, 1.0 / 2)]
    [InlineData(Counting.Author, 1.0 / 4)]
    [InlineData(Counting.Country, 1.0 / 2)]
    public async Task Impact_by_parts_of_works(Counting counting, double part)
    {
        await using var world = await WorldAsync("W1 a1:{ICL,UTK} a2:{UTK} cited=6 topic=10001/1702/17/3", "W2 a1:{ICL} cited=0 topic=10001/1702/17/3", "W3 a1:{U1} cited=3 topic=10001/1702/17/3");
        var answer = world.Ask(Of("ICL", "mncs") with { Counting = counting }, receipt: true);
        Assert.Equal(part * 2 / (part + 1), answer.Value!.Value, 12);
        Assert.Equal((2.0, part + 1), (answer.Details![0].Value, answer.Details[1].Value));
        // Of three works W1 alone is above nine tenths, and stands for three tenths of a work.
        Assert.Equal(part * 0.3 / (part + 1), world.Ask(Of("ICL", "top-tenth") with { Counting = counting }).Value!.Value, 12);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
        Assert.Equal("counting", Figures.Ask(world.Work, Pair("ICL", "UTK", figure: "mncs") with { Counting = counting }, false, default).Refusal!.Code);
    }

    // Whoever it is divided among, the world is as cited as the world, and has a tenth of itself in its tenth.
    [Theory]
    [InlineData(Counting.Author)]
    [InlineData(Counting.Organisation)]
    public async Task Parts_of_all_organisations_together_are_cited_as_the_world_is(Counting counting)
    {
        var random = new Random(5);
        string Any() => new[] { "CNRS", "ICL", "UTK", "U1" }[random.Next(4)];
        await using var world = await WorldAsync([.. Enumerable.Range(1, 200).Select(i =>
            $"W{i} a1:{{{Any()}}} a2:{{{Any()},{Any()}}} cited={random.Next(9)} year={random.Next(2019, 2021)} type={(random.Next(2) == 0 ? "review" : "article")} topic={random.Next(1, 3)}/1/1/1")]);
        foreach (var (figure, expected) in new[] { ("mncs", 1.0), ("top-tenth", 0.1) })
        {
            var answers = new[] { "CNRS", "ICL", "UTK", "U1" }.Select(unit => world.Ask(Of(unit, figure) with { Counting = counting })).ToList();
            Assert.Equal(200, answers.Sum(a => a.Details![1].Value!.Value), 9);
            Assert.Equal(expected, answers.Sum(a => a.Value!.Value * a.Details![1].Value!.Value) / 200, 9);
        }
    }

    [Fact]
    public void The_threshold_and_its_weight()
    {
        var counts = new CitationCounts();
        foreach (var (cited, works) in new[] { (0, 60), (1, 20), (3, 8), (5, 6), (9, 4), (20, 2) })
            counts.Add(cited, works);
        Assert.Equal(new Baseline(100, 150, 5, 94, 6), counts.Baseline);
        Assert.Equal(((40L, 60L), 1.5), (counts.Baseline.AtThreshold, counts.Baseline.Mean));
    }

    // One field with one work, a field that nobody cites, and a threshold tie at no citations.
    [Fact]
    public async Task Small_fields_fields_without_citations_and_ties_at_none()
    {
        await using var world = await WorldAsync(
            "W1 a1:{ICL} cited=7 topic=1/1/11/1", "W2 a1:{ICL} topic=2/2/22/1", "W3 a1:{UTK} topic=2/2/22/1", "W4 a1:{CNRS} cited=2 topic=1/1/11/1 type=review", "W5 a1:{CNRS} cited=2 topic=1/1/11/1 year=2019");
        // W1 stands alone in its field, type and year: as cited as the world. W2's mean is set to 1: 0 over 1.
        Assert.Equal(0.5, world.Ask(Of("ICL", "mncs")).Value);
        // Alone, a work is a tenth of itself in the top tenth; at the tie at none each of the two is.
        Assert.Equal(0.1, world.Ask(Of("ICL", "top-tenth")).Value!.Value, 12);
        Assert.Equal(1, world.Ask(Of("CNRS", "mncs")).Value);
        Assert.Null(world.Ask(Of("CNRS", "mncs") with { Years = new(1950, 1951) }).Value);
    }

    [Fact]
    public async Task Works_are_held_against_those_that_as_many_made()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{ICL} cited=6", "W2 a1:{U1} a2:{UTK} cited=2", "W3 a1:{U1} cited=1", "W4 a1:{CNRS,U1} cited=5 year=2019", "W5 a1:{CNRS} a2:{NOWHERE} cited=3 year=2019");
        Assert.Equal((1.5, 2.0), (world.Ask(Pair("CNRS", "ICL", Membership.Direct, "collaboration-mncs")).Value, world.Ask(Pair("CNRS", "ICL", Membership.Direct, "mncs")).Value));
        // Two institutions of one country, or one of them of none, are one type: 5 and 3 over their mean of 4.
        var answer = world.Ask(Of("CNRS", "collaboration-mncs"), receipt: true);
        Assert.Equal((1.5 + 1.25 + 0.75) / 3, answer.Value!.Value, 12);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
    }

    [Fact]
    public async Task What_openalex_gives_is_taken_over_the_works_that_have_it()
    {
        await using var world = await WorldAsync("W1 a1:{ICL} fwci=0.5 top10", "W2 a1:{ICL} fwci=1.5", "W3 a1:{ICL}", "W4 a1:{UTK} fwci=9");
        var answer = world.Ask(Of("ICL", "fwci-mean"), receipt: true);
        Assert.Equal((1.0, 2.0, 1.0), (answer.Value, answer.Details![1].Value, answer.Details[2].Value));
        Assert.Equal(1.0 / 3, world.Ask(Of("ICL", "openalex-top-tenth")).Value);
        Assert.Equal(Recomputation.Verified, Verifying.Verify(world.Work, Receipts.Text(answer.Receipt!), default).Value.Verdict);
    }

    [Fact]
    public async Task Joint_works_are_held_against_the_other_international_works_of_each_side()
    {
        await using var world = await WorldAsync("W1 a1:{CNRS} a2:{ICL} cited=8", "W2 a1:{CNRS} a2:{UTK} cited=4", "W3 a1:{CNRS} cited=0", "W4 a1:{ICL} a2:{UTK} cited=2", "W5 a1:{CNRS} a2:{U1} cited=6");
        var answer = world.Ask(Pair("CNRS", "ICL", Membership.Direct, "mncs"));
        Assert.Equal(2, answer.Value); // 8 over the mean of 4.
        Assert.Equal([1, 1, 2, 0.5, 4], answer.Details!.Select(d => d.Value!.Value));
    }

    [Fact]
    public void Impacts_of_different_scales_have_no_ratio()
    {
        dynamic score = new Impact<VintageMean>(2), other = new Impact<VintageMean>(4), source = new Impact<OpenAlexFwci>(1);
        Assert.Equal(0.5, score / other);
        Assert.Throws<RuntimeBinderException>(() => score / source);
        Assert.Throws<RuntimeBinderException>(() => score + other);
        dynamic parts = new Impact<InFractions<VintageMean>>(1);
        Assert.Throws<RuntimeBinderException>(() => score / parts);
    }

    [Fact]
    public async Task Growth_from_the_first_year_to_the_last()
    {
        await using var world = await WorldAsync("W1 a1:{ICL} year=2018", "W2 a1:{ICL} year=2020", "W3 a1:{ICL} year=2020", "W4 a1:{ICL} year=2020", "W5 a1:{ICL} year=2020", "W6 a1:{UTK} year=2020 truncated");
        var answer = world.Ask(Of("ICL", "growth") with { Years = new(2018, 2020) });
        Assert.Equal(1, answer.Value!.Value, 12);
        Assert.Equal(Math.Sqrt(5) - 1, answer.Bounds.Upper!.Value, 12);
        Assert.Equal([null, -1, null], answer.Series.Select(y => y.Value));
        Assert.Equal("figure-options", Figures.Ask(world.Work, Of("ICL", "growth"), false, default).Refusal!.Code);
        Assert.Null(world.Ask(Of("ICL", "growth") with { Years = new(2019, 2020) }).Value);
    }

    static string Six(double value) => value.ToString("F6", System.Globalization.CultureInfo.InvariantCulture);
}
