using Entente.Core.Kernel;

namespace Entente.Core.Store;

/// <summary>One unit of work: who acts, when, and where it is written. Verbs take it first.</summary>
public sealed class Work(Db db, DataFolder folder, Actor actor, TimeProvider clock)
{
    public Db Db { get; } = db;
    public DataFolder Folder { get; } = folder;
    public Actor Actor { get; } = actor;
    public TimeProvider Clock { get; } = clock;
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Adds a line to the journal; saved with the change it describes, or not at all.</summary>
    public void Log(string verb, string subject, string? detail = null) =>
        Db.Add(new JournalEntry { At = Now, Who = Actor.Name, Verb = verb, Subject = subject, Detail = detail });
}

public sealed class JournalEntry
{
    public int Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Who { get; init; }
    public required string Verb { get; init; }
    public required string Subject { get; init; }
    public string? Detail { get; init; }
}
