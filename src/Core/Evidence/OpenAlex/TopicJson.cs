using System.Text.Json;
using Entente.Engine.Json;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Reads a record's primary topic: its number, and where the source places it. What is not of its type counts as unknown.
/// </summary>
sealed class TopicJson(WorksWriter writer)
{
    /// <summary>The vocabulary has some 4,500; a source that places tens of thousands is not placing topics.</summary>
    const int MostTopics = 50_000;

    const int LongestName = 1000;

    /// <summary>A topic stands in one bracket of its record, which may have 64.</summary>
    static readonly JsonReaderOptions Options = new() { MaxDepth = 63 };

    readonly Dictionary<Topic, int> _numbers = [];
    readonly UnitCache _known = new();
    readonly List<(int Topic, int Placed)> _topics = [];
    byte[] _key = new byte[1024];
    string? _name;
    int _id;

    /// <summary>Takes in an object that fills the text.</summary>
    public bool Read(ReadOnlySpan<byte> text, WorkRecord work)
    {
        var key = WithoutScore(text);
        var hash = Hash64.Of(key);
        if (!_known.TryFind(key, hash, out var number))
        {
            var reader = new Utf8JsonReader(text, Options);
            if (!reader.Read() || !Read(ref reader, work)) return false;
            if (_topics.Count > MostTopics)
            {
                _topics.Clear();
                _known.Forget();
            }
            _topics.Add((work.Topic, work.Placed));
            _known.Add(key, hash, _topics.Count - 1);
            return true;
        }
        (work.Topic, work.Placed) = _topics[number];
        return true;
    }

    /// <summary>The text with 0 for its score, which differs from work to work.</summary>
    ReadOnlySpan<byte> WithoutScore(ReadOnlySpan<byte> text)
    {
        var from = text.IndexOf("\"score\":"u8) + 8;
        while (from >= 8 && text[from] == ' ') from++;
        var length = from < 8 ? 0 : JsonWalk.Number(text[from..]);
        if (length == 0) return text;
        if (_key.Length < text.Length) _key = new byte[text.Length * 2];
        text[..from].CopyTo(_key);
        _key[from] = (byte)'0';
        text[(from + length)..].CopyTo(_key.AsSpan(from + 1));
        return _key.AsSpan(0, text.Length - length + 1);
    }

    /// <summary>Takes in the value that the reader stands on; false where the text breaks off.</summary>
    public bool Read(ref Utf8JsonReader reader, WorkRecord work)
    {
        (work.Topic, work.Placed) = (0, -1);
        if (reader.TokenType != JsonTokenType.StartObject) return reader.TrySkip();
        var topic = new Topic(0, null, 0, null, 0, null, 0, null);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                (work.Topic, work.Placed) = (topic.Id, Number(topic));
                return true;
            }
            if (!ReadField(ref reader, ref topic)) return false;
        }
        return false;
    }

    bool ReadField(ref Utf8JsonReader reader, ref Topic topic)
    {
        var field = reader.IsNamed("id"u8) ? 1 : reader.IsNamed("display_name"u8) ? 2
            : reader.IsNamed("subfield"u8) ? 3 : reader.IsNamed("field"u8) ? 4 : reader.IsNamed("domain"u8) ? 5 : 0;
        if (!reader.Read()) return false;
        switch (field)
        {
            case 1: topic = topic with { Id = reader.OpenAlexId('T') is var id and <= int.MaxValue ? (int)id : 0 }; break;
            case 2: topic = topic with { Name = Name(ref reader) }; break;
            case 3 or 4 or 5:
                if (!ReadPlace(ref reader)) return false;
                topic = field switch
                {
                    3 => topic with { Subfield = _id, SubfieldName = _name },
                    4 => topic with { Field = _id, FieldName = _name },
                    _ => topic with { Domain = _id, DomainName = _name },
                };
                return true;
            default: break;
        }
        return reader.TrySkip();
    }

    /// <summary>A subfield, field or domain: {id, display_name}, its number and name.</summary>
    bool ReadPlace(ref Utf8JsonReader reader)
    {
        (_id, _name) = (0, null);
        if (reader.TokenType != JsonTokenType.StartObject) return reader.TrySkip();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return true;
            var (id, name) = (reader.IsNamed("id"u8), reader.IsNamed("display_name"u8));
            if (!reader.Read()) return false;
            if (id) _id = PlaceNumber(ref reader);
            else if (name) _name = Name(ref reader);
            if (!reader.TrySkip()) return false;
        }
        return false;
    }

    // "https://openalex.org/subfields/2002", or the number alone.
    static int PlaceNumber(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number) return reader.TryGetInt32(out var number) && number > 0 ? number : 0;
        if (reader.TokenType != JsonTokenType.String || reader.LastSegment() is not { Length: > 0 } segment) return 0;
        return JsonText.Digits(segment) is var digits and <= int.MaxValue ? (int)digits : 0;
    }

    static string? Name(ref Utf8JsonReader reader) => reader.Text() is { Length: > 0 and <= LongestName } name ? name : null;

    int Number(Topic topic)
    {
        if (topic.Id == 0 || (topic.Name is null && topic.Subfield + topic.Field + topic.Domain == 0)) return -1;
        if (_numbers.TryGetValue(topic, out var number)) return number;
        return _numbers.Count < MostTopics ? _numbers[topic] = writer.Place(topic) : -1;
    }
}
