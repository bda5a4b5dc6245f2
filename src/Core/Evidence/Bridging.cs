using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>A year of two series laid end to end. Old and New are as each source gives it; Bridged is the old value in terms of the new series.</summary>
public sealed record BridgedYear(int Year, double? Old, double? New, double? Bridged, double? BridgedLower, double? BridgedUpper)
{
    /// <summary>The first year of the new series: from here on the line is another source's.</summary>
    public bool Break { get; init; }
}

/// <summary>
/// Two series of one figure with a break between them. Factor is the sum of the new series over that of the old one, over the years
/// that both have; its interval is the lowest and the highest ratio of a single one of these years.
/// </summary>
public sealed record SeriesBreak(string Figure, string Unit, string OldSource, FigureAnswer New, double? Factor, Bounds Interval, Years? Overlap, IReadOnlyList<BridgedYear> Years);

/// <summary>Where a series goes on in another vintage, or after one that was published elsewhere.</summary>
public static class Bridging
{
    /// <summary>Bridges the series of the question on an earlier vintage to its series on the question's own.</summary>
    public static Outcome<SeriesBreak> Bridge(Work work, Question question, string earlier, CancellationToken ct)
    {
        var old = Figures.Ask(work, question with { Vintage = earlier }, receipt: false, ct);
        return old.Refusal is { } refusal ? refusal : Bridge(work, question, old.Value.Vintage, old.Value.Series.ToDictionary(y => y.Year, y => y.Value), ct);
    }

    /// <summary>Bridges an imported series, lines of "year,value" with or without a heading, to the series of the question.</summary>
    public static Outcome<SeriesBreak> BridgeCsv(Work work, Question question, string name, string csv, CancellationToken ct)
    {
        var read = Read(csv);
        return read.Refusal is { } refusal ? refusal : Bridge(work, question, name, read.Value, ct);
    }

    static Outcome<SeriesBreak> Bridge(Work work, Question question, string source, Dictionary<int, double?> old, CancellationToken ct)
    {
        var asked = Figures.Ask(work, question, receipt: false, ct);
        if (asked.Refusal is { } refusal) return refusal;
        var answer = asked.Value;
        var now = answer.Series.ToDictionary(y => y.Year, y => y.Value);
        var both = old.Keys.Where(year => old[year] > 0 && now.GetValueOrDefault(year) > 0).Order().ToList();
        double? factor = both.Count == 0 ? null : both.Sum(year => now[year]!.Value) / both.Sum(year => old[year]!.Value);
        var ratios = both.ConvertAll(year => now[year]!.Value / old[year]!.Value);
        var interval = both.Count == 0 ? new Bounds(null, null) : new Bounds(ratios.Min(), ratios.Max());
        return new SeriesBreak(answer.Figure, answer.Unit, source, answer, factor, interval, both.Count == 0 ? null : new Years(both[0], both[^1]), Lay(old, now, factor, interval));
    }

    static List<BridgedYear> Lay(Dictionary<int, double?> old, Dictionary<int, double?> now, double? factor, Bounds interval)
    {
        if (old.Count + now.Count == 0) return [];
        var (first, last) = (old.Keys.Concat(now.Keys).Min(), old.Keys.Concat(now.Keys).Max());
        int? start = now.Where(y => y.Value is not null).Select(y => (int?)y.Key).Min();
        return [.. Enumerable.Range(first, last - first + 1).Select(year =>
        {
            var (before, after) = (old.GetValueOrDefault(year), now.GetValueOrDefault(year));
            // A year that the new series has stands for itself.
            var bridged = after is null ? before : null;
            return new BridgedYear(year, before, after, bridged * factor, bridged * interval.Lower, bridged * interval.Upper) { Break = year == start && first < start };
        })];
    }

    static Outcome<Dictionary<int, double?>> Read(string csv)
    {
        var years = new Dictionary<int, double?>();
        foreach (var (number, line) in csv.Split('\n').Index().Where(l => l.Item.Trim().Length > 0))
        {
            var cells = line.Trim().Trim('\uFEFF').Split(',', ';', '\t').Select(cell => cell.Trim().Trim('"')).ToArray();
            var isYear = int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1000 and <= 9999;
            if (number == 0 && !isYear) continue; // The heading.
            if (!isYear || cells.Length != 2 || !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) || !years.TryAdd(year, value))
                return Refusal.Invalid("series",
                    $"Line {number + 1} of the series is not a year and its value: write one year a line, such as 2014,152.",
                    $"La ligne {number + 1} de la série n’est pas une année et sa valeur\u202F: écrivez une année par ligne, comme 2014,152.", "series");
        }
        return years;
    }
}
