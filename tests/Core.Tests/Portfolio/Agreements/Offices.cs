using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Core.Store;

namespace Entente.Core.Tests.Portfolio.Agreements;

/// <summary>The demonstration portfolio with an office on each side of the CNRS–Imperial centre.</summary>
sealed class Offices : IAsyncDisposable
{
    Offices(TestWorld world) => World = world;

    public TestWorld World { get; }
    public Db Db => World.Db;

    public Work Cnrs => As(Officer(1, "cnrs"));
    public Work Imperial => As(Officer(2, "imperial"));
    public Work Both => As(new Actor("both") { Account = 3, Grants = [new(AccountRole.PartnershipOfficer, "cnrs", null), new(AccountRole.PartnershipOfficer, "imperial", null)] });
    public Work Stranger => As(Officer(4, "nus"));
    public Work Coordinator => As(new Actor("c") { Account = 5, Grants = [new(AccountRole.Coordinator, "cnrs", null)] });
    public Work Anyone => As(Actor.Anyone);

    public static Actor Officer(int account, string side) => new(side) { Account = account, Grants = [new(AccountRole.PartnershipOfficer, side, null)] };

    public Work As(Actor actor) => new(World.Db, World.Folder, actor, TimeProvider.System);

    public static async Task<Offices> OpenAsync(string kind = "sqlite")
    {
        var offices = new Offices(await TestWorld.OpenAsync(kind));
        Assert.True((await Portfolios.EnsureAsync(offices.World.Work, null, default)).Ok);
        return offices;
    }

    /// <summary>An IRP inside the centre, as somebody would draft it.</summary>
    public static AgreementPlan Irp => new()
    {
        Founds = new("Quiet Matter", "irp") { Centre = "cnrs-imperial", Country = "GB" },
        Cells = new Dictionary<string, string> { ["title"] = "Quiet Matter", ["starts"] = "2027-01-01", ["ends"] = "2031-12-31", ["lead_months"] = "12", ["terms"] = "Two meetings a year." },
        Parties = ["cnrs", "imperial"],
        Budget = [new("cnrs", "2027", "mobility", "14000", "EUR"), new("imperial", "2027", "meetings", "9000.50", "GBP")],
    };

    public async Task<string> DraftAsync(AgreementPlan? plan = null)
    {
        var drafted = await Drafting.DraftAsync(Cnrs, plan ?? Irp, default);
        Assert.True(drafted.Ok, drafted.Refusal?.Message.En);
        Db.ChangeTracker.Clear();
        return drafted.Value;
    }

    public async Task<Outcome<ApprovalStanding>> ApproveAsync(Work work, string key, string side, string? seen = null)
    {
        Db.ChangeTracker.Clear();
        seen ??= (await StandingAsync(key)).Text.Content;
        return await Approving.ApproveAsync(work, $"agreements/{key}", side, seen, 1, default);
    }

    public async Task<ApprovalStanding> StandingAsync(string key) => (await Approving.StandingAsync(World.Work, $"agreements/{key}", default)).Value;

    public async Task<Agreement> AgreementAsync(string key) => (await RecordAsync()).FindAgreement(key)!;

    public Task<PortfolioRecord> RecordAsync() => PortfolioRecord.ReadAsync(Db, default);

    public async Task AgreeAsync(string key)
    {
        foreach (var (work, side) in new[] { (Cnrs, "cnrs"), (Imperial, "imperial") })
        {
            var approved = await ApproveAsync(work, key, side);
            Assert.True(approved.Ok, approved.Refusal?.Message.En);
        }
        Db.ChangeTracker.Clear();
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
