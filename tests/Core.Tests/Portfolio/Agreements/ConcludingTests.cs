using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Portfolio.Agreements;

public sealed class ConcludingTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Each_side_signs_and_the_dates_of_one_agreement_stay_apart(string kind)
    {
        await using var offices = await Offices.OpenAsync(kind);
        var key = await offices.DraftAsync();
        var signed = new Dictionary<string, string> { ["side"] = "cnrs", ["signatory"] = "A. Martin", ["office"] = "President", ["date"] = "2026-12-01", ["place"] = "Paris", ["audience"] = "both" };
        Assert.Equal("sign-draft", (await Concluding.SignAsync(offices.Cnrs, key, signed, default)).Refusal?.Code);
        await offices.AgreeAsync(key);
        Assert.True((await Concluding.SignAsync(offices.Cnrs, key, signed, default)).Ok);
        Assert.Equal("signed-already", (await Concluding.SignAsync(offices.Imperial, key, signed, default)).Refusal?.Code);
        Assert.Equal("not-a-party", (await Concluding.SignAsync(offices.Imperial, key, new Dictionary<string, string>(signed) { ["side"] = "nus" }, default)).Refusal?.Code);
        Assert.Equal("signatory", (await Concluding.SignAsync(offices.Imperial, key, new Dictionary<string, string>(signed) { ["signatory"] = "" }, default)).Refusal?.Field);

        foreach (var (dated, date) in new[] { ("signed", "2026-12-08"), ("inaugurated", "2027-02"), ("announced", "2026-12-09") })
            Assert.True((await Concluding.DateAsync(offices.Imperial, key, new Dictionary<string, string> { ["date_kind"] = dated, ["date"] = date, ["audience"] = "both" }, default)).Ok);
        Assert.Equal("date", (await Concluding.DateAsync(offices.Imperial, key, new Dictionary<string, string> { ["date_kind"] = "signed", ["date"] = "" }, default)).Refusal?.Field);
        Assert.Equal("date_kind", (await Concluding.DateAsync(offices.Imperial, key, new Dictionary<string, string> { ["date_kind"] = "drunk", ["date"] = "2027" }, default)).Refusal?.Field);
        var record = await offices.RecordAsync();
        Assert.Equal([DateKind.Agreed, DateKind.Signed, DateKind.Effective, DateKind.Inaugurated, DateKind.Announced],
            AgreementReading.DatesOf(record, await offices.AgreementAsync(key)).Select(a => a.DateKind).Order());
        Assert.Equal("2027-01-01", AgreementReading.BeganOn(record, await offices.AgreementAsync(key)).ToString());
    }

    [Fact]
    public async Task An_agreement_is_let_end_at_its_end_and_not_before()
    {
        await using var offices = await Offices.OpenAsync();
        var key = await offices.DraftAsync();
        Assert.Equal("end-draft", (await Concluding.LetEndAsync(offices.Cnrs, key, "2031-12-31", "Done", false, default)).Refusal?.Code);
        await offices.AgreeAsync(key);
        Assert.Equal("ends-early", (await Concluding.LetEndAsync(offices.Cnrs, key, "2029-12-31", "Done", false, default)).Refusal?.Code);
        // An end that is only a year is its last day.
        await offices.Db.Agreements.Where(a => a.Key == key).ExecuteUpdateAsync(set => set.SetProperty(a => a.Ends, PartialDate.Parse("2031")));
        Assert.Equal("ends-early", (await Concluding.LetEndAsync(offices.Cnrs, key, "2031-06-30", "Done", false, default)).Refusal?.Code);
        Assert.Equal("reason", (await Concluding.LetEndAsync(offices.Cnrs, key, "2031-12-31", "", false, default)).Refusal?.Field);
        Assert.Equal("date", (await Concluding.LetEndAsync(offices.Cnrs, key, "then", "Done", false, default)).Refusal?.Field);
        Assert.Equal("not-permitted", (await Concluding.LetEndAsync(offices.Coordinator, key, "2031-12-31", "Done", false, default)).Refusal?.Code);
        Assert.True((await Concluding.LetEndAsync(offices.Cnrs, key, "2031-12-31", "Done", true, default)).Ok);
        var record = await offices.RecordAsync();
        Assert.Equal(AgreementState.InEffect, AgreementReading.StateOf(record, await offices.AgreementAsync(key), new(2031, 12, 30)));
        Assert.Equal(AgreementState.Ended, AgreementReading.StateOf(record, await offices.AgreementAsync(key), new(2031, 12, 31)));
        Assert.Contains(record.Acts["quiet-matter"], a => a is { DateKind: DateKind.Ended, Event: "end-quiet-matter" });
        Assert.Equal("ended-already", (await Concluding.LetEndAsync(offices.Imperial, key, "2031-12-31", "Done", false, default)).Refusal?.Code);
    }

    [Fact]
    public async Task Money_is_each_sides_own_and_never_converted()
    {
        await using var offices = await Offices.OpenAsync();
        static Dictionary<string, string> Cells(string side, string amount, string currency) => new()
        {
            ["side"] = side, ["year"] = "2026", ["kind"] = "spent", ["category"] = "mobility", ["amount"] = amount, ["currency"] = currency, ["audience"] = "both",
        };
        Assert.True((await Budgeting.AddAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", "1200.10", "EUR"), default)).Ok);
        var own = (await Budgeting.AddAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", "0.20", "EUR"), default)).Value;
        Assert.True((await Budgeting.AddAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", "7", "GBP"), default)).Ok);
        Assert.Equal("not-permitted", (await Budgeting.AddAsync(offices.Cnrs, "abraham-de-moivre", Cells("imperial", "1", "GBP"), default)).Refusal?.Code);
        Assert.Equal("amount", (await Budgeting.AddAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", "1,200", "EUR"), default)).Refusal?.Field);
        Assert.Equal("currency", (await Budgeting.AddAsync(offices.Cnrs, "abraham-de-moivre", Cells("cnrs", "1", "euro"), default)).Refusal?.Field);
        var money = SideMoney.Of(await offices.RecordAsync(), "abraham-de-moivre", ["cnrs", "imperial"]);
        Assert.Equal([("EUR", 1200.30m), ("GBP", 7m)], money[0].Total(MoneyKind.Spent));
        Assert.Empty(money[1].Lines);
        Assert.Equal("not-permitted", (await Budgeting.RemoveAsync(offices.Imperial, "abraham-de-moivre", own, default)).Refusal?.Code);
        offices.Db.ChangeTracker.Clear();
        Assert.True((await Budgeting.RemoveAsync(offices.Cnrs, "abraham-de-moivre", own, default)).Ok);
        Assert.Equal(2, await offices.Db.Money.CountAsync());
    }
}
