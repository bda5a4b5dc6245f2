using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using static Entente.Core.Tests.Portfolio.Editing.RowEditingTests;

namespace Entente.Core.Tests.Portfolio.Editing;

public sealed class ConflictTests
{
    static RowEdit Edit(OpenedRow row, params (string Column, string Text)[] cells)
    {
        var all = row.Cells.ToDictionary();
        foreach (var (column, text) in cells) all[column] = text;
        return new() { File = row.File, Id = row.Id, Cells = all, Seen = row.Seen };
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Fields_that_one_of_two_changed_come_together(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (one, two) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        var row = (await RowEditing.OpenAsync(one, Table("structures"), "abraham-de-moivre", default)).Value;
        Assert.True((await RowEditing.SaveAsync(two, Edit(row, ("country", "FR")), default)).Value.Done);
        var saved = (await RowEditing.SaveAsync(one, Edit(row, ("long_name", "Ours")), default)).Value;

        Assert.True(saved.Done);
        Assert.Equal(["country"], saved.Merged);
        Assert.Equal("account/8", Assert.Single(saved.Others).Who);
        var now = await world.Db.Structures.AsNoTracking().SingleAsync(s => s.Key == "abraham-de-moivre");
        Assert.Equal(("FR", "Ours"), (now.Country, now.LongName));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_field_that_both_changed_is_asked_about_and_nothing_is_lost(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (one, two) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        var row = (await RowEditing.OpenAsync(one, Table("structures"), "abraham-de-moivre", default)).Value;
        await RowEditing.SaveAsync(two, Edit(row, ("long_name", "Theirs"), ("country", "FR")), default);
        var asked = (await RowEditing.SaveAsync(one, Edit(row, ("long_name", "Ours"), ("name_fr", "Nôtre")), default)).Value;

        Assert.False(asked.Done);
        var clash = Assert.Single(asked.Clashes);
        Assert.Equal(("long_name", "Ours", "Theirs"), (clash.Column.Name, clash.Yours, clash.Theirs));
        Assert.Equal(("Ours", "Nôtre", "FR"), (asked.Cells["long_name"], asked.Cells["name_fr"], asked.Cells["country"]));
        Assert.Equal("Theirs", (await world.Db.Structures.AsNoTracking().SingleAsync(s => s.Key == "abraham-de-moivre")).LongName);

        var settled = new RowEdit { File = row.File, Id = row.Id, Cells = asked.Cells, Seen = asked.Seen, Choices = new Dictionary<string, Keep> { ["long_name"] = Keep.Theirs } };
        Assert.True((await RowEditing.SaveAsync(one, settled, default)).Value.Done);
        var now = await world.Db.Structures.AsNoTracking().SingleAsync(s => s.Key == "abraham-de-moivre");
        Assert.Equal(("Theirs", "Nôtre", "FR"), (now.LongName, now.NameFr, now.Country));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_row_removed_meanwhile_is_said_to_be_and_what_was_typed_stays(string kind)
    {
        await using var world = await DemoAsync(kind);
        var site = await world.Db.Sites.AsNoTracking().FirstAsync(s => s.Structure == "majulab");
        var row = (await RowEditing.OpenAsync(world.Work, Table("sites"), $"{site.Id}", default)).Value;
        Assert.True((await RowEditing.DeleteAsync(world.Work, Table("sites"), row.Id, default)).Ok);
        var saved = (await RowEditing.SaveAsync(world.Work, Edit(row, ("name", "Elsewhere")), default)).Value;
        Assert.True(saved.Removed);
        Assert.Equal("Elsewhere", saved.Cells["name"]);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_was_is_read_from_the_journal_through_any_number_of_lines(string kind)
    {
        await using var world = await DemoAsync(kind);
        var row = (await RowEditing.OpenAsync(world.Work, Table("structures"), "majulab", default)).Value;
        foreach (var name in new[] { "One", "Two", "" })
        {
            var now = (await RowEditing.OpenAsync(world.Work, Table("structures"), "majulab", default)).Value;
            await RowEditing.SaveAsync(world.Work, Edit(now, ("name_fr", name), ("named", name == "Two" ? "no" : "yes")), default);
        }
        var read = await LaterChanges.ReadAsync(world.Db, row.File, "majulab", (await RowEditing.OpenAsync(world.Work, row.File, "majulab", default)).Value.Cells, row.Seen, default);
        Assert.Equal(row.Cells.OrderBy(c => c.Key), read.Was.OrderBy(c => c.Key));
        Assert.Equal(3, read.Others.Count);
    }

    /// <summary>Of any three versions: nothing that either wrote is dropped without being asked about.</summary>
    [Fact]
    public void A_merge_loses_nothing() => Check.QuickThrowOnFailure(Prop.ForAll<string?[], string?[], string?[]>((was, yours, theirs) =>
    {
        var file = Table("sites");
        var (b, y, t) = (Row(was), Row(yours), Row(theirs));
        var merge = Merging.Of(file, b, y, t, new Dictionary<string, Keep>());
        foreach (var name in file.Columns.Select(c => c.Name))
        {
            var (vb, vy, vt) = (b.GetValueOrDefault(name), y.GetValueOrDefault(name), t.GetValueOrDefault(name));
            var kept = merge.Cells.GetValueOrDefault(name);
            var asked = merge.Clashes.Any(c => c.Column.Name == name);
            Assert.Equal(vy != vb && vt != vb && vy != vt, asked);
            Assert.Equal(vy != vb ? vy : vt, kept);
        }

        Dictionary<string, string> Row(string?[] texts) => file.Columns.Zip(texts).Where(p => !string.IsNullOrEmpty(p.Second)).ToDictionary(p => p.First.Name, p => p.Second![..1]);
    }));


    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_source_beside_a_field_that_one_did_not_touch_stays(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (ours, theirs) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        var hidden = new Dictionary<string, string> { ["subject"] = "structures/abraham-de-moivre", ["field"] = "name", ["source"] = "S1", ["audience"] = "side:imperial" };
        Assert.True((await RowEditing.SaveAsync(theirs, new() { File = Table("citations"), Cells = hidden }, default)).Value.Done);
        var row = (await RowEditing.OpenAsync(ours, Table("structures"), "abraham-de-moivre", default)).Value;
        RowEdit Form(string longName, string nameSource, string countrySource) => new()
        {
            File = row.File, Id = row.Id, Seen = row.Seen, Cells = new Dictionary<string, string>(row.Cells) { ["long_name"] = longName },
            FieldSources = new Dictionary<string, string> { ["name"] = nameSource, ["country"] = countrySource },
        };
        async Task<string> CitedAsync() => string.Join(' ', (await world.Db.FieldCitations.AsNoTracking().Where(c => c.Subject == "structures/abraham-de-moivre" && (c.Field == "name" || c.Field == "country"))
            .OrderBy(c => c.Field).ThenBy(c => c.Id).ToListAsync()).Select(c => $"{c.Field}:{c.Source}"));

        // Not shown, so not spoken of; and what another chose after the form was drawn is theirs.
        Assert.True((await RowEditing.SaveAsync(theirs, Form("", "S1", "S3"), default)).Value.Done);
        Assert.Equal("country:S3 name:S1", await CitedAsync());
        Assert.True((await RowEditing.SaveAsync(ours, Form("Longer", "", ""), default)).Value.Done);
        Assert.Equal("country:S3 name:S1", await CitedAsync());
        // A choice of one's own is written all the same.
        row = (await RowEditing.OpenAsync(ours, Table("structures"), "abraham-de-moivre", default)).Value;
        Assert.True((await RowEditing.SaveAsync(ours, Form("Longer", "S0", ""), default)).Value.Done);
        Assert.Equal("name:S1 name:S0", await CitedAsync());
    }
}
