using Entente.Core.Kernel;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Store.Outbox;

/// <summary>
/// Pending: waits for its next try. Sending: a node has it. Sent: the server took it. Failed: the server will not have it, or never
/// answered. Uncertain: its sender vanished after it may have been handed over; a person decides. GivenUp: that person's no.
/// </summary>
public enum MessageState { Pending, Sending, Sent, Failed, Uncertain, GivenUp }

/// <summary>One mail on its way. The row is the only memory of it: whatever stops, the next process finds here what was done.</summary>
public sealed class Message
{
    public int Id { get; init; }

    /// <summary>What the mail is, such as digest/12/2026-11-22: a second mail of the same key is never made.</summary>
    public required string Key { get; init; }

    /// <summary>Whose mail it is; null for an address without an account.</summary>
    public int? Account { get; init; }
    public required string Address { get; init; }
    public required Lang Lang { get; init; }
    public required string Subject { get; init; }

    /// <summary>Emptied once it is sent.</summary>
    public required string Body { get; init; }
    public required MessageState State { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset Made { get; init; }
    public required DateTimeOffset NextTry { get; init; }

    /// <summary>The left half of its Message-ID, the same at every try, so that a mailbox can tell a mail that it has already.</summary>
    public required string MessageId { get; init; }

    /// <summary>Who took it last, and when.</summary>
    public string? Node { get; init; }
    public DateTimeOffset? Claimed { get; init; }

    /// <summary>When it came to an end.</summary>
    public DateTimeOffset? Settled { get; init; }

    /// <summary>The server's last words about it, or what went wrong.</summary>
    public string? Answer { get; init; }
}

/// <summary>The SMTP server as an administrator entered it; one row or none.</summary>
public sealed class MailServerRow
{
    public int Id { get; init; } = 1;
    public required string Host { get; set; }
    public required int Port { get; set; }
    public required MailSecurity Security { get; set; }
    public string? Account { get; set; }

    /// <summary>Sealed: only this installation's keys open it.</summary>
    public string? Password { get; set; }
    public required string Sender { get; set; }
    public string? Name { get; set; }
    public string? Pin { get; set; }
    public string? Site { get; set; }
}

/// <summary>The tables of the outbox, named on Db.</summary>
public static class OutboxTables
{
    extension(Db db)
    {
        public DbSet<Message> Messages => db.Set<Message>();
        public DbSet<MailServerRow> MailServers => db.Set<MailServerRow>();
    }
}

sealed class OutboxMapping : IEntityTypeConfiguration<Message>, IEntityTypeConfiguration<MailServerRow>
{
    public void Configure(EntityTypeBuilder<Message> b) => b.ToTable("message").Unjournalled();

    public void Configure(EntityTypeBuilder<MailServerRow> b)
    {
        b.ToTable("mail_server");
        b.Property(s => s.Id).ValueGeneratedNever();
        b.Property(s => s.Password).Secret();
    }
}
