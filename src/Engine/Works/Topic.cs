namespace Entente.Engine.Works;

/// <summary>A topic and where the source places it: OpenAlex numbers and names. 0 and null where the source does not say.</summary>
public sealed record Topic(int Id, string? Name, int Subfield, string? SubfieldName, int Field, string? FieldName, int Domain, string? DomainName)
{
    /// <summary>Any order, but always the same: it decides between two placings of one date.</summary>
    internal static int Compare(Topic a, Topic b)
    {
        var numbers = (a.Id, a.Subfield, a.Field, a.Domain).CompareTo((b.Id, b.Subfield, b.Field, b.Domain));
        if (numbers != 0) return numbers;
        foreach (var (x, y) in new[] { (a.Name, b.Name), (a.SubfieldName, b.SubfieldName), (a.FieldName, b.FieldName), (a.DomainName, b.DomainName) })
            if (string.CompareOrdinal(x, y) is var names and not 0) return names;
        return 0;
    }
}

/// <summary>Topics by all that is said of them, numbered as they first come.</summary>
sealed class TopicList
{
    readonly Dictionary<Topic, int> numbers = [];
    readonly List<Topic> topics = [];

    public int Count => topics.Count;

    public Topic[] ToArray() => [.. topics];

    public int Intern(Topic topic)
    {
        if (numbers.TryGetValue(topic, out var number)) return number;
        topics.Add(topic);
        return numbers[topic] = topics.Count - 1;
    }
}
