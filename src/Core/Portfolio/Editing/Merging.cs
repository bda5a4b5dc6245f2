namespace Entente.Core.Portfolio.Editing;

/// <summary>The outcome of three versions of a row: what to write, and the fields that only a person can settle.</summary>
public sealed record Merge(IReadOnlyDictionary<string, string> Cells, IReadOnlyList<Clash> Clashes, IReadOnlyList<string> Theirs);

/// <summary>Brings two people's changes of one row together, field by field.</summary>
public static class Merging
{
    /// <summary>
    /// A field that one of the two changed takes that change; one that both changed alike takes it; one that both changed differently
    /// is a clash, unless it was settled. In a clash the cell holds yours, so that a form shows what was typed.
    /// </summary>
    public static Merge Of(PortfolioFile file, IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> yours,
        IReadOnlyDictionary<string, string> theirs, IReadOnlyDictionary<string, Keep> choices)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        var clashes = new List<Clash>();
        var merged = new List<string>();
        foreach (var column in file.Columns)
        {
            var (b, t) = (was.GetValueOrDefault(column.Name), theirs.GetValueOrDefault(column.Name));
            // To keep theirs is to have changed nothing oneself.
            var settled = choices.TryGetValue(column.Name, out var keep);
            var y = settled && keep == Keep.Theirs ? b : yours.GetValueOrDefault(column.Name);
            var value = y == b ? t : y;
            if (y == b && t != b) merged.Add(column.Name);
            if (y != b && t != b && t != y) clashes.Add(new(column, b, y, t));
            if (value is not null) cells[column.Name] = value;
        }
        return new(cells, clashes, merged);
    }
}
