using Entente.Core.Evidence.OpenAlex;

namespace Entente.Fuzz;

/// <summary>
/// What the scanner of works may pass without holding it against the grammar: lists and objects that nobody reads. A slow twin of its
/// passing, byte by byte, which puts null in their place, so that the slower reader can judge all the rest.
/// </summary>
public sealed class Unread
{
    readonly byte[] _text;
    readonly List<byte> _kept = [];
    int _at;

    Unread(byte[] text) => _text = text;

    /// <summary>The record with null for each list or object that no reader takes in; as it is where brackets or strings do not close.</summary>
    public static byte[] Nulled(byte[] record)
    {
        try
        {
            var unread = new Unread(record);
            unread.Members(name => WorkFields.Of(name) != WorkField.Other, "authorships");
            unread._kept.AddRange(record[unread._at..]);
            return [.. unread._kept];
        }
        catch (ArgumentOutOfRangeException)
        {
            return record;
        }
    }

    delegate bool IsRead(ReadOnlySpan<byte> name);

    void Members(IsRead isRead, string? entered)
    {
        Keep(_at + 1);
        while (At(_at) != '}')
        {
            if (At(_at) != '"')
            {
                Keep(_at + 1);
                continue;
            }
            var name = _text.AsSpan(_at + 1, StringEnd(_at) - _at - 2);
            Keep(StringEnd(_at));
            while (At(_at) is (byte)' ' or (byte)':') Keep(_at + 1);
            if (At(_at) == '[' && entered is not null && name.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(entered))) Authorships();
            else Value(isRead(name));
        }
        Keep(_at + 1);
    }

    void Authorships()
    {
        Keep(_at + 1);
        while (At(_at) != ']')
            if (At(_at) == '{') Members(name => name.SequenceEqual("institutions"u8), null);
            else Keep(_at + 1);
        Keep(_at + 1);
    }

    void Value(bool read)
    {
        if (At(_at) is not ((byte)'{' or (byte)'['))
        {
            if (At(_at) == '"') Keep(StringEnd(_at));
            return;
        }
        var end = BracketEnd(_at);
        if (At(end - 1) != At(_at) + 2) throw new ArgumentOutOfRangeException(nameof(read), "of another kind");
        if (read) Keep(end);
        else _kept.AddRange("null"u8);
        _at = end;
    }

    void Keep(int upTo)
    {
        for (; _at < upTo; _at++) _kept.Add(At(_at));
    }

    int StringEnd(int at)
    {
        for (at++; At(at) != '"'; at++)
            if (At(at) == '\\') at++;
        return at + 1;
    }

    int BracketEnd(int at)
    {
        for (var depth = 0; ; at++)
        {
            if (At(at) == '"') at = StringEnd(at) - 1;
            else if (At(at) is (byte)'{' or (byte)'[') depth++;
            else if (At(at) is (byte)'}' or (byte)']' && --depth == 0) return at + 1;
        }
    }

    byte At(int at) => at < _text.Length ? _text[at] : throw new ArgumentOutOfRangeException(nameof(at));
}
