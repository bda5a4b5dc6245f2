using Entente.Core.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Entente.Core.Accounts;

/// <summary>
/// Accounts as ASP.NET Core Identity sees them. It saves nothing by itself: the verb that called writes its line in the journal
/// and saves both. Recovery codes are kept as hashes.
/// </summary>
public sealed class AccountStore : UserOnlyStore<Account, Db, int>
{
    AccountStore(Db db) : base(db) => AutoSaveChanges = false;

    /// <summary>Identity's rules over this record. Who may call what is for the verbs to say.</summary>
    public static UserManager<Account> Open(Db db)
    {
        var options = new IdentityOptions();
        var users = new UserManager<Account>(new AccountStore(db), Options.Create(options), Passwords.Hasher, [], [],
            new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), null!, NullLogger<UserManager<Account>>.Instance);
        users.RegisterTokenProvider(options.Tokens.AuthenticatorTokenProvider, new AuthenticatorTokenProvider<Account>());
        return users;
    }

    /// <summary>Replaces the recovery codes; Identity would make shorter ones, and keep them as they are.</summary>
    public static async Task KeepCodesAsync(Db db, Account account, IEnumerable<string> codes)
    {
        using var store = new AccountStore(db);
        await store.ReplaceCodesAsync(account, codes.Select(Secrets.Hash), CancellationToken.None);
    }

    /// <summary>Sets the secret of the authenticator; Identity would change the account's stamp with it, and so end its sessions.</summary>
    public static async Task KeepAuthenticatorKeyAsync(Db db, Account account, string key)
    {
        using var store = new AccountStore(db);
        await store.SetAuthenticatorKeyAsync(account, key, CancellationToken.None);
    }

    public override Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken) =>
        base.RedeemCodeAsync(user, Secrets.Hash(code), cancellationToken);
}
