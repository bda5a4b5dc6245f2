using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Entente.Engine.Json;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Takes one work from the index of its text, without parsing what no figure needs. It gives exactly what <see cref="WorkJson"/>
/// gives, or nothing: a field that comes twice, a value of another type, an escape where none is due, and the
/// record is left to that reader. Alone within values that neither reader takes in it does not hold the order of tokens against the
/// grammar, which that reader does.
/// </summary>
sealed class WorkScan(WorkJson reader)
{
    readonly JsonIndex _index = new();
    readonly WorkRecord _work = reader.Work;

    /// <summary>Reads a record that fills the text; false where the slower reader has to judge it.</summary>
    public bool Read(ReadOnlySpan<byte> text)
    {
        if (!_index.Read(text)) return false;
        _work.Clear();
        try
        {
            return ReadMembers(text) && _work.Id != 0;
        }
        catch (JsonException)
        {
            // A listing of an institution or a topic is parsed when it is met first.
            return false;
        }
    }

    bool ReadMembers(ReadOnlySpan<byte> text)
    {
        var walk = new JsonWalk(_index, text);
        var (seen, isNamed) = (0u, false);
        var displayName = ReadOnlySpan<byte>.Empty;
        for (var more = walk.Enter(); more; more = walk.NextMember())
        {
            var field = WorkFields.Of(walk.Name());
            if (field == WorkField.Other)
            {
                walk.Pass();
                continue;
            }
            var bit = 1u << (int)field;
            if ((seen & bit) != 0) return false;
            seen |= bit;
            if (walk.Sign == 'n')
            {
                if (field == WorkField.Id) return false;
                walk.Pass();
            }
            else if (field == WorkField.DisplayName)
            {
                displayName = walk.Raw();
                isNamed = true;
            }
            else if (!ReadField(field, ref walk)) return false;
        }
        if (!walk.Ended) return false;
        if (_work.AuthorEnds.Count == 100) _work.Flags |= WorkFlags.Truncated;
        if (!_work.HasTitle && isNamed) _work.SetTitle(Unescaped(displayName));
        _work.Hash = Hash64.Of(text);
        return true;
    }

    bool ReadField(WorkField field, ref JsonWalk walk)
    {
        switch (field)
        {
            case WorkField.Id: return (_work.Id = JsonText.OpenAlexId(walk.Text(), 'W')) != 0;
            case WorkField.Year: return Whole(walk.Value(), out var year) && year is > 0 and <= 9999 && (_work.Year = year) > 0;
            case WorkField.Citations: return Whole(walk.Value(), out var citations) && (_work.Citations = citations) >= 0;
            case WorkField.Fwci: return ReadFwci(walk.Value());
            case WorkField.Title: _work.SetTitle(Unescaped(walk.Raw())); return walk.Sound;
            case WorkField.Doi: ReadDoi(walk.Text()); return walk.Sound;
            case WorkField.Type: return walk.Text() is { Length: > 0 and <= 64 } type && (_work.Type = reader.TypeOf(type)) is not null;
            case WorkField.Updated: _work.Updated = WorkFields.Ticks(walk.Text()); return walk.Sound;
            case WorkField.Retracted: return ReadFlag(ref walk, WorkFlags.Retracted);
            case WorkField.Paratext: return ReadFlag(ref walk, WorkFlags.Paratext);
            case WorkField.Truncated: return ReadFlag(ref walk, WorkFlags.Truncated);
            case WorkField.Expansion: return ReadFlag(ref walk, WorkFlags.Expansion);
            case WorkField.Synthetic: return ReadFlag(ref walk, WorkFlags.Synthetic);
            case WorkField.OpenAccess: return ReadFlags(ref walk, "is_oa"u8, WorkFlags.OpenAccess, default, default);
            case WorkField.Percentile: return ReadFlags(ref walk, "is_in_top_10_percent"u8, WorkFlags.TopTenPercent, "is_in_top_1_percent"u8, WorkFlags.TopOnePercent);
            case WorkField.Topic: return walk.Sign == '{' && walk.Value() is { Length: > 0 } topic && reader.Topics.Read(topic, _work);
            case WorkField.Goals: return ReadIds(ref walk, "id"u8, 'g');
            case WorkField.Grants: return ReadIds(ref walk, "funder"u8, 'F');
            case WorkField.Awards: return ReadIds(ref walk, "funder_id"u8, 'F');
            case WorkField.Funders: return ReadIds(ref walk, "id"u8, 'F');
            case WorkField.Authorships: return ReadAuthorships(ref walk);
            case WorkField.Results or WorkField.Other or WorkField.DisplayName: default: return false;
        }
    }

    ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> raw) =>
        _index.HasEscapes && raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(JsonText.Unescape(raw)) : raw;

    /// <summary>A number of at most nine digits and nothing else.</summary>
    static bool Whole(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var sign in text)
        {
            if (sign is < (byte)'0' or > (byte)'9') return false;
            number = unchecked(number * 10 + sign - '0');
        }
        return text.Length is > 0 and < 10;
    }

    bool ReadFwci(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny((byte)'e', (byte)'E', (byte)'-') || !Utf8Parser.TryParse(text, out float fwci, out var used) || used != text.Length) return false;
        _work.Fwci = fwci;
        return true;
    }

    void ReadDoi(ReadOnlySpan<byte> doi)
    {
        if (doi.StartsWith("https://doi.org/"u8)) _work.SetDoi(doi[16..]);
        else _work.Doi = WorkJson.WithoutAddress(Encoding.UTF8.GetString(doi));
    }

    bool ReadFlag(ref JsonWalk walk, WorkFlags flag)
    {
        var sign = walk.Sign;
        if (sign == 't') _work.Flags |= flag;
        walk.Pass();
        return sign is (byte)'t' or (byte)'f';
    }

    /// <summary>Flags in an object whose values are plain.</summary>
    bool ReadFlags(ref JsonWalk walk, ReadOnlySpan<byte> name, WorkFlags flag, ReadOnlySpan<byte> otherName, WorkFlags otherFlag)
    {
        if (walk.Sign != '{') return false;
        for (var more = walk.Enter(); more; more = walk.NextMember())
        {
            var key = walk.Name();
            if (IsNested(walk.Sign)) return false;
            if (walk.Sign == 't' && key.SequenceEqual(name)) _work.Flags |= flag;
            else if (walk.Sign == 't' && key.SequenceEqual(otherName)) _work.Flags |= otherFlag;
            walk.Pass();
        }
        return walk.Sound;
    }

    static bool IsNested(byte sign) => sign is (byte)'{' or (byte)'[';

    /// <summary>Goals or funders: a list of flat objects, each with one field that names what is meant.</summary>
    bool ReadIds(ref JsonWalk walk, ReadOnlySpan<byte> name, char kind)
    {
        if (walk.Sign != '[') return false;
        for (var more = walk.Enter(); more; more = walk.NextItem())
        {
            if (walk.Sign != '{') return false;
            for (var member = walk.Enter(); member; member = walk.NextMember())
            {
                var key = walk.Name();
                if (IsNested(walk.Sign)) return false;
                if (walk.Sign == 'n' || !key.SequenceEqual(name)) walk.Pass();
                else Take(walk.Text(), kind);
            }
        }
        return walk.Sound;
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

    bool ReadAuthorships(ref JsonWalk walk)
    {
        if (walk.Sign != '[') return false;
        for (var more = walk.Enter(); more; more = walk.NextItem())
        {
            if (walk.Sign != '{' || !ReadAuthorship(ref walk)) return false;
            _work.AuthorEnds.Add(_work.Units.Count);
        }
        return walk.Sound;
    }

    /// <summary>Takes its one list of institutions; null, or anything else in its place, is for the slower reader.</summary>
    bool ReadAuthorship(ref JsonWalk walk)
    {
        var listed = false;
        for (var more = walk.Enter(); more; more = walk.NextMember())
        {
            if (!walk.Name().SequenceEqual("institutions"u8))
            {
                walk.Pass();
                continue;
            }
            if (listed || walk.Sign != '[' || !ReadInstitutions(ref walk)) return false;
            listed = true;
        }
        return walk.Sound;
    }

    bool ReadInstitutions(ref JsonWalk walk)
    {
        for (var more = walk.Enter(); more; more = walk.NextItem())
        {
            if (walk.Sign != '{') return false;
            var listing = walk.Value();
            if (!walk.Sound) return false;
            var unit = reader.UnitOf(listing, out var sound);
            if (!sound) return false;
            if (unit >= 0) _work.Units.Add(unit);
        }
        return walk.Sound;
    }
}
