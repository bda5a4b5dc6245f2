using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Agreements;

public sealed class SuspendingTests
{
    static Dictionary<string, string> Cells(string side, string since, string scope = "everything", string? until = null) => new()
    {
        ["side"] = side, ["since"] = since, ["scope"] = scope, ["reason"] = "Export control under review", ["until"] = until ?? "", ["audience"] = "both",
    };

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_laboratory_is_suspended_while_any_side_suspends_it(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var first = await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", "2026-03-01"), default);
        Assert.True(first.Ok, first.Refusal?.Message.En);
        var second = await Suspending.SuspendAsync(offices.Imperial, "abraham-de-moivre", Cells("imperial", "2026-03"), default);
        Assert.True(second.Ok, second.Refusal?.Message.En);
        // One side never lifts what the other declared.
        Assert.Equal("not-permitted", (await Suspending.ResumeAsync(offices.Cnrs, "abraham-de-moivre", second.Value, "2026-05-01", "Over", default)).Refusal?.Code);
        Assert.True((await Suspending.ResumeAsync(offices.Cnrs, "abraham-de-moivre", first.Value, "2026-05-01", "Over", default)).Ok);
        var record = await offices.RecordAsync();
        Assert.Equal(["imperial"], AgreementReading.Running(record, "abraham-de-moivre", new(2026, 5, 1)).Select(s => s.Side));
        Assert.Equal(2, AgreementReading.Running(record, "abraham-de-moivre", new(2026, 4, 30)).Count());
        offices.Db.ChangeTracker.Clear();
        Assert.True((await Suspending.ResumeAsync(offices.Imperial, "abraham-de-moivre", second.Value, "2026-06", "Over too", default)).Ok);
        Assert.Empty(AgreementReading.Running(await offices.RecordAsync(), "abraham-de-moivre", new(2026, 6, 1)));
        Assert.Equal(["structure.suspend", "structure.suspend", "structure.resume", "structure.resume"],
            (await offices.Db.Journal.Where(j => j.Subject == "structures/abraham-de-moivre").OrderBy(j => j.Id).Select(j => j.Verb).ToListAsync()));
        // The public learns of neither, since they were declared between the sides.
        Assert.Empty((await offices.RecordAsync()).For(Actor.Anyone).Suspensions["abraham-de-moivre"]);
    }

    [Theory]
    [InlineData("2026-02", null, "everything", "suspended-already")]
    [InlineData("2026-04-01", "2026-05-01", "Everything ", "suspended-already")]
    [InlineData("2026-04-01", null, "visits", null)]
    [InlineData("2026-06-01", null, "everything", null)]
    [InlineData("2026-01-01", "2026-03-01", "everything", null)]
    public async Task One_side_suspends_one_thing_once_at_a_time(string since, string? until, string scope, string? refused)
    {
        await using var offices = await Offices.OpenAsync();
        Assert.True((await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", "2026-03-01", until: "2026-06-01"), default)).Ok);
        Assert.Equal(refused, (await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", since, scope, until), default)).Refusal?.Code);
    }

    [Fact]
    public async Task A_suspension_needs_its_reason_its_side_and_a_sound_date()
    {
        await using var offices = await Offices.OpenAsync();
        var cells = Cells("cnrs", "2026-03-01");
        Assert.Equal("reason", (await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", new Dictionary<string, string>(cells) { ["reason"] = " " }, default)).Refusal?.Field);
        Assert.Equal("since", (await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", new Dictionary<string, string>(cells) { ["since"] = "soon" }, default)).Refusal?.Field);
        Assert.Equal("until", (await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", new Dictionary<string, string>(cells) { ["until"] = "2025" }, default)).Refusal?.Field);
        Assert.Equal("not-a-party", (await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", new Dictionary<string, string>(cells) { ["side"] = "nus" }, default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await Suspending.SuspendAsync(offices.Stranger, "abraham-de-moivre", cells, default)).Refusal?.Code);
        Assert.Equal("not-permitted", (await Suspending.SuspendAsync(offices.Coordinator, "abraham-de-moivre", cells, default)).Refusal?.Code);
        var id = (await Suspending.SuspendAsync(offices.Cnrs, "abraham-de-moivre", cells, default)).Value;
        Assert.Equal("until", (await Suspending.ResumeAsync(offices.Cnrs, "abraham-de-moivre", id, "2026-02-28", "Over", default)).Refusal?.Field);
        Assert.Equal("reason", (await Suspending.ResumeAsync(offices.Cnrs, "abraham-de-moivre", id, "2026-04-01", "", default)).Refusal?.Field);
    }
}
