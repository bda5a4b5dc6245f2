using System.Globalization;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Core.Tests.Evidence.ClickHouse;
using Entente.Tests;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>Any filter with any figure, drawn at random and held against the twin.</summary>
public sealed class AnyFilterTests(RealWorld real) : IClassFixture<RealWorld>
{
    /// <summary>How many questions are drawn of each world: ENTENTE_TEST_FIGURES, or 250.</summary>
    static int Questions => int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_TEST_FIGURES"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 250;

    [RealDataFact]
    public void On_the_real_works()
    {
        var known = new Dictionary<string, string> { ["02feahw73"] = "I1294671590", ["041kmwe10"] = "I47508984", ["057zh3y96"] = "I74801974" };
        var towns = new Dictionary<string, RorPlace> { ["02feahw73"] = Towns["CNRS"], ["041kmwe10"] = Towns["ICL"] };
        Hold(real.World, Twin.OfRealWorks(), [.. known.Keys], known, towns, seed: 3, least: 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task On_works_drawn_at_random(int seed)
    {
        var random = new Random(seed);
        string[] names = ["CNRS", "ICL", "UTK", "IRL", "U1", "REU", "NOWHERE"];
        string Any() => names[random.Next(names.Length)];
        bool Chance(int oneIn) => random.Next(oneIn) == 0;
        string Place() => random.Next(1, 5) is var topic && Chance(6) ? "" : $" topic={topic}/{10 + topic / 2}/{20 + topic / 3}/{30 + topic / 4}";
        string Draw(int id) => $"W{id} a1:{{{Any()}}} {(Chance(3) ? "" : $"a2:{{{Any()},{Any()}}}")} {(Chance(3) ? $"a3:{{{Any()}}}" : "a3:{}")} year={(Chance(20) ? "" : random.Next(2018, 2023).ToString(CultureInfo.InvariantCulture))}"
            + $"{Place()} type={(Chance(3) ? "review" : "article")} cited={random.Next(6)} goal={random.Next(1, 4)}{(Chance(3) ? " funder=7" : "")}{(Chance(2) ? $" fwci={random.Next(9) / 4.0}" : "")}"
            + $"{(Chance(2) ? " oa" : "")}{(Chance(4) ? " xpac" : "")}{(Chance(9) ? " retracted" : "")}{(Chance(9) ? " paratext" : "")}{(Chance(8) ? " truncated" : "")}{(Chance(5) ? " top10" : "")}";
        var works = Enumerable.Range(1, 300).Select(id => Work(Draw(id))).ToList();
        await using var world = await WorldAsync(Coverage.Complete, works);
        // The places of two are told by nobody.
        string[] placed = ["CNRS", "ICL", "UTK", "REU", "U1"];
        await world.PlaceAsync("v2.9", placed);
        Hold(world, new(works.Select(w => w.ToJsonString())), [.. names.Take(5).Select(RorOf)], [], placed.ToDictionary(RorOf, name => Towns[name]), seed, least: 4);
    }

    static void Hold(TestWorld world, Twin twin, string[] organisations, Dictionary<string, string> known, Dictionary<string, RorPlace> towns, int seed, int least)
    {
        var questions = new RandomQuestions(world.Folder, Vintages.Find(world.Folder, VintageKind.OpenAlex, null).Value, organisations, seed);
        var (figures, values, seen, refused) = (new TwinFigures(twin, towns), 0, new HashSet<string>(), new Dictionary<string, int>());
        for (var i = 0; i < Questions; i++)
        {
            var question = questions.Next();
            if (question.Membership == Membership.Perimeter) question = question with { Membership = Membership.Direct };
            var asked = Figures.Ask(world.Work, question, receipt: false, default);
            if (asked.Refusal is { } refusal)
            {
                refused[refusal.Code] = refused.GetValueOrDefault(refusal.Code) + 1;
                continue;
            }
            var answer = asked.Value;
            Twin.Belongs Side(string ror) => Twin.By(twin.IdsOf([ror], known), question.Membership == Membership.Lineage);
            var expected = figures.Value(question, Side(question.A!), question.B is null ? null : Side(question.B));
            Assert.True(answer.Value == expected || Math.Abs(answer.Value - expected ?? double.NaN) <= 1e-9 * Math.Max(1, Math.Abs(expected ?? 0)), $"{question}: {answer.Value}, and the twin {expected}");
            if (answer.Value is not (null or 0)) values++;
            if (question.Filters != Filters.None) seen.Add(question.Figure);
        }
        // Enough was asked of enough figures, and not of nothing.
        Assert.True(values > Questions / least, $"{values} values; {string.Join(", ", refused)}");
        Assert.True(seen.Count > 20, string.Join(' ', seen));
    }
}
