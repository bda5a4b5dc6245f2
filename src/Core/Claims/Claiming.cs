using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Claims;

/// <summary>
/// Enters published figures with their wording. A claim is never corrected, since it holds what its source says; what was entered
/// wrongly can be edited, and what should not have been entered is withdrawn with a reason. Nothing disappears.
/// </summary>
public static class Claiming
{
    public static PortfolioFile File { get; } = PortfolioFileSet.All.Single(f => f.Type == typeof(Claim));

    /// <summary>Enters a claim of these cells. Without a key it is given one that tells its subject and its number.</summary>
    public static async Task<Outcome<Saved>> EnterAsync(Work work, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        var tidy = Cells.Tidy(File, cells).ToDictionary();
        if (await RefuseAsync(work, tidy, ct) is { } refusal) return refusal;
        if (!tidy.ContainsKey("key")) tidy["key"] = await KeyAsync(work.Db, tidy, ct);
        return await RowEditing.SaveAsync(work, new() { File = File, Cells = tidy }, ct);
    }

    /// <summary>Saves what was mistaken in entering a claim, with what others changed since it was seen.</summary>
    public static async Task<Outcome<Saved>> EditAsync(Work work, RowEdit edit, CancellationToken ct)
    {
        if (await OpenAsync(work, edit.Id!, ct) is not { } claim) return Unknown(edit.Id!);
        // As it stands and as it would stand: nobody may move it under a side of their own.
        foreach (var cells in new[] { Cells.Of(File, claim), Cells.Tidy(File, edit.Cells) })
            if (await RefuseAsync(work, cells, ct) is { } refusal) return refusal;
        return await RowEditing.SaveAsync(work, edit, ct);
    }

    /// <summary>Takes a claim out of the ledger, with the reason; its page stays, and it can be put back.</summary>
    public static Task<Outcome<Claim>> WithdrawAsync(Work work, string key, string reason, CancellationToken ct) => SetAsync(work, key, "claims.withdraw", claim =>
    {
        if (claim.Withdrawn is not null) return Refusal.Conflict("withdrawn", "It is withdrawn already.", "Elle est déjà retirée.");
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.Invalid("no-reason", "Say why it is withdrawn: others relied on it.", "Dites pourquoi elle est retirée\u202F: d’autres s’y fiaient.", "reason");
        (claim.Withdrawn, claim.WithdrawnWhy) = (work.Now, reason.Trim());
        return null;
    }, ct);

    /// <summary>Puts a withdrawn claim back into the ledger.</summary>
    public static Task<Outcome<Claim>> ReturnAsync(Work work, string key, CancellationToken ct) => SetAsync(work, key, "claims.return", claim =>
    {
        if (claim.Withdrawn is null) return Refusal.Conflict("not-withdrawn", "It is in the ledger already.", "Elle est déjà dans le registre.");
        (claim.Withdrawn, claim.WithdrawnWhy) = (null, null);
        return null;
    }, ct);

    static async Task<Outcome<Claim>> SetAsync(Work work, string key, string verb, Func<Claim, Refusal?> change, CancellationToken ct)
    {
        await using var pen = await work.BeginAsync(ct);
        work.Db.ChangeTracker.Clear();
        if (await OpenAsync(work, key, ct) is null || await work.Db.Claims.SingleOrDefaultAsync(c => c.Key == key, ct) is not { } claim) return Unknown(key);
        if (await RefuseAsync(work, Cells.Of(File, claim), ct) is { } refusal) return refusal;
        if (change(claim) is { } wrong) return wrong;
        work.Log(verb, $"claims/{key}");
        await work.Db.SaveChangesAsync(ct);
        await pen.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return claim;
    }

    /// <summary>The claim, withdrawn or not; null where the actor may not know of it.</summary>
    public static async Task<Claim?> OpenAsync(Work work, string key, CancellationToken ct)
    {
        var record = (await PortfolioRecord.ReadAsync(work.Db, ct)).For(work.Actor);
        return (await ClaimsQueries.OpenAsync(work, record, ct, withdrawn: true)).FirstOrDefault(c => c.Key == key);
    }

    /// <summary>Null where the actor may enter or change a claim of these cells.</summary>
    static async Task<Refusal?> RefuseAsync(Work work, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        var record = await PortfolioRecord.ReadAsync(work.Db, ct);
        var structure = cells.GetValueOrDefault("structure");
        var bodies = Column.Items(cells.GetValueOrDefault("organisations") ?? "").Append(cells.GetValueOrDefault("institute")).OfType<string>().ToList();
        var sides = structure is not null && record.Structures.ContainsKey(structure) ? record.SidesOf(structure)
            : bodies.Count > 0 ? [.. bodies.Select(record.RootOf).Distinct()] : null;
        return Permissions.Refuse(work.Actor, Permission.EnterClaims, sides, structure is null ? null : $"structures/{structure}");
    }

    // imperial-cnrs-1550: whom it is about and its digits, then a number where that is taken.
    static async Task<string> KeyAsync(Db db, IReadOnlyDictionary<string, string> cells, CancellationToken ct)
    {
        var about = cells.GetValueOrDefault("structure") ?? cells.GetValueOrDefault("institute")
            ?? string.Join('-', Column.Items(cells.GetValueOrDefault("organisations") ?? "").Reverse());
        var digits = new string([.. (cells.GetValueOrDefault("value") ?? "").Where(char.IsAsciiDigit)]);
        var start = string.Join('-', new[] { about, digits }.Where(part => part.Length > 0));
        if (start.Length == 0) start = "claim";
        for (var n = 1; ; n++)
        {
            var key = n == 1 ? start : $"{start}-{n}";
            if (!await db.Claims.AnyAsync(c => c.Key == key, ct)) return key;
        }
    }

    static Refusal Unknown(string key) => Refusal.NotFound("unknown-claim", $"There is no claim “{key}” on this record. The list is at /claims.",
        $"Il n’y a pas d’affirmation « {key} » dans ce registre. La liste est sur /claims.");
}
