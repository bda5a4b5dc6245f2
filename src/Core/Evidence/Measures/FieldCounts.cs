using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>The fields of a vintage: of each topic its field, 0 where the source places it in none.</summary>
sealed class FieldsOf
{
    readonly Dictionary<int, int> _fields = [];
    readonly Dictionary<int, string> _names = [];

    public FieldsOf(IEnumerable<Topic> topics)
    {
        foreach (var topic in topics)
        {
            _fields[topic.Id] = topic.Field;
            if (topic is { Field: > 0, FieldName: { } name }) _names[topic.Field] = name;
        }
    }

    public int Of(int topic) => _fields.GetValueOrDefault(topic);

    public Said Name(int field) => field == 0 ? new("no known field", "aucun champ connu") : Said.Same(_names.GetValueOrDefault(field) ?? $"field {field}");
}

/// <summary>How many works of a set are of each field, over all years and in each.</summary>
sealed class FieldCounts
{
    readonly Dictionary<int, long> _whole = [];
    readonly Dictionary<(int Year, int Field), long> _byYear = [];

    public FieldCounts(IReadOnlyDictionary<(int Year, int Topic), long> counts, FieldsOf fields)
    {
        foreach (var ((year, topic), count) in counts)
        {
            var field = fields.Of(topic);
            _whole[field] = _whole.GetValueOrDefault(field) + count;
            _byYear[(year, field)] = _byYear.GetValueOrDefault((year, field)) + count;
        }
    }

    /// <summary>The fields of the works, in rising order.</summary>
    public IEnumerable<int> Fields => _whole.Keys.Order();

    /// <param name="year">null for all years</param>
    public long this[int field, int? year = null] => year is { } y ? _byYear.GetValueOrDefault((y, field)) : _whole.GetValueOrDefault(field);
}
