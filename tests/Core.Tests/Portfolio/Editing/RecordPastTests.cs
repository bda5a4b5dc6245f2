using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using static Entente.Core.Tests.Portfolio.Editing.RowEditingTests;

namespace Entente.Core.Tests.Portfolio.Editing;

public sealed class RecordPastTests
{
    const string Record = "structures/abraham-de-moivre";

    static RowEdit Note(string text, string audience) => new()
    {
        File = Table("notes"),
        Cells = new Dictionary<string, string>
        {
            ["topic"] = "scope", ["structure"] = "abraham-de-moivre", ["text"] = text, ["text_fr"] = text, ["source"] = "S1", ["audience"] = audience,
        },
    };

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_past_of_a_record_is_told_as_far_as_the_audience_opens(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (ours, theirs) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        var before = (await RecordPast.LinesAsync(theirs, Record, default)).Value.Count;
        var saved = (await RowEditing.SaveAsync(ours, Note("Ours", "side:cnrs"), default)).Value;
        Assert.Equal(before + 1, (await RecordPast.LinesAsync(ours, Record, default)).Value.Count);
        Assert.Equal(before, (await RecordPast.LinesAsync(theirs, Record, default)).Value.Count);

        // Opened later, it is told from then on only: the line before spoke to one side.
        var row = (await RowEditing.OpenAsync(ours, Table("notes"), saved.Id!, default)).Value;
        await RowEditing.SaveAsync(ours, Note("Ours", "both") with { Id = saved.Id, Seen = row.Seen }, default);
        Assert.Equal(before, (await RecordPast.LinesAsync(theirs, Record, default)).Value.Count);
        row = (await RowEditing.OpenAsync(theirs, Table("notes"), saved.Id!, default)).Value;
        await RowEditing.SaveAsync(theirs, Note("Everyone’s", "both") with { Id = saved.Id, Seen = row.Seen }, default);
        Assert.Equal(before + 1, (await RecordPast.LinesAsync(theirs, Record, default)).Value.Count);

        var whole = await PortfolioRecord.ReadAsync(world.Db, default);
        Assert.Equal(3, (await JournalReading.PageAsync(ours, whole, new() { Verb = "notes" }, default)).Value.Lines.Count);
        Assert.Single((await JournalReading.PageAsync(theirs, whole, new() { Verb = "notes" }, default)).Value.Lines);
        Assert.Equal("not-permitted", (await RecordPast.LinesAsync(As(world, Officer("utokyo", 9)), Record, default)).Refusal?.Code);
    }

    // By somebody who has just looked.
    static async Task<Outcome<int>> RestoreAsync(Work work, string record, int line) =>
        await RecordPast.RestoreAsync(work, record, line, await History.LatestAsync(work.Db, record, default), default);

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task What_somebody_wrote_after_one_looked_is_not_overwritten(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (ours, theirs) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        var start = await RowEditing.LastLineAsync(world.Db, default);
        await RowEditing.SaveAsync(theirs, Note("First", "public"), default);
        var seen = (await RecordPast.PreviewAsync(ours, Record, start, default)).Value.Seen;
        await RowEditing.SaveAsync(theirs, Note("Second", "public"), default);
        Assert.Equal("changed-since", (await RecordPast.RestoreAsync(ours, Record, start, seen, default)).Refusal?.Code);
        Assert.Equal(2, await world.Db.Notes.CountAsync(n => n.Text == "First" || n.Text == "Second"));
        Assert.Equal(2, (await RestoreAsync(ours, Record, start)).Value);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_version_that_would_change_what_one_may_not_see_is_not_restored(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (ours, theirs) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        var start = await RowEditing.LastLineAsync(world.Db, default);
        await RowEditing.SaveAsync(theirs, Note("For all", "public"), default);
        var preview = (await RecordPast.PreviewAsync(ours, Record, start, default)).Value;
        Assert.False(preview.Closed);
        Assert.True(Assert.Single(preview.Rows).Removed);
        Assert.Equal(1, (await RestoreAsync(ours, Record, start)).Value);
        Assert.False(await world.Db.Notes.AnyAsync(n => n.Text == "For all"));

        await RowEditing.SaveAsync(theirs, Note("Ours", "side:imperial"), default);
        Assert.True((await RecordPast.PreviewAsync(ours, Record, start, default)).Value.Closed);
        Assert.Equal("restore-closed", (await RestoreAsync(ours, Record, start)).Refusal?.Code);
        Assert.True(await world.Db.Notes.AnyAsync(n => n.Text == "Ours"));
        Assert.Equal("not-permitted", (await RestoreAsync(As(world, Officer("cnrs", role: AccountRole.Coordinator)), Record, start)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_line_is_taken_back_by_those_who_may_see_all_of_it(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (ours, theirs) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        await RowEditing.SaveAsync(theirs, Note("Soon gone", "both"), default);
        var line = await RowEditing.LastLineAsync(world.Db, default);
        Assert.Equal("not-permitted", (await RecordPast.UndoAsync(As(world, Officer("cnrs", role: AccountRole.Coordinator)), await PortfolioRecord.ReadAsync(world.Db, default), line, default)).Refusal?.Code);
        Assert.Equal(1, (await RecordPast.UndoAsync(ours, await PortfolioRecord.ReadAsync(world.Db, default), line, default)).Value);
        Assert.False(await world.Db.Notes.AnyAsync(n => n.Text == "Soon gone"));
        Assert.Equal("journal.undo", (await world.Db.Journal.OrderByDescending(j => j.Id).FirstAsync()).Verb);
        await RowEditing.SaveAsync(theirs, Note("Not yours", "side:imperial"), default);
        var hidden = await RowEditing.LastLineAsync(world.Db, default);
        Assert.Equal("no-such-line", (await RecordPast.UndoAsync(ours, await PortfolioRecord.ReadAsync(world.Db, default), hidden, default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_journal_is_paged_without_a_gap_and_narrowed(string kind)
    {
        await using var world = await DemoAsync(kind);
        var ours = As(world, Officer("cnrs"));
        for (var i = 0; i < 7; i++) await RowEditing.SaveAsync(ours, Note($"Note {i}", i % 2 == 0 ? "side:cnrs" : "public"), default);
        var whole = await PortfolioRecord.ReadAsync(world.Db, default);
        var reader = As(world, Officer("imperial", 8));
        var (told, before) = (new List<int>(), (int?)null);
        do
        {
            var page = (await JournalReading.PageAsync(reader, whole, new() { Verb = "notes", Size = 2, Before = before }, default)).Value;
            told.AddRange(page.Lines.Select(l => l.Entry.Id));
            before = page.Next;
        }
        while (before is not null);
        Assert.Equal(3, told.Count);
        Assert.Equal(told.OrderDescending().Distinct(), told);
        var today = DateOnly.FromDateTime(ours.Now.UtcDateTime);
        Assert.Equal(3, (await JournalReading.PageAsync(reader, whole, new() { Verb = "notes", From = today, To = today, Who = "account/7" }, default)).Value.Lines.Count);
        Assert.Empty((await JournalReading.PageAsync(reader, whole, new() { Verb = "notes", To = today.AddDays(-1) }, default)).Value.Lines);
        Assert.Empty((await JournalReading.PageAsync(reader, whole, new() { Verb = "notes", Record = "structures/majulab" }, default)).Value.Lines);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Colleagues_are_named_and_others_known_by_side_and_role(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = world.Work;
        var account = new Account { Name = "Ada", Email = "ada@example.org", NormalizedEmail = "ADA@EXAMPLE.ORG", SecurityStamp = "s", ConcurrencyStamp = "c", Created = work.Now };
        world.Db.Add(account);
        work.Log("account.create", "accounts");
        await world.Db.SaveChangesAsync();
        world.Db.Add(new RoleGrant { Account = account.Id, Role = AccountRole.Coordinator, Side = "cnrs" });
        work.Log("account.grant", account.Subject);
        await world.Db.SaveChangesAsync();
        var who = $"account/{account.Id}";
        Assert.Equal("Ada", (await Acting.OfAsync(As(world, Officer("cnrs", 900)), [who], default))[who].Name);
        var other = (await Acting.OfAsync(As(world, Officer("imperial", 901)), [who, "command line"], default))[who];
        Assert.Equal((null, AccountRole.Coordinator, "CNRS"), (other.Name, other.Role, other.Side));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_claim_between_two_bodies_is_told_to_their_sides_alone(string kind)
    {
        await using var world = await DemoAsync(kind);
        var claim = new RowEdit
        {
            File = Table("claims"),
            Cells = new Dictionary<string, string>
            {
                ["key"] = "between-us", ["topic"] = "Budget", ["topic_fr"] = "Budget", ["organisations"] = "cnrs; imperial", ["measure"] = "budget", ["text"] = "a year", ["text_fr"] = "par an",
                ["value"] = "about 20", ["unit"] = "publications", ["kind"] = "flow", ["period"] = "2020", ["source"] = "S1", ["audience"] = "both",
            },
        };
        Assert.Empty((await RowEditing.SaveAsync(As(world, Officer("cnrs")), claim, default)).Value.Faults);
        var (line, whole) = (await RowEditing.LastLineAsync(world.Db, default), await PortfolioRecord.ReadAsync(world.Db, default));
        Assert.True((await JournalReading.LineAsync(As(world, Officer("imperial", 8)), whole, line, default)).Ok);
        Assert.False((await JournalReading.LineAsync(As(world, Officer("utokyo", 9)), whole, line, default)).Ok);
        Assert.DoesNotContain((await JournalReading.PageAsync(As(world, Officer("utokyo", 9)), whole, new(), default)).Value.Lines, l => l.Entry.Id == line);
        Assert.Equal("not-permitted", (await RecordPast.LinesAsync(As(world, Officer("utokyo", 9)), "claims/between-us", default)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_row_that_cites_a_hidden_source_is_hidden_with_it(string kind)
    {
        await using var world = await DemoAsync(kind);
        var source = (await RowEditing.OpenAsync(world.Work, Table("sources"), "S1", default)).Value;
        await RowEditing.SaveAsync(world.Work, new() { File = source.File, Id = "S1", Seen = source.Seen, Cells = new Dictionary<string, string>(source.Cells) { ["audience"] = "side:imperial" } }, default);
        var site = await world.Db.Sites.AsNoTracking().FirstAsync(s => s.Structure == "abraham-de-moivre");
        Assert.Equal("unknown-row", (await RowEditing.OpenAsync(As(world, Officer("cnrs")), Table("sites"), $"{site.Id}", default)).Refusal?.Code);
        Assert.True((await RowEditing.OpenAsync(As(world, Officer("imperial", 8)), Table("sites"), $"{site.Id}", default)).Ok);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task The_counts_of_a_line_are_told_to_those_who_see_all_of_it(string kind)
    {
        await using var world = await DemoAsync(kind);
        foreach (var audience in (string[])["public", "side:cnrs"])
            world.Db.Add(new Note { Topic = "scope", Structure = "abraham-de-moivre", Text = "Imported", TextFr = "Importé", Source = Citations.Parse("S1"), Audience = Audience.Parse(audience)!.Value });
        world.Work.Log("table.import", "import-table/1", "2 notes; 0 refused");
        await world.Db.SaveChangesAsync();
        var (line, whole) = (await RowEditing.LastLineAsync(world.Db, default), await PortfolioRecord.ReadAsync(world.Db, default));
        var (ours, theirs) = (As(world, Officer("cnrs")), As(world, Officer("imperial", 8)));
        Assert.Equal("2 notes; 0 refused", (await JournalReading.LineAsync(ours, whole, line, default)).Value.Entry.Detail);
        Assert.Null((await JournalReading.LineAsync(theirs, whole, line, default)).Value.Entry.Detail);
        Assert.Null((await JournalReading.PageAsync(theirs, whole, new(), default)).Value.Lines.First(l => l.Entry.Id == line).Entry.Detail);
        Assert.Null((await RecordPast.LinesAsync(theirs, Record, default)).Value.First(l => l.Entry.Id == line).Entry.Detail);
    }
}
