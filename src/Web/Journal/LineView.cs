using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;

namespace Entente.Web.Journal;

/// <summary>A line of the journal as a page shows it: the first rows of the portfolio by field; <c>Count</c> of them in all, and others only counted.</summary>
public sealed record LineView(JournalEntry Entry, Acted Who, IReadOnlyList<RowDifference> Rows, int Count, int Others)
{
    /// <summary>Rows that are shown of one line.</summary>
    public const int Most = 100;

    public static async Task<IReadOnlyList<LineView>> OfAsync(Work work, IReadOnlyList<HistoryLine> lines, CancellationToken ct)
    {
        var acted = await Acting.OfAsync(work, lines.Select(l => l.Entry.Who), ct);
        return [.. lines.Select(line => Of(work.Db, line, acted[line.Entry.Who]))];
    }

    static LineView Of(Db db, HistoryLine line, Acted who)
    {
        var rows = new List<RowDifference>();
        var count = 0;
        var files = line.Changes.Select(c => c.Table).Distinct().ToDictionary(table => table, table => RecordPast.FileOf(db, table));
        foreach (var change in line.Changes.Where(c => !c.Erased && files[c.Table] is not null))
            if (count++ < Most) rows.Add(RecordPast.Difference(files[change.Table]!, change.Key, change.Before, change.After));
        return new(line.Entry, who, rows, count, line.Changes.Count - count);
    }
}
