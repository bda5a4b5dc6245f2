using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>The topics of a store and where the source places them. Where segments differ on a topic, the newest record decides.</summary>
public sealed class Taxonomy
{
    readonly Dictionary<int, (Topic Topic, long Updated)> topics = [];

    internal Taxonomy(IEnumerable<WorksSegment> segments)
    {
        foreach (var segment in segments)
        {
            if (segment.Topical is not { } rows)
            {
                IsWhole = false;
                continue;
            }
            for (var i = 0; i < rows.Count; i++)
            {
                // Nearly always the topic is known by now, and was placed alike: a name is read only where a newer record may say something else.
                var (id, updated) = (rows.Ids[i], rows.Updated[i]);
                if (topics.TryGetValue(id, out var known) && known.Updated > updated) continue;
                var row = (rows.Topic(i), updated);
                topics[id] = topics.ContainsKey(id) ? Newer(known, row) : row;
            }
        }
    }

    /// <summary>False when a segment was written before topics were placed: what it holds of topics is unknown.</summary>
    public bool IsWhole { get; } = true;

    /// <summary>Every topic that is placed, in no order.</summary>
    public IEnumerable<Topic> Topics => topics.Values.Select(row => row.Topic);

    /// <summary>The topic of this number; null when no record places it.</summary>
    public Topic? Of(int topic) => topics.TryGetValue(topic, out var row) ? row.Topic : null;

    internal static (Topic Topic, long Updated) Newer((Topic Topic, long Updated) a, (Topic Topic, long Updated) b)
    {
        var order = a.Updated.CompareTo(b.Updated);
        return (order != 0 ? order : Works.Topic.Compare(a.Topic, b.Topic)) >= 0 ? a : b;
    }
}

/// <summary>The topics that one segment places, in rising order of number.</summary>
public sealed class TopicRows
{
    readonly Segment works;
    readonly MappedColumn<int> ids, subfields, fields, domains;
    readonly MappedColumn<long> updated;
    readonly Lazy<TextColumn> names;
    readonly Lazy<Dictionary<int, string>> subfieldNames, fieldNames, domainNames;

    TopicRows(Segment works)
    {
        this.works = works;
        Count = works.Rows(WorksFormat.TopicId);
        ids = new(works, WorksFormat.TopicId, Count);
        subfields = new(works, WorksFormat.TopicSubfield, Count);
        fields = new(works, WorksFormat.TopicField, Count);
        domains = new(works, WorksFormat.TopicDomain, Count);
        updated = new(works, WorksFormat.TopicUpdated, Count);
        names = new(() => WorksSegment.Texts(works, WorksFormat.TopicName, Count));
        subfieldNames = new(() => Names(WorksFormat.SubfieldId, WorksFormat.SubfieldName));
        fieldNames = new(() => Names(WorksFormat.FieldId, WorksFormat.FieldName));
        domainNames = new(() => Names(WorksFormat.DomainId, WorksFormat.DomainName));
    }

    /// <summary>Null for a segment that was written before topics were placed.</summary>
    internal static TopicRows? Of(Segment works) => works.Has(WorksFormat.TopicId) ? new(works) : null;

    public int Count { get; }
    public ReadOnlySpan<int> Ids => ids.Span;
    public ReadOnlySpan<int> Subfields => subfields.Span;
    public ReadOnlySpan<int> Fields => fields.Span;
    public ReadOnlySpan<int> Domains => domains.Span;

    /// <summary>The source's date, in ticks, of the record that the row was taken from.</summary>
    public ReadOnlySpan<long> Updated => updated.Span;

    public Topic Topic(int row)
    {
        var name = names.Value[row];
        return new(Ids[row], name.Length == 0 ? null : name, Subfields[row], subfieldNames.Value.GetValueOrDefault(Subfields[row]),
            Fields[row], fieldNames.Value.GetValueOrDefault(Fields[row]), Domains[row], domainNames.Value.GetValueOrDefault(Domains[row]));
    }

    Dictionary<int, string> Names(string ids, string names)
    {
        var numbers = works.Column<int>(ids);
        var texts = WorksSegment.Texts(works, names, numbers.Length);
        var result = new Dictionary<int, string>();
        for (var i = 0; i < numbers.Length; i++) result[numbers[i]] = texts[i];
        return result;
    }
}
