using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Outbox;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Outbox;

/// <summary>The outbox against a real SMTP server.</summary>
public sealed class RealServerTests(RealServerTests.Held held) : IClassFixture<RealServerTests.Held>
{
    public sealed class Held : IAsyncLifetime
    {
        internal Smtpd Smtpd { get; } = new();

        public Task InitializeAsync() => Smtpd.InitializeAsync();
        public Task DisposeAsync() => Smtpd.DisposeAsync();
    }

    Smtpd Smtpd => held.Smtpd;

    static readonly EmailAddress From = EmailAddress.Parse("entente@example.org")!.Value;

    MailServer Server => new("127.0.0.1", Smtpd.Port, MailSecurity.None, null, null, From, "Entente", null, null);

    static async Task<string> AddAsync(TestWorld world, string body)
    {
        var key = Guid.NewGuid().ToString("N");
        Assert.True(await Messages.AddAsync(world.Work, key, EmailAddress.Parse($"{key}@example.net")!.Value, null, Lang.Fr, "Ce qui arrive à échéance\u202F: trois accords, deux rapports, un mandat", body, default));
        return key;
    }

    [SmtpTheory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_mail_arrives_as_it_was_written(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var key = await AddAsync(world, "Bonjour,\n\n.\n..deux points\nÀ bientôt, 日本");
        Assert.Equal(new PostingTally { Sent = 1 }, await Posting.RunAsync(world.Work, Server, default));
        var mail = Assert.Single(await Smtpd.DeliveredAsync(m => m.Contains(key, StringComparison.Ordinal), 1)).ReplaceLineEndings("\n");
        var message = await world.Db.Messages.SingleAsync();
        Assert.StartsWith("250 ", message.Answer, StringComparison.Ordinal);
        Assert.Contains($"\nMessage-ID: <{message.MessageId}@example.org>\n", mail, StringComparison.Ordinal);
        Assert.Contains($"\nTo: <{key}@example.net>\n", mail, StringComparison.Ordinal);
        Assert.Contains("\nSubject: =?utf-8?B?", mail, StringComparison.Ordinal);
        Assert.EndsWith("\n\nBonjour,\n\n.\n..deux points\nÀ bientôt, 日本\n", mail, StringComparison.Ordinal);
    }

    [SmtpFact]
    public async Task Two_hundred_mails_by_four_senders_arrive_once_each()
    {
        await using var world = await TestWorld.OpenAsync(Conditions.Postgres is null ? "sqlite" : "postgres");
        var mark = Guid.NewGuid().ToString("N");
        for (var i = 0; i < 200; i++) await AddAsync(world, $"{mark} number {i}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var db = world.Folder.OpenDb();
            await Posting.RunAsync(new Work(db, world.Folder, Actor.Program, TimeProvider.System), Server, default);
        })));
        var mails = await Smtpd.DeliveredAsync(m => m.Contains(mark, StringComparison.Ordinal), 200);
        Assert.Equal(200, mails.Select(m => m.TrimEnd().Split('\n')[^1]).Distinct().Count());
        Assert.Equal(200, mails.Count);
    }
}
