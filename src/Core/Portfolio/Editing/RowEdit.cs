using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Editing;

/// <summary>Which of two values to keep.</summary>
public enum Keep { Yours, Theirs }

/// <summary>One row as somebody wants it to be.</summary>
public sealed record RowEdit
{
    public required PortfolioFile File { get; init; }

    /// <summary>The key or number of the row; null to add one.</summary>
    public string? Id { get; init; }

    /// <summary>Every cell of the row as it was left; a column that is missing is empty.</summary>
    public required IReadOnlyDictionary<string, string> Cells { get; init; }

    /// <summary>The last line of the journal when the row was read.</summary>
    public int Seen { get; init; }

    /// <summary>For fields that somebody else changed too: which value to keep.</summary>
    public IReadOnlyDictionary<string, Keep> Choices { get; init; } = new Dictionary<string, Keep>();

    /// <summary>Sources that support single fields of a keyed record: column and source key; empty to leave it to the record's own source.</summary>
    public IReadOnlyDictionary<string, string> FieldSources { get; init; } = new Dictionary<string, string>();
}

/// <summary>Something wrong with a cell.</summary>
public sealed record Fault(string Field, Said What);

/// <summary>A field that two people changed to different values.</summary>
public sealed record Clash(Column Column, string? Was, string? Yours, string? Theirs);

/// <summary>Who saved in between: as the journal names the actor, and when.</summary>
public sealed record OtherEdit(string Who, DateTimeOffset At);

/// <summary>What came of a save: the row, or what is wrong, or what two people see differently. One of the three.</summary>
public sealed record Saved
{
    /// <summary>The key or number of the row that was saved.</summary>
    public string? Id { get; init; }

    /// <summary>The record that the row belongs to, such as structures/majulab.</summary>
    public string? Record { get; init; }

    /// <summary>Columns of yours that were written, and columns of others that stayed because you had not touched them.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];
    public IReadOnlyList<string> Merged { get; init; } = [];
    public IReadOnlyList<Fault> Faults { get; init; } = [];
    public IReadOnlyList<Clash> Clashes { get; init; } = [];
    public IReadOnlyList<OtherEdit> Others { get; init; } = [];

    /// <summary>Of a conflict: what the form should hold now, others' changes merged in, and the line it is then drawn from.</summary>
    public IReadOnlyDictionary<string, string> Cells { get; init; } = new Dictionary<string, string>();
    public int Seen { get; init; }

    /// <summary>True where the row was removed while it was being edited.</summary>
    public bool Removed { get; init; }

    public bool Done => Faults.Count == 0 && Clashes.Count == 0 && !Removed;
}
