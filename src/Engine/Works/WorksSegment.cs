using Entente.Engine.Query;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>One segment. Works are numbered 0..Count-1 in order of year, topic, id. Spans point into the mapped file.</summary>
public sealed class WorksSegment
{
    readonly Segment works;
    readonly Segment texts;
    readonly Runs authors, authorUnits;
    readonly Packed<int> units;
    readonly Packed<int>? unitTypes;
    readonly MappedColumn<int> postings;
    readonly MappedColumn<uint> posts, lineageStarts;
    readonly MappedColumn<long> unitIds, lineages;
    readonly Lazy<string[]> unitTypeNames;
    readonly Lazy<TextColumn> typeNames, rors, countries, names;
    readonly PackedTexts titles, dois;
    readonly Unit?[] known;
    RowSet? dead;
    string[]? typeTexts;

    internal WorksSegment(Segment works, Segment texts, int index, int number)
    {
        (this.works, this.texts, Index, Number) = (works, texts, index, number);
        if (works.Version < WorksFormat.OldestVersion) throw new CorruptSegmentException(works.Path, 8, "the works are laid out as an earlier version of Entente did; import the sources again");
        Count = works.Rows(WorksFormat.Id);
        UnitCount = works.Rows(WorksFormat.UnitId);
        var (authorships, edges) = (Authorships(works), works.Rows(WorksFormat.Units));
        known = new Unit?[UnitCount];
        Ids = new(works, WorksFormat.Id, Count);
        Years = new(works, Count);
        Topics = new(works, WorksFormat.Topic, Count);
        Citations = new(works, WorksFormat.Citations, Count);
        Fwci = new(works, WorksFormat.Fwci, Count);
        Flags = new(works, Count);
        Goals = new(works, WorksFormat.Goals, Count);
        TypeNumbers = new(works, WorksFormat.Type, Count, Math.Max(1, works.Rows(WorksFormat.Types + ".starts") - 1));
        authors = new(works, WorksFormat.Authors, Count, authorships);
        authorUnits = new(works, WorksFormat.AuthorUnits, authorships, edges);
        units = new(works, WorksFormat.Units, edges, Math.Max(1, UnitCount));
        posts = new(works, WorksFormat.Posts, UnitCount + 1, ColumnChecks.Starts(works.Rows(WorksFormat.Postings)));
        postings = new(works, WorksFormat.Postings, works.Rows(WorksFormat.Postings), ColumnChecks.Below(Count));
        unitIds = new(works, WorksFormat.UnitId, UnitCount);
        lineages = new(works, WorksFormat.Lineage, works.Rows(WorksFormat.Lineage));
        lineageStarts = new(works, WorksFormat.UnitLineage, UnitCount + 1, ColumnChecks.Starts(works.Rows(WorksFormat.Lineage)));
        typeNames = new(() => works.Text(WorksFormat.Types));
        titles = new(texts, WorksFormat.Title, WorksFormat.TitleStarts, Count);
        dois = new(texts, WorksFormat.Doi, WorksFormat.DoiStarts, Count);
        (Updated, Hashes) = (new(texts, WorksFormat.Updated, Count), new(texts, WorksFormat.Hash, Count));
        ById = new(texts, WorksFormat.ById, Count, Math.Max(1, Count));
        rors = new(() => Texts(works, WorksFormat.UnitRor, UnitCount));
        countries = new(() => Texts(works, WorksFormat.UnitCountry, UnitCount));
        names = new(() => Texts(works, WorksFormat.UnitName, UnitCount));
        unitTypeNames = new(() => [.. Listed(works.Text(WorksFormat.UnitTypes))]);
        if (works.Has(WorksFormat.UnitType)) unitTypes = new(works, WorksFormat.UnitType, UnitCount, Math.Max(1, works.Rows(WorksFormat.UnitTypes + ".starts") - 1));
        (Funders, Topical) = (FunderRows.Of(works, Count), TopicRows.Of(works));
    }

    public int Count { get; }

    /// <summary>The segment's place among those of its store.</summary>
    public int Index { get; }

    /// <summary>The number in the name of its file.</summary>
    public int Number { get; }

    public Packed<long> Ids { get; }
    public YearRuns Years { get; }
    public Coded<int> Topics { get; }
    public Coded<int> Citations { get; }
    public Coded<float> Fwci { get; }
    public FlagPlanes Flags { get; }
    public Coded<uint> Goals { get; }
    public string Type(int work) => typeNames.Value[TypeNumbers[work]];

    /// <summary>The types by number, and the number of each work's.</summary>
    public IReadOnlyList<string> TypeNames => typeTexts ??= [.. Listed(typeNames.Value)];
    public Packed<ushort> TypeNumbers { get; }
    public string Title(int work) => titles[work];
    public string Doi(int work) => dois[work];

    /// <summary>False for a record that a newer one in another segment replaces. <see cref="Select"/> leaves those out.</summary>
    public bool Stands(int work) => Superseded is null || (Superseded[work >> 6] >> work & 1) == 0;

    /// <summary>The units that this segment's works list, numbered 0..UnitCount-1.</summary>
    public int UnitCount { get; }

    public Unit Unit(int unit) => known[unit] ??= ReadUnit(unit);

    /// <summary>The works that list a unit, ascending, each once.</summary>
    public ReadOnlySpan<int> WorksOf(int unit) => postings.Slice((int)posts.Span[unit], (int)posts.Span[unit + 1]);

    /// <summary>How many works list a unit, without reading which.</summary>
    public int CountOf(int unit) => (int)(posts.Span[unit + 1] - posts.Span[unit]);

    /// <summary>Who funded the works; null when the segment was written before funders were taken in: unknown, not none.</summary>
    public FunderRows? Funders { get; }

    /// <summary>Where the source places the topics of the works; null when the segment was written before that was taken in.</summary>
    public TopicRows? Topical { get; }

    /// <summary>The authorships of a work are numbered First..Last-1.</summary>
    public (int First, int Last) AuthorsOf(int work) => authors.Of(work);

    /// <summary>The units of one authorship, as listed.</summary>
    public ReadOnlySpan<int> UnitsOfAuthor(int author) => Listings.UnitsOfAuthor(author);

    /// <summary>The units of all authorships of a work, as listed: one unit comes as often as authors list it.</summary>
    public ReadOnlySpan<int> UnitsOf(int work) => Listings.UnitsOf(work);

    /// <summary>The works of a window of years: First..Last-1.</summary>
    public (int First, int Last) WorksOfYears(int firstYear, int lastYear)
    {
        var first = Years.Before(firstYear);
        return (first, lastYear < firstYear ? first : Years.Before(lastYear + 1L));
    }

    /// <summary>Who is listed on the works; a list that it gives lasts until the next is asked of it.</summary>
    internal Listings Listings => new(authors, authorUnits, units);

    internal ReadOnlySpan<long> UnitIds => unitIds.Span;

    /// <summary>Whether two units of one id say the same of it: their bytes are compared, no text is made.</summary>
    internal bool SaysTheSame(int unit, WorksSegment other, int otherUnit) =>
        rors.Value.Utf8(unit).SequenceEqual(other.rors.Value.Utf8(otherUnit))
        && countries.Value.Utf8(unit).SequenceEqual(other.countries.Value.Utf8(otherUnit))
        && UnitType(unit) == other.UnitType(otherUnit)
        && names.Value.Utf8(unit).SequenceEqual(other.names.Value.Utf8(otherUnit))
        && LineageOf(unit).SequenceEqual(other.LineageOf(otherUnit));

    ReadOnlySpan<long> LineageOf(int unit) => lineages.Span[(int)lineageStarts.Span[unit]..(int)lineageStarts.Span[unit + 1]];

    /// <summary>Takes the instance of an equal unit in place of its own, so that a store holds each unit once.</summary>
    internal void Share(int unit, Unit same) => known[unit] = same;

    /// <summary>A bit for each work that does not stand; null when all do.</summary>
    internal ulong[]? Superseded { get; set; }

    /// <summary>The same as a set; asked for when all are known.</summary>
    internal RowSet? Dead => Superseded is null ? null : dead ??= RowSet.OfBits(Count, [.. Superseded]);

    /// <summary>When the source updated each record, and its hash: which of two records of one id is the newer.</summary>
    public Packed<long> Updated { get; }
    public Packed<ulong> Hashes { get; }

    /// <summary>The works in order of id.</summary>
    internal Packed<int> ById { get; }

    internal void Verify()
    {
        works.Verify();
        texts.Verify();
    }

    static int Authorships(Segment works) =>
        works.Column<uint>(WorksFormat.Authorships) is [var count] && count <= int.MaxValue ? (int)count : throw new CorruptSegmentException(works.Path, 0, "it does not say how many authorships it has");

    Unit ReadUnit(int unit) => new(unitIds.Span[unit], Known(rors, unit), Known(countries, unit), UnitType(unit), Known(names, unit),
        LineageOf(unit).ToArray());

    /// <summary>Null where the source tells none, and in a segment that was written before types were taken in.</summary>
    string? UnitType(int unit) => unitTypes is { } types && unitTypeNames.Value[types[unit]] is { Length: > 0 } type ? type : null;

    static IEnumerable<string> Listed(TextColumn texts) => Enumerable.Range(0, texts.Count).Select(row => texts[row]);

    static string? Known(Lazy<TextColumn> column, int row) => column.Value.Utf8(row).IsEmpty ? null : column.Value[row];

    internal static TextColumn Texts(Segment segment, string name, int rows)
    {
        var texts = segment.Text(name);
        return texts.Count == rows ? texts : throw new CorruptSegmentException(segment.Path, 0, $"column {name} has {texts.Count} rows, not {rows}");
    }
}
