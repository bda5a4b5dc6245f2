using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Deadlines;

/// <summary>Those to whom the program itself brings something: who they are now, as if they had just signed in.</summary>
static class Readers
{
    /// <summary>Null where the account is closed or is not there.</summary>
    public static async Task<Actor?> ActorAsync(Db db, int account, CancellationToken ct)
    {
        var name = await db.Accounts.AsNoTracking().Where(a => a.Id == account && a.Closed == null).Select(a => a.Name).SingleOrDefaultAsync(ct);
        if (name is null) return null;
        var grants = await db.RoleGrants.AsNoTracking().Where(g => g.Account == account).OrderBy(g => g.Id).ToListAsync(ct);
        return new(name) { Account = account, Grants = [.. grants.Select(g => g.Grant)] };
    }
}
