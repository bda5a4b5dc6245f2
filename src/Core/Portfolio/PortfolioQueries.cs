using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>What a list of structures can be narrowed to; a null part narrows nothing. Keys, codes and ISO countries, as addresses carry them.</summary>
public sealed record StructureFilter
{
    /// <summary>Key of an umbrella centre, or "none" for what stands outside one. A centre counts as its own member.</summary>
    public string? Centre { get; init; }

    /// <summary>Key or code of an instrument: irl or IRL.</summary>
    public string? Kind { get; init; }
    public string? Country { get; init; }

    /// <summary>Key of an organisation that any source names as a party.</summary>
    public string? Organisation { get; init; }
    public string? Source { get; init; }

    /// <summary>Words that must all occur in its names, subjects, people or partners; capitals and accents aside.</summary>
    public string? Text { get; init; }

    /// <summary>centre (the default), name, kind, country or since; with a leading minus the other way round.</summary>
    public string? Sort { get; init; }
}

/// <summary>When a structure became what it is, in a phrase, with what makes it uncertain.</summary>
public sealed record Since(Said Text, PartialDate? First, bool Published, bool Disputed, int Dates);

public sealed record StructureRow
{
    public required Structure Structure { get; init; }
    public required Instrument Instrument { get; init; }
    public required LabelAt Label { get; init; }
    public required Structure? Centre { get; init; }
    public required Since Since { get; init; }
    public required IReadOnlyList<LifeStretch> Stretches { get; init; }

    /// <summary>Keys of the sources that state anything of its dates and existence, documents first.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
    public required IReadOnlyList<Organisation> Partners { get; init; }
    public required IReadOnlyList<Theme> Subjects { get; init; }
}

/// <summary>Centre is null for what stands outside one.</summary>
public sealed record CentreGroup(Structure? Centre, IReadOnlyList<StructureRow> Rows);

public sealed record CountryCount(string? Country, int Structures);

/// <summary>The home page: everything that runs, by centre, with what the numbers above it count.</summary>
public sealed record Overview
{
    public required IReadOnlyList<CentreGroup> Groups { get; init; }
    public required IReadOnlyList<CountryCount> Countries { get; init; }

    /// <summary>Structures and programmes, the centres among them.</summary>
    public required int Structures { get; init; }
    public required int Centres { get; init; }

    /// <summary>Published documents; registers and pages cited for a rule are not counted.</summary>
    public required int Documents { get; init; }

    /// <summary>The ends of the time axis: the earliest year on record, and this year.</summary>
    public required Years Axis { get; init; }
    public required bool EndsPublished { get; init; }
}

/// <summary>Reads for pages and verbs. Each takes the record in memory, so none costs another query.</summary>
public static class PortfolioQueries
{
    public static Overview Overview(PortfolioRecord record, StructureFilter filter, DateOnly today)
    {
        // A draft does not run.
        var rows = Rows(record, filter with { Sort = "centre" }, today).Where(r => !r.Structure.Draft).ToList();
        var first = rows.SelectMany(r => r.Stretches).Select(s => (int)Math.Floor(s.From ?? s.To)).DefaultIfEmpty(today.Year - 20).Min();
        return new Overview
        {
            Groups = [.. rows.GroupBy(r => GroupOf(record, r)?.Key).Select(g => new CentreGroup(g.Key is null ? null : record.Structures[g.Key], [.. g]))],
            Countries = [.. rows.GroupBy(r => r.Structure.Country).Select(g => new CountryCount(g.Key, g.Count()))
                .OrderByDescending(c => c.Structures).ThenBy(c => c.Country is null).ThenBy(c => c.Country, StringComparer.Ordinal)],
            Structures = rows.Count,
            Centres = rows.Count(r => record.IsCentre(r.Structure)),
            Documents = record.Sources.Values.Count(s => s.Kind == SourceKind.Document),
            Axis = new Years(Math.Min(first, today.Year), today.Year),
            EndsPublished = rows.Any(r => record.Acts[r.Structure.Key].Any(a => a.DateKind == DateKind.Ended)),
        };
    }

    /// <summary>The structures that answer the filter, in its order.</summary>
    public static IReadOnlyList<StructureRow> Rows(PortfolioRecord record, StructureFilter filter, DateOnly today)
    {
        var rows = record.Structures.Values.Where(s => Answers(record, s, filter)).Select(s => Row(record, s, today));
        var sort = filter.Sort?.TrimStart('-');
        var sizes = record.Structures.Values.Where(record.IsCentre).ToDictionary(c => c.Key, c => record.MembersOf(c.Key).Count());
        var sorted = sort switch
        {
            "name" => rows.OrderBy(r => r.Structure.Name, StringComparer.OrdinalIgnoreCase),
            "kind" => rows.OrderBy(r => r.Instrument.Code, StringComparer.Ordinal).ThenBy(r => r.Structure.Name, StringComparer.OrdinalIgnoreCase),
            "country" => rows.OrderBy(r => r.Structure.Country, StringComparer.Ordinal).ThenBy(r => r.Structure.Name, StringComparer.OrdinalIgnoreCase),
            "since" => rows.OrderBy(r => r.Since.First?.First ?? DateOnly.MaxValue).ThenBy(r => r.Structure.Name, StringComparer.OrdinalIgnoreCase),
            _ => rows.OrderBy(r => CentreRank(record, sizes, r)).ThenBy(r => record.IsCentre(r.Structure) ? 0 : 1)
                .ThenBy(r => FamilyRank(r.Instrument.Family)).ThenBy(r => r.Since.First?.First ?? DateOnly.MaxValue)
                .ThenBy(r => r.Structure.Name, StringComparer.OrdinalIgnoreCase),
        };
        return filter.Sort?.StartsWith('-') == true ? [.. sorted.Reverse()] : [.. sorted];
    }

    public static StructureRow Row(PortfolioRecord record, Structure structure, DateOnly today) => new()
    {
        Structure = structure,
        Instrument = record.InstrumentOf(structure),
        Label = Lineages.LabelOn(record, structure.Instrument, today),
        Centre = record.CentresOf(structure.Key).FirstOrDefault(),
        Since = SinceOf(record, structure),
        Stretches = Lineages.Stretches(record, structure, today),
        Sources = SourcesOf(record, structure),
        Partners = [.. record.PartnersOf(structure.Key)],
        Subjects = [.. record.Themes[structure.Key]],
    };

    /// <summary>"2014, after PICS 2007 and LIA 2010", "2021 or 2022", "not published, running in May 2025".</summary>
    public static Since SinceOf(PortfolioRecord record, Structure structure)
    {
        if (Lineages.Start(record, structure) is not { } start) return NotPublished(record, structure);
        var dates = start.Dates.Order().ToList();
        Said text = start.Date is { } agreed ? agreed.Said : Either(dates);
        var before = Lineages.Changes(record, structure.Key).TakeWhile(e => e != start && e.Key != start.Key)
            .Select(e => $"{EarlierLabel(record, e)} {e.Dates.Min().Year}").ToList();
        if (before.Count > 0)
            text = new($"{text.En}, after {string.Join(" and ", before)}", $"{text.Fr}, après {string.Join(" et ", before)}");
        return new(text, dates[0], true, !start.Agreed, start.Agreed ? 1 : dates.Distinct().Count());
    }

    static string EarlierLabel(PortfolioRecord record, LineageEvent e) =>
        e.First.Label ?? Lineages.LabelOn(record, e.Instrument!, e.Dates.Min().First).Code ?? record.Instruments[e.Instrument!].Code;

    static Said Either(IReadOnlyList<PartialDate> dates)
    {
        var distinct = dates.DistinctBy(d => d.Year).Count() == dates.Distinct().Count() ? [.. dates.Select(d => new PartialDate(d.Year)).Distinct()] : dates.Distinct().ToList();
        return new(string.Join(" or ", distinct.Select(d => d.In(Lang.En))), string.Join(" ou ", distinct.Select(d => d.In(Lang.Fr))));
    }

    static Since NotPublished(PortfolioRecord record, Structure structure)
    {
        var seen = record.Acts[structure.Key].FirstOrDefault(a => a.DateKind == DateKind.Running && a.Date is not null)?.Date;
        Said text = seen switch
        {
            null => new("not published", "non publié"),
            { Precision: DatePrecision.Year } year => new($"not published, running by {year.In(Lang.En)}", $"non publié, en activité au plus tard en {year.In(Lang.Fr)}"),
            { } date => new($"not published, running in {date.In(Lang.En)}", $"non publié, en activité en {date.In(Lang.Fr)}"),
        };
        return new(text, null, false, false, 0);
    }

    static string[] SourcesOf(PortfolioRecord record, Structure structure)
    {
        var start = Lineages.Start(record, structure)?.Statements ?? [.. record.Acts[structure.Key]];
        return [.. start.SelectMany(a => a.Source.Sources).Concat(structure.Source.Sources.Where(s => record.Sources[s].Kind == SourceKind.Document))
            .Distinct().OrderBy(s => record.Sources[s].Kind).ThenBy(s => s, StringComparer.Ordinal)];
    }

    static Structure? GroupOf(PortfolioRecord record, StructureRow row) => record.IsCentre(row.Structure) ? row.Structure : row.Centre;

    // Centres with most members first, as the page reads; what stands outside one comes last.
    static (int, string) CentreRank(PortfolioRecord record, Dictionary<string, int> sizes, StructureRow row) =>
        GroupOf(record, row) is { } centre ? (-sizes.GetValueOrDefault(centre.Key), centre.Key) : (1, "");

    static int FamilyRank(InstrumentFamily family) => family switch
    {
        InstrumentFamily.Centre => 0,
        InstrumentFamily.Laboratory => 1,
        InstrumentFamily.Network => 2,
        InstrumentFamily.Project => 3,
        InstrumentFamily.Doctoral => 4,
        InstrumentFamily.Fund => 5,
        InstrumentFamily.Mobility => 6,
        InstrumentFamily.Programme => 7,
    };

    static bool Answers(PortfolioRecord record, Structure s, StructureFilter filter) =>
        (filter.Centre is null || InCentre(record, s, filter.Centre))
        && (filter.Kind is not { } kind || s.Instrument == kind || string.Equals(record.InstrumentOf(s).Code, kind, StringComparison.OrdinalIgnoreCase))
        && (filter.Country is not { } country || string.Equals(s.Country, country, StringComparison.OrdinalIgnoreCase))
        && (filter.Organisation is not { } organisation || record.Parties[s.Key].Any(p => p.Organisation == organisation))
        && (filter.Source is not { } source || Cites(record, s, source))
        && (filter.Text is not { } text || Words.AllIn(text, Haystack(record, s)));

    static bool InCentre(PortfolioRecord record, Structure s, string centre) => centre == "none"
        ? !record.IsCentre(s) && !record.CentresOf(s.Key).Any()
        : s.Key == centre || record.CentresOf(s.Key).Any(c => c.Key == centre);

    static bool Cites(PortfolioRecord record, Structure s, string source) =>
        s.Source.Cites(source) || record.Acts[s.Key].Any(a => a.Source.Cites(source)) || record.Parties[s.Key].Any(p => p.Source.Cites(source));

    static IEnumerable<string?> Haystack(PortfolioRecord record, Structure s) =>
        new[] { s.Key, s.Name, s.NameFr, s.LongName, record.InstrumentOf(s).Code, record.InstrumentOf(s).Name }
            .Concat(record.Themes[s.Key].SelectMany(t => new[] { t.Text, t.TextFr }))
            .Concat(record.Acts[s.Key].SelectMany(a => new[] { a.Label, a.NameThen }))
            .Concat(record.RolesOf(s.Key).Select(r => record.People[r.Person].Name))
            .Concat(record.PartnersOf(s.Key).SelectMany(o => new[] { o.Name, o.NameFr, o.Short }))
            .Concat(record.Sites[s.Key].SelectMany(x => new[] { x.Name, x.NameFr }))
            .Concat(record.IdentifiersOf(s.Key).Select(i => i.Value));
}
