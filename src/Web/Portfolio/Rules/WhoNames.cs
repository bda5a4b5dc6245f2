using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Portfolio.Rules;

/// <summary>The names of those whom the journal calls by number, for readers who are signed in; others learn no names.</summary>
static class WhoNames
{
    const string Account = "account/";

    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(Work work, IEnumerable<string> who, CancellationToken ct)
    {
        if (work.Actor.Account is null && !work.Actor.Operator) return new Dictionary<string, string>();
        var ids = who.Where(w => w.StartsWith(Account, StringComparison.Ordinal)).Select(w => int.Parse(w[Account.Length..], CultureInfo.InvariantCulture)).Distinct().ToList();
        if (ids.Count == 0) return new Dictionary<string, string>();
        return await work.Db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => $"{Account}{a.Id}", a => a.Name, ct);
    }
}
