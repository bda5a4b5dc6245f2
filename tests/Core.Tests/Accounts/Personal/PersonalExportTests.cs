using System.IO.Compression;
using System.Text.Json;
using Entente.Core.Accounts;
using Entente.Core.Accounts.Personal;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Accounts.Personal;

public sealed class PersonalExportTests
{
    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_person_takes_away_all_that_is_kept_of_them_and_no_secret(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var subject = await PlantedPerson.PlantAsync(world);
        var work = new Work(world.Db, world.Folder, new Actor("x") { Account = subject.Account }, TimeProvider.System);
        var files = Read((await PersonalExport.OwnAsync(work, default)).Value.Zip);
        Assert.Equal(["account", "account_login", "account_token", "calendar_feed", "invitation", "journal", "message", "named-in-texts", "person", "person_role", "reminder", "role_grant", "session", "sign_in_attempt"],
            files.Keys.Order(StringComparer.Ordinal));
        var text = string.Join('\n', files.Values);
        foreach (var told in new[] { PlantedPerson.Name, PlantedPerson.Email, PlantedPerson.Orcid, "192.0.2.7", "Dear Zéphyrine" }) Assert.Contains(told, text, StringComparison.Ordinal);
        var account = await world.Db.Accounts.AsNoTracking().SingleAsync(a => a.Id == subject.Account);
        var session = await world.Db.Set<Session>().AsNoTracking().SingleAsync();
        foreach (var secret in new[] { account.PasswordHash!, account.SecurityStamp!, session.KeyHash, "seed-of-codes", "hash-of-an-address" }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(files["invitation"]).RootElement.GetProperty("rows").GetArrayLength() + 1);
        Assert.Equal(1, JsonDocument.Parse(files["named-in-texts"]).RootElement.GetProperty("note").GetInt32());
        Assert.Equal("person.export", (await world.Db.Journal.AsNoTracking().OrderBy(j => j.Id).LastAsync()).Verb);
    }

    [Fact]
    public async Task People_of_the_portfolio_are_ones_own_only_by_an_iD_that_was_proved()
    {
        await using var world = await TestWorld.OpenAsync();
        var subject = await PlantedPerson.PlantAsync(world);
        var work = new Work(world.Db, world.Folder, new Actor("x") { Account = subject.Account }, TimeProvider.System);
        Assert.Equal([PlantedPerson.Key], (await Subjects.OwnAsync(work, default)).People);
        await world.Db.Database.ExecuteSqlRawAsync("update account_login set login_provider = 'https://sandbox.orcid.org'");
        Assert.Empty((await Subjects.OwnAsync(work, default)).People);
        Assert.Equal("sign-in", (await PersonalExport.OwnAsync(new Work(world.Db, world.Folder, Actor.Anyone, TimeProvider.System), default)).Refusal!.Code);
    }

    static Dictionary<string, string> Read(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return zip.Entries.ToDictionary(e => e.Name[..^".json".Length], e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        });
    }
}
