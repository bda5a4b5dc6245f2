using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Tests.Portfolio;

public sealed class AudienceTests
{
    static Actor With(AccountRole role, string? side, string? scope = null, int account = 7) =>
        new("test") { Account = account, Grants = [new Grant(role, side, scope)] };

    public static TheoryData<string, AccountRole, string?, string?, bool> Readings => new()
    {
        { "public", AccountRole.Applicant, null, null, true },
        { "both", AccountRole.PartnershipOfficer, "cnrs", null, true },
        { "both", AccountRole.PartnershipOfficer, "imperial", null, false },
        { "both", AccountRole.Reader, "nus", null, true },
        { "both", AccountRole.Reviewer, "cnrs", null, false },
        { "both", AccountRole.Coordinator, "cnrs", "structures/limms", false },
        { "both", AccountRole.Administrator, null, null, true },
        { "side:cnrs", AccountRole.PartnershipOfficer, "cnrs", null, true },
        { "side:cnrs", AccountRole.PartnershipOfficer, "nus", null, false },
        { "side:cnrs", AccountRole.Administrator, null, null, false },
        { "side:cnrs", AccountRole.Coordinator, "cnrs", "structures/majulab", true },
        { "people:7", AccountRole.Applicant, null, null, true },
        { "people:8,9", AccountRole.Administrator, null, null, false },
        { "nonsense", AccountRole.Administrator, null, null, false },
    };

    [Theory, MemberData(nameof(Readings))]
    public void An_audience_opens_to_those_it_names(string audience, AccountRole role, string? side, string? scope, bool open) =>
        Assert.Equal(open, (Audience.Parse(audience) ?? Audience.Nobody).OpenTo(With(role, side, scope), ["cnrs", "nus"], "structures/majulab"));

    [Fact]
    public async Task A_record_cut_for_a_reader_holds_no_row_of_another_audience_nor_what_hangs_on_it()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        var whole = await PortfolioRecord.ReadAsync(world.Db, default);
        Assert.Same(whole, whole.For(Actor.Anyone));
        whole.Structures["majulab"].Audience = Audience.Side("cnrs");
        whole.Sources["S0"].Audience = Audience.Both;
        var cut = new PortfolioRecordCopy(whole).Fresh.For(Actor.Anyone);
        Assert.False(cut.Structures.ContainsKey("majulab"));
        Assert.Empty(cut.Parties["majulab"]);
        Assert.False(cut.Sources.ContainsKey("S0"));
        Assert.DoesNotContain(cut.Structures.Values, s => s.Source.Cites("S0"));
        Assert.DoesNotContain(await ClaimsQueries.OpenAsync(new(world.Db, world.Folder, Actor.Anyone, TimeProvider.System), cut, default), c => c.Source.Cites("S0"));
        Assert.True(new PortfolioRecordCopy(whole).Fresh.For(With(AccountRole.PartnershipOfficer, "cnrs")).Structures.ContainsKey("majulab"));
    }

    // What a record remembers of its readers is not asked again: a copy asks anew.
    sealed record PortfolioRecordCopy(PortfolioRecord Of)
    {
        public PortfolioRecord Fresh => new()
        {
            Sources = Of.Sources, Organisations = Of.Organisations, Instruments = Of.Instruments, Structures = Of.Structures, People = Of.People,
            Names = Of.Names, Identifiers = Of.Identifiers, Labels = Of.Labels, Rules = Of.Rules, Acts = Of.Acts, Agreements = Of.Agreements,
            Parties = Of.Parties, Sites = Of.Sites, Belongings = Of.Belongings, Roles = Of.Roles, Themes = Of.Themes, Facts = Of.Facts, Notes = Of.Notes,
            Signatures = Of.Signatures, Money = Of.Money, Shared = Of.Shared, Suspensions = Of.Suspensions,
            Deadlines = Of.Deadlines,
            Successions = Of.Successions, Goals = Of.Goals, FieldCitations = Of.FieldCitations,
        };
    }
}
