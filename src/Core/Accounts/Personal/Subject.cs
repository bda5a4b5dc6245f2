using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts.Personal;

/// <summary>One human being: an account, rows of people in the portfolio, or both. Nothing in the record ties them; whoever asks does.</summary>
/// <param name="People">keys in the table of people</param>
/// <param name="AlsoAs">other spellings of the name, as texts may have them</param>
public sealed record Subject(int? Account, IReadOnlyList<string> People, IReadOnlyList<string> AlsoAs);

/// <summary>Somebody whom a search found: an account or a person of the portfolio.</summary>
public sealed record Candidate(int? Account, string? Person, string Name, string? Address, string? Orcid);

/// <summary>A subject with what the record calls them.</summary>
/// <param name="Words">names, addresses and identifiers, as they may stand in texts</param>
sealed record Known(Subject Subject, string? Email, IReadOnlyList<string> Names, Traces Words)
{
    public static async Task<Known?> OfAsync(Db db, Subject subject, CancellationToken ct)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == subject.Account, ct);
        var people = await PeopleAsync(db, subject.People, ct);
        if ((subject.Account is not null && account is null) || people.Count < subject.People.Count || (account is null && people.Count == 0)) return null;
        var linked = await OutsideIdentities.Links(db).AsNoTracking().Where(l => l.UserId == subject.Account).ToListAsync(ct);
        var names = new[] { account?.Name }.Concat(people.Select(p => p.Name)).OfType<string>().Distinct().ToList();
        return new(subject, account?.Email, names, new([.. names, account?.Email, .. people.Select(p => p.Orcid),
            .. linked.SelectMany(l => new[] { l.ProviderKey, l.ProviderDisplayName }), .. subject.AlsoAs]));
    }

    static async Task<List<(string Key, string Name, string? Orcid)>> PeopleAsync(Db db, IReadOnlyList<string> keys, CancellationToken ct) =>
        keys.Count == 0 ? [] : await db.RowsAsync($"select key, name, orcid from person where key in ({PersonalRows.Parameters(keys.Count)})",
            r => (r.GetString(0), r.GetString(1), r.IsDBNull(2) ? null : r.GetString(2)), ct, [.. keys]);
}

/// <summary>Finding the rows that one human being has.</summary>
public static class Subjects
{
    const int Most = 50;

    internal static Refusal? Refuse(Actor actor) => Permissions.Refuse(actor, Permission.HandlePersonalData, []);

    internal static Refusal Unknown { get; } = Refusal.NotFound("unknown-person", "There is no such account or person, or they were erased already.",
        "Ce compte ou cette personne n’existe pas, ou a déjà été effacé.");

    /// <summary>
    /// Accounts and people of the portfolio in which every word is found, in name, address or ORCID iD. Whom one side keeps to itself is
    /// found by the whole name, ORCID iD or key alone: whoever knows it asks for the person.
    /// </summary>
    public static async Task<Outcome<IReadOnlyList<Candidate>>> FindAsync(Work work, string words, CancellationToken ct)
    {
        if (Refuse(work.Actor) is { } refusal) return refusal;
        if (words.Trim().Length < 2) return Array.Empty<Candidate>();
        var accounts = (await work.Db.Accounts.AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(ct))
            .Where(a => !Erasing.IsErased(a) && Words.AllIn(words, [a.Name, a.Email])).Select(a => new Candidate(a.Id, null, a.Name, a.Email, null));
        var people = (await work.Db.RowsAsync("select key, name, orcid, audience from person order by name, key",
                r => (Key: r.GetString(0), Name: r.GetString(1), Orcid: r.IsDBNull(2) ? null : r.GetString(2), Open: (Audience.Parse(r.GetString(3)) ?? Audience.Nobody).OpenTo(work.Actor, null, null)), ct))
            .Where(p => !Erasing.IsErased(p.Key) && (p.Open ? Words.AllIn(words, [p.Name, p.Orcid, p.Key]) : new[] { p.Name, p.Orcid, p.Key }.Any(whole => whole is not null && Words.Fold(whole) == Words.Fold(words.Trim())))).Select(p => new Candidate(null, p.Key, p.Name, null, p.Orcid));
        return accounts.Concat(people).Take(Most).ToList();
    }

    /// <summary>Whoever is signed in, with the people of the portfolio who bear the ORCID iD that they proved to be theirs.</summary>
    public static async Task<Subject> OwnAsync(Work work, CancellationToken ct)
    {
        var proved = await OutsideIdentities.Links(work.Db).Where(l => l.UserId == work.Actor.Account && l.LoginProvider == "https://orcid.org").Select(l => l.ProviderKey).ToListAsync(ct);
        var people = proved.Count == 0 ? [] : await work.Db.RowsAsync($"select key from person where orcid in ({PersonalRows.Parameters(proved.Count)}) order by key", r => r.GetString(0), ct, [.. proved]);
        return new(work.Actor.Account, people, []);
    }
}
