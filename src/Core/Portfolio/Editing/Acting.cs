using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>Who did something, as far as a reader may know. Name is null for who is of another side; Side is a short name.</summary>
public sealed record Acted(string Id, int? Account, string? Name, AccountRole? Role, string? Side);

/// <summary>The actors that the journal names. Colleagues of one side know each other by name, others by side and role.</summary>
public static class Acting
{
    const string Prefix = "account/";

    public static async Task<IReadOnlyDictionary<string, Acted>> OfAsync(Work work, IEnumerable<string> ids, CancellationToken ct)
    {
        var all = ids.Distinct().ToDictionary(id => id, Number, StringComparer.Ordinal);
        var numbers = all.Values.OfType<int>().ToList();
        var names = await work.Db.Accounts.AsNoTracking().Where(a => numbers.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var grants = (await work.Db.RoleGrants.AsNoTracking().Where(g => numbers.Contains(g.Account)).OrderBy(g => g.Id).ToListAsync(ct)).ToLookup(g => g.Account, g => g.Grant);
        var sides = grants.SelectMany(g => g).Select(g => g.Side).OfType<string>().Distinct().ToList();
        var shorts = await work.Db.Organisations.AsNoTracking().Where(o => sides.Contains(o.Key)).ToDictionaryAsync(o => o.Key, o => o.Short ?? o.Name, ct);
        return all.ToDictionary(who => who.Key, who =>
        {
            if (who.Value is not { } account) return new Acted(who.Key, null, null, null, null);
            var grant = grants[account].FirstOrDefault();
            var name = Colleagues(work.Actor, account, grants[account]) ? names.GetValueOrDefault(account) : null;
            return new Acted(who.Key, account, name, grant?.Role, grant?.Side is { } side ? shorts.GetValueOrDefault(side, side) : null);
        }, StringComparer.Ordinal);
    }

    /// <summary>Those whom a reader knows by name, and others who are named anyway, such as by a line that is shown; by name, the program last.</summary>
    public static async Task<IReadOnlyList<Acted>> KnownAsync(Work work, IEnumerable<string?> others, CancellationToken ct)
    {
        var shown = others.OfType<string>().Concat([Actor.CommandLine.Id, Actor.Program.Id]).ToHashSet(StringComparer.Ordinal);
        var accounts = await work.Db.Accounts.AsNoTracking().Select(a => a.Id).ToListAsync(ct);
        var acted = await OfAsync(work, accounts.Select(a => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{a}")).Concat(shown), ct);
        return [.. acted.Values.Where(a => a.Name is not null || shown.Contains(a.Id)).OrderBy(a => a.Account is null).ThenBy(a => a.Name is null).ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase).ThenBy(a => a.Account)];
    }

    static int? Number(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static bool Colleagues(Actor reader, int account, IEnumerable<Grant> grants) =>
        reader.Account == account || Permissions.MayAnywhere(reader, Permission.ManageAccounts) || grants.Any(g => g.Side is { } side && reader.Sides.Contains(side));
}
