namespace Entente.Core.Evidence.Measures;

/// <summary>Works of which each brings the same to a figure's sums.</summary>
readonly record struct Alike(double[] Each, long Works);

/// <summary>
/// A figure that follows from its own works alone: each brings something to some sums, and the figure follows from these. So its works
/// can be drawn anew, and what moved it can be told work by work.
/// </summary>
/// <param name="Sums">how many sums there are</param>
/// <param name="DrawnFrom">how many works are drawn, of which those that bring nothing are a part</param>
/// <param name="At">the figure at such sums</param>
/// <param name="Alike">the works that bring something, in an order that is the same on every machine</param>
/// <param name="Works">what each work brings, by its id</param>
sealed record Brought(int Sums, long DrawnFrom, Func<IReadOnlyList<double>, double?> At, Func<IReadOnlyList<Alike>> Alike, Func<Dictionary<long, double[]>> Works)
{
    /// <summary>Of a figure that follows from the counts of some sets: a work brings 1 to each set that it stands in.</summary>
    public static Brought OfSets(IReadOnlyList<SetOfWorks> sets, long drawnFrom, Func<IReadOnlyList<long>, double?> at) =>
        new(sets.Count, drawnFrom, sums => at([.. sums.Select(sum => (long)sum)]), () => Cells(sets), () => Standing(sets));

    /// <summary>Of a figure where works bring amounts that many of them have alike.</summary>
    public static Brought OfAmounts(int sums, long drawnFrom, Func<IReadOnlyList<double>, double?> at, IEnumerable<(double[] Each, long Works)> amounts, Func<IEnumerable<(long Id, double[] Each)>> works) =>
        new(sums, drawnFrom, at, () => Merged(amounts), () => Shared(works()));

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

    // Works alike share what they bring: there may be millions of them.
    static Dictionary<long, double[]> Standing(IReadOnlyList<SetOfWorks> sets)
    {
        var patterns = new Dictionary<long, int>();
        foreach (var (i, set) in sets.Index())
            foreach (var id in set.Ids()) patterns[id] = patterns.GetValueOrDefault(id) | 1 << i;
        double[][] each = [.. Enumerable.Range(0, 1 << sets.Count).Select(pattern => Enumerable.Range(0, sets.Count).Select(i => (double)(pattern >> i & 1)).ToArray())];
        return patterns.ToDictionary(work => work.Key, work => each[work.Value]);
    }

    static Dictionary<long, double[]> Shared(IEnumerable<(long Id, double[] Each)> works)
    {
        var known = new Dictionary<(double, double), double[]>();
        return works.ToDictionary(work => work.Id, work => known.TryGetValue((work.Each[0], work.Each[^1]), out var each) ? each : known[(work.Each[0], work.Each[^1])] = work.Each);
    }
}
