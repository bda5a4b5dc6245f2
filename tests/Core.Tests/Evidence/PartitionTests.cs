using System.Globalization;
using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using static Entente.Core.Tests.Evidence.Corpus;

namespace Entente.Core.Tests.Evidence;

/// <summary>What must hold of every figure however works are divided, and however they came.</summary>
public sealed class PartitionTests
{
    static readonly string[] Units = ["CNRS", "ICL", "UTK", "U1", "REU", "NOWHERE"];

    static string[] Drawn(int seed, int works)
    {
        var random = new Random(seed);
        string Any() => Units[random.Next(Units.Length)];
        bool Chance(int oneIn) => random.Next(oneIn) == 0;
        return
        [
            .. Enumerable.Range(1, works).Select(i => $"W{i} {(Chance(9) ? "a1:{}" : $"a1:{{{Any()}}}")}{(Chance(2) ? "" : $" a2:{{{Any()},{Any()}}}")}{(Chance(3) ? " a3:{}" : "")} year={random.Next(2018, 2022)} "
                + $"type={(Chance(3) ? "review" : "article")} cited={random.Next(9)} topic={random.Next(1, 4)}/{10 + random.Next(1)}/17/3 goal={random.Next(1, 4)}{(Chance(12) ? " retracted" : "")}{(Chance(12) ? " truncated" : "")}{(Chance(3) ? $" fwci={random.Next(9) / 4.0}" : "")}"),
        ];
    }

    static IEnumerable<(string Name, Question Question, Func<JsonObject, bool> Holds)> Cells(Question all)
    {
        yield return ("all", all, _ => true);
        foreach (var year in Enumerable.Range(2018, 4)) yield return ($"{year}", all with { Years = new(year, year) }, w => (int)w["publication_year"]! == year);
        foreach (var type in new[] { "article", "review" }) yield return (type, all with { Filters = new() { Types = type } }, w => (string)w["type"]! == type);
        foreach (var topic in new[] { "1", "2", "3" })
            yield return ($"topic {topic}", all with { Filters = new() { Topic = topic } }, w => ((string)w["primary_topic"]!["id"]!).EndsWith($"/T{topic}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, Counting.Author)]
    [InlineData(2, Counting.Author)]
    [InlineData(1, Counting.Organisation)]
    [InlineData(2, Counting.Organisation)]
    public async Task Weights_sum_to_the_works_with_a_known_unit_in_every_cell_of_every_partition(int seed, Counting counting)
    {
        var works = Drawn(seed, 150).Select(Work).ToList();
        await using var world = await WorldAsync(Coverage.Complete, works);
        var sums = new Dictionary<string, double>();
        foreach (var (name, question, holds) in Cells(new("output") { Counting = counting, Membership = Membership.Direct }))
        {
            var known = works.Count(w => (bool)w["is_retracted"]! == false && holds(w) && w["authorships"]!.AsArray().Any(a => a!["institutions"]!.AsArray().Count > 0));
            sums[name] = Units.Sum(unit => world.Ask(question with { A = RorOf(unit) }).Value!.Value);
            Assert.True(Math.Abs(sums[name] - known) < 1e-9, $"{name}: {sums[name]}, and {known} works");
            Assert.True(known > 0, name);
        }
        foreach (var partition in new[] { new[] { "2018", "2019", "2020", "2021" }, ["article", "review"], ["topic 1", "topic 2", "topic 3"] })
            Assert.Equal(sums["all"], partition.Sum(cell => sums[cell]), 9);
    }

    static string Told(TestWorld world, Question question) => Figures.Ask(world.Work, question, receipt: true, default) is { Ok: true, Value: var answer }
        ? $"{answer.Value} {answer.Bounds} {answer.Receipt!.Digest} {string.Join(' ', answer.Series)}" : "refused";

    static IEnumerable<Question> Everything() =>
        from indicator in Indicators.All
        where !indicator.IsProjects
        from counting in indicator.Countings
        from membership in new[] { Membership.Direct, Membership.Lineage }
        select AnyOf(indicator) with { Counting = counting, Membership = membership };

    /// <summary>Half the works change, a tenth is new, some are withdrawn: the update answers as an import of all sources does, and the vintage that it was laid upon as it did before.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_figure_after_an_update_is_that_of_a_rebuild_and_before_it_what_it_was(int seed)
    {
        await using var world = await TestWorld.OpenAsync();
        string Write(string name, IEnumerable<string> lines)
        {
            var path = Path.Combine(world.Folder.Root, name);
            File.WriteAllLines(path, lines);
            return path;
        }
        string Dated(string work, string date) => Work($"{work} updated={date}").ToJsonString();
        var random = new Random(seed);
        var old = Write("old.jsonl", Drawn(seed, 120).Select(w => Dated(w, "2024-01-01")));
        var update = Write("new.jsonl", Drawn(seed + 100, 132).Where(_ => random.Next(2) == 0).Select(w => Dated(w, "2025-01-01")));
        var gone = Write("deleted_ids.csv", ["work_id,deleted_date", "W3,2025-02-01", "W50,2025-02-01"]);
        var earlier = (await OpenAlexImport.RunAsync(world.Work, [old], null, Coverage.Complete, null, default)).Value.Vintage;
        await world.PlaceAsync("v2.9");
        var before = Everything().ToDictionary(q => q, q => Told(world, q with { Vintage = earlier }));
        var updated = (await OpenAlexImport.UpdateAsync(world.Work, earlier, [update, gone], null, complete: true, null, default)).Value.Vintage;
        var rebuilt = (await OpenAlexImport.RunAsync(world.Work, [old, update, gone], null, Coverage.Complete, null, default)).Value.Vintage;
        Assert.NotEqual(updated, rebuilt);
        var moved = 0;
        foreach (var (question, was) in before)
        {
            Assert.Equal(was, Told(world, question with { Vintage = earlier }));
            var (after, anew) = (Told(world, question with { Vintage = updated }), Told(world, question with { Vintage = rebuilt }));
            Assert.True(after == anew, string.Create(CultureInfo.InvariantCulture, $"{question}:\n{after}\nand rebuilt\n{anew}"));
            Assert.NotEqual("refused", after);
            if (after != was) moved++;
        }
        Assert.True(moved > before.Count * 3 / 4, $"{moved} of {before.Count} moved");
    }
}
