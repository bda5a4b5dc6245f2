using System.Diagnostics;
using Entente.Core.Portfolio;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store;

public sealed class JournalTests
{
    const string Majulab = "structures/majulab";

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_save_tells_what_it_changed_before_and_after(string kind)
    {
        await using var world = await LoadedAsync(kind);
        await RenameAsync(world, "MajuLab II");
        var told = (await History.OfAsync(world.Db, Majulab, default))[0];
        Assert.Equal(("structure.edit", "command line"), (told.Entry.Verb, told.Entry.Who));
        var change = Assert.Single(told.Changes);
        Assert.Equal("MajuLab", Assert.Single(change.Before!).Value);
        Assert.Equal("MajuLab II", Assert.Single(change.After!).Value);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_write_that_no_line_tells_of_is_not_saved(string kind)
    {
        await using var world = await LoadedAsync(kind);
        world.Db.Remove(await world.Db.Structures.Where(s => s.Key == "majulab").SingleAsync());
        await Assert.ThrowsAsync<UnreachableException>(() => world.Db.SaveChangesAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task One_save_may_be_told_by_several_lines(string kind)
    {
        await using var world = await LoadedAsync(kind);
        var structure = await world.Db.Structures.Where(s => s.Key == "majulab").SingleAsync();
        world.Db.Entry(structure).Property(s => s.LongName).CurrentValue = "Twice told";
        world.Work.Log("test.one", Majulab);
        world.Work.Log("test.two", Majulab);
        await world.Db.SaveChangesAsync();
        var told = await History.OfAsync(world.Db, Majulab, default);
        Assert.Equal(["test.two", "test.one"], told.Take(2).Select(t => t.Entry.Verb));
        Assert.Single(told[1].Changes);
        Assert.True((await Journals.VerifyAsync(world.Db, default)).Sound);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_chain_holds_and_every_kind_of_tampering_breaks_it(string kind)
    {
        await using var world = await LoadedAsync(kind);
        await RenameAsync(world, "A");
        await RenameAsync(world, "B");
        await RenameAsync(world, "C");
        var sound = await Journals.VerifyAsync(world.Db, default);
        Assert.True(sound.Sound, sound.Why?.En);
        var last = sound.Lines;
        Assert.True(last > 3);
        foreach (var (sql, line) in new[]
        {
            ($"update journal set verb = 'x' where id = {last - 1}", last - 1),
            ($"update journal set detail = 'x' where id = {last - 1}", last - 1),
            ($"update journal set at = '2020-01-01T00:00:00.0000000Z' where id = {last - 1}", last - 1),
            ($"update journal_change set after = before where line = {last - 1}", last - 1),
            ($"delete from journal_change where line = {last - 1}", last - 1),
            ($"update journal_change set line = {last} where line = {last - 1}; delete from journal where id = {last - 1}", last - 1),
            ($"delete from journal_change where line = {last}; delete from journal where id = {last}", last),
            // A hash taken away is no line from before the chain; nor are all of them.
            ($"update journal set hash = null where id = {last}", last),
            ("update journal set hash = null", last + 1),
            // Two lines in each other's place; one line more at the end.
            ($"update journal set (at, who, verb, subject, detail, salt, content_hash, changes_hash, hash) = (select at, who, verb, subject, detail, salt, content_hash, changes_hash, hash from journal j where j.id = {2 * last - 1} - journal.id) where id in ({last - 1}, {last})", last - 1),
            ($"insert into journal (id, at, who, verb, subject, hash) select {last + 1}, at, who, verb, subject, hash from journal where id = {last}; update journal_head set line = {last + 1}", last + 1),
        })
        {
            await using var turn = await world.Db.BeginWriteAsync(default);
            await world.Db.Database.ExecuteSqlRawAsync(sql.Replace($"set line = {last} ", $"set line = {last}, position = 9 ", StringComparison.Ordinal));
            var broken = await Journals.VerifyAsync(world.Db, default);
            Assert.True(broken.BrokenLine == line, $"{sql}: {broken}");
        }
        Assert.True((await Journals.VerifyAsync(world.Db, default)).Sound);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_record_can_be_seen_and_put_back_as_it_was(string kind)
    {
        await using var world = await LoadedAsync(kind);
        var before = await StateAsync(world);
        var line = await History.LatestAsync(world.Db, Majulab, default);
        await RenameAsync(world, "Wrong");
        world.Db.Remove(await world.Db.Parties.Where(p => p.Structure == "majulab").OrderBy(p => p.Id).FirstAsync());
        world.Work.Log("structure.edit", Majulab);
        await world.Db.SaveChangesAsync();
        Assert.NotEqual(before, await StateAsync(world));
        Assert.Equal("MajuLab", (await History.AtAsync(world.Db, Majulab, line, default))[("structure", "majulab")]["name"]);
        Assert.Equal(2, (await History.RestoreAsync(world.Work, Majulab, line, default)).Value);
        world.Db.ChangeTracker.Clear();
        Assert.Equal(before, await StateAsync(world));
        Assert.Equal("record.restore", (await History.OfAsync(world.Db, Majulab, default))[0].Entry.Verb);
        Assert.Equal(0, (await History.RestoreAsync(world.Work, Majulab, line, default)).Value);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_line_is_taken_back_unless_a_later_one_touched_the_same_row(string kind)
    {
        await using var world = await LoadedAsync(kind);
        var first = await RenameAsync(world, "A");
        var second = await RenameAsync(world, "B");
        Assert.Equal("undo-touched", (await History.UndoAsync(world.Work, first, default)).Refusal!.Code);
        Assert.Equal(1, (await History.UndoAsync(world.Work, second, default)).Value);
        Assert.Equal("A", (await world.Db.Structures.AsNoTracking().Where(s => s.Key == "majulab").SingleAsync()).Name);
    }

    [Fact]
    public async Task A_portfolio_is_not_loaded_over_what_people_wrote()
    {
        await using var world = await LoadedAsync("sqlite");
        await RenameAsync(world, "Ours");
        var folder = Path.Combine(world.Folder.Root, "other");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(Portfolios.DemoFolder, "sources.csv"), Path.Combine(folder, "sources.csv"));
        Assert.Equal("portfolio-edited", (await Portfolios.EnsureAsync(world.Work, folder, default)).Refusal!.Code);
        Assert.Equal("portfolio-edited", (await Portfolios.EnsureAsync(world.Work, Portfolios.None, default)).Refusal!.Code);
    }

    static async Task<TestWorld> LoadedAsync(string kind)
    {
        var world = await TestWorld.OpenAsync(kind);
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        return world;
    }

    static async Task<int> RenameAsync(TestWorld world, string name)
    {
        var structure = await world.Db.Structures.Where(s => s.Key == "majulab").SingleAsync();
        world.Db.Entry(structure).Property(s => s.Name).CurrentValue = name;
        world.Work.Log("structure.edit", Majulab);
        await world.Db.SaveChangesAsync();
        return await History.LatestAsync(world.Db, Majulab, default);
    }

    static async Task<string> StateAsync(TestWorld world)
    {
        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        return record.Structures["majulab"].Name + string.Join(';', record.Parties["majulab"].Select(p => $"{p.Id} {p.Organisation} {p.Role} {p.Source} {p.Wording}"));
    }
}
