using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Figures computed on a vintage.</summary>
public static class Figures
{
    /// <summary>Answers a question, with its receipt when asked for.</summary>
    public static Outcome<FigureAnswer> Ask(Work work, Question question, bool receipt, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>The works behind a figure in ordinal order of id; those only in the upper bound when <paramref name="upper"/>.</summary>
    public static Outcome<IReadOnlyList<WorkLine>> Works(Work work, Question question, bool upper, CancellationToken ct) => throw new NotImplementedException();
}

/// <summary>One work behind a figure. CountsAs is distinct-authors, structural, counted, or upper-bound-only.</summary>
public sealed record WorkLine(string Id, int? Year, string Title, string? Doi, string? Type, int Authors, bool Truncated, string CountsAs);
