using System.Security.Cryptography;
using System.Text;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Core.Tests.Evidence.Ror;
using Entente.Tests;

namespace Entente.Core.Tests.Evidence;

public sealed class PerimetersTests
{
    const string Root = "0root0001", A = "0aaaa0001", B = "0bbbb0001", C = "0cccc0001", D = "0dddd0001", Gone = "0gone0001";

    // Root has A, B, a withdrawn one and one without a record; A has C; C has the root again: a cycle.
    static readonly string[] World =
    [
        RorFiles.Record(Root, "Root", [$"child:{A}", $"child:{B}", $"child:{Gone}", $"child:{D}", "related:0rela0001", "successor:0succ0001"]),
        RorFiles.Record(A, "Alpha", [$"child:{C}", $"parent:{Root}"]),
        RorFiles.Record(B, "Beta", [$"parent:{Root}", $"parent:{A}"], country: "GB"),
        RorFiles.Record(C, "Gamma", [$"child:{Root}", $"parent:{A}"]),
        RorFiles.Record(Gone, "Gone", [$"parent:{Root}"], status: "withdrawn"),
    ];

    static async Task<TestWorld> WorldAsync(string release = "v1.9")
    {
        var world = await TestWorld.OpenAsync();
        Assert.True((await RorFiles.Import(world, release, RorFiles.Write(world, "w.jsonl", string.Join('\n', World)))).Ok);
        return world;
    }

    static string Hash(params string[] ids) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(ids.Order(StringComparer.Ordinal).Select(i => i + "\n")))));

    [Fact]
    public async Task A_tree_is_the_root_and_its_own_child_links_without_the_withdrawn_and_with_those_that_have_no_record()
    {
        await using var world = await WorldAsync();
        var shown = Perimeters.Show(world.Work, Root, null).Value;
        Assert.Equal([Root, A, B, D], shown.Members);
        Assert.Equal((Root, 1, "v1.9", 4, 4, 1), (shown.Key, shown.Version, shown.Release, shown.Children, shown.Size, shown.WithoutRecord));
        Assert.Equal(Hash(Root, A, B, D), shown.Hash);
        Assert.Equal($"tree({Root})", shown.Expression);
    }

    [Theory]
    [InlineData("tree(0root0001)", "0aaaa0001 0bbbb0001 0dddd0001 0root0001")]
    [InlineData("tree(0root0001, all)", "0aaaa0001 0bbbb0001 0cccc0001 0dddd0001 0root0001")]
    [InlineData("tree(0root0001,all) - tree(0aaaa0001)", "0bbbb0001 0dddd0001 0root0001")]
    [InlineData("tree(0aaaa0001) + 0bbbb0001", "0aaaa0001 0bbbb0001 0cccc0001")]
    [InlineData("tree(0aaaa0001) + 0gone0001", "0aaaa0001 0cccc0001")]
    [InlineData("0dddd0001", "0dddd0001")]
    public async Task Expressions_add_and_take_away_from_left_to_right(string expression, string members)
    {
        await using var world = await WorldAsync();
        using var release = Perimeters.ReleaseWith(world.Work, null, [Root]).Value;
        Assert.Equal(members.Split(' '), PerimeterExpression.Parse(expression).Value.Members(release).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tree()")]
    [InlineData("tree(02feahw73) tree(041kmwe10)")]
    [InlineData("- tree(02feahw73)")]
    [InlineData("tree(02feahw73, some)")]
    [InlineData("tree(02feahw73) + ")]
    public void What_is_not_an_expression_is_refused(string text) => Assert.Equal("perimeter-expression", PerimeterExpression.Parse(text).Refusal?.Code);

    [Theory]
    [InlineData("tree(02feahw73)")]
    [InlineData("tree(02feahw73, all) + 0aaaa0001 - tree(041kmwe10)")]
    public void An_expression_reads_back_as_it_is_written(string text) => Assert.Equal(text, PerimeterExpression.Parse(text).Value.ToString());

    [Fact]
    public async Task A_descent_is_closed_and_a_union_holds_the_members_of_both()
    {
        await using var world = await WorldAsync();
        using var release = Perimeters.ReleaseWith(world.Work, null, [Root]).Value;
        var all = PerimeterExpression.Parse($"tree({Root}, all)").Value.Members(release);
        Assert.All(all, id => Assert.Subset(all.ToHashSet(), (release.Find(id)?.Links(RorLink.Child) ?? [])
            .Select(l => l.Id).Where(c => release.StatusOf(c) != RorStatus.Withdrawn).ToHashSet()));
        foreach (var (x, y) in from x in new[] { Root, A, B, C } from y in new[] { Root, A, B, C } select (x, y))
        {
            var union = PerimeterExpression.Parse($"tree({x}) + tree({y})").Value.Members(release);
            Assert.Equal(PerimeterExpression.Tree(x).Members(release).Union(PerimeterExpression.Tree(y).Members(release)).Order(), union.Order());
        }
    }

    [Fact]
    public async Task The_highest_release_is_the_highest_number_and_not_the_last_letter()
    {
        await using var world = await WorldAsync("v1.10");
        await RorFiles.Import(world, "v1.9", RorFiles.Write(world, "old.json", World[0]));
        Assert.Equal("v1.10", Perimeters.Show(world.Work, Root, null).Value.Release);
        Assert.Equal("v1.9", Perimeters.Show(world.Work, Root, "1.9").Value.Release);
        Assert.Equal("unknown-release", Perimeters.Show(world.Work, Root, "v1.8").Refusal?.Code);
    }

    [Fact]
    public async Task The_same_release_imported_again_becomes_current_and_older_receipts_keep_theirs()
    {
        await using var world = await WorldAsync();
        var before = Perimeters.Show(world.Work, Root, "v1.9").Value;
        await RorFiles.Import(world, "v1.9", RorFiles.Write(world, "again.json", RorFiles.Record(Root, "Root", [$"child:{A}"])));
        var after = Perimeters.Show(world.Work, Root, null).Value;
        Assert.NotEqual(before.Vintage, after.Vintage);
        Assert.Equal((4, 1), (before.Children, after.Children));
        Assert.Equal(before.Hash, Perimeters.In(world.Work, [before.Vintage], before.Key, before.Version, "v1.9").Value.Hash);
        // The first input once more: its vintage is the same, and current again.
        await RorFiles.Import(world, "v1.9", Path.Combine(world.Folder.Root, "w.jsonl"));
        Assert.Equal(before.Vintage, Perimeters.Show(world.Work, Root, null).Value.Vintage);
    }

    [Fact]
    public async Task An_older_import_of_a_release_answers_only_where_the_newer_is_a_selection_without_the_root()
    {
        await using var world = await WorldAsync();
        var other = RorFiles.Write(world, "other.json", RorFiles.Record("0othr0001", "Other", []));
        await RorFiles.Import(world, "v1.9", other);
        Assert.True(Perimeters.Show(world.Work, Root, "v1.9").Ok);
        Assert.True(Perimeters.Show(world.Work, "0othr0001", "v1.9").Ok);
        var (a, b) = Perimeters.Pair(world.Work, Root, "0othr0001", null).Value;
        Assert.NotEqual(a.Vintage, b.Vintage);
        Assert.Equal(b.Hash, Perimeters.In(world.Work, [a.Vintage, b.Vintage], "0othr0001", 1, "v1.9").Value.Hash);
        Assert.True((await RorImport.RunAsync(world.Work, [other], "v1.9", complete: true, null, default)).Ok);
        Assert.Equal("no-perimeter", Perimeters.Show(world.Work, Root, "v1.9").Refusal?.Code);
        Assert.Equal("no-perimeter", Perimeters.Pair(world.Work, Root, "0othr0001", null).Refusal?.Code);
    }

    [Fact]
    public async Task A_pair_is_resolved_at_the_highest_release_that_holds_both()
    {
        await using var world = await WorldAsync("v1.9");
        await RorFiles.Import(world, "v2.0", RorFiles.Write(world, "new.json", World[0]));
        var (a, b) = Perimeters.Pair(world.Work, Root, A, null).Value;
        Assert.Equal(("v1.9", "v1.9", a.Vintage), (a.Release, b.Release, b.Vintage));
        Assert.Equal("no-perimeter", Perimeters.Pair(world.Work, Root, A, "v2.0").Refusal?.Code);
    }

    [Fact]
    public async Task A_difference_names_what_came_and_what_went()
    {
        await using var world = await WorldAsync();
        await RorFiles.Import(world, "v1.11", RorFiles.Write(world, "n.jsonl", RorFiles.Record(Root, "Root", [$"child:{A}", "child:0new00001"])));
        var diff = Perimeters.Diff(world.Work, Root, "v1.9", "v1.11").Value;
        Assert.Equal(("v1.9", "v1.11"), (diff.From, diff.To));
        Assert.Equal([new("0new00001", "label of 0new00001", null)], diff.Added);
        Assert.Equal([new(B, "Beta", "GB"), new(D, $"label of {D}", null)], diff.Removed);
    }

    [Fact]
    public async Task A_withdrawn_root_is_refused_with_its_successor()
    {
        await using var world = await WorldAsync();
        await RorFiles.Import(world, "v1.12", RorFiles.Write(world, "n.jsonl", RorFiles.Record(Root, "Root", ["successor:0succ0001"], status: "withdrawn")));
        var refusal = Perimeters.Show(world.Work, Root, null).Refusal;
        Assert.Equal("withdrawn-root", refusal?.Code);
        Assert.Contains("0succ0001", refusal!.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_puts_in_or_takes_out_an_organisation_in_its_version_only()
    {
        await using var world = await WorldAsync();
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Root, "perimeters")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "perimeters.csv"), $"# why\nkey,version,expression,reason\nours,2,tree({Root}),second\nours,1,tree({Root}),\"first, as it was\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "corrections.csv"), $"key,version,change,ror,reason\nours,2,remove,{B},sold\nours,2,add,0new00001,not yet registered\n");
        var (first, second) = PerimeterDefinition.Load(folder) is [var one, var two] ? (one, two) : throw new InvalidDataException();
        using var release = Perimeters.ReleaseWith(world.Work, null, [Root]).Value;
        Assert.Equal([Root, A, B, D], Perimeters.Resolve(first, release).Value.Members);
        Assert.Equal([Root, A, D, "0new00001"], Perimeters.Resolve(second, release).Value.Members);
        Assert.Equal((1, "first, as it was", 2), (first.Version, first.Reason, second.Corrections.Count));
        Assert.All(PerimeterDefinition.All, shipped => Assert.Equal(shipped, PerimeterDefinition.Of(shipped.Key, shipped.Version)));
    }

    [Fact]
    public async Task Organisations_go_by_key_by_id_and_by_exact_name()
    {
        await using var world = await WorldAsync();
        Assert.Equal(A, Perimeters.Show(world.Work, "ALPHA", null).Value.Root);
        Assert.Equal("unknown-organisation", Perimeters.Show(world.Work, "Alph", null).Refusal?.Code);
        Assert.Equal("unknown-organisation", Perimeters.Show(world.Work, "Gone", null).Refusal?.Code);
        Assert.Equal("no-perimeter", Perimeters.Show(world.Work, "cnrs", null).Refusal?.Code);
    }

    [RealDataFact]
    public async Task Children_of_CNRS_are_as_many_as_published_at_every_release_at_hand()
    {
        await using var world = await TestWorld.OpenAsync();
        // REFERENCE.md, section 9.
        var published = new Dictionary<string, int>
        {
            ["v1.0"] = 45, ["v1.8"] = 46, ["v1.20"] = 55, ["v1.24"] = 67, ["v1.29"] = 72, ["v1.30"] = 262, ["v1.38"] = 298, ["v1.43"] = 339,
            ["v1.48"] = 359, ["v1.53"] = 383, ["v1.60"] = 397, ["v1.67"] = 436, ["v2.5"] = 1015, ["v2.9"] = 1019,
        };
        foreach (var file in Directory.GetFiles(RorFiles.History).Order())
        {
            var (id, release) = (Path.GetFileName(file)[..9], Path.GetFileName(file)[10..^8]);
            Assert.True((await RorFiles.Import(world, release, file)).Ok);
            var shown = Perimeters.Show(world.Work, id, release).Value;
            var children = RorFiles.Children(RorFiles.Json(file));
            Assert.Equal(children.Length, shown.Children);
            Assert.Equal(children.Append(id).Order(StringComparer.Ordinal), shown.Members.Order(StringComparer.Ordinal));
            Assert.Equal(Hash([.. children, id]), shown.Hash);
            if (id == "02feahw73" && published.Remove(release, out var count)) Assert.Equal(count, shown.Children);
        }
        Assert.Empty(published);
        Assert.Equal("v2.9", Perimeters.Show(world.Work, "cnrs", null).Value.Release);
        Assert.Equal("v2.3", Perimeters.Show(world.Work, "imperial", null).Value.Release);
        var (cnrs, imperial) = Perimeters.Pair(world.Work, "cnrs", "imperial", null).Value;
        Assert.Equal(("v2.3", "v2.3"), (cnrs.Release, imperial.Release));
        var diff = Perimeters.Diff(world.Work, "cnrs", "v1.29", "v1.30").Value;
        Assert.Equal(190, diff.Added.Count - diff.Removed.Count);
        Assert.All(diff.Added, member => Assert.False(string.IsNullOrEmpty(member.Name)));
    }
}
