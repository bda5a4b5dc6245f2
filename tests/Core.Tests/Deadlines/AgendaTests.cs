using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Store;
using Entente.Core.Tests.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Deadlines;

/// <summary>What comes due, worked out from a small record by hand.</summary>
public sealed class AgendaTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    static readonly Dictionary<string, string> Tables = new()
    {
        ["sources"] = "key,kind,title,publisher\nS1,document,The text,The office",
        ["organisations"] = "key,kind,name,source\ncnrs,institution,CNRS,S1\nnus,institution,NUS,S1",
        ["instruments"] = "key,code,issuers,family,name,description,description_fr,source\nirl,IRL,cnrs,laboratory,Laboratory,A laboratory,Un laboratoire,S1",
        ["structures"] = "key,instrument,name,named,source\nlab,irl,Lab,yes,S1\nold,irl,Old,yes,S1",
        ["parties"] = "structure,organisation,role,source\nlab,cnrs,party,S1\nlab,nus,party,S1\nold,cnrs,party,S1",
        ["people"] = "key,name,source\nada,Ada,S1\nbob,Bob,S1",
    };

    static async Task<PortfolioRecord> RecordAsync(TestWorld world, params (string Table, string Text)[] more)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder.Root, "portfolio")).FullName;
        foreach (var (table, text) in Tables.Select(t => (t.Key, t.Value)).Concat(more)) await File.WriteAllTextAsync(Path.Combine(folder, table + ".csv"), text + "\n");
        var loaded = await PortfolioLoading.LoadAsync(world.Work, folder, default);
        Assert.True(loaded.Ok, loaded.Refusal?.Message.En);
        return await PortfolioRecord.ReadAsync(world.Db, default);
    }

    static async Task<List<string>> AgendaAsync(params (string Table, string Text)[] more)
    {
        await using var world = await TestWorld.OpenAsync();
        return [.. Agenda.Of(await RecordAsync(world, more), new() { Done = true }, Today).Select(i => $"{i.Due:yyyy-MM-dd} {i.Key} {Agenda.PartOf(i, Today)}")];
    }

    [Theory]
    [InlineData("2028-06-30,12", "2027-06-30 renewals/a Later")]
    [InlineData("2027-08-31,6", "2027-02-28 renewals/a Later")]
    [InlineData("2027-01-31,", "2027-01-31 renewals/a Soon")]
    [InlineData("2027,12", "2026-12-31 renewals/a Soon")]
    [InlineData("2026-10,", "2026-10-31 renewals/a Overdue")]
    [InlineData(",12", null)]
    public async Task An_agreement_comes_due_its_lead_time_before_its_end(string cells, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], await AgendaAsync(("agreements", $"key,structure,event,title,source,ends,lead_months\na,lab,signing,Agreement,S1,{cells}")));

    [Fact]
    public async Task An_agreement_that_was_renewed_or_let_end_is_no_longer_due_and_a_renewal_under_way_is_due_at_the_end() => Assert.Equal(
        ["2027-06-30 renewals/c Later"],
        await AgendaAsync(("agreements", "key,structure,event,title,source,replaces,starts,ends,lead_months,ended,draft\n"
            + "a,lab,e1,A,S1,,,2026-12-31,6,,no\nb,lab,e2,B,S1,a,2027-01-01,,,,no\nc,lab,e3,C,S1,,,2027-06-30,9,,no\nd,lab,e4,D,S1,c,,2032-06-30,9,,yes\nx,lab,e5,X,S1,,,2027-01-01,6,2026-11-01,no")));

    [Fact]
    public async Task A_lead_time_and_reports_come_from_a_sourced_rule_and_from_nothing_else()
    {
        const string Agreement = "key,structure,event,title,source,starts,ends\na,lab,signing,Agreement,S1,2026-01-01,2027-12-31";
        Assert.Equal(["2027-12-31 renewals/a Later"], await AgendaAsync(("agreements", Agreement)));
        Assert.Equal(["2027-06-30 renewals/a Later", "2027-07-01 reports/a/interim Later", "2028-06-30 reports/a/final Later"], await AgendaAsync(("agreements", Agreement),
            ("rules", "issuer,instrument,version,field,value,unit,source\ncnrs,irl,1,renewal.lead-time,6,months,S1\ncnrs,irl,1,reporting.interim,18,months,S1\ncnrs,irl,1,reporting.final,6,months,S1")));
    }

    [Theory]
    [InlineData("ada,lab,director,cnrs,2022,2026-12-31", "2026-12-31 terms/lab/ada/director/2026-12-31 Soon")]
    [InlineData("ada,lab,director,cnrs,2018,2021", "2021-12-31 terms/lab/ada/director/2021 Overdue")]
    [InlineData("ada,lab,director,cnrs,2018,2021\nbob,lab,director,cnrs,2022,", null)]
    [InlineData("ada,lab,director,cnrs,2018,2021\nada,lab,director,cnrs,2022,", null)]
    [InlineData("ada,lab,director,cnrs,2018,2021\nada,lab,director,,,", "2021-12-31 terms/lab/ada/director/2021 Overdue")]
    [InlineData("ada,lab,coordinator,cnrs,2018,2021\nbob,lab,coordinator,nus,2022,", "2021-12-31 terms/lab/ada/coordinator/2021 Overdue")]
    [InlineData("ada,lab,also-at,cnrs,2018,2021", null)]
    [InlineData("ada,old,director,cnrs,2018,2021", null)]
    public async Task A_term_is_due_at_its_end_until_somebody_follows(string roles, string? expected) => Assert.Equal(expected is null ? [] : [expected], await AgendaAsync(
        ("roles", $"person,structure,kind,side,since,until,source\n{string.Join('\n', roles.Split('\n').Select(r => r + ",S1"))}"),
        ("acts", "structure,event,date,date_kind,what,what_fr,source\nold,end,2020,ended,It ended,Fin,S1")));

    [Fact]
    public async Task Deadlines_that_people_entered_stand_among_what_the_record_implies() => Assert.Equal(
        ["2026-11-01 deadlines/late Overdue", "2026-11-22 deadlines/today Soon", "2026-11-30 deadlines/month Soon", "2027-02-20 deadlines/soon Soon", "2027-02-21 deadlines/later Later"],
        (await AgendaAsync(("agreements", "key,structure,event,title,source\na,lab,signing,Agreement,S1"), ("deadlines",
            "key,structure,agreement,kind,title,due,done,source\nlate,lab,,report,Late,2026-11-01,,S1\ntoday,lab,,other,Today,2026-11-22,,S1\nmonth,,a,review,Month,2026-11,,S1\n"
            + "soon,lab,,review,Soon,2027-02-20,,S1\nlater,lab,,review,Later,2027-02-21,,S1\ndone,lab,,report,Done,2026-01-01,2026-01-02,S1"))).Where(l => !l.EndsWith("Done", StringComparison.Ordinal)));

    [Fact]
    public async Task The_agenda_narrows_and_sorts()
    {
        await using var world = await TestWorld.OpenAsync();
        var record = await RecordAsync(world, ("deadlines",
            "key,structure,kind,title,due,side,done,source\na,lab,report,Zebra,2027-01-01,cnrs,,S1\nb,lab,review,Apple,2027-02-01,nus,,S1\nc,old,report,Mango,2027-03-01,,,S1\nd,lab,other,Fig,2027-04-01,,2026-01-01,S1"));
        List<string> Keys(AgendaFilter filter) => [.. Agenda.Of(record, filter, Today).Select(i => i.Key[^1..])];
        Assert.Equal(["a", "b", "c"], Keys(new()));
        Assert.Equal(["a", "c"], Keys(new() { Side = "cnrs" }));
        Assert.Equal(["b"], Keys(new() { Side = "nus" }));
        Assert.Equal(["a", "c"], Keys(new() { Kind = AgendaKind.Report }));
        Assert.Equal(["a", "b", "d"], Keys(new() { Structure = "lab", Done = true }));
        Assert.Equal(["b", "c", "a"], Keys(new() { Sort = "title" }));
        Assert.Equal(["c", "b", "a"], Keys(new() { Sort = "-due" }));
    }

    [Fact]
    public async Task What_a_reader_may_not_know_of_brings_no_entry()
    {
        await using var world = await TestWorld.OpenAsync();
        var whole = await RecordAsync(world, ("agreements", "key,structure,event,title,ends,source,audience\nsecret,lab,signing,Secret,2027,S1,side:cnrs"),
            ("deadlines", "key,structure,agreement,kind,title,due,source,audience\nown,lab,,other,Own,2027,S1,side:nus\nboth,lab,,other,Both,2027,S1,both\nof,,secret,other,Of the secret,2027,S1,public"));
        List<string> Seen(Actor reader) => [.. Agenda.Of(whole.For(reader), new(), Today).Select(i => i.Key)];
        Actor Officer(string side) => new("x") { Account = 1, Grants = [new(AccountRole.PartnershipOfficer, side, null)] };
        Assert.Equal(["deadlines/both", "deadlines/of", "renewals/secret"], Seen(Officer("cnrs")));
        Assert.Equal(["deadlines/both", "deadlines/own"], Seen(Officer("nus")));
        Assert.Empty(Seen(Actor.Anyone));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_deadline_is_done_once_by_whoever_may_and_reopened(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await RecordAsync(world, ("deadlines", "key,structure,kind,title,due,source,audience\nreport,lab,report,Report,2027,S1,both"));
        var clock = new SetClock();
        Work As(AccountRole role, string side, string? scope = null) => new(world.Db, world.Folder, new("x") { Account = 7, Grants = [new(role, side, scope)] }, clock);
        Assert.Equal("unknown-deadline", (await Doing.DoneAsync(As(AccountRole.PartnershipOfficer, "imperial"), "report", null, default)).Refusal!.Code);
        Assert.Equal("not-permitted", (await Doing.DoneAsync(As(AccountRole.Reader, "nus"), "report", null, default)).Refusal!.Code);
        Assert.Equal("done-later", (await Doing.DoneAsync(As(AccountRole.Coordinator, "nus", "structures/lab"), "report", PartialDate.Parse("2026-11-23"), default)).Refusal!.Code);
        var done = await Doing.DoneAsync(As(AccountRole.Coordinator, "nus", "structures/lab"), "report", null, default);
        Assert.Equal(("2026-11-22", "account/7"), (done.Value.Done.ToString(), done.Value.DoneBy));
        Assert.Equal("already-done", (await Doing.DoneAsync(As(AccountRole.PartnershipOfficer, "cnrs"), "report", null, default)).Refusal!.Code);
        Assert.True((await Doing.ReopenAsync(As(AccountRole.PartnershipOfficer, "cnrs"), "report", default)).Ok);
        Assert.Equal("not-done", (await Doing.ReopenAsync(As(AccountRole.PartnershipOfficer, "cnrs"), "report", default)).Refusal!.Code);
        Assert.Equal(["deadline.done deadlines/report account/7", "deadline.reopen deadlines/report account/7"],
            await world.Db.Journal.AsNoTracking().Where(j => j.Subject == "deadlines/report").OrderBy(j => j.Id).Select(j => $"{j.Verb} {j.Subject} {j.Who}").ToListAsync());
    }
}
