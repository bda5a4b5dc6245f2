using Entente.Core.Kernel;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore.Storage;

namespace Entente.Core.Store;

/// <summary>One unit of work: who acts, when, and where it is written. Verbs take it first.</summary>
public sealed class Work(Db db, DataFolder folder, Actor actor, TimeProvider clock)
{
    public Db Db { get; } = db;
    public DataFolder Folder { get; } = folder;
    public Actor Actor { get; } = actor;
    public TimeProvider Clock { get; } = clock;
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Begins a transaction for a verb that reads, decides and writes; it holds the record's only pen until it ends.</summary>
    public Task<IDbContextTransaction> BeginAsync(CancellationToken ct) => Db.BeginWriteAsync(ct);

    /// <summary>Adds a line to the journal; saved with the changes it describes, which it gathers by itself, or not at all.</summary>
    /// <param name="verb">what is done, such as structure.suspend</param>
    /// <param name="subject">the record's address without the first slash, such as structures/majulab</param>
    /// <param name="detail">counts and choices; never what the record says, since its audience is not the journal's</param>
    public void Log(string verb, string subject, string? detail = null) =>
        Db.Tell(new JournalEntry { At = Now, Who = Actor.Id, Verb = verb, Subject = subject, Detail = detail });
}
