using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// Writes what the works of a segment say of their primary topics: each topic once, as the newest record that places it does.
/// Names of subfields, fields and domains stand once as well.
/// </summary>
static class TopicCut
{
    /// <param name="order">the rows that stand</param>
    /// <param name="table">the topics by the number that the rows carry</param>
    /// <param name="kept">topics as other records placed them</param>
    public static void Write(SegmentWriter writer, WorksBuffer buffer, int[] order, Topic[] table, (Topic Topic, long Updated)[] kept)
    {
        var rows = Newest(buffer, order, table, kept);
        writer.Column<int>(WorksFormat.TopicId, Array.ConvertAll(rows, row => row.Topic.Id));
        writer.Column<int>(WorksFormat.TopicSubfield, Array.ConvertAll(rows, row => row.Topic.Subfield));
        writer.Column<int>(WorksFormat.TopicField, Array.ConvertAll(rows, row => row.Topic.Field));
        writer.Column<int>(WorksFormat.TopicDomain, Array.ConvertAll(rows, row => row.Topic.Domain));
        writer.Column<long>(WorksFormat.TopicUpdated, Array.ConvertAll(rows, row => row.Updated));
        writer.Text(WorksFormat.TopicName, rows.Select(row => row.Topic.Name));
        WriteNames(writer, WorksFormat.SubfieldId, WorksFormat.SubfieldName, rows, topic => (topic.Subfield, topic.SubfieldName));
        WriteNames(writer, WorksFormat.FieldId, WorksFormat.FieldName, rows, topic => (topic.Field, topic.FieldName));
        WriteNames(writer, WorksFormat.DomainId, WorksFormat.DomainName, rows, topic => (topic.Domain, topic.DomainName));
    }

    /// <summary>One row for each topic, in rising order of number.</summary>
    static (Topic Topic, long Updated)[] Newest(WorksBuffer buffer, int[] order, Topic[] table, (Topic Topic, long Updated)[] kept)
    {
        var updated = new long[table.Length];
        Array.Fill(updated, -1);
        foreach (var row in table.Length > 0 ? order : [])
            if (buffer.Placed[row] is var number and >= 0) updated[number] = Math.Max(updated[number], buffer.Updated[row]);
        return [.. table.Zip(updated, (topic, date) => (Topic: topic, Updated: date)).Where(row => row.Updated >= 0).Concat(kept)
            .GroupBy(row => row.Topic.Id).OrderBy(same => same.Key).Select(same => same.Aggregate(Taxonomy.Newer))];
    }

    static void WriteNames(SegmentWriter writer, string ids, string names, (Topic Topic, long Updated)[] rows, Func<Topic, (int Id, string? Name)> of)
    {
        var named = rows.Where(row => of(row.Topic) is { Id: > 0, Name: not null }).GroupBy(row => of(row.Topic).Id)
            .OrderBy(same => same.Key).Select(same => of(same.Aggregate(Taxonomy.Newer).Topic)).ToArray();
        writer.Column<int>(ids, Array.ConvertAll(named, row => row.Id));
        writer.Text(names, named.Select(row => row.Name));
    }
}
