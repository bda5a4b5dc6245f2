using System.Text;
using Entente.Core.Accounts;
using Entente.Core.Accounts.Personal;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Entente.Core.Store.Search;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts.Personal;

public sealed class ErasingTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Nothing_names_an_erased_person_and_every_count_is_as_before(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var subject = await PlantedPerson.PlantAsync(world);
        Assert.True((await PlantedPerson.TracesAsync(world.Db)).Count > 20);
        Assert.NotEmpty(await Searching.FindAsync(world.Work, "quillfeather", 5, default));
        var (counts, lines) = (await PlantedPerson.StatisticsAsync(world.Db), await world.Db.Journal.CountAsync());

        var foreseen = (await Erasing.PreviewAsync(world.Work, subject, default)).Value;
        Assert.True((await PlantedPerson.TracesAsync(world.Db)).Count > 20);
        Assert.Equal(lines, await world.Db.Journal.CountAsync());
        var erased = await Erasing.EraseAsync(world.Work, subject, default);
        Assert.True(erased.Ok, erased.Refusal?.Message.En);
        Assert.Equal(Told(foreseen), Told(erased.Value));

        var left = await PlantedPerson.TracesAsync(world.Db);
        Assert.True(left.Count == 0, string.Join('\n', left));
        Assert.Empty(await Searching.FindAsync(world.Work, "quillfeather", 5, default));
        Assert.Equal(counts, await PlantedPerson.StatisticsAsync(world.Db));
        var check = await Journals.VerifyAsync(world.Db, default);
        Assert.True(check.Sound, check.Why?.En);
        Assert.True(check.Erased > 3);
        Assert.Equal("person.erase", (await world.Db.Journal.AsNoTracking().OrderBy(j => j.Id).LastAsync()).Verb);
        if (kind == "sqlite") await FileTellsNothingAsync(world);
    }

    static string Told(Erasure e) => string.Join('\n', new[] { e.Gone, e.Nameless, e.Reworded, e.Stays }.Select(c => string.Join(", ", c.OrderBy(p => p.Key).Select(p => $"{p.Key} {p.Value}"))).Append(e.Journal.ToString()));

    // Not only the tables: what was deleted must not lie in free pages or in the log beside the file.
    static async Task FileTellsNothingAsync(TestWorld world)
    {
        await world.Db.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in new[] { world.Folder.Database, world.Folder.Database + "-wal" }.Where(File.Exists))
            Assert.DoesNotContain("quillfeather", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task An_erased_account_opens_to_nobody_and_the_record_still_works(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var subject = await PlantedPerson.PlantAsync(world);
        Assert.True((await Erasing.EraseAsync(world.Work, subject, default)).Ok);
        Assert.Equal("sign-in-wrong", (await SigningIn.PasswordAsync(world.Work, PlantedPerson.Email, "four other words here", new("192.0.2.8", null), default)).Refusal!.Code);
        Assert.Equal("not-linked", (await OutsideIdentities.SignInAsync(world.Work, new("https://orcid.org", PlantedPerson.Orcid), default)).Refusal!.Code);
        var record = await PortfolioRecord.ReadAsync(world.Db, default);
        var person = record.People["erased-1"];
        Assert.Equal((Erasing.Name, null, null), (person.Name, person.Orcid, person.Wording));
        Assert.Contains(record.RolesOf("majulab"), r => r is { Person: "erased-1", Side: "cnrs", Kind: RoleKind.Director } && r.Since.ToString() == "2019" && r.Until.ToString() == "2023");
        Assert.Contains(record.Notes, n => n.Text == "Founded by (erased person) ((erased person)), see people/erased-1." && n.TextFr == "Fondé par (erased person).");
        Assert.Equal("unknown-person", (await Erasing.EraseAsync(world.Work, subject, default)).Refusal!.Code);
        Assert.Equal("portfolio-edited", (await Portfolios.EnsureAsync(world.Work, Portfolios.None, default)).Refusal!.Code);
        Assert.Empty((await Subjects.FindAsync(world.Work, "erased", default)).Value);
    }

    [Fact]
    public async Task Two_people_who_are_erased_stay_two()
    {
        await using var world = await TestWorld.OpenAsync();
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        var people = await world.Db.People.Select(p => p.Key).OrderBy(k => k).Take(3).ToListAsync();
        var counts = await PlantedPerson.StatisticsAsync(world.Db);
        Assert.True((await Erasing.EraseAsync(world.Work, new(null, people[..1], []), default)).Ok);
        Assert.True((await Erasing.EraseAsync(world.Work, new(null, people[1..], []), default)).Ok);
        Assert.Equal(["erased-1", "erased-2", "erased-3"], await world.Db.People.Select(p => p.Key).Where(k => k.StartsWith("erased-")).OrderBy(k => k).ToListAsync());
        Assert.Equal(counts, await PlantedPerson.StatisticsAsync(world.Db));
    }

    [Fact]
    public async Task Only_an_administrator_of_the_installation_erases_and_never_the_last()
    {
        await using var world = await TestWorld.OpenAsync();
        var subject = await PlantedPerson.PlantAsync(world);
        var admin = await world.Db.Accounts.SingleAsync(a => a.Email == "admin@example.org");
        Assert.Equal("last-administrator", (await Erasing.EraseAsync(world.Work, new(admin.Id, [], []), default)).Refusal!.Code);
        foreach (var grant in new Grant[] { new(AccountRole.Administrator, "cnrs", null), new(AccountRole.PartnershipOfficer, null, null) })
        {
            var work = new Work(world.Db, world.Folder, new Actor("x") { Account = 77, Grants = [grant] }, TimeProvider.System);
            foreach (var refusal in new[]
            {
                (await Erasing.EraseAsync(work, subject, default)).Refusal, (await Erasing.PreviewAsync(work, subject, default)).Refusal,
                (await PersonalExport.OfAsync(work, subject, default)).Refusal, (await Subjects.FindAsync(work, "quill", default)).Refusal,
            }) Assert.Equal(RefusalKind.Forbidden, refusal!.Kind);
        }
        Assert.Equal("unknown-person", (await Erasing.PreviewAsync(world.Work, new(null, ["nobody"], []), default)).Refusal!.Code);
        Assert.Equal("unknown-person", (await Erasing.PreviewAsync(world.Work, new(null, [], []), default)).Refusal!.Code);
    }

    [Fact]
    public async Task A_search_finds_account_and_person_of_the_one()
    {
        await using var world = await TestWorld.OpenAsync();
        var subject = await PlantedPerson.PlantAsync(world);
        var found = (await Subjects.FindAsync(world.Work, "quillfeather zephyrine", default)).Value;
        Assert.Equal([(subject.Account, (string?)null), (null, PlantedPerson.Key)], found.Select(c => (c.Account, c.Person)));
    }
}
