using System.Buffers.Text;
using System.Text;
using Entente.Engine.Json;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Takes one work from the index of its text, without parsing what no figure needs. It gives exactly what <see cref="WorkJson"/>
/// gives, or nothing: a field that comes twice, a value of another type, an escape where none is due, and the
/// record is left to that reader.
/// </summary>
sealed class WorkScan(WorkJson reader)
{
    readonly JsonIndex _index = new();
    readonly WorkRecord _work = reader.Work;
    (int Start, int End) _displayName;

    /// <summary>Reads a record that fills the text; false where the slower reader has to judge it.</summary>
    public bool Read(ReadOnlySpan<byte> text)
    {
        if (!_index.Read(text)) return false;
        _work.Clear();
        _displayName = default;
        var seen = 0u;
        // The first mark is the record's own brace, the last the one that closes it; between them a colon for each field.
        for (var mark = 1; mark < _index.Count - 1;)
        {
            var colon = _index.At(mark++);
            var name = Key(text, colon, out var plain);
            if (!plain) return false;
            var at = SkipBlank(text, colon + 1);
            var field = WorkFields.Of(name);
            if (field != WorkField.Other)
            {
                var bit = 1u << (int)field;
                if ((seen & bit) != 0 || !ReadField(field, text, at, mark)) return false;
                seen |= bit;
            }
            if (text[at] is (byte)'{' or (byte)'[') mark = _index.Close(mark) + 1;
        }
        return _work.Id != 0 && Finish(text);
    }

    bool Finish(ReadOnlySpan<byte> text)
    {
        if (_work.AuthorEnds.Count == 100) _work.Flags |= WorkFlags.Truncated;
        if (!_work.HasTitle && _displayName.End > 0) _work.SetTitle(Unescaped(text[_displayName.Start.._displayName.End]));
        _work.Hash = Hash64.Of(text);
        return true;
    }

    bool ReadField(WorkField field, ReadOnlySpan<byte> text, int at, int mark)
    {
        if (text[at] == 'n') return field != WorkField.Id;
        switch (field)
        {
            case WorkField.Id: return Plain(text, at, out var id) && (_work.Id = JsonText.OpenAlexId(id, 'W')) != 0;
            case WorkField.Year: return Whole(text, at, out var year) && year is > 0 and <= 9999 && (_work.Year = year) > 0;
            case WorkField.Citations: return Whole(text, at, out var citations) && (_work.Citations = citations) >= 0;
            case WorkField.Fwci: return ReadFwci(text[at..]);
            case WorkField.Title:
                if (text[at] != '"') return false;
                _work.SetTitle(Unescaped(text[(at + 1).._index.QuoteAfter(at)]));
                return true;
            case WorkField.DisplayName:
                _displayName = (at + 1, text[at] == '"' ? _index.QuoteAfter(at) : 0);
                return text[at] == '"';
            case WorkField.Doi: return Plain(text, at, out var doi) && ReadDoi(doi);
            case WorkField.Type: return Plain(text, at, out var type) && type.Length is > 0 and <= 64 && (_work.Type = reader.TypeOf(type)) is not null;
            case WorkField.Updated: return Plain(text, at, out var date) && (_work.Updated = WorkFields.Ticks(date)) >= 0;
            case WorkField.Retracted: return ReadFlag(text[at], WorkFlags.Retracted);
            case WorkField.Paratext: return ReadFlag(text[at], WorkFlags.Paratext);
            case WorkField.Truncated: return ReadFlag(text[at], WorkFlags.Truncated);
            case WorkField.Expansion: return ReadFlag(text[at], WorkFlags.Expansion);
            case WorkField.Synthetic: return ReadFlag(text[at], WorkFlags.Synthetic);
            case WorkField.OpenAccess: return text[at] == '{' && ReadFlags(text, at, "is_oa"u8, WorkFlags.OpenAccess, default, default);
            case WorkField.Percentile:
                return text[at] == '{' && ReadFlags(text, at, "is_in_top_10_percent"u8, WorkFlags.TopTenPercent, "is_in_top_1_percent"u8, WorkFlags.TopOnePercent);
            case WorkField.Topic: return text[at] == '{' && reader.Topics.Read(text[at..(_index.At(_index.Close(mark)) + 1)], _work);
            case WorkField.Goals: return ReadIds(text, at, "id"u8, 'g');
            case WorkField.Grants: return ReadIds(text, at, "funder"u8, 'F');
            case WorkField.Awards: return ReadIds(text, at, "funder_id"u8, 'F');
            case WorkField.Funders: return ReadIds(text, at, "id"u8, 'F');
            case WorkField.Authorships: return text[at] == '[' && ReadAuthorships(text, mark);
            case WorkField.Results or WorkField.Other: default: return false;
        }
    }

    /// <summary>The name of the field whose colon stands here.</summary>
    ReadOnlySpan<byte> Key(ReadOnlySpan<byte> text, int colon, out bool plain)
    {
        var end = _index.QuoteBefore(colon);
        var name = text[(_index.QuoteBefore(end) + 1)..end];
        plain = !_index.HasEscapes || !name.Contains((byte)'\\');
        return name;
    }

    /// <summary>A text without escapes.</summary>
    bool Plain(ReadOnlySpan<byte> text, int at, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (text[at] != '"') return false;
        value = text[(at + 1).._index.QuoteAfter(at)];
        return !_index.HasEscapes || !value.Contains((byte)'\\');
    }

    ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> raw) =>
        _index.HasEscapes && raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(JsonText.Unescape(raw)) : raw;

    static int SkipBlank(ReadOnlySpan<byte> text, int at)
    {
        while (text[at] == ' ') at++;
        return at;
    }

    /// <summary>A number of at most nine digits and nothing else.</summary>
    static bool Whole(ReadOnlySpan<byte> text, int at, out int number)
    {
        number = 0;
        var end = at;
        while (text[end] is >= (byte)'0' and <= (byte)'9' && end - at < 10) number = unchecked(number * 10 + text[end++] - '0');
        return end > at && end - at < 10 && IsEnd(text[end]);
    }

    static bool IsEnd(byte sign) => sign is (byte)',' or (byte)'}' or (byte)']' or (byte)' ';

    bool ReadFwci(ReadOnlySpan<byte> text)
    {
        var end = 0;
        while (text[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'.') end++;
        if (end == 0 || !IsEnd(text[end]) || !Utf8Parser.TryParse(text[..end], out float fwci, out var used) || used != end) return false;
        _work.Fwci = fwci;
        return true;
    }

    bool ReadDoi(ReadOnlySpan<byte> doi)
    {
        if (doi.StartsWith("https://doi.org/"u8)) _work.SetDoi(doi[16..]);
        else _work.Doi = WorkJson.WithoutAddress(Encoding.UTF8.GetString(doi));
        return true;
    }

    bool ReadFlag(byte sign, WorkFlags flag)
    {
        if (sign == 't') _work.Flags |= flag;
        return sign is (byte)'t' or (byte)'f';
    }

    bool ReadFlags(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> name, WorkFlags flag, ReadOnlySpan<byte> otherName, WorkFlags otherFlag)
    {
        for (at = SkipBlank(text, at + 1); text[at] != '}';)
        {
            if (!Member(text, ref at, out var key, out var value)) return false;
            if (text[value] != 't') continue;
            if (key.SequenceEqual(name)) _work.Flags |= flag;
            else if (otherName.Length > 0 && key.SequenceEqual(otherName)) _work.Flags |= otherFlag;
        }
        return true;
    }

    /// <summary>Goals or funders: a list of flat objects, each with one field that names what is meant.</summary>
    bool ReadIds(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> name, char kind)
    {
        if (text[at] != '[') return false;
        for (at = SkipBlank(text, at + 1); text[at] != ']';)
        {
            if (text[at] != '{') return false;
            for (at = SkipBlank(text, at + 1); text[at] != '}';)
            {
                if (!Member(text, ref at, out var key, out var value)) return false;
                if (!key.SequenceEqual(name) || text[value] == 'n') continue;
                if (!Plain(text, value, out var id)) return false;
                Take(id, kind);
            }
            at = SkipBlank(text, at + 1);
            if (text[at] == ',') at = SkipBlank(text, at + 1);
        }
        return true;
    }

    void Take(ReadOnlySpan<byte> id, char kind)
    {
        if (kind == 'F')
        {
            if (JsonText.OpenAlexId(id, kind) is var funder and > 0) _work.Funders.Add(funder);
        }
        else if (JsonText.LastSegment(id) is { Length: > 0 } goal && JsonText.Digits(goal) is var number and >= 1 and <= 17)
        {
            _work.Goals |= 1u << (int)(number - 1);
        }
    }

    /// <summary>A member of a flat object, and goes on to the next one or to the closing brace; false where its value is no plain one.</summary>
    bool Member(ReadOnlySpan<byte> text, ref int at, out ReadOnlySpan<byte> key, out int value)
    {
        var end = _index.QuoteAfter(at);
        key = text[(at + 1)..end];
        value = SkipBlank(text, SkipBlank(text, end + 1) + 1);
        if (text[value] is (byte)'{' or (byte)'[' || (_index.HasEscapes && key.Contains((byte)'\\'))) return false;
        at = text[value] == '"' ? _index.QuoteAfter(value) + 1 : value + text[value..].IndexOfAny(",} "u8);
        at = AfterItem(text, at);
        return true;
    }

    bool ReadAuthorships(ReadOnlySpan<byte> text, int array)
    {
        for (var mark = array + 1; ; mark = _index.Close(mark) + 1)
        {
            if (!IsItem(text, array, mark, out var ended)) return ended;
            if (!ReadAuthorship(text, mark)) return false;
            _work.AuthorEnds.Add(_work.Units.Count);
        }
    }

    /// <summary>Whether the mark is that of an object which a list holds next; else, whether the list ends there. Neither is so where it holds something else.</summary>
    bool IsItem(ReadOnlySpan<byte> text, int array, int mark, out bool ended)
    {
        // What is listed before: nothing, or the object that ends just before this mark.
        var at = SkipBlank(text, _index.At(mark - 1) + 1);
        if (mark - 1 > array && text[at] == ',') at = SkipBlank(text, at + 1);
        var next = at == _index.At(mark);
        ended = next && text[at] == ']';
        return next && text[at] == '{';
    }

    bool ReadAuthorship(ReadOnlySpan<byte> text, int open)
    {
        var (close, listed) = (_index.Close(open), -1);
        var at = SkipBlank(text, _index.At(open) + 1);
        for (var mark = open + 1; mark < close; mark = _index.Close(mark) + 1)
        {
            var colon = _index.At(mark) - 1;
            while (text[colon] == ' ') colon--;
            var name = Key(text, colon, out var plain);
            if (!plain || !PassPlain(text, ref at, _index.QuoteBefore(_index.QuoteBefore(colon)))) return false;
            at = AfterItem(text, _index.At(_index.Close(mark)) + 1);
            if (!name.SequenceEqual("institutions"u8)) continue;
            if (listed >= 0) return false;
            listed = mark;
        }
        if (!PassPlain(text, ref at, _index.At(close))) return false;
        return listed < 0 || (text[_index.At(listed)] == '[' && ReadInstitutions(text, listed));
    }

    /// <summary>Passes the members of an authorship that are no list or object, up to a place; false where one is named as its list of institutions: null, or something else.</summary>
    bool PassPlain(ReadOnlySpan<byte> text, ref int at, int end)
    {
        while (at < end)
            if (!Member(text, ref at, out var key, out _) || key.SequenceEqual("institutions"u8)) return false;
        return true;
    }

    static int AfterItem(ReadOnlySpan<byte> text, int at)
    {
        at = SkipBlank(text, at);
        return text[at] == ',' ? SkipBlank(text, at + 1) : at;
    }

    bool ReadInstitutions(ReadOnlySpan<byte> text, int array)
    {
        for (var mark = array + 1; ; mark = _index.Close(mark) + 1)
        {
            if (!IsItem(text, array, mark, out var ended)) return ended;
            var unit = reader.UnitOf(text[_index.At(mark)..(_index.At(_index.Close(mark)) + 1)], out var sound);
            if (!sound) return false;
            if (unit >= 0) _work.Units.Add(unit);
        }
    }
}
