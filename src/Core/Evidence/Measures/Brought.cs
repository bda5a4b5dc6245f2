namespace Entente.Core.Evidence.Measures;

/// <summary>Works of which each brings the same to a figure's sums.</summary>
readonly record struct Alike(double[] Each, long Works);

/// <summary>
/// A figure that follows from its own works alone: each brings something to some sums, and the figure follows from these. So its works
/// can be drawn anew.
/// </summary>
/// <param name="Sums">how many sums there are</param>
/// <param name="DrawnFrom">how many works are drawn, of which those that bring nothing are a part</param>
/// <param name="At">the figure at such sums</param>
/// <param name="Alike">the works that bring something, in an order that is the same on every machine</param>
sealed record Brought(int Sums, long DrawnFrom, Func<IReadOnlyList<double>, double?> At, Func<IReadOnlyList<Alike>> Alike)
{
    /// <summary>Of a figure that follows from the counts of some sets: a work brings 1 to each set that it stands in.</summary>
    public static Brought OfSets(IReadOnlyList<SetOfWorks> sets, long drawnFrom, Func<IReadOnlyList<long>, double?> at) =>
        new(sets.Count, drawnFrom, sums => at([.. sums.Select(sum => (long)sum)]), () => Cells(sets));

    /// <summary>Of a figure where works bring amounts that many of them have alike.</summary>
    public static Brought OfAmounts(int sums, long drawnFrom, Func<IReadOnlyList<double>, double?> at, IEnumerable<(double[] Each, long Works)> amounts) =>
        new(sums, drawnFrom, at, () => Merged(amounts));

    static List<Alike> Merged(IEnumerable<(double[] Each, long Works)> amounts) =>
    [
        .. amounts.Where(a => a.Works > 0).GroupBy(a => (a.Each[0], a.Each[^1])).OrderBy(g => g.Key).Select(g => new Alike(g.First().Each, g.Sum(a => a.Works))),
    ];

    /// <summary>The works by which of the sets they stand in.</summary>
    static List<Alike> Cells(IReadOnlyList<SetOfWorks> sets)
    {
        var cells = new List<Alike>();
        var all = sets.Aggregate((a, b) => a.Or(b));
        for (var pattern = 1; pattern < 1 << sets.Count; pattern++)
        {
            var inside = Enumerable.Range(0, sets.Count).Select(i => (pattern >> i & 1) == 1).ToArray();
            var cell = inside.Index().Aggregate(all, (works, side) => side.Item ? works.And(sets[side.Index]) : works.Except(sets[side.Index]));
            if (cell.Count > 0) cells.Add(new([.. inside.Select(isIn => isIn ? 1.0 : 0)], cell.Count));
        }
        return cells;
    }
}
