using System.Net.Sockets;
using System.Security.Authentication;
using Entente.Core.Store.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Outbox;

/// <summary>What one run of the outbox did.</summary>
public sealed record PostingTally
{
    public int Sent { get; set; }
    public int Later { get; set; }
    public int Failed { get; set; }
    public int Uncertain { get; set; }
    public int All => Sent + Later + Failed + Uncertain;
}

/// <summary>
/// Hands the outbox to the SMTP server. A mail is claimed in a transaction of its own before the network is touched, and its end is
/// written after. Whoever vanishes between the two leaves a mail that may or may not have been sent: it becomes uncertain, and is
/// never sent again by itself. So every mail is sent at most once, and none is lost without a trace.
/// </summary>
public static class Posting
{
    /// <summary>A mail may be handed over this long after it was claimed, and not a moment later.</summary>
    static readonly TimeSpan HandOver = TimeSpan.FromMinutes(10);

    /// <summary>Whoever claimed a mail this long ago is gone: longer than handing over and the last answer can take, clocks apart included.</summary>
    public static readonly TimeSpan Vanished = TimeSpan.FromMinutes(20);

    static readonly TimeSpan[] Pauses =
        [.. new[] { 1, 5, 15, 60, 120, 240 }.Select(m => TimeSpan.FromMinutes(m)), .. Enumerable.Repeat(TimeSpan.FromHours(8), 6)];

    /// <summary>Sends what is due, one after the other over one connection. Any number of nodes may do so at once.</summary>
    public static async Task<PostingTally> RunAsync(Work work, MailServer server, CancellationToken ct)
    {
        var tally = new PostingTally { Uncertain = await FindVanishedAsync(work, ct) };
        SmtpSession? session = null;
        try
        {
            while (!ct.IsCancellationRequested && await ClaimAsync(work) is { } message)
            {
                var (end, words) = await HandOverAsync(work, server, message, open => session = open, session, ct);
                await SettleAsync(work, message, end, words);
                Count(tally, end, message);
                if (end == End.Sent) continue;
                await CloseAsync(session);
                session = null;
                ct.ThrowIfCancellationRequested();
                // The server cannot be reached or used: the other mails would fare no better.
                if (end == End.ServerLater) break;
            }
        }
        finally
        {
            await CloseAsync(session);
        }
        return tally;
    }

    enum End { Sent, Later, ServerLater, Refused, Unknown, Stopped }

    /// <summary>Marks what nobody can still be sending. A person decides about it.</summary>
    static Task<int> FindVanishedAsync(Work work, CancellationToken ct)
    {
        var (before, now) = (work.Now - Vanished, work.Now);
        return work.Db.Messages.Where(m => m.State == MessageState.Sending && m.Claimed < before).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, MessageState.Uncertain).SetProperty(m => m.Settled, now)
            .SetProperty(m => m.Answer, "The sender vanished while it was handing the message over."), ct);
    }

    // The update asks again for what was read: of several nodes that chose the same row only one changes it. Not to be interrupted: a
    // claim that nobody knows of would end as an uncertain mail.
    static async Task<Message?> ClaimAsync(Work work)
    {
        while (true)
        {
            var now = work.Now;
            var next = await work.Db.Messages.AsNoTracking().Where(m => m.State == MessageState.Pending && m.NextTry <= now)
                .OrderBy(m => m.NextTry).ThenBy(m => m.Id).Select(m => new { m.Id, m.Attempts }).FirstOrDefaultAsync(CancellationToken.None);
            if (next is null) return null;
            var (id, attempts) = (next.Id, next.Attempts);
            var claimed = await work.Db.Messages.Where(m => m.Id == id && m.State == MessageState.Pending && m.Attempts == attempts).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, MessageState.Sending).SetProperty(m => m.Node, Node.Name).SetProperty(m => m.Claimed, now)
                .SetProperty(m => m.Attempts, attempts + 1), CancellationToken.None);
            if (claimed == 1) return await work.Db.Messages.AsNoTracking().SingleAsync(m => m.Id == id, CancellationToken.None);
        }
    }

    static async Task<(End, string)> HandOverAsync(Work work, MailServer server, Message message, Action<SmtpSession> opened, SmtpSession? session, CancellationToken ct)
    {
        try
        {
            if (session is null) opened(session = await SmtpSession.OpenAsync(server, ct));
            if (EmailAddress.Parse(message.Address) is not { } to) return (End.Refused, "The address cannot be written to.");
            var letter = new Letter(server.From, server.FromName, to, message.Subject, message.Body, message.MessageId, message.Made);
            return (End.Sent, await session.SendAsync(letter, () => work.Now - message.Claimed < HandOver, ct));
        }
        catch (SmtpRefusedException refused)
        {
            // A no before the message is named is about the server or its account: that can be put right, and the message is not at fault.
            return (session is null ? End.ServerLater : refused.Code >= 500 ? End.Refused : End.Later, refused.Message);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            if (session?.Stage == SmtpStage.Ending) return (End.Unknown, $"The connection broke after the message was handed over: {e.Message}");
            if (ct.IsCancellationRequested) return (End.Stopped, "The program was stopped before the message was handed over.");
            var words = e is OperationCanceledException ? "The server took too long to answer." : e is AuthenticationException ? e.GetBaseException().Message : e.Message;
            return (session is null ? End.ServerLater : End.Later, words);
        }
    }

    // Written whatever stops: a message whose end is not known here is taken for uncertain.
    static async Task SettleAsync(Work work, Message message, End end, string words)
    {
        var now = work.Now;
        var (id, node, attempt) = (message.Id, message.Node, message.Attempts);
        // Only by whoever claimed it. A mail that was called uncertain too early may still be told sent.
        var mine = work.Db.Messages.Where(m => m.Id == id && m.Node == node && m.Attempts == attempt
            && (m.State == MessageState.Sending || m.State == MessageState.Uncertain && end == End.Sent));
        var state = StateAfter(end, attempt);
        if (state == MessageState.Pending)
        {
            var next = end == End.Stopped ? now : now + Pauses[Math.Min(attempt, Pauses.Length) - 1];
            await mine.ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state).SetProperty(m => m.NextTry, next).SetProperty(m => m.Answer, words), CancellationToken.None);
            return;
        }
        var body = state == MessageState.Sent ? "" : message.Body;
        await mine.ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state).SetProperty(m => m.Settled, now).SetProperty(m => m.Answer, words)
            .SetProperty(m => m.Body, body), CancellationToken.None);
    }

    static MessageState StateAfter(End end, int attempt) => end switch
    {
        End.Sent => MessageState.Sent,
        End.Refused => MessageState.Failed,
        End.Unknown => MessageState.Uncertain,
        End.Stopped => MessageState.Pending,
        End.Later or End.ServerLater => attempt > Pauses.Length ? MessageState.Failed : MessageState.Pending,
    };

    static void Count(PostingTally tally, End end, Message message)
    {
        switch (StateAfter(end, message.Attempts))
        {
            case MessageState.Sent: tally.Sent++; break;
            case MessageState.Failed: tally.Failed++; break;
            case MessageState.Uncertain: tally.Uncertain++; break;
            default: tally.Later++; break;
        }
    }

    static async Task CloseAsync(SmtpSession? session)
    {
        if (session is not null) await session.DisposeAsync();
    }
}
