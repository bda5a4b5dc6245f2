using System.Net;
using System.Net.Sockets;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Outbox;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Outbox;

/// <summary>Every mail is delivered at most once, and every mail is accounted for, whatever the server does.</summary>
public sealed class PostingTests
{
    readonly SetClock _clock = new();

    Work WorkOf(TestWorld world, Db? db = null) => new(db ?? world.Db, world.Folder, Actor.Program, _clock);

    async Task<Message> AddAsync(TestWorld world, string key = "one", string body = "Bonjour,\n.\nÀ bientôt")
    {
        Assert.True(await Messages.AddAsync(WorkOf(world), key, EmailAddress.Parse("officer@example.net")!.Value, null, Lang.Fr, "Échéances", body, default));
        return await world.Db.Messages.AsNoTracking().SingleAsync(m => m.Key == key);
    }

    static Task<Message> OnlyAsync(TestWorld world) => world.Db.Messages.AsNoTracking().SingleAsync();

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_mail_is_sent_once_and_its_text_is_then_forgotten(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await using var smtp = new LoopbackSmtp();
        var added = await AddAsync(world);
        Assert.Equal(new PostingTally { Sent = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        Assert.Equal(new PostingTally(), await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        var sent = await OnlyAsync(world);
        Assert.Equal((MessageState.Sent, "", 1, "250 2.0.0 taken", _clock.Now), (sent.State, sent.Body, sent.Attempts, sent.Answer, sent.Settled!.Value));
        var letter = Assert.Single(smtp.Taken);
        Assert.Contains($"Message-ID: <{added.MessageId}@example.org>\r\n", letter, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nBonjour,\r\n.\r\nÃ\u0080 bientÃ´t\r\n", letter, StringComparison.Ordinal); // UTF-8, read here byte by byte
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_key_is_made_into_one_mail_only(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await AddAsync(world);
        Assert.False(await Messages.AddAsync(WorkOf(world), "one", EmailAddress.Parse("other@example.net")!.Value, 3, Lang.En, "Again", "Again", default));
        Assert.Equal("officer@example.net", (await OnlyAsync(world)).Address);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Two_senders_and_more_at_once_deliver_each_mail_once(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await using var smtp = new LoopbackSmtp();
        for (var i = 0; i < 60; i++) await AddAsync(world, $"mail/{i}", $"number {i}");
        var senders = Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var db = world.Folder.OpenDb();
            return await Posting.RunAsync(WorkOf(world, db), smtp.Server, default);
        });
        var tallies = await Task.WhenAll(senders.Select(sender => Task.Run(() => sender)));
        Assert.Equal(60, tallies.Sum(t => t.Sent));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"number {i}").Order(StringComparer.Ordinal), smtp.Taken.Select(LastLine).Order(StringComparer.Ordinal));
        Assert.Equal(60, (await Messages.CountAsync(world.Db, default))[MessageState.Sent]);
    }

    static string LastLine(string letter) => letter.TrimEnd().Split("\r\n")[^1];

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_server_that_is_busy_is_asked_again_later_and_not_before(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var asked = 0;
        await using var smtp = new LoopbackSmtp(command => command.StartsWith("RCPT", StringComparison.Ordinal) && Interlocked.Increment(ref asked) == 1 ? "451 4.3.0 busy" : null);
        await AddAsync(world);
        Assert.Equal(new PostingTally { Later = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        var waiting = await OnlyAsync(world);
        Assert.Equal((MessageState.Pending, "451 4.3.0 busy"), (waiting.State, waiting.Answer));
        Assert.Equal(0, (await Posting.RunAsync(WorkOf(world), smtp.Server, default)).All);
        _clock.Now = waiting.NextTry;
        Assert.Equal(new PostingTally { Sent = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        Assert.Equal(2, (await OnlyAsync(world)).Attempts);
        Assert.Single(smtp.Taken);
    }

    [Theory]
    [InlineData("RCPT TO:<officer@example.net>", "550 5.1.1 no such person")]
    [InlineData("MAIL FROM:<entente@example.org> BODY=8BITMIME", "553 5.1.8 not from here")]
    [InlineData(".", "554-5.7.1 looks like\r\n554 5.7.1 a complaint")]
    public async Task A_final_no_fails_the_mail_with_the_words_of_the_server(string command, string answer)
    {
        await using var world = await TestWorld.OpenAsync();
        await using var smtp = new LoopbackSmtp(asked => asked == command ? answer : null);
        await AddAsync(world);
        Assert.Equal(new PostingTally { Failed = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        var failed = await OnlyAsync(world);
        Assert.Equal((MessageState.Failed, answer.Replace("\r\n554", "", StringComparison.Ordinal).Replace("554-", "554 ", StringComparison.Ordinal)), (failed.State, failed.Answer));
        Assert.Empty(smtp.Taken);
    }

    [Theory]
    [InlineData("(greeting)", "554 no service here")]
    [InlineData("(greeting)", LoopbackSmtp.Close)]
    [InlineData("(greeting)", "* OK IMAP4rev1 ready")]
    [InlineData("(text)", LoopbackSmtp.Close)]
    [InlineData("MAIL FROM:<entente@example.org> BODY=8BITMIME", LoopbackSmtp.Close)]
    public async Task What_cannot_have_been_delivered_is_tried_again(string command, string answer)
    {
        await using var world = await TestWorld.OpenAsync();
        await using (var smtp = new LoopbackSmtp(asked => asked == command ? answer : null))
        {
            // More than fits between the two ends: what closes in the middle is seen in the middle.
            await AddAsync(world, body: string.Concat(Enumerable.Repeat("À bientôt, et merci.\n", 400_000)));
            Assert.Equal(new PostingTally { Later = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
            Assert.Empty(smtp.Taken);
        }
        _clock.Now = (await OnlyAsync(world)).NextTry;
        await using var well = new LoopbackSmtp();
        Assert.Equal(new PostingTally { Sent = 1 }, await Posting.RunAsync(WorkOf(world), well.Server, default));
        Assert.Single(well.Taken);
    }

    [Theory]
    [InlineData("(greeting)")]
    [InlineData("DATA")]
    public async Task A_server_that_hangs_is_left_and_asked_again(string command)
    {
        await using var world = await TestWorld.OpenAsync();
        await using var smtp = new LoopbackSmtp(asked => asked == command ? LoopbackSmtp.Hang : null);
        await AddAsync(world);
        var impatient = smtp.Server with { Patience = TimeSpan.FromMilliseconds(300) };
        Assert.Equal(new PostingTally { Later = 1 }, await Posting.RunAsync(WorkOf(world), impatient, default));
        Assert.Equal((MessageState.Pending, "The server took too long to answer."), ((await OnlyAsync(world)).State, (await OnlyAsync(world)).Answer));
    }

    [Theory]
    [InlineData(LoopbackSmtp.Close)]
    [InlineData(LoopbackSmtp.Hang)]
    public async Task A_server_that_falls_silent_after_the_last_line_leaves_an_uncertain_mail_that_is_never_sent_again(string answer)
    {
        await using var world = await TestWorld.OpenAsync();
        await using var smtp = new LoopbackSmtp(asked => asked == "." ? answer : null);
        await AddAsync(world);
        Assert.Equal(new PostingTally { Uncertain = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server with { Patience = TimeSpan.FromMilliseconds(300) }, default));
        Assert.Single(smtp.Taken); // it did have the mail
        await using var well = new LoopbackSmtp();
        _clock.Now = _clock.Now.AddYears(1);
        Assert.Equal(0, (await Posting.RunAsync(WorkOf(world), well.Server, default)).All);
        Assert.Empty(well.Taken);
        Assert.Equal(MessageState.Uncertain, (await OnlyAsync(world)).State);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_for_days_and_then_given_up()
    {
        await using var world = await TestWorld.OpenAsync();
        await AddAsync(world);
        var nobody = new MailServer("127.0.0.1", FreePort(), MailSecurity.None, null, null, EmailAddress.Parse("entente@example.org")!.Value, null, null, null);
        var begun = _clock.Now;
        for (var tries = 0; (await OnlyAsync(world)).State == MessageState.Pending; tries++)
        {
            Assert.True(tries < 50);
            _clock.Now = (await OnlyAsync(world)).NextTry;
            await Posting.RunAsync(WorkOf(world), nobody, default);
        }
        Assert.Equal(MessageState.Failed, (await OnlyAsync(world)).State);
        Assert.InRange(_clock.Now - begun, TimeSpan.FromDays(2), TimeSpan.FromDays(4));
    }

    [Fact]
    public async Task One_unreachable_server_is_not_asked_for_every_mail()
    {
        await using var world = await TestWorld.OpenAsync();
        await using var smtp = new LoopbackSmtp(asked => asked == "(greeting)" ? "421 4.3.2 closing" : null);
        for (var i = 0; i < 5; i++) await AddAsync(world, $"mail/{i}");
        Assert.Equal(new PostingTally { Later = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        Assert.Equal([1, 0, 0, 0, 0], await world.Db.Messages.OrderBy(m => m.Id).Select(m => m.Attempts).ToListAsync());
    }

    [Fact]
    public async Task A_mail_that_the_server_refuses_does_not_hold_up_the_next()
    {
        await using var world = await TestWorld.OpenAsync();
        var first = true;
        await using var smtp = new LoopbackSmtp(asked => asked.StartsWith("RCPT", StringComparison.Ordinal) && first && !(first = false) ? "550 no" : null);
        await AddAsync(world, "refused");
        await AddAsync(world, "welcome");
        Assert.Equal(new PostingTally { Failed = 1, Sent = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_mail_whose_sender_vanished_becomes_uncertain_in_time_and_not_sooner(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        await using var smtp = new LoopbackSmtp();
        await AddAsync(world);
        await world.Db.Messages.ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MessageState.Sending).SetProperty(m => m.Node, "gone").SetProperty(m => m.Claimed, _clock.Now));
        _clock.Now += Posting.Vanished - TimeSpan.FromSeconds(1);
        Assert.Equal(0, (await Posting.RunAsync(WorkOf(world), smtp.Server, default)).All);
        _clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal(new PostingTally { Uncertain = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        Assert.Empty(smtp.Taken);
    }

    [Fact]
    public async Task A_sender_that_slept_too_long_holds_the_mail_back()
    {
        await using var world = await TestWorld.OpenAsync();
        await using var smtp = new LoopbackSmtp(asked =>
        {
            if (asked == "DATA") _clock.Now += TimeSpan.FromMinutes(11);
            return null;
        });
        await AddAsync(world);
        Assert.Equal(new PostingTally { Later = 1 }, await Posting.RunAsync(WorkOf(world), smtp.Server, default));
        Assert.Empty(smtp.Taken);
    }

    [Fact]
    public async Task Stopping_the_program_gives_the_mail_back_unless_it_was_handed_over()
    {
        await using var world = await TestWorld.OpenAsync();
        using var stop = new CancellationTokenSource();
        await using var smtp = new LoopbackSmtp(asked =>
        {
            if (asked == "DATA") stop.Cancel();
            return asked == "DATA" ? LoopbackSmtp.Hang : null;
        });
        await AddAsync(world);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Posting.RunAsync(WorkOf(world), smtp.Server, stop.Token));
        Assert.Equal((MessageState.Pending, _clock.Now), ((await OnlyAsync(world)).State, (await OnlyAsync(world)).NextTry));

        using var late = new CancellationTokenSource();
        await using var taking = new LoopbackSmtp(asked =>
        {
            if (asked == ".") late.Cancel();
            return null;
        });
        Assert.Equal(new PostingTally { Sent = 1 }, await Posting.RunAsync(WorkOf(world), taking.Server, late.Token));
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
