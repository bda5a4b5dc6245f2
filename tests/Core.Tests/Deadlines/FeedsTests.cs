using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;
using Entente.Core.Store.Outbox;
using Entente.Core.Tests.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Deadlines;

/// <summary>Feeds and reminders bring a person what that person may read at that moment, and nothing after it was withdrawn.</summary>
public sealed class FeedsTests
{
    readonly SetClock _clock = new();

    // MajuLab is between the CNRS and Singapore's universities; what is entered is for both, for one side, and due soon.
    async Task<TestWorld> WorldAsync(string kind)
    {
        var world = await TestWorld.OpenAsync(kind);
        Assert.True((await Portfolios.EnsureAsync(world.Work, null, default)).Ok);
        foreach (var (key, audience) in new[] { ("shared", "both"), ("ours", "side:cnrs"), ("theirs", "side:nus") })
            world.Db.Add(new Deadline
            {
                Key = key, Structure = "majulab", Kind = DeadlineKind.Report, Title = $"Title of {key}", Due = PartialDate.Parse("2026-12-01"), Source = Citations.Parse("S3"), Audience = Audience.Parse(audience)!.Value,
            });
        world.Work.Log("test.deadlines", "portfolio");
        await world.Db.SaveChangesAsync();
        return world;
    }

    static async Task<int> AccountAsync(TestWorld world, string email, params Grant[] grants)
    {
        var account = new Account { Name = email, Email = email, NormalizedEmail = Emails.Normal(email), Created = DateTimeOffset.UnixEpoch, SecurityStamp = "x", ConcurrencyStamp = "x" };
        world.Db.Add(account);
        world.Work.Log("test.account", "accounts");
        await world.Db.SaveChangesAsync();
        foreach (var grant in grants) world.Db.Add(new RoleGrant { Account = account.Id, Role = grant.Role, Side = grant.Side, Scope = grant.Scope });
        if (grants.Length > 0)
        {
            world.Work.Log("test.grant", "accounts");
            await world.Db.SaveChangesAsync();
        }
        return account.Id;
    }

    Work As(TestWorld world, int account, params Grant[] grants) => new(world.Db, world.Folder, new("x") { Account = account, Grants = grants }, _clock);

    Work Program(TestWorld world) => new(world.Db, world.Folder, Actor.Program, _clock);

    static readonly Grant Cnrs = new(AccountRole.PartnershipOfficer, "cnrs", null);

    async Task<List<string>?> ReadAsync(TestWorld world, string token) =>
        await Feeds.ReadAsync(new(world.Db, world.Folder, Actor.Anyone, _clock), token, null, default) is { } text ? [.. StrictCalendar.Read(text).Children.Select(e => e.Text("SUMMARY"))] : null;

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_feed_opens_what_its_person_may_read_when_it_is_read(string kind)
    {
        await using var world = await WorldAsync(kind);
        var account = await AccountAsync(world, "officer@example.org", Cnrs);
        var made = (await Feeds.MakeAsync(As(world, account, Cnrs), "Outlook", Lang.En, default)).Value;
        Assert.DoesNotContain(made.Token, made.Feed.TokenHash, StringComparison.Ordinal);
        Assert.Equal(["Title of ours", "Title of shared"], (await ReadAsync(world, made.Token))!.Order(StringComparer.Ordinal));
        Assert.Equal(DateOnly.FromDateTime(_clock.Now.UtcDateTime), (await world.Db.CalendarFeeds.AsNoTracking().SingleAsync()).LastRead);

        // The role passes to the other side: so does what the feed shows.
        await world.Db.RoleGrants.ExecuteUpdateAsync(set => set.SetProperty(g => g.Side, "nus"));
        Assert.Equal(["Title of shared", "Title of theirs"], (await ReadAsync(world, made.Token))!.Order(StringComparer.Ordinal));
        await world.Db.RoleGrants.ExecuteDeleteAsync();
        Assert.Null(await ReadAsync(world, made.Token));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_withdrawn_feed_a_closed_account_and_a_guess_are_alike(string kind)
    {
        await using var world = await WorldAsync(kind);
        var account = await AccountAsync(world, "officer@example.org", Cnrs);
        var (first, second) = ((await Feeds.MakeAsync(As(world, account, Cnrs), "One", Lang.En, default)).Value, (await Feeds.MakeAsync(As(world, account, Cnrs), "Zimbra at home", Lang.Fr, default)).Value);
        Assert.Equal("unknown-feed", (await Feeds.WithdrawAsync(As(world, account + 1, Cnrs), first.Feed.Id, default)).Refusal!.Code);
        Assert.True((await Feeds.WithdrawAsync(As(world, account, Cnrs), first.Feed.Id, default)).Ok);
        Assert.Null(await ReadAsync(world, first.Token));
        Assert.Null(await ReadAsync(world, "guess"));
        Assert.NotNull(await ReadAsync(world, second.Token));
        Assert.Equal(["Zimbra at home"], (await Feeds.ListAsync(As(world, account, Cnrs), default)).Select(f => f.Name));
        await world.Db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.Closed, _clock.Now));
        Assert.Null(await ReadAsync(world, second.Token));
        // The journal tells that there is a feed, and neither its secret nor its name.
        Assert.DoesNotContain(await world.Db.Set<Core.Store.Journal.JournalChange>().Select(c => c.After).ToListAsync(), after => after?.Contains(second.Feed.TokenHash, StringComparison.Ordinal) == true || after?.Contains("Zimbra", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Reading_a_feed_again_the_same_day_writes_nothing()
    {
        await using var world = await WorldAsync("sqlite");
        var account = await AccountAsync(world, "officer@example.org", Cnrs);
        var made = (await Feeds.MakeAsync(As(world, account, Cnrs), "Outlook", Lang.En, default)).Value;
        await ReadAsync(world, made.Token);
        var before = await world.Db.Database.SqlQueryRaw<long>("select total_changes() as Value").SingleAsync();
        await ReadAsync(world, made.Token);
        Assert.Equal(before, await world.Db.Database.SqlQueryRaw<long>("select total_changes() as Value").SingleAsync());
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Each_person_gets_one_reminder_of_what_that_person_may_read(string kind)
    {
        await using var world = await WorldAsync(kind);
        var cnrs = await AccountAsync(world, "cnrs@example.org", Cnrs);
        var nus = await AccountAsync(world, "nus@example.org", new Grant(AccountRole.Coordinator, "nus", "structures/majulab"));
        var quiet = await AccountAsync(world, "quiet@example.org", Cnrs);
        await AccountAsync(world, "outsider@example.org", new Grant(AccountRole.Applicant, "cnrs", null));
        Assert.True((await Reminding.ChooseAsync(As(world, cnrs, Cnrs), ReminderPace.Day, Lang.Fr, default)).Ok);
        Assert.True((await Reminding.ChooseAsync(As(world, quiet, Cnrs), ReminderPace.Never, Lang.Fr, default)).Ok);
        Assert.Contains(new("mail.digests", true, "2 reminders made"), await Running.RunDueAsync(Program(world), default));

        var mails = await world.Db.Messages.AsNoTracking().OrderBy(m => m.Address).ToListAsync();
        Assert.Equal([$"digest/{cnrs}/2026-11-22", $"digest/{nus}/2026-W47"], mails.Select(m => m.Key));
        Assert.Contains("Title of ours", mails[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Title of theirs", mails[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Coming due", mails[0].Body, StringComparison.Ordinal); // French alone, as chosen
        Assert.Contains("Title of theirs", mails[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Title of ours", mails[1].Body, StringComparison.Ordinal);
        Assert.Contains("Coming due", mails[1].Body, StringComparison.Ordinal);
        Assert.Contains("À venir", mails[1].Body, StringComparison.Ordinal); // in both, since nobody chose

        // The same day again, as after a crash before the job was noted as done; then the next day.
        await world.Db.JobRows.ExecuteDeleteAsync();
        Assert.Contains(new("mail.digests", true, "0 reminders made"), await Running.RunDueAsync(Program(world), default));
        _clock.Now = _clock.Now.AddDays(1);
        Assert.Contains(new("mail.digests", true, "2 reminders made"), await Running.RunDueAsync(Program(world), default));
        Assert.Equal(4, await world.Db.Messages.CountAsync()); // a new day, and with Monday a new week
        _clock.Now = _clock.Now.AddDays(1);
        Assert.Contains(new("mail.digests", true, "1 reminders made"), await Running.RunDueAsync(Program(world), default));
    }

    [Fact]
    public async Task Nothing_to_say_is_no_mail()
    {
        await using var world = await WorldAsync("sqlite");
        await AccountAsync(world, "cnrs@example.org", Cnrs);
        _clock.Now = new(2026, 10, 1, 9, 0, 0, TimeSpan.Zero); // before any lead time
        Assert.Contains(new("mail.digests", true, "0 reminders made"), await Running.RunDueAsync(Program(world), default));
    }
}
