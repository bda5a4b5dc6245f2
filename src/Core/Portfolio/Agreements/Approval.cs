using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Agreements;

/// <summary>
/// That a side approved what it saw: the text as it stood then, by its hash. Not a row of a portfolio folder, since nobody can approve by a file.
/// </summary>
public sealed class Approval
{
    public int Id { get; init; }

    /// <summary>agreements/KEY or structures/KEY.</summary>
    public required string Subject { get; init; }

    /// <summary>Number of the amendment; null where the draft itself is approved.</summary>
    public int? Amendment { get; init; }

    /// <summary>Key of the organisation on whose behalf.</summary>
    public required string Side { get; init; }

    /// <summary>SHA-256 of Content, in small hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The canonical text that was approved.</summary>
    public required string Content { get; init; }

    /// <summary>The last line of the journal when it was seen.</summary>
    public required int Seen { get; init; }

    /// <summary>Null for the command line.</summary>
    public int? Account { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? Withdrawn { get; set; }
    public required Audience Audience { get; init; }
}
