using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Outbox;

/// <summary>How many mails are in each state.</summary>
public sealed record OutboxCounts(IReadOnlyDictionary<MessageState, int> ByState)
{
    public int this[MessageState state] => ByState.GetValueOrDefault(state);
}

/// <summary>Putting mails into the outbox, and looking at it.</summary>
public static class Messages
{
    /// <summary>Adds a mail, in the transaction of the caller where there is one. False where a mail of this key was made before.</summary>
    public static async Task<bool> AddAsync(Work work, string key, EmailAddress to, int? account, Lang lang, string subject, string body, CancellationToken ct)
    {
        var (now, language, id, pending) = (UtcText.Of(work.Now), lang.ToString(), Guid.NewGuid().ToString("N"), nameof(MessageState.Pending));
        return await work.Db.Database.ExecuteSqlAsync(
            $"""
            insert into message (key, account, address, lang, subject, body, state, attempts, made, next_try, message_id)
            values ({key}, {account}, {to.Text}, {language}, {subject}, {body}, {pending}, 0, {now}, {now}, {id})
            on conflict (key) do nothing
            """, ct) == 1;
    }

    public static async Task<OutboxCounts> CountAsync(Db db, CancellationToken ct) => new(await db.Messages
        .GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct));

    /// <summary>What needs a person first, then the newest; without bodies, which are nobody's but the reader's.</summary>
    public static async Task<IReadOnlyList<Message>> ListAsync(Db db, MessageState? state, int skip, int take, CancellationToken ct)
    {
        var rows = db.Messages.AsNoTracking().Where(m => state == null || m.State == state);
        return await rows.OrderBy(m => m.State == MessageState.Uncertain ? 0 : m.State == MessageState.Failed ? 1 : 2).ThenByDescending(m => m.Id).Skip(skip).Take(take)
            .Select(m => new Message
            {
                Id = m.Id, Key = m.Key, Account = m.Account, Address = m.Address, Lang = m.Lang, Subject = m.Subject, Body = "", State = m.State, Attempts = m.Attempts,
                Made = m.Made, NextTry = m.NextTry, MessageId = m.MessageId, Node = m.Node, Claimed = m.Claimed, Settled = m.Settled, Answer = m.Answer,
            }).ToListAsync(ct);
    }
}
