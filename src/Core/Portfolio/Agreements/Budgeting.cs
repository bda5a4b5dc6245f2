using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>What one side plans or spent for a structure, summed by currency: nothing is converted without the rate of a date.</summary>
public sealed record SideMoney(string Side, IReadOnlyList<Money> Lines)
{
    /// <summary>Totals of a kind by year and currency, and over all years where the year is null.</summary>
    public IEnumerable<(int Year, string Currency, decimal Amount)> ByYear(MoneyKind kind) => Lines.Where(m => m.Kind == kind)
        .GroupBy(m => (m.Year, m.Currency)).OrderBy(g => g.Key.Year).ThenBy(g => g.Key.Currency, StringComparer.Ordinal).Select(g => (g.Key.Year, g.Key.Currency, g.Sum(m => m.Amount)));

    public IEnumerable<(string Currency, decimal Amount)> Total(MoneyKind kind) => Lines.Where(m => m.Kind == kind)
        .GroupBy(m => m.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Sum(m => m.Amount)));

    /// <summary>By side, in the order given; a side without money has no lines.</summary>
    public static IReadOnlyList<SideMoney> Of(PortfolioRecord record, string structure, IEnumerable<string> sides) =>
        [.. sides.Select(side => new SideMoney(side, [.. record.Money[structure].Where(m => record.RootOf(m.Side) == side)]))];
}

/// <summary>Enters and takes out amounts of a side's budget and spending; each side its own.</summary>
public static class Budgeting
{
    /// <summary>Cells of money: side, year, kind, category, amount, currency, source, wording, audience.</summary>
    public static async Task<Outcome<int>> AddAsync(Work work, string structure, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        var record = whole.For(work.Actor);
        if (!record.Structures.ContainsKey(structure)) return NoStructure(structure);
        var row = Concluding.Sourced(cells, ("structure", structure));
        var side = whole.RootOf(row.GetValueOrDefault("side") ?? "");
        if (Permissions.Refuse(work.Actor, Permission.EditRecord, whole.SidesOf(structure), $"structures/{structure}") is { } refusal) return refusal;
        if (!whole.SidesOf(structure).Contains(side))
            return Refusal.Invalid("not-a-party", "Choose the side whose money it is.", "Choisissez le côté à qui est cet argent.", "side");
        if (OnBehalf.Refuse(work.Actor, Permission.EditRecord, side, $"structures/{structure}") is { } other) return other;
        if (AgreementCells.Complaints(record, typeof(Money), row).FirstOrDefault() is { } complaint) return Drafting.Refused([complaint]);
        await OwnSource.OfAsync(work, row["source"], ct);
        var money = AgreementCells.Make<Money>(row);
        if (!whole.Opens(work.Actor, money.Audience, structure))
            return Refusal.Invalid("audience-without-you", "You could not read it yourself: choose an audience that you belong to.",
                "Vous ne pourriez pas le lire vous-même : choisissez une audience dont vous faites partie.", "audience");
        work.Db.Add(money);
        work.Log("money.add", $"structures/{structure}", $"for {side}, {Column.Kebab(money.Kind.ToString())}");
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return money.Id;
    }

    public static async Task<Outcome<string>> RemoveAsync(Work work, string structure, int id, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var whole = await PortfolioRecord.ReadAsync(work.Db, ct);
        if (whole.For(work.Actor).Money[structure].FirstOrDefault(m => m.Id == id) is not { } money)
            return Refusal.NotFound("unknown-amount", "There is no such amount here.", "Ce montant n’existe pas ici.");
        if (OnBehalf.Refuse(work.Actor, Permission.EditRecord, whole.RootOf(money.Side), $"structures/{structure}") is { } refusal) return refusal;
        work.Db.Remove(await work.Db.Money.SingleAsync(m => m.Id == id, ct));
        work.Log("money.remove", $"structures/{structure}", $"for {whole.RootOf(money.Side)}");
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return structure;
    }

    static Refusal NoStructure(string key) => Refusal.NotFound("unknown-structure", $"There is no structure “{key}” on this record. The list is at /structures.",
        $"Il n’y a pas de structure « {key} » dans ce registre. La liste est sur /structures.");
}
