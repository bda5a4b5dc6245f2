using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Claims;

public sealed class ClaimingTests
{
    static readonly Dictionary<string, string> Sound = new()
    {
        ["topic"] = "CNRS–Imperial co-publications", ["topic_fr"] = "Copublications CNRS–Imperial", ["organisations"] = "cnrs; imperial",
        ["measure"] = "co-publications", ["text"] = "co-authored publications", ["text_fr"] = "publications cosignées", ["value"] = "almost 2,800",
        ["unit"] = "publications", ["kind"] = "flow", ["period"] = "2015-2019", ["source"] = "S1", ["wording"] = "almost 2,800",
    };

    static Dictionary<string, string> With(params (string Column, string Text)[] cells)
    {
        var all = new Dictionary<string, string>(Sound);
        foreach (var (column, text) in cells) all[column] = text;
        return all;
    }

    static Actor Officer(string? side) => new("officer") { Account = 7, Grants = [new(AccountRole.PartnershipOfficer, side, null)] };

    static async Task<TestWorld> DemoAsync(string kind)
    {
        var world = await TestWorld.OpenAsync(kind);
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        return world;
    }

    static Work As(TestWorld world, Actor actor) => new(world.Db, world.Folder, actor, TimeProvider.System);

    static async Task<IReadOnlyList<ClaimRow>> RowsAsync(Work work) =>
        [.. (await ClaimsQueries.LedgerAsync(work, PortfolioRecord.Of(work), new(), default)).Rows];

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_claim_is_entered_judged_and_journalled(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        var saved = (await Claiming.EnterAsync(work, Sound, default)).Value;
        Assert.Equal("imperial-cnrs-2800", saved.Id);
        var row = (await RowsAsync(work)).Single(r => r.Claim.Key == saved.Id);
        Assert.Equal(Verdict.Contradictory, row.Verdict);
        Assert.Contains(row.Comparisons, c => c.Other == "imperial-cnrs-500" && c.Verdict == Verdict.Consistent);
        var line = Assert.Single(await History.OfAsync(world.Db, "claims/imperial-cnrs-2800", default));
        Assert.Equal(("claims.add", "account/7"), (line.Entry.Verb, line.Entry.Who));
        Assert.Equal("imperial-cnrs-2800-2", (await Claiming.EnterAsync(work, Sound, default)).Value.Id);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "value", "many", "value" },
        { "wording", "over 2,800", "wording" },
        { "source", "S99", "source" },
        { "organisations", "cnrs; nobody", "organisations" },
        { "kind", "heap", "kind" },
        { "period", "", "period" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_told_by_field_and_nothing_is_written(string column, string text, string field)
    {
        await using var world = await DemoAsync("sqlite");
        var saved = (await Claiming.EnterAsync(world.Work, With((column, text)), default)).Value;
        Assert.Contains(saved.Faults, f => f.Field == field);
        Assert.Equal(24, await world.Db.Claims.CountAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Only_a_side_that_it_is_about_may_enter_edit_or_withdraw_it(string kind)
    {
        await using var world = await DemoAsync(kind);
        foreach (var actor in new[] { Actor.Anyone, Officer("nus"), new Actor("r") { Account = 3, Grants = [new(AccountRole.Reader, "cnrs", null)] } })
        {
            var work = As(world, actor);
            Assert.Equal(RefusalKind.Forbidden, (await Claiming.EnterAsync(work, Sound, default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await Claiming.WithdrawAsync(work, "imperial-cnrs-1550", "no", default)).Refusal?.Kind);
            var edit = new RowEdit { File = Claiming.File, Id = "imperial-cnrs-1550", Cells = Sound };
            Assert.Equal(RefusalKind.Forbidden, (await Claiming.EditAsync(work, edit, default)).Refusal?.Kind);
        }
        Assert.Equal(1, await world.Db.Journal.CountAsync());
        Assert.True((await Claiming.WithdrawAsync(As(world, Officer("imperial")), "imperial-cnrs-1550", "superseded", default)).Ok);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_claim_cannot_be_moved_under_a_side_of_ones_own(string kind)
    {
        await using var world = await DemoAsync(kind);
        var mine = As(world, Officer("nus"));
        var edit = new RowEdit { File = Claiming.File, Id = "imperial-cnrs-1550", Cells = With(("organisations", "nus")) };
        Assert.Equal(RefusalKind.Forbidden, (await Claiming.EditAsync(mine, edit, default)).Refusal?.Kind);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_withdrawn_claim_judges_nothing_keeps_its_page_and_comes_back(string kind)
    {
        await using var world = await DemoAsync(kind);
        var work = As(world, Officer("cnrs"));
        Assert.Equal("no-reason", (await Claiming.WithdrawAsync(work, "imperial-cnrs-1550", "  ", default)).Refusal?.Code);
        Assert.True((await Claiming.WithdrawAsync(work, "imperial-cnrs-1550", "entered twice", default)).Ok);
        var rows = await RowsAsync(work);
        Assert.DoesNotContain(rows, r => r.Claim.Key == "imperial-cnrs-1550");
        Assert.Equal(Verdict.NotComparable, rows.Single(r => r.Claim.Key == "imperial-cnrs-500").Verdict);
        var page = (await ClaimsQueries.LedgerAsync(work, PortfolioRecord.Of(work), new() { Key = "imperial-cnrs-1550" }, default)).Rows.Single(r => r.Claim.Key == "imperial-cnrs-1550");
        Assert.Equal("entered twice", page.Claim.WithdrawnWhy);
        Assert.Equal("withdrawn", (await Claiming.WithdrawAsync(work, "imperial-cnrs-1550", "again", default)).Refusal?.Code);
        Assert.True((await Claiming.ReturnAsync(work, "imperial-cnrs-1550", default)).Ok);
        Assert.Equal(Verdict.Contradictory, (await RowsAsync(work)).Single(r => r.Claim.Key == "imperial-cnrs-500").Verdict);
        Assert.Equal(["claims.return", "claims.withdraw"], (await History.OfAsync(world.Db, "claims/imperial-cnrs-1550", default)).Where(l => l.Entry.Verb != "portfolio.load").Select(l => l.Entry.Verb));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_claim_of_one_side_is_not_there_for_the_other(string kind)
    {
        await using var world = await DemoAsync(kind);
        Assert.True((await Claiming.EnterAsync(As(world, Officer("cnrs")), With(("audience", "side:cnrs")), default)).Value.Done);
        Assert.Contains(await RowsAsync(As(world, Officer("cnrs"))), r => r.Claim.Key == "imperial-cnrs-2800");
        foreach (var reader in new[] { Officer("imperial"), Actor.Anyone })
        {
            Assert.DoesNotContain(await RowsAsync(As(world, reader)), r => r.Claim.Key == "imperial-cnrs-2800");
            Assert.Equal(RefusalKind.NotFound, (await Claiming.WithdrawAsync(As(world, reader), "imperial-cnrs-2800", "x", default)).Refusal?.Kind);
        }
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Two_who_edit_one_claim_lose_nothing(string kind)
    {
        await using var world = await DemoAsync(kind);
        var (one, two) = (As(world, Officer("cnrs")), As(world, Officer("imperial")));
        var open = (await RowEditing.OpenAsync(one, Claiming.File, "imperial-cnrs-1550", default)).Value;
        RowEdit Edit(string column, string text) => new() { File = Claiming.File, Id = open.Id, Seen = open.Seen, Cells = new Dictionary<string, string>(open.Cells) { [column] = text } };
        Assert.True((await Claiming.EditAsync(two, Edit("data", "Scopus"), default)).Value.Done);
        Assert.True((await Claiming.EditAsync(one, Edit("counting", "full"), default)).Value.Done);
        var claim = await world.Db.Claims.AsNoTracking().SingleAsync(c => c.Key == "imperial-cnrs-1550");
        Assert.Equal(("Scopus", "full"), (claim.Data, claim.Counting));
        Assert.Equal("data", Assert.Single((await Claiming.EditAsync(one, Edit("data", "OpenAlex"), default)).Value.Clashes).Column.Name);
    }

    [Theory]
    [InlineData("Over 1,550 co-authored publications in the past 5 years (2017-2022)", "Over 1,550", "past 5 years (2017-2022)")]
    [InlineData("We publish around 500 joint articles a year", "around 500 a year", null)]
    [InlineData("2\u202F753 articles communs en 5,5 ans (2018–2023)", "2 753", "5,5 ans (2018–2023)")]
    [InlineData("Ces cinq dernières années (2017-2022), plus de 1 550 copublications", "plus de 1 550", "Ces cinq dernières années (2017-2022)")]
    [InlineData("more than 50 students since 2020", "more than 50", "since 2020")]
    [InlineData("Depuis 2020, près de 75 doctorants", "près de 75", "Depuis 2020")]
    [InlineData("66 % of its publications", "66 %", null)]
    [InlineData("EUR 95.5 billion between 2021 and 2027", "EUR 95.5 billion", "between 2021 and 2027")]
    [InlineData("Nous finançons jusqu’à 30 projets par an", "jusqu’à 30 par an", null)]
    [InlineData("Près de deux tiers des articles", "Près de deux tiers", null)]
    [InlineData("a long-standing partnership", null, null)]
    public void A_sentence_is_parted_into_its_number_and_its_window(string sentence, string? value, string? period)
    {
        Assert.Equal(new ClaimParts(value, period), ClaimSentence.Split(sentence));
        if (value is not null) Assert.True(Wording.Parse(value).Ok);
    }

    [Fact]
    public void What_is_understood_is_told_before_it_is_entered()
    {
        var understood = Understood.Of("over 1,550", "past 5 years (2017-2022)", ClaimKind.Flow, PartialDate.Parse("2022")).Value;
        Assert.Equal(("(1,550, 1,600]", Qualifier.Over, "2017-2022"), (understood.Quantity.Interval.ToString(), understood.Quantity.Qualifier, understood.Period.Span?.ToString()));
        Assert.Equal(["(310, 320] 5 years", "(258.333333, 266.666667] 6 years"], understood.Rates.Select(r => $"{r.Interval} {r.Window!.Text.En}"));
        Assert.Equal("wording", Understood.Of("many", "2020", ClaimKind.Flow, null).Refusal?.Code);
    }
}
