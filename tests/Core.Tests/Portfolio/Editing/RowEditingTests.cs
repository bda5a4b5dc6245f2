using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Editing;

public sealed class RowEditingTests
{
    public static string Demo { get; } = Path.Combine(Conditions.Root, "data", "portfolio", "demo");

    internal static Actor Officer(string? side, int account = 7, string? scope = null, AccountRole role = AccountRole.PartnershipOfficer) =>
        new($"officer of {side}") { Account = account, Grants = [new(role, side, scope)] };

    internal static Work As(TestWorld world, Actor actor) => new(world.Db, world.Folder, actor, TimeProvider.System);

    internal static PortfolioFile Table(string name) => RowEditing.Table(name)!;

    internal static async Task<TestWorld> DemoAsync(string kind)
    {
        var world = await TestWorld.OpenAsync(kind);
        Assert.Null((await PortfolioLoading.LoadAsync(world.Work, Demo, default)).Refusal);
        return world;
    }

    static RowEdit Changed(OpenedRow row, params (string Column, string Text)[] cells)
    {
        var all = row.Cells.ToDictionary();
        foreach (var (column, text) in cells) all[column] = text;
        return new() { File = row.File, Id = row.Id, Cells = all, Seen = row.Seen };
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_change_is_written_with_what_was_before_and_after(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        var row = (await RowEditing.OpenAsync(work, Table("structures"), "majulab", default)).Value;
        var saved = (await RowEditing.SaveAsync(work, Changed(row, ("long_name", "A laboratory"), ("audience", "both")), default)).Value;

        Assert.True(saved.Done);
        Assert.Equal(["long_name", "audience"], saved.Written);
        var now = await world.Db.Structures.AsNoTracking().SingleAsync(s => s.Key == "majulab");
        Assert.Equal(("A laboratory", Audience.Both), (now.LongName, now.Audience));
        var line = await world.Db.Journal.OrderByDescending(j => j.Id).FirstAsync();
        Assert.Equal(("account/7", "structures.edit", "structures/majulab"), (line.Who, line.Verb, line.Subject));
        var change = await world.Db.Set<JournalChange>().AsNoTracking().SingleAsync(c => c.Line == line.Id);
        Assert.Contains("A laboratory", change.After, StringComparison.Ordinal);
        Assert.DoesNotContain("MajuLab", change.After, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_save_that_changes_nothing_leaves_no_line(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        var row = (await RowEditing.OpenAsync(work, Table("structures"), "majulab", default)).Value;
        Assert.True((await RowEditing.SaveAsync(work, Changed(row), default)).Value.Done);
        Assert.Equal(row.Seen, await RowEditing.LastLineAsync(world.Db, default));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Every_cell_that_is_wrong_is_told_at_once(string kind)
    {
        await using var world = await DemoAsync(kind);
        var row = (await RowEditing.OpenAsync(world.Work, Table("structures"), "majulab", default)).Value;
        var wrong = Changed(row, ("name", " "), ("country", "Singapore"), ("named", "perhaps"), ("source", ""));
        var saved = (await RowEditing.SaveAsync(world.Work, wrong, default)).Value;
        Assert.Equal(["country", "name", "named", "source"], saved.Faults.Select(f => f.Field).Order());
        Assert.All(saved.Faults, f => Assert.True(f.What is { En.Length: > 0, Fr.Length: > 0 }));

        var unknown = Changed(row, ("instrument", "no-such"), ("source", "S3; S99"));
        Assert.Equal(["instrument", "source"], (await RowEditing.SaveAsync(world.Work, unknown, default)).Value.Faults.Select(f => f.Field).Order());
        Assert.Equal(row.Seen, await RowEditing.LastLineAsync(world.Db, default));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_key_or_a_ror_id_is_taken_once(string kind)
    {
        await using var world = await DemoAsync(kind);
        var twin = new RowEdit
        {
            File = Table("organisations"),
            Cells = new Dictionary<string, string> { ["key"] = "cnrs", ["kind"] = "institution", ["name"] = "Twin", ["ror"] = "041kmwe10", ["source"] = "S0" },
        };
        Assert.Equal(["key", "ror"], (await RowEditing.SaveAsync(world.Work, twin, default)).Value.Faults.Select(f => f.Field).Order());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Rows_are_added_and_removed(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        var goal = new RowEdit { File = Table("goals"), Cells = new Dictionary<string, string> { ["structure"] = "majulab", ["goal"] = "7", ["source"] = "S3" } };
        var saved = (await RowEditing.SaveAsync(work, goal, default)).Value;
        Assert.Equal("structures/majulab", saved.Record);
        Assert.Equal(7, (await world.Db.Goals.AsNoTracking().SingleAsync()).Goal);
        var eighteen = goal with { Cells = new Dictionary<string, string>(goal.Cells) { ["goal"] = "18" } };
        Assert.Equal("goal", Assert.Single((await RowEditing.SaveAsync(work, eighteen, default)).Value.Faults).Field);

        Assert.Equal("structures/majulab", (await RowEditing.DeleteAsync(work, Table("goals"), saved.Id!, default)).Value);
        Assert.Empty(await world.Db.Goals.ToListAsync());
        Assert.Equal("unknown-row", (await RowEditing.DeleteAsync(work, Table("goals"), saved.Id!, default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_others_refer_to_stays_and_they_are_named(string kind)
    {
        await using var world = await DemoAsync(kind);
        var held = await RowEditing.DeleteAsync(world.Work, Table("structures"), "majulab", default);
        Assert.Equal("referred-to", held.Refusal!.Code);
        Assert.Contains("acts (structures/majulab)", held.Refusal.Message.En, StringComparison.Ordinal);
        Assert.Contains("S3", (await RowEditing.OpenAsync(world.Work, Table("sources"), "S3", default)).Value.Id, StringComparison.Ordinal);
        Assert.Equal("referred-to", (await RowEditing.DeleteAsync(world.Work, Table("sources"), "S3", default)).Refusal?.Code);
        // Only a claim and an instrument name it, in lists of keys.
        Assert.Equal("referred-to", (await RowEditing.DeleteAsync(world.Work, Table("organisations"), "cnrs", default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Who_may_edit_is_asked_of_the_sides_of_the_record(string kind)
    {
        await using var world = await DemoAsync(kind);
        async Task<string?> TryAsync(Actor actor, string key) =>
            (await RowEditing.OpenAsync(As(world, actor), Table("structures"), key, default)).Refusal?.Code;

        Assert.Null(await TryAsync(Officer("cnrs"), "majulab"));
        Assert.Equal("not-permitted", await TryAsync(Officer("utokyo"), "majulab"));
        Assert.Null(await TryAsync(Officer("cnrs", scope: "structures/majulab", role: AccountRole.Coordinator), "majulab"));
        Assert.Equal("not-permitted", await TryAsync(Officer("cnrs", scope: "structures/limms", role: AccountRole.Coordinator), "majulab"));
        Assert.Equal("not-permitted", await TryAsync(Officer("cnrs", role: AccountRole.Reader), "majulab"));
        Assert.Equal("sign-in", await TryAsync(Actor.Anyone, "majulab"));

        // A row may not be moved to a structure of others either.
        var party = await world.Db.Parties.AsNoTracking().FirstAsync(p => p.Structure == "majulab");
        var row = (await RowEditing.OpenAsync(As(world, Officer("cnrs", scope: "structures/majulab", role: AccountRole.Coordinator)), Table("parties"), $"{party.Id}", default)).Value;
        var moved = await RowEditing.SaveAsync(As(world, Officer("cnrs", scope: "structures/majulab", role: AccountRole.Coordinator)), Changed(row, ("structure", "limms")), default);
        Assert.Equal("not-permitted", moved.Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_note_of_one_side_is_not_there_for_the_other(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (ours, theirs) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        var note = new RowEdit
        {
            File = Table("notes"),
            Cells = new Dictionary<string, string>
            {
                ["topic"] = "dialogue", ["structure"] = "abraham-de-moivre", ["text"] = "Between us", ["text_fr"] = "Entre nous", ["source"] = "S1", ["audience"] = "side:cnrs",
            },
        };
        var saved = (await RowEditing.SaveAsync(ours, note, default)).Value;
        Assert.True((await RowEditing.OpenAsync(ours, note.File, saved.Id!, default)).Ok);
        Assert.Equal("unknown-row", (await RowEditing.OpenAsync(theirs, note.File, saved.Id!, default)).Refusal?.Code);
        Assert.Equal("unknown-row", (await RowEditing.SaveAsync(theirs, note with { Id = saved.Id }, default)).Refusal?.Code);
        Assert.Equal("unknown-row", (await RowEditing.DeleteAsync(theirs, note.File, saved.Id!, default)).Refusal?.Code);

        // Nobody writes what they could not read, nor for a side that the structure has not.
        Assert.Equal("audience", Assert.Single((await RowEditing.SaveAsync(theirs, note, default)).Value.Faults).Field);
        var elsewhere = note with { Cells = new Dictionary<string, string>(note.Cells) { ["audience"] = "side:utokyo" } };
        Assert.Equal("audience", Assert.Single((await RowEditing.SaveAsync(ours, elsewhere, default)).Value.Faults).Field);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_source_of_one_field_is_kept_changed_and_taken_back(string kind)
    {
        await using var world = await DemoAsync(kind);
        async Task<string[]> CiteAsync(string source)
        {
            var row = (await RowEditing.OpenAsync(world.Work, Table("structures"), "majulab", default)).Value;
            Assert.True((await RowEditing.SaveAsync(world.Work, Changed(row) with { FieldSources = new Dictionary<string, string> { ["name"] = source } }, default)).Value.Done);
            return [.. (await world.Db.FieldCitations.AsNoTracking().ToListAsync()).Select(c => $"{c.Subject} {c.Field} {c.Source}")];
        }

        Assert.Equal(["structures/majulab name S4"], await CiteAsync("S4"));
        Assert.Equal(["structures/majulab name RNSR"], await CiteAsync("RNSR"));
        Assert.Empty(await CiteAsync(""));
    }


    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task No_row_is_moved_to_a_record_of_others(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("utokyo"));
        var own = (await PortfolioRecord.ReadAsync(world.Db, default)) is var record ? record.Structures.Keys.First(k => record.SidesOf(k).Contains("utokyo")) : "";
        var cells = new Dictionary<string, string> { ["key"] = "ours", ["structure"] = own, ["kind"] = "report", ["title"] = "Report", ["due"] = "2027", ["source"] = "S1" };
        Assert.Empty((await RowEditing.SaveAsync(work, new() { File = Table("deadlines"), Cells = cells }, default)).Value.Faults);
        var row = (await RowEditing.OpenAsync(work, Table("deadlines"), "ours", default)).Value;
        Assert.Equal("not-permitted", (await RowEditing.SaveAsync(work, Changed(row, ("structure", "abraham-de-moivre")), default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_is_said_of_an_agreement_or_a_claim_is_open_to_its_sides_alone(string kind)
    {
        await using var world = await DemoAsync(kind);
        var agreement = (await world.Db.Agreements.AsNoTracking().ToListAsync()).First(a => a.Structure == "majulab").Key;
        var claim = await world.Db.Claims.AsNoTracking().FirstAsync(c => c.Organisations == "cnrs; imperial");
        foreach (var (subject, field) in new[] { ($"agreements/{agreement}", "title"), ($"claims/{claim.Key}", "text") })
        {
            var cells = new Dictionary<string, string> { ["subject"] = subject, ["field"] = field, ["source"] = "S1", ["wording"] = "Between us", ["audience"] = "both" };
            var saved = await RowEditing.SaveAsync(As(world, Officer("cnrs")), new() { File = Table("citations"), Cells = cells }, default);
            Assert.True(saved is { Ok: true, Value.Done: true }, subject);
            Assert.Equal("unknown-row", (await RowEditing.OpenAsync(As(world, Officer("utokyo")), Table("citations"), saved.Value.Id!, default)).Refusal?.Code);
            Assert.Equal("not-permitted", (await RowEditing.SaveAsync(As(world, Officer("utokyo")), new() { File = Table("citations"), Cells = new Dictionary<string, string>(cells) { ["audience"] = "public" } }, default)).Refusal?.Code);
            Assert.True((await RowEditing.OpenAsync(As(world, Officer("cnrs", 8)), Table("citations"), saved.Value.Id!, default)).Ok);
        }
    }
}
