using System.Text.Json.Nodes;
using Entente.Core.Evidence;
using Entente.Core.Portfolio;
using Entente.Core.Tests.Evidence.Ror;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

public sealed class PerimeterReadingTests
{
    const string Root = "0root0001", A = "0aaaa0001", B = "0bbbb0001";

    [Fact]
    public async Task A_history_tells_of_each_release_what_came_and_went_and_how_many_parents_its_members_have()
    {
        await using var world = await TestWorld.OpenAsync();
        await RorFiles.Import(world, "v1.10", RorFiles.Write(world, "b.jsonl", string.Join('\n',
            RorFiles.Record(Root, "Root", [$"child:{A}", $"child:{B}", "child:0none0001"]),
            RorFiles.Record(A, "Alpha", [$"parent:{Root}", "parent:0othr0001"]), RorFiles.Record(B, "Beta", [$"parent:{Root}"], country: "GB"),
            RorFiles.Record("0othr0001", "Other", [], country: "JP"))));
        await RorFiles.Import(world, "v1.9", RorFiles.Write(world, "a.json", RorFiles.Record(Root, "Root", [$"child:{A}", "child:0left0001"])));
        await RorFiles.Import(world, "v1.11", RorFiles.Write(world, "c.json", RorFiles.Record("0othr0001", "Other", [])));
        var steps = Perimeters.History(world.Work, Root).Value;
        Assert.Equal([("v1.9", 2, 3, 0, 0, 0), ("v1.10", 3, 4, 2, 1, 2)], steps.Select(s => (s.Release, s.Children, s.Size, s.Added, s.Removed, s.WithRecord)));
        Assert.Equal([(1, 1), (2, 1)], steps[1].Parents.Select(p => (p.Key, p.Value)));
        Assert.Equal(1, steps[1].WithForeignParent);
        var lines = Perimeters.Lines(world.Work, Perimeters.Show(world.Work, Root, "v1.10").Value);
        Assert.Equal(["Root", "Alpha", "Beta", "label of 0none0001"], lines.Select(l => l.Name));
        Assert.Equal([new("0othr0001", "Other", "JP"), new(Root, "Root", "FR")], lines[1].Parents!.OrderBy(p => p.Ror));
        Assert.Null(lines[3].Parents);
    }

    [RealDataFact]
    public async Task Parents_of_the_real_members_are_those_that_their_own_records_name()
    {
        await using var world = await TestWorld.OpenAsync();
        await RorFiles.Import(world, "v2.9", RorFiles.Records);
        var step = Assert.Single(Perimeters.History(world.Work, "cnrs").Value);
        var raw = RorFiles.Lines(RorFiles.Records).Select(l => JsonNode.Parse(l)!).ToDictionary(r => r["id"]!.GetValue<string>()[^9..]);
        var members = RorFiles.Children(raw["02feahw73"]).Where(id => !raw.TryGetValue(id, out var r) || r["status"]!.GetValue<string>() != "withdrawn").ToArray();
        var parents = members.Where(raw.ContainsKey).Select(id => raw[id]["relationships"]!.AsArray().Count(r => r!["type"]!.GetValue<string>() is "parent" or "Parent"))
            .GroupBy(n => n).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()));
        Assert.Equal(parents, step.Parents.Select(p => (p.Key, p.Value)));
        Assert.Equal((1019, members.Length + 1), (step.Children, step.Size));
    }

    [Fact]
    public async Task Organisations_of_the_portfolio_have_perimeters_under_their_key_and_names()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        var arizona = "03m2x1q45";
        await RorFiles.Import(world, "v2.9", RorFiles.Write(world, "a.json", RorFiles.Record(arizona, "Univ. of Arizona in ROR", [$"child:{A}"])));
        Assert.All(new[] { "arizona", arizona, "University of Arizona", "university of arizona", "Univ. of Arizona in ROR", $"https://ror.org/{arizona}" },
            name => Assert.Equal(("arizona", 2), (Perimeters.Show(world.Work, name, null).Value.Key, Perimeters.Show(world.Work, name, null).Value.Size)));
        Assert.Equal("no-ror", Perimeters.Show(world.Work, "ium", null).Refusal?.Code);
        var list = Perimeters.List(world.Work);
        Assert.Equal(["cnrs", "imperial", "utokyo", "arizona"], list.Take(4).Select(p => p.Key));
        Assert.Equal(list.Count, list.Select(p => p.Root).Distinct().Count());
        Assert.Equal(["arizona"], list.Where(p => p.Resolved is not null).Select(p => p.Key));
        var shown = Perimeters.Show(world.Work, "arizona", null).Value;
        Assert.Equal(shown.Hash, Perimeters.In(world.Work, [shown.Vintage], "arizona", 1, "v2.9").Value.Hash);
    }
}
