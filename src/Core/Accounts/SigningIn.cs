using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>What a right password opens: the session, or the question for a code.</summary>
public sealed record PasswordStep(int Account, string SecurityStamp, bool NeedsCode);

/// <summary>
/// Proving who one is. Tries are counted before they are judged, by what was typed as the name and by address, so that many at once
/// gain nothing; an unknown name gets the same answers, at the same cost, as a wrong password.
/// </summary>
public static class SigningIn
{
    /// <summary>So many failures in a row lock a name; so many from one address, that address; for so long.</summary>
    public const int NameLimit = 5, AddressLimit = 30;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(15), Kept = TimeSpan.FromDays(1);

    public static async Task<Outcome<PasswordStep>> PasswordAsync(Work work, string email, string password, Visitor from, CancellationToken ct)
    {
        var normal = Emails.Normal(email);
        var attempt = await BeginAsync(work, normal, from, ct);
        if (attempt.Refusal is { } refusal) return refusal;
        var account = await work.Db.Accounts.SingleOrDefaultAsync(a => a.NormalizedEmail == normal && a.Closed == null, ct);
        if (!Passwords.Matches(account, password)) return Wrong;
        if (!account!.TwoFactorEnabled) await PassAsync(work, attempt.Value, normal, ct);
        return new PasswordStep(account.Id, account.SecurityStamp!, account.TwoFactorEnabled);
    }

    /// <summary>The second step: a code of the authenticator, or one of the recovery codes, each good once.</summary>
    public static async Task<Outcome<SignInMethod>> CodeAsync(Work work, PasswordStep step, string code, Visitor from, CancellationToken ct)
    {
        var asked = work.Db.Accounts.Where(a => a.Id == step.Account && a.SecurityStamp == step.SecurityStamp && a.Closed == null);
        if (await asked.Select(a => a.NormalizedEmail).SingleOrDefaultAsync(ct) is not { } name) return Again;
        var attempt = await BeginAsync(work, name, from, ct);
        if (attempt.Refusal is { } refusal) return refusal;
        // Read and spent under the pen: of two who bring the same code at once, one is let in.
        await using var pen = await work.BeginAsync(ct);
        if (await asked.SingleOrDefaultAsync(ct) is not { } account) return Again;
        var passed = await SecondFactor.UseAsync(work, account, SecondFactor.Plain(code), ct);
        if (passed is not { } method) return WrongCode;
        await PassAsync(work, attempt.Value, name, ct);
        await pen.CommitAsync(ct);
        return method;
    }

    static Refusal Again { get; } = Refusal.Forbidden("sign-in-again", "Sign in again from the beginning.", "Recommencez la connexion depuis le début.");

    /// <summary>Asks a signed-in person for the password again, before what could lock them out or let another in.</summary>
    internal static async Task<Refusal?> ConfirmAsync(Work work, Account account, string password, Visitor from, CancellationToken ct)
    {
        // Whoever came in with a passkey or an identity from outside has none to give.
        if (account.PasswordHash is null) return null;
        var attempt = await BeginAsync(work, account.NormalizedEmail!, from, ct);
        if (attempt.Refusal is { } refusal) return refusal;
        if (!Passwords.Matches(account, password))
            return Refusal.Invalid("password-wrong", "This is not your present password.", "Ce n’est pas votre mot de passe actuel.", "current");
        await PassAsync(work, attempt.Value, account.NormalizedEmail!, ct);
        return null;
    }

    /// <summary>A passkey has been proved by the host; its counter is kept, so that a copied one is seen.</summary>
    public static async Task PasskeyAsync(Work work, Account account, UserPasskeyInfo passkey, CancellationToken ct)
    {
        using var users = AccountStore.Open(work.Db);
        await users.AddOrUpdatePasskeyAsync(account, passkey);
        work.As(new(account.Name) { Account = account.Id }).Log("account.use-passkey", account.Subject);
        await work.Db.SaveChangesAsync(ct);
    }

    /// <summary>Counts a try from an address that has no account's name, such as a key that fits no invitation.</summary>
    public static async Task<Refusal?> CountAsync(Work work, Visitor from, CancellationToken ct) => (await BeginAsync(work, null, from, ct)).Refusal;

    internal static Task<int> ForgetFailuresAsync(Work work, string email, CancellationToken ct)
    {
        var who = Secrets.Hash(Emails.Normal(email));
        return work.Db.SignInAttempts.Where(a => a.Who == who).ExecuteDeleteAsync(ct);
    }

    static async Task<Outcome<int>> BeginAsync(Work work, string? name, Visitor from, CancellationToken ct)
    {
        var (now, since) = (work.Now, work.Now - Window);
        var attempt = new SignInAttempt { At = now, Address = from.Address, Who = name is null ? null : Secrets.Hash(name) };
        work.Db.Add(attempt);
        await work.Db.SaveChangesAsync(ct);
        work.Db.Entry(attempt).State = EntityState.Detached;
        var recent = await work.Db.SignInAttempts.AsNoTracking().Where(a => a.At > since && (a.Address == from.Address || a.Who == attempt.Who))
            .Select(a => new { a.At, a.Address, a.Who }).ToListAsync(ct);
        var byName = recent.Where(a => a.Who is not null && a.Who == attempt.Who).ToList();
        var byAddress = recent.Where(a => a.Address == from.Address).ToList();
        if (byName.Count <= NameLimit && byAddress.Count <= AddressLimit) return attempt.Id;
        // A try while it is locked does not lock it for longer.
        await work.Db.SignInAttempts.Where(a => a.Id == attempt.Id).ExecuteDeleteAsync(ct);
        var counted = byName.Count > NameLimit ? byName : byAddress;
        var first = counted.OrderByDescending(a => a.At).Skip(1).Take(byName.Count > NameLimit ? NameLimit : AddressLimit).Min(a => a.At);
        return TooMany(first + Window - now);
    }

    static async Task PassAsync(Work work, int attempt, string normal, CancellationToken ct)
    {
        var (who, old) = (Secrets.Hash(normal), work.Now - Kept);
        await work.Db.SignInAttempts.Where(a => (a.Who == who && a.Id <= attempt) || a.At < old).ExecuteDeleteAsync(ct);
    }

    static Refusal TooMany(TimeSpan wait)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return Refusal.TooMany("too-many-attempts",
            $"Too many attempts. Try again in {minutes} {(minutes == 1 ? "minute" : "minutes")}. A passkey still opens the door at once.",
            $"Trop d’essais. Réessayez dans {minutes} {(minutes == 1 ? "minute" : "minutes")}. Une clé d’accès ouvre encore tout de suite.");
    }

    static Refusal Wrong { get; } = Refusal.Invalid("sign-in-wrong", "The address or the password is wrong. Check both.",
        "L’adresse ou le mot de passe est faux. Vérifiez les deux.", "email");

    static Refusal WrongCode { get; } = Refusal.Invalid("code-wrong", "The code is wrong or was used already. Wait for the next one, or use a recovery code.",
        "Le code est faux ou a déjà servi. Attendez le suivant, ou utilisez un code de secours.", "code");
}
