using Entente.Core.Portfolio.Editing;
using Entente.Core.Store;
using Entente.Core.Store.Journal;

namespace Entente.Web.Journal;

/// <summary>A line of the journal as a page shows it: the rows of the portfolio by field, others only counted.</summary>
public sealed record LineView(JournalEntry Entry, Acted Who, IReadOnlyList<RowDifference> Rows, int Others)
{
    public static async Task<IReadOnlyList<LineView>> OfAsync(Work work, IReadOnlyList<HistoryLine> lines, CancellationToken ct)
    {
        var acted = await Acting.OfAsync(work, lines.Select(l => l.Entry.Who), ct);
        return [.. lines.Select(line => Of(work.Db, line, acted[line.Entry.Who]))];
    }

    static LineView Of(Db db, HistoryLine line, Acted who)
    {
        var rows = new List<RowDifference>();
        foreach (var change in line.Changes.Where(c => !c.Erased))
            if (RecordPast.FileOf(db, change.Table) is { } file) rows.Add(RecordPast.Difference(file, change.Key, change.Before, change.After));
        return new(line.Entry, who, rows, line.Changes.Count - rows.Count);
    }
}
