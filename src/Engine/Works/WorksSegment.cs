using Entente.Engine.Query;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>One segment. Works are numbered 0..Count-1 in order of year, topic, id. Spans point into the mapped file.</summary>
public sealed class WorksSegment
{
    readonly Segment works;
    readonly Segment texts;
    readonly MappedColumn<long> ids;
    readonly MappedColumn<short> years;
    readonly MappedColumn<int> topics, citations, units, postings;
    readonly MappedColumn<float> fwci;
    readonly MappedColumn<ushort> flags, types;
    readonly MappedColumn<uint> goals, authors, authorUnits, posts, lineageStarts;
    readonly MappedColumn<long> unitIds, lineages;
    readonly Lazy<TextColumn> typeNames, titles, dois, rors, countries, names;
    readonly Unit?[] known;
    int[]? yearStarts;
    RowSet? dead;
    string[]? typeTexts;

    internal WorksSegment(Segment works, Segment texts, int index, int number)
    {
        (this.works, this.texts, Index, Number) = (works, texts, index, number);
        Count = works.Rows(WorksFormat.Id);
        UnitCount = works.Rows(WorksFormat.UnitId);
        var (authorships, edges) = (works.Rows(WorksFormat.AuthorUnits) - 1, works.Rows(WorksFormat.Units));
        known = new Unit?[UnitCount];
        ids = new(works, WorksFormat.Id, Count);
        years = new(works, WorksFormat.Year, Count, ColumnChecks.Rising);
        topics = new(works, WorksFormat.Topic, Count);
        citations = new(works, WorksFormat.Citations, Count);
        fwci = new(works, WorksFormat.Fwci, Count);
        flags = new(works, WorksFormat.Flags, Count);
        goals = new(works, WorksFormat.Goals, Count);
        types = new(works, WorksFormat.Type, Count, ColumnChecks.BelowShort(works.Rows(WorksFormat.Types + ".starts") - 1));
        authors = new(works, WorksFormat.Authors, Count + 1, ColumnChecks.Starts(authorships));
        authorUnits = new(works, WorksFormat.AuthorUnits, authorships + 1, ColumnChecks.Starts(edges));
        units = new(works, WorksFormat.Units, edges, ColumnChecks.Below(UnitCount));
        posts = new(works, WorksFormat.Posts, UnitCount + 1, ColumnChecks.Starts(works.Rows(WorksFormat.Postings)));
        postings = new(works, WorksFormat.Postings, works.Rows(WorksFormat.Postings), ColumnChecks.Below(Count));
        unitIds = new(works, WorksFormat.UnitId, UnitCount);
        lineages = new(works, WorksFormat.Lineage, works.Rows(WorksFormat.Lineage));
        lineageStarts = new(works, WorksFormat.UnitLineage, UnitCount + 1, ColumnChecks.Starts(works.Rows(WorksFormat.Lineage)));
        typeNames = new(() => works.Text(WorksFormat.Types));
        titles = new(() => Texts(texts, WorksFormat.Title, Count));
        dois = new(() => Texts(texts, WorksFormat.Doi, Count));
        rors = new(() => Texts(works, WorksFormat.UnitRor, UnitCount));
        countries = new(() => Texts(works, WorksFormat.UnitCountry, UnitCount));
        names = new(() => Texts(works, WorksFormat.UnitName, UnitCount));
        (Funders, Topical) = (FunderRows.Of(works, Count), TopicRows.Of(works));
    }

    public int Count { get; }

    /// <summary>The segment's place among those of its store.</summary>
    public int Index { get; }

    /// <summary>The number in the name of its file.</summary>
    public int Number { get; }

    public ReadOnlySpan<long> Ids => ids.Span;
    public ReadOnlySpan<short> Years => years.Span;
    public ReadOnlySpan<int> Topics => topics.Span;
    public ReadOnlySpan<int> Citations => citations.Span;
    public ReadOnlySpan<float> Fwci => fwci.Span;
    public ReadOnlySpan<ushort> Flags => flags.Span;
    public ReadOnlySpan<uint> Goals => goals.Span;
    public string Type(int work) => typeNames.Value[types.Span[work]];

    /// <summary>The types by number, and the number of each work's.</summary>
    public IReadOnlyList<string> TypeNames => typeTexts ??= [.. Enumerable.Range(0, typeNames.Value.Count).Select(type => typeNames.Value[type])];
    public ReadOnlySpan<ushort> TypeNumbers => types.Span;
    public string Title(int work) => titles.Value[work];
    public string Doi(int work) => dois.Value[work];

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
    public (int First, int Last) AuthorsOf(int work) => ((int)authors.Span[work], (int)authors.Span[work + 1]);

    /// <summary>The units of one authorship, as listed.</summary>
    public ReadOnlySpan<int> UnitsOfAuthor(int author) => units.Span[(int)authorUnits.Span[author]..(int)authorUnits.Span[author + 1]];

    /// <summary>The units of all authorships of a work, as listed: one unit comes as often as authors list it.</summary>
    public ReadOnlySpan<int> UnitsOf(int work)
    {
        var (first, last) = AuthorsOf(work);
        return units.Span[(int)authorUnits.Span[first]..(int)authorUnits.Span[last]];
    }

    /// <summary>The works of a window of years: First..Last-1.</summary>
    public (int First, int Last) WorksOfYears(int firstYear, int lastYear)
    {
        var first = Before(firstYear);
        return (first, lastYear < firstYear ? first : Before(lastYear + 1L));
    }

    internal Listings Listings => new(authors.Span, authorUnits.Span, units.Span);

    internal ReadOnlySpan<long> UnitIds => unitIds.Span;

    /// <summary>Whether two units of one id say the same of it: their bytes are compared, no text is made.</summary>
    internal bool SaysTheSame(int unit, WorksSegment other, int otherUnit) =>
        rors.Value.Utf8(unit).SequenceEqual(other.rors.Value.Utf8(otherUnit))
        && countries.Value.Utf8(unit).SequenceEqual(other.countries.Value.Utf8(otherUnit))
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
    public ReadOnlySpan<long> Updated => texts.Column<long>(WorksFormat.Updated);
    public ReadOnlySpan<ulong> Hashes => texts.Column<ulong>(WorksFormat.Hash);

    /// <summary>The works in order of id.</summary>
    internal ReadOnlySpan<int> ById => texts.Column<int>(WorksFormat.ById);

    internal void Verify()
    {
        works.Verify();
        texts.Verify();
    }

    /// <summary>How many works come before a year.</summary>
    int Before(long year)
    {
        if (Count == 0 || year <= Years[0]) return 0;
        var starts = yearStarts ??= YearStarts();
        return year - Years[0] < starts.Length ? starts[year - Years[0]] : Count;
    }

    /// <summary>Where each year begins, from the first to the last: found once by halving, and then looked up.</summary>
    int[] YearStarts()
    {
        var column = Years;
        var starts = new int[column[^1] - column[0] + 1];
        for (var i = 1; i < starts.Length; i++)
        {
            var (low, high) = (starts[i - 1], column.Length);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (column[middle] < column[0] + i) low = middle + 1;
                else high = middle;
            }
            starts[i] = low;
        }
        return starts;
    }

    Unit ReadUnit(int unit) => new(unitIds.Span[unit], Known(rors, unit), Known(countries, unit), Known(names, unit),
        LineageOf(unit).ToArray());

    static string? Known(Lazy<TextColumn> column, int row) => column.Value.Utf8(row).IsEmpty ? null : column.Value[row];

    internal static TextColumn Texts(Segment segment, string name, int rows)
    {
        var texts = segment.Text(name);
        return texts.Count == rows ? texts : throw new CorruptSegmentException(segment.Path, 0, $"column {name} has {texts.Count} rows, not {rows}");
    }
}
