using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Ror;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Cut the lists of complete works and hide types of institutions, and the truth of the complete ones lies within the bounds of the cut ones.</summary>
public sealed class BoundsTests
{
    static readonly string[] Names = ["CNRS", "U1", "ICL", "IRL", "UTK", "REU", "NOWHERE", "HK", "CN"];

    static IEnumerable<Question> Questions()
    {
        foreach (var m in new[] { Membership.Direct, Membership.Lineage })
        {
            foreach (var counting in Enum.GetValues<Counting>())
                foreach (var figure in new[] { "output", "industry-share" }) yield return Of("CNRS", figure, m) with { Counting = counting };
            yield return Of("CNRS", "international-share", m);
            yield return Of("CNRS", "country-share", m) with { With = "GB" };
            yield return Of("CNRS", "country-share", m) with { With = "FR" };
            yield return Pair("CNRS", "ICL", m, "partner-share") with { With = "GB" };
            yield return Pair("CNRS", "ICL", m, "partner-share") with { With = "JP" };
            yield return Pair("CNRS", "ICL", m);
            yield return Pair("CNRS", "ICL", m) with { Years = new(2020, 2020) };
            yield return Of("CNRS", "partners", m);
            yield return Of("CNRS", "collaboration-distance", m);
            yield return Pair("CNRS", "ICL", m, "collaboration-distance");
            foreach (var kilometres in new[] { 300, 1000, 9000 }) yield return Of("CNRS", "long-distance-share", m) with { Kilometres = kilometres };
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task The_bounds_of_cut_lists_hold_the_value_of_the_complete_ones(int seed)
    {
        var random = new Random(seed);
        var complete = Enumerable.Range(1, 14).Select(i => Work(Random(random, i))).ToList();
        var cut = complete.Select(w => Cut(random, (JsonObject)w.DeepClone())).ToList();
        await using var whole = await WorldAsync(Coverage.Complete, Seen(complete));
        await using var part = await WorldAsync(Coverage.Complete, Seen(cut));
        // In truth everything is somewhere; what is seen knows the places of some.
        await whole.PlaceAsync("v2.9", Names.Select(name => (RorOf(name), (RorPlace?)(Towns.TryGetValue(name, out var town) ? town : new(-33.45694, -70.64827)))));
        await part.PlaceAsync("v2.9", [.. Names.Where(_ => random.Next(3) > 0).Append("NOWHERE")]);
        foreach (var question in Questions()) Hold(question, whole.Ask(question), part.Ask(question));
    }

    // Every name is listed once in a work of its own, so that both worlds know the same organisations.
    static IEnumerable<JsonObject> Seen(IEnumerable<JsonObject> works) =>
        works.Select(w => (JsonObject)w.DeepClone()).Concat(Names.Select((name, i) => Work($"W{900 + i} a1:{{{name}}}")));

    static string Random(Random random, int id)
    {
        var authors = Enumerable.Range(1, random.Next(1, 5)).Select(a =>
            $"a{a}:{{{string.Join(',', Enumerable.Range(0, random.Next(0, 3)).Select(_ => Names[random.Next(Names.Length)]).Distinct())}}}");
        return $"W{id} year={2019 + random.Next(3)} {string.Join(' ', authors)}";
    }

    static JsonObject Cut(Random random, JsonObject work)
    {
        foreach (var institution in work["authorships"]!.AsArray().SelectMany(a => a!["institutions"]!.AsArray()))
            if (random.Next(4) == 0) institution!["type"] = random.Next(2) == 0 ? null : "funder";
        if (random.Next(2) == 0) return work;
        work["is_authors_truncated"] = true;
        var authors = work["authorships"]!.AsArray();
        for (var keep = random.Next(authors.Count + 1); authors.Count > keep;) authors.RemoveAt(authors.Count - 1);
        return work;
    }

    static void Hold(Question question, FigureAnswer truth, FigureAnswer seen)
    {
        const double Rounding = 1e-12;
        if (truth.Value is not { } value) return;
        Assert.True(seen.Bounds.Lower is null || seen.Bounds.Lower <= value + Rounding, $"{question}: {value} is below {seen.Bounds}");
        Assert.True(seen.Bounds.Upper is null ? seen.Unit == "partners" : value <= seen.Bounds.Upper + Rounding, $"{question}: {value} is above {seen.Bounds}");
        if (seen.Value is { } visible) Assert.True(seen.Bounds.Lower <= visible && (seen.Bounds.Upper is null || visible <= seen.Bounds.Upper), $"{question}: {visible} is outside {seen.Bounds}");
        foreach (var row in seen.Rows ?? [])
            if (truth.Rows!.FirstOrDefault(r => r.Id == row.Id) is { } real)
                Assert.True(row.Bounds.Lower <= real.Value && real.Value <= row.Bounds.Upper, $"{question}: {row} but {real.Value}");
    }

    // Every way in which the hidden part may turn out, for small numbers: the bounds are not only safe but reached.
    [Fact]
    public void The_bounds_of_a_share_are_the_extremes_of_all_that_may_be()
    {
        for (var d = 0; d <= 3; d++)
            for (var n = 0; n <= d; n++)
                for (var inside = 0; inside <= d - n; inside++)
                    for (var outside = 0; outside <= 2; outside++)
                        for (var without = 0; without <= outside; without++)
                        {
                            var shares = new List<double>();
                            for (var gain = 0; gain <= inside; gain++)
                                for (var enter = 0; enter <= outside; enter++)
                                    for (var alone = 0; alone <= Math.Min(without, enter); alone++)
                                        if (d + enter > 0) shares.Add((double)(n + gain + enter - alone) / (d + enter));
                            var bounds = ShareMeasure.Between(n, d, inside, outside, without);
                            Assert.Equal(shares.Count == 0 ? new Bounds(null, null) : new Bounds(shares.Min(), shares.Max()), bounds);
                        }
    }

    [Fact]
    public async Task Fractional_weights_of_all_units_sum_to_the_works_that_list_one()
    {
        var random = new Random(11);
        var works = Enumerable.Range(1, 40).Select(i => Random(random, i)).ToArray();
        await using var world = await WorldAsync(works);
        var listing = works.Count(w => Names.Any(n => w.Contains($"{{{n}", StringComparison.Ordinal) || w.Contains($",{n}", StringComparison.Ordinal)));
        foreach (var counting in new[] { Counting.Author, Counting.Organisation })
            Assert.Equal(listing, Names.Sum(n => world.Ask(Of(n) with { Counting = counting }).Value!.Value), 9);
    }

    [Fact]
    public async Task A_pair_is_the_same_from_both_sides_and_the_union_is_the_sum_less_what_is_common()
    {
        var random = new Random(12);
        await using var world = await WorldAsync([.. Enumerable.Range(1, 40).Select(i => Random(random, i))]);
        foreach (var m in new[] { Membership.Direct, Membership.Lineage })
        {
            var (there, back) = (world.Ask(Pair("CNRS", "ICL", m), receipt: true), world.Ask(Pair("ICL", "CNRS", m), receipt: true));
            Assert.Equal((there.Value, there.Bounds, there.Breakdown.DistinctAuthors, there.Receipt!.Digest), (back.Value, back.Bounds, back.Breakdown.DistinctAuthors, back.Receipt!.Digest));
            var union = world.Lines(Of("CNRS", "output", m)).Concat(world.Lines(Of("ICL", "output", m))).Select(w => w.Id).Distinct().Count();
            Assert.Equal(union, world.Ask(Of("CNRS", "output", m)).Value + world.Ask(Of("ICL", "output", m)).Value - there.Value);
        }
    }
}
