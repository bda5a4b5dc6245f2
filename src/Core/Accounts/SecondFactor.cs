using System.Security.Cryptography;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>What an authenticator is told once: the secret, and the address that carries it.</summary>
public sealed record AuthenticatorKey(string Secret, string Uri);

/// <summary>Codes of an authenticator as a second proof, and the recovery codes for the day that it is lost.</summary>
public static class SecondFactor
{
    const int RecoveryCodes = 10;

    // A code is taken two steps of half a minute before and after its own. As many others can have been used while one is still taken.
    const int Remembered = 9;
    const string Letters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

    /// <summary>The secret to set an authenticator up with: the same until a code has confirmed it.</summary>
    public static async Task<Outcome<AuthenticatorKey>> BeginAsync(Work work, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var found = await Profile.OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        var account = found.Value;
        if (account.TwoFactorEnabled) return Refusal.Conflict("factor-on", "The second factor is on already.", "Le second facteur est déjà activé.");
        using var users = AccountStore.Open(work.Db);
        var secret = await users.GetAuthenticatorKeyAsync(account);
        if (secret is null)
        {
            secret = users.GenerateNewAuthenticatorKey();
            await AccountStore.KeepAuthenticatorKeyAsync(work.Db, account, secret);
            work.Log("account.begin-factor", account.Subject);
            await work.Db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        var uri = $"otpauth://totp/{Uri.EscapeDataString($"Entente:{account.Email}")}?secret={secret}&issuer=Entente&digits=6";
        return new AuthenticatorKey(secret, uri);
    }

    /// <summary>Turns the second factor on once a first code is right. Answers the recovery codes, which are told this once.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> ConfirmAsync(Work work, string code, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        var found = await Profile.OwnAsync(work, ct);
        if (found.Refusal is { } refusal) return refusal;
        var account = found.Value;
        if (await UseAsync(work, account, Plain(code), ct) is not SignInMethod.PasswordAndCode)
            return Refusal.Invalid("code-wrong", "The code is wrong. Check that the clock of the device is right, and wait for the next code.",
                "Le code est faux. Vérifiez que l’horloge de l’appareil est juste, et attendez le code suivant.", "code");
        account.TwoFactorEnabled = true;
        work.Log("account.factor-on", account.Subject);
        var codes = await NewCodesAsync(work, account);
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return codes;
    }

    /// <summary>Ten new recovery codes in place of the old.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> RenewCodesAsync(Work work, string password, Visitor from, CancellationToken ct)
    {
        var found = await Profile.ConfirmedAsync(work, password, from, ct);
        if (found.Refusal is { } refusal) return refusal;
        work.Log("account.renew-codes", found.Value.Subject);
        var codes = await NewCodesAsync(work, found.Value);
        await work.Db.SaveChangesAsync(ct);
        return codes;
    }

    public static async Task<Outcome<Account>> RemoveAsync(Work work, string password, Visitor from, CancellationToken ct)
    {
        var found = await Profile.ConfirmedAsync(work, password, from, ct);
        if (found.Refusal is { } refusal) return refusal;
        var account = found.Value;
        (account.TwoFactorEnabled, account.LastCode) = (false, null);
        work.Db.RemoveRange(await work.Db.AccountTokens.Where(t => t.UserId == account.Id).ToListAsync(ct));
        work.Log("account.factor-off", account.Subject);
        await work.Db.SaveChangesAsync(ct);
        return account;
    }

    public static async Task<int> CodesLeftAsync(Work work, CancellationToken ct)
    {
        var found = await Profile.OwnAsync(work, ct);
        using var users = AccountStore.Open(work.Db);
        return found.Ok ? await users.CountRecoveryCodesAsync(found.Value) : 0;
    }

    /// <summary>Judges a code and spends it, with a line in the journal. Null where it is not good. The caller holds the pen, or two tries at once would pass.</summary>
    internal static async Task<SignInMethod?> UseAsync(Work work, Account account, string code, CancellationToken ct)
    {
        using var users = AccountStore.Open(work.Db);
        var self = work.As(new(account.Name) { Account = account.Id });
        var (hash, used) = (Secrets.Hash($"{account.Id} {code}"), account.LastCode?.Split(' ') ?? []);
        if (code.Length == 6 && !used.Contains(hash) && await users.VerifyTwoFactorTokenAsync(account, users.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            account.LastCode = string.Join(' ', used.Prepend(hash).Take(Remembered));
            self.Log("account.use-code", account.Subject);
            await work.Db.SaveChangesAsync(ct);
            return SignInMethod.PasswordAndCode;
        }
        if (code.Length <= 6 || !(await users.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded) return null;
        self.Log("account.use-recovery-code", account.Subject);
        await work.Db.SaveChangesAsync(ct);
        return SignInMethod.PasswordAndRecoveryCode;
    }

    internal static string Plain(string code) => new string([.. code.Where(char.IsLetterOrDigit)]).ToUpperInvariant();

    // 16 letters of 30: 78 bits, so that their hashes tell nothing. Shown in groups of four, and read without regard to them.
    static async Task<List<string>> NewCodesAsync(Work work, Account account)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Letters, 16)).ToList();
        await AccountStore.KeepCodesAsync(work.Db, account, codes);
        return [.. codes.Select(c => string.Join('-', c.Chunk(4).Select(four => new string(four))))];
    }
}
