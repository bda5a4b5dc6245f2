using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Tests.Evidence.ClickHouse;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>
/// What moved every figure of the catalogue, on two vintages drawn at random. The twin walks with lists of works: those of the earlier vintage, these
/// without the withdrawn ones, these and the added ones, those of the later vintage; and it works the figure out anew on each list.
/// </summary>
public sealed class ExplainedTwinTests
{
    static readonly string[] Names = ["CNRS", "ICL", "UTK", "IRL", "U1", "REU", "NOWHERE"];

    // Where the others are nobody tells.
    static readonly string[] Located = ["CNRS", "ICL", "UTK", "REU", "U1"];

    /// <summary>How many moves are drawn of each indicator and vintages: ENTENTE_TEST_MOVES, or 8.</summary>
    static int Moves => int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_TEST_MOVES"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 8;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_figure_of_the_catalogue_walks_as_its_twin_does(int seed)
    {
        var (earlier, later) = Draw(new(seed));
        await using var world = await WorldAsync(Coverage.Complete, earlier.Select(Work));
        var vintage = Vintages.List(world.Folder)[0];
        var next = await ImportAsync(world, Coverage.Complete, later.Select(Work), "later.jsonl");
        await world.PlaceAsync("v2.9", Located);
        var twins = new Walk(earlier, later);
        var questions = new RandomQuestions(world.Folder, vintage, [.. Names.Take(5).Select(RorOf)], seed);
        foreach (var indicator in Indicators.All.Where(i => !i.IsProjects))
            foreach (var counting in indicator.Countings)
            {
                // Whatever is drawn, so many moves are told: no figure is refused.
                var (told, drawn) = (0, 0);
                for (; told < Moves && drawn < 100 * Moves; drawn++)
                    if (Drawn(questions, indicator, counting, next, drawn) is var (before, after) && Hold(world, before, after, twins)) told++;
                Assert.True(told == Moves, $"{indicator.Key}, {counting}: {told} moves told of {drawn}");
            }
    }

    static (Question Before, Question After) Drawn(RandomQuestions questions, Indicator indicator, Counting counting, string vintage, int number)
    {
        var (before, definition) = (Plain(questions.Next(indicator)), Plain(questions.Next(indicator)));
        if (counting != Counting.Full) before = before with { B = null, Counting = counting };
        var after = before with { Vintage = vintage };
        if (number % 3 > 0) after = after with { Membership = definition.Membership, Filters = definition.Filters };
        if (number % 3 > 1) after = after with { Years = definition.Years, Counting = before.B is null ? definition.Counting : Counting.Full };
        return (before, after);
    }

    static Question Plain(Question question) => question.Membership == Membership.Perimeter ? question with { Membership = Membership.Lineage } : question;

    /// <returns>whether the figure moved, for more causes than its definition</returns>
    static bool Hold(TestWorld world, Question before, Question after, Walk twins)
    {
        var move = Explaining.Explain(world.Work, before, after, default);
        if (move.Refusal is { Code: not "no-value-between" } refusal)
        {
            // A pair of one, or a field that one of the two vintages does not know.
            Assert.True(refusal.Code == "same-organisation" ? before.A == before.B : refusal.Code.StartsWith("unknown-", StringComparison.Ordinal), refusal.Message.En);
            return false;
        }
        var walk = twins.Values(before, after);
        if (!move.Ok)
        {
            Assert.True(walk[0] is not null && walk[^1] is not null && walk.Contains(null), $"{before}\n{after}\n{string.Join(", ", walk)}");
            return false;
        }
        foreach (var (i, part) in move.Value.Parts.Index())
        {
            var expected = walk[i + 1] - walk[i];
            Assert.True(part.Amount == expected || Math.Abs(part.Amount - expected ?? double.NaN) <= 1e-9 * Math.Max(1, Math.Abs(expected ?? 0)), $"{before}\n{after}\n{part.Cause}: {part.Amount}, and the twin {expected}");
            if (before is { Figure: "co-publications" or "output", Counting: Counting.Full } && after.Counting == Counting.Full) Assert.Equal(part.Amount, part.In - part.Out);
        }
        if (move.Value.Difference is not { } whole) return false;
        Assert.Equal(whole, move.Value.Parts.Sum(part => part.Amount!.Value), 9);
        return move.Value.Parts.Count(part => part.Cause > MoveCause.Registration && part.Amount != 0) > 1;
    }

    /// <summary>Two vintages, of which a part of the works stays as it is; topics lie elsewhere in the second.</summary>
    internal static (List<string> Earlier, List<string> Later) Draw(Random random)
    {
        string Any() => Names[random.Next(Names.Length)];
        bool Chance(int oneIn) => random.Next(oneIn) == 0;
        string Said(int id) => $"W{id} a1:{{{Any()}}} {(Chance(3) ? "" : $"a2:{{{Any()},{Any()}}}")} {(Chance(3) ? $"a3:{{{Any()}}}" : "a3:{}")} year={(Chance(20) ? "" : random.Next(2018, 2022).ToString(CultureInfo.InvariantCulture))}"
            + $"{(Chance(6) ? "" : $" topic={random.Next(1, 5)}")} type={(Chance(3) ? "review" : "article")} cited={random.Next(6)} goal={random.Next(1, 4)}{(Chance(3) ? " funder=7" : "")}{(Chance(2) ? $" fwci={random.Next(9) / 4.0}" : "")}"
            + $"{(Chance(2) ? " oa" : "")}{(Chance(4) ? " xpac" : "")}{(Chance(9) ? " retracted" : "")}{(Chance(9) ? " paratext" : "")}{(Chance(8) ? " truncated" : "")}{(Chance(5) ? " top10" : "")}";
        var first = Enumerable.Range(1, 130).Select(Said).ToList();
        var second = first.Select((work, i) => Chance(3) ? Said(i + 1) : work).Where(_ => !Chance(5)).Concat(Enumerable.Range(131, 25).Select(Said)).ToList();
        return ([.. first.Select(work => Shifted(work, 0))], [.. second.Select(work => Shifted(work, 1))]);
    }

    static string Shifted(string work, int shift) => string.Join(' ', work.Split(' ').Select(word => !word.StartsWith("topic=", StringComparison.Ordinal) ? word
        : int.Parse(word[6..], CultureInfo.InvariantCulture) is var topic ? $"topic={topic}/{10 + ((topic + shift) / 2)}/{20 + ((topic + shift) / 3)}/{30 + (topic / 4)}" : word));

    /// <summary>The walk of the twin.</summary>
    sealed class Walk
    {
        readonly TwinFigures _old, _now, _kept, _grown;

        public Walk(IEnumerable<string> earlier, IEnumerable<string> later)
        {
            var (old, now) = (Of(earlier), Of(later));
            var (first, last) = (old.Works.Select(work => work.Id).ToHashSet(), now.Works.Select(work => work.Id).ToHashSet());
            var towns = Located.ToDictionary(RorOf, name => Towns[name]);
            (_old, _now) = (new(old, towns), new(now, towns));
            _kept = _old.Only(last.Contains);
            _grown = _kept.And(_now.Only(id => !first.Contains(id)));
        }

        static Twin Of(IEnumerable<string> works) => new(works.Select(work => Work(work).ToJsonString()));

        /// <summary>Before, by the later definition, by the later perimeters (there are none), without what was withdrawn, with what was added, after.</summary>
        public double?[] Values(Question before, Question after) =>
            [On(_old, before), On(_old, after), On(_old, after), On(_kept, after), On(_grown, after), On(_now, after)];

        static double? On(TwinFigures works, Question question) => works.Value(question, Side(question.A!, question), question.B is null ? null : Side(question.B, question));

        static Twin.Belongs Side(string ror, Question question)
        {
            var name = Names.Single(name => RorOf(name) == ror);
            return Twin.By([$"I{NumberOf(name)}"], question.Membership == Membership.Lineage);
        }
    }
}
