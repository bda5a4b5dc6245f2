namespace Entente.Core.Store.Journal;

/// <summary>
/// One line of the journal: who did what to which record, and when. Lines form a chain: each holds the hash of the one before, of its
/// own words and of its changes. Format: docs/format/journal.md.
/// </summary>
public sealed class JournalEntry
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public int Id { get; internal set; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The actor's id: account/12, or the name of the program that acted.</summary>
    public required string Who { get; init; }

    /// <summary>What was done, such as structure.suspend.</summary>
    public required string Verb { get; init; }

    /// <summary>The address of the record it was done to, such as structures/majulab.</summary>
    public required string Subject { get; set; }

    /// <summary>Counts and choices in a few words; never what the record says.</summary>
    public string? Detail { get; set; }
    public string? Salt { get; set; }
    public string? ContentHash { get; internal set; }
    public string? ChangesHash { get; internal set; }

    /// <summary>Null on lines older than the chain.</summary>
    public string? Hash { get; internal set; }

    /// <summary>When subject and detail were taken out of the line because they told of a person; the chain still holds.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>The line for whoever may know of a part of its changes only: the counts in its detail would tell of the others.</summary>
    internal JournalEntry WithoutDetail()
    {
        var copy = (JournalEntry)MemberwiseClone();
        copy.Detail = null;
        return copy;
    }
}

/// <summary>One row that a line of the journal added, changed or removed. Before and after are JSON objects of column and text.</summary>
public sealed class JournalChange
{
    public required int Line { get; init; }
    public required int Position { get; init; }
    public required string TableName { get; init; }
    public required string RowKey { get; init; }

    /// <summary>The record that the row belongs to, such as structures/majulab for one of its parties.</summary>
    public required string Record { get; set; }

    /// <summary>Who may read the row, as it stood before and after, joined by a space where it changed; null where it has none.</summary>
    public string? Audience { get; init; }

    /// <summary>The changed columns as they were; every column of a row removed; null of a row added.</summary>
    public string? Before { get; set; }
    public string? After { get; set; }
    public required string Salt { get; set; }
    public required string Hash { get; init; }
    public DateTimeOffset? ErasedAt { get; set; }
}

/// <summary>The last line and its hash: the one row that every writer holds while it writes.</summary>
sealed class JournalHead
{
    public int Id { get; init; }
    public int Line { get; set; }
    public required string Hash { get; set; }
}
