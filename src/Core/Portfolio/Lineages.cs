using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>What a structure was called on one day. Code is null where the sources do not tell.</summary>
public sealed record LabelAt(string? Code, Said Text);

/// <summary>One stretch of a structure's life. From is null where the start is not published; To is the next act, the end, or today.</summary>
public sealed record LifeStretch(StretchKind Kind, double? From, double To, string? Label, Said Text);

/// <summary>Earlier: under another instrument. Vague: the start is not published, or its sources disagree.</summary>
public enum StretchKind { Present, Earlier, Vague }

/// <summary>One event in the life of a structure with every statement that dates it.</summary>
public sealed record LineageEvent(string Key, IReadOnlyList<Act> Statements)
{
    public Act First => Statements[0];
    public string? Instrument => Statements.Select(a => a.Instrument).FirstOrDefault(i => i is not null);
    public IReadOnlyList<PartialDate> Dates => [.. Statements.Where(a => a.Date is not null).Select(a => a.Date!.Value)];
    public bool Agreed => Dates.All(a => Dates.All(a.Meets));

    /// <summary>The most precise date where all agree.</summary>
    public PartialDate? Date => Dates.Count > 0 && Agreed ? Dates.MaxBy(d => d.Precision) : null;
}

/// <summary>Lineage: the label that a structure bore at each date, and what a source calls it before that name existed.</summary>
public static class Lineages
{
    /// <summary>Events in order of their earliest date; statements of one event together.</summary>
    public static IReadOnlyList<LineageEvent> Events(PortfolioRecord record, string structure) =>
        [.. record.Acts[structure].GroupBy(a => a.Event).Select(g => new LineageEvent(g.Key, [.. g]))];

    /// <summary>The events by which it became, or had become, an instrument: not sightings, pauses or agreements.</summary>
    public static IReadOnlyList<LineageEvent> Changes(PortfolioRecord record, string structure) =>
        [.. Events(record, structure).Where(e => e.Instrument is not null && e.First.DateKind != DateKind.Running && e.Dates.Count > 0)];

    /// <summary>The event by which it became what it is now; null where no source dates it.</summary>
    public static LineageEvent? Start(PortfolioRecord record, Structure structure) =>
        Changes(record, structure.Key).FirstOrDefault(e => e.Instrument == structure.Instrument);

    /// <summary>The label that the structure bore on a day, as far as the acts and the labels on record tell.</summary>
    public static LabelAt LabelOn(PortfolioRecord record, Structure structure, DateOnly day)
    {
        var changes = Changes(record, structure.Key);
        var latest = changes.LastOrDefault(e => e.Dates.Min().First <= day);
        if (changes.Count > 0 && latest is null)
            return new(null, new("not yet founded, as far as the sources tell", "pas encore créé, d’après les sources"));
        return LabelOn(record, latest?.Instrument ?? structure.Instrument, day);
    }

    /// <summary>The label of an instrument on a day: UMI in 2006, IRL in 2019. An instrument without labels on record has always had its own.</summary>
    public static LabelAt LabelOn(PortfolioRecord record, string instrument, DateOnly day)
    {
        var labels = record.Labels[instrument].ToList();
        if (labels.Count == 0) return new(record.Instruments[instrument].Code, Said.Same(record.Instruments[instrument].Code));
        if (labels.FirstOrDefault(l => l.BorneOn(day)) is { } borne) return new(borne.Code, Said.Same(borne.Code));
        var first = labels.MinBy(l => l.Since?.First ?? DateOnly.MinValue)!;
        return new(null, new(
            $"another label, not published ({first.Code} dates from {first.Since?.Year})",
            $"un autre label, non publié ({first.Code} date de {first.Since?.Year})"));
    }

    /// <summary>The day on which an act's label is judged: the last that its date allows, so that a mere year is given the benefit.</summary>
    static DateOnly? DayOf(Act act) => act.Date?.Last;

    /// <summary>Says that a source names something by a label that did not exist yet at the date it gives; null where the name fits.</summary>
    public static Said? Anachronism(PortfolioRecord record, Act act)
    {
        if (act is not { Label: { } text, Instrument: { } instrument } || DayOf(act) is not { } day) return null;
        if (record.Labels[instrument].FirstOrDefault(l => Names(l, text)) is not { Since: { } since } label || label.BorneOn(day) || day > since.Last) return null;
        var then = LabelOn(record, instrument, day);
        return then.Code is null
            ? new($"Anachronism: {label.Code} dates from {since.Year}; in {act.Date!.Value.Year} it bore {then.Text.En}.",
                $"Anachronisme\u202F: {label.Code} date de {since.Year}\u202F; en {act.Date!.Value.Year}, la structure portait {then.Text.Fr}.")
            : new($"Anachronism: the label then was {then.Code}; {label.Code} dates from {since.Year}.",
                $"Anachronisme\u202F: le label était alors {then.Code}\u202F; {label.Code} date de {since.Year}.");
    }

    /// <summary>Says that a source still uses a label that had ended when it was written; null where it had not.</summary>
    public static Said? Outdated(PortfolioRecord record, Act act)
    {
        if (act is not { Label: { } text, Instrument: { } instrument }) return null;
        if (record.Labels[instrument].FirstOrDefault(l => Names(l, text)) is not { Until: { } until } label) return null;
        var stillUsed = act.Source.Select(c => record.Sources[c.Source]).FirstOrDefault(s => s.Kind == SourceKind.Register && s.KnownBy is { } by && by.First >= until.First);
        return stillUsed is null ? null : new(
            $"{label.Code}, the label before {until.Year}, kept by the register in {stillUsed.KnownBy!.Value.Year}.",
            $"{label.Code}, le label d’avant {until.Year}, conservé par le répertoire en {stillUsed.KnownBy!.Value.Year}.");
    }

    static bool Names(Label label, string text) =>
        new[] { label.Code, label.Name, label.NameFr }.Any(name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The structure's life as stretches on a line of years, earliest first. A year with decimals: 2014.33 is May 2014.</summary>
    public static IReadOnlyList<LifeStretch> Stretches(PortfolioRecord record, Structure structure, DateOnly today)
    {
        var changes = Changes(record, structure.Key);
        var end = record.Acts[structure.Key].Where(a => a.DateKind == DateKind.Ended && a.Date is not null).Select(a => (double?)Point(a.Date!.Value.Last)).Max() ?? Point(today);
        if (changes.Count == 0) return Unstarted(record, structure, end);
        var stretches = new List<LifeStretch>();
        for (var i = 0; i < changes.Count; i++)
        {
            var dates = changes[i].Dates.Select(d => Point(d.First)).ToList();
            var until = changes[i].Statements.Where(a => a.Until is not null).Select(a => (double?)Point(a.Until!.Value.Last)).Max();
            var next = i + 1 < changes.Count ? changes[i + 1].Dates.Min(d => Point(d.First)) : end;
            var label = LabelOn(record, changes[i].Instrument!, changes[i].Dates.Min().First).Code ?? changes[i].First.Label;
            var kind = changes[i].Instrument == structure.Instrument ? StretchKind.Present : StretchKind.Earlier;
            if (!changes[i].Agreed)
                stretches.Add(new(StretchKind.Vague, dates.Min(), dates.Max(), label, new("the sources disagree on the start", "les sources ne s’accordent pas sur le début")));
            stretches.Add(new(kind, changes[i].Agreed ? dates.Min() : dates.Max(), Math.Min(until ?? next, next), label, changes[i].First.SaidWhat));
        }
        return stretches;
    }

    /// <summary>The life of a structure with those of its predecessors before it, as one line of steps.</summary>
    public static IReadOnlyList<LifeStretch> WithPredecessors(PortfolioRecord record, Structure structure, DateOnly today)
    {
        var own = Stretches(record, structure, today);
        var (before, seen, asked) = (new List<LifeStretch>(), new HashSet<string> { structure.Key }, new Queue<string>([structure.Key]));
        while (asked.TryDequeue(out var key))
            foreach (var link in record.Successions.Where(s => s.Successor == key && seen.Add(s.Structure)))
            {
                asked.Enqueue(link.Structure);
                var earlier = record.Structures[link.Structure];
                // An end that no source gives is the day on which the next one begins.
                var end = link.Date is { } date ? Point(date.First) : own.Min(s => s.From ?? s.To);
                before.AddRange(Stretches(record, earlier, today).Where(s => s.Kind != StretchKind.Vague)
                    .Select(s => s with { Kind = StretchKind.Earlier, To = Math.Min(s.To, end), Label = $"{s.Label} {earlier.Name}", Text = earlier.SaidName }));
            }
        return [.. before.OrderBy(s => s.From), .. own];
    }

    static LifeStretch[] Unstarted(PortfolioRecord record, Structure structure, double end)
    {
        var seen = record.Acts[structure.Key].Where(a => a.DateKind == DateKind.Running && a.Date is not null).ToList();
        var label = record.InstrumentOf(structure).Code;
        Said unknown = new("start not published", "début non publié");
        return seen.Count == 0
            ? [new(StretchKind.Vague, null, end, label, unknown)]
            : [new(StretchKind.Vague, null, Point(seen[0].Date!.Value.First), label, unknown),
                new(StretchKind.Present, Point(seen[0].Date!.Value.First), end, label, seen[0].SaidWhat)];
    }

    internal static double Point(DateOnly day) => day.Year + (day.DayOfYear - 1) / (DateTime.IsLeapYear(day.Year) ? 366.0 : 365.0);
}
