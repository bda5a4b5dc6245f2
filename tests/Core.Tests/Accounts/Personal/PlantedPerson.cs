using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Accounts.Personal;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Outbox;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts.Personal;

/// <summary>One person in every table that holds people, with marks that no other text bears; and the demonstration portfolio around them.</summary>
static class PlantedPerson
{
    public const string Name = "Zéphyrine Quillfeather", Email = "Z.Quillfeather@Example.org", Orcid = "0000-0002-1825-0097", Key = "zephyrine-quillfeather", Other = "QUILLFEATHER, Zéphyrine";

    static readonly string[] Marks = ["quillfeather", "0000-0002-1825-0097", "zephyrine", "zéphyrine"];

    public static async Task<Subject> PlantAsync(TestWorld world)
    {
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        var first = (await Inviting.FirstLinkAsync(world.Work, default))!;
        Assert.True((await Joining.AcceptAsync(world.Work, first.Key, new("An Administrator", "admin@example.org", "four plain words here"), default)).Ok);
        var link = (await Inviting.InviteAsync(world.Work, new(AccountRole.PartnershipOfficer, "cnrs", Email: Email, Name: Name), default)).Value;
        var account = (await Joining.AcceptAsync(world.Work, link.Key, new(Name, "", "four other words here"), default)).Value;
        await Inviting.InviteAsync(world.Work, new(AccountRole.Reader, "cnrs", Email: Email.ToUpperInvariant(), Name: Name), default);
        var own = new Work(world.Db, world.Folder, new Actor(Name) { Account = account.Id, Grants = [new(AccountRole.PartnershipOfficer, "cnrs", null)] }, TimeProvider.System);
        await OutsideIdentities.LinkAsync(own, new("https://orcid.org", Orcid, Orcid, Name), default);
        await OutsideIdentities.LinkAsync(own, new("https://id.example.org", "zephyrine.q", Email, Name), default);
        await OutsideIdentities.UnlinkAsync(own, "https://id.example.org", "zephyrine.q", default);
        await Sessions.StartAsync(own, account.Id, SignInMethod.Password, new("192.0.2.7", "Quillfeather's browser"), default);
        await SigningIn.PasswordAsync(world.Work, Email, "wrong", new("192.0.2.7", null), default);
        world.Db.ChangeTracker.Clear();
        await PlantRowsAsync(world, own, account.Id);
        return new(account.Id, [Key], [Other]);
    }

    static async Task PlantRowsAsync(TestWorld world, Work own, int account)
    {
        var s1 = Citations.Parse("S1");
        own.Db.Add(new Person { Key = Key, Name = Name, Orcid = Orcid, Source = s1, Wording = $"Pr {Name} leads" });
        own.Log("person.create", $"people/{Key}");
        await own.Db.SaveChangesAsync();
        own.Db.Add(new Role { Person = Key, Structure = "majulab", Kind = RoleKind.Director, Side = "cnrs", Since = PartialDate.Parse("2019"), Source = s1, Wording = Name });
        own.Db.Add(new Note { Topic = "history", Structure = "majulab", Text = $"Founded by {Name.ToUpperInvariant()} ({Email}), see people/{Key}.", TextFr = $"Fondé par {Other}.", Source = s1 });
        own.Log("structure.edit", "structures/majulab", $"for {Name}");
        await own.Db.SaveChangesAsync();
        var role = await own.Db.Roles.SingleAsync(r => r.Person == Key);
        own.Db.Entry(role).Property(r => r.Until).CurrentValue = PartialDate.Parse("2023");
        own.Log("structure.edit", "structures/majulab");
        await own.Db.SaveChangesAsync();
        world.Db.Add(new Message
        {
            Key = $"digest/{account}", Account = account, Address = Email, Lang = Lang.En, Subject = $"For {Name}", Body = $"Dear {Name}", State = MessageState.Pending,
            Attempts = 0, Made = world.Work.Now, NextTry = world.Work.Now, MessageId = "m1@x", Answer = $"550 {Email} unknown",
        });
        await world.Db.Database.ExecuteSqlAsync($"insert into calendar_feed (account, name, lang, token_hash, made) values ({account}, {Name}, 'En', 'hash-of-an-address', '2026-01-01T00:00:00.0000000Z')");
        await world.Db.Database.ExecuteSqlAsync($"insert into reminder (account, every, lang) values ({account}, 'Week', 'Fr')");
        world.Db.Add(new IdentityUserToken<int> { UserId = account, LoginProvider = "x", Name = "y", Value = "seed-of-codes" });
        world.Work.Log("account.begin-factor", $"accounts/{account}");
        await world.Db.SaveChangesAsync();
        world.Db.ChangeTracker.Clear();
    }

    /// <summary>Where a mark still stands, in any text of any table that the database knows, the index included.</summary>
    public static async Task<List<string>> TracesAsync(Db db)
    {
        var places = new List<string>();
        var tables = db.Database.IsNpgsql()
            ? await db.RowsAsync("select table_name, column_name from information_schema.columns where table_schema = current_schema()", r => (r.GetString(0), r.GetString(1)), default)
            : await db.RowsAsync("select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and m.name not in ('search_words')", r => (r.GetString(0), r.GetString(1)), default);
        foreach (var (table, column) in tables)
            foreach (var text in await db.RowsAsync($"select cast(\"{column}\" as text) from \"{table}\"", r => r.IsDBNull(0) ? "" : r.GetString(0), default))
                if (Marks.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase))) places.Add($"{table}.{column}: {text}");
        return places;
    }

    /// <summary>People by side, role and year, as reports count them.</summary>
    public static async Task<string> StatisticsAsync(Db db)
    {
        var rows = await db.RowsAsync("""
            select coalesce(r.side, '-'), r.kind, coalesce(r.since, '-'), coalesce(r.until, '-'), r.structure, count(distinct p.key), count(*)
            from person_role r join person p on p.key = r.person group by r.side, r.kind, r.since, r.until, r.structure order by 1, 2, 3, 4, 5
            """, r => string.Join(' ', Enumerable.Range(0, r.FieldCount).Select(i => Convert.ToString(r.GetValue(i), CultureInfo.InvariantCulture))), default);
        return string.Join('\n', rows);
    }
}
