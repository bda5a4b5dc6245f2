using System.Buffers;
using System.Text.Json;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// One record of a source as it lies there: where it begins (line, from 1) and its bytes, which hold until the next is asked for.
/// Problem is set instead when it cannot be handed on.
/// </summary>
public readonly record struct RawRecord(long Line, ReadOnlyMemory<byte> Bytes, Said? Problem = null);

/// <summary>
/// Splits a stream into records, one at a time, never holding more than the largest record: the lines of a text, or the
/// objects of JSON, be it one object, an array of them, or one a line. A record over 64 MiB is passed over and says so.
/// </summary>
public sealed class RecordReader(Stream stream)
{
    public const int MaxRecord = 64 << 20;

    static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}"u8);
    static readonly SearchValues<byte> TextEnd = SearchValues.Create("\"\\"u8);
    static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n,]"u8);
    static readonly SearchValues<byte> StrayEnd = SearchValues.Create("{,]\n"u8);
    static readonly Said TooLong = new("longer than 64 MiB", "plus longue que 64 Mio");

    byte[] _buffer = new byte[1 << 20];
    int _start, _end;
    long _line = 1;
    bool _eof;

    /// <summary>Every line that is not empty, without its line end.</summary>
    public IEnumerable<RawRecord> Lines()
    {
        SkipMark();
        while (true)
        {
            var line = _line;
            var (length, found, tooLong) = ScanLine();
            if (length == 0 && !found && !tooLong) yield break;
            var bytes = _buffer.AsMemory(_start, length);
            if (tooLong) yield return new(line, default, TooLong);
            else if (!bytes.Span.Trim((byte)'\r').IsEmpty) yield return new(line, TrimReturn(bytes));
            Consume(length + (found ? 1 : 0));
        }
    }

    /// <summary>Every JSON object. Empty when the stream holds no JSON at all: then <see cref="LooksLikeJson"/> is false.</summary>
    public IEnumerable<RawRecord> Objects()
    {
        SkipMark();
        SkipBetween();
        LooksLikeJson = _end > _start && _buffer[_start] is (byte)'{' or (byte)'[';
        if (!LooksLikeJson) return [];
        if (_buffer[_start] == '[')
        {
            Consume(1);
            return Nested();
        }
        return OneALine() ? Lines() : Nested();
    }

    public bool LooksLikeJson { get; private set; }

    // One object a line, rather than one object over many: the first line is whole, or the second begins another.
    bool OneALine()
    {
        var (length, found, _) = ScanLine();
        if (!found) return false;
        if (_end - _start <= length + 1 && !_eof) Fill();
        var next = length + 1 < _end - _start ? _buffer[_start + length + 1] : (byte)0;
        return next == '{' || IsWhole(_buffer.AsMemory(_start, length));
    }

    static bool IsWhole(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    IEnumerable<RawRecord> Nested()
    {
        while (true)
        {
            SkipBetween();
            if (_start == _end) yield break;
            var line = _line;
            var (length, closed, tooLong) = _buffer[_start] == '{' ? ScanObject() : ScanStray();
            if (tooLong) yield return new(line, default, TooLong);
            else if (!closed) yield return new(line, default, new("cut off before its end", "coupée avant la fin"));
            else yield return new(line, _buffer.AsMemory(_start, length));
            Consume(length);
        }
    }

    // Up to the brace that closes the first; braces inside texts do not count.
    (int Length, bool Closed, bool TooLong) ScanObject()
    {
        var (at, depth, inText, tooLong) = (0, 0, false, false);
        while (true)
        {
            var rest = _buffer.AsSpan(_start + at, _end - _start - at);
            var hit = rest.IndexOfAny(inText ? TextEnd : Structure);
            if (hit < 0 || (rest[hit] == '\\' && hit + 1 == rest.Length))
            {
                at += hit < 0 ? rest.Length : hit;
                if (!More(ref at, ref tooLong)) return (_end - _start, false, tooLong);
                continue;
            }
            at += hit + 1;
            switch (rest[hit])
            {
                case (byte)'\\': at++; break;
                case (byte)'"': inText = !inText; break;
                case (byte)'{': depth++; break;
                case (byte)'}' when --depth == 0: return (at, true, tooLong);
            }
        }
    }

    // Something between the objects of an array that is no object: handed on as it is, for the parser to say what is wrong.
    (int Length, bool Closed, bool TooLong) ScanStray()
    {
        var (at, tooLong) = (0, false);
        while (true)
        {
            var hit = _buffer.AsSpan(_start + at, _end - _start - at).IndexOfAny(StrayEnd);
            if (hit >= 0) return (at + hit, true, tooLong);
            at = _end - _start;
            if (!More(ref at, ref tooLong)) return (_end - _start, true, tooLong);
        }
    }

    (int Length, bool Found, bool TooLong) ScanLine()
    {
        var (at, tooLong) = (0, false);
        while (true)
        {
            var hit = _buffer.AsSpan(_start + at, _end - _start - at).IndexOf((byte)'\n');
            if (hit >= 0) return (at + hit, true, tooLong);
            at = _end - _start;
            if (!More(ref at, ref tooLong)) return (_end - _start, false, tooLong);
        }
    }

    // Reads on; what is already too long is let go, so that memory stays bounded whatever the stream holds.
    bool More(ref int at, ref bool tooLong)
    {
        if (at >= MaxRecord || tooLong)
        {
            tooLong = true;
            Consume(at);
            at = 0;
        }
        return Fill();
    }

    void SkipMark()
    {
        while (_end - _start < 3 && Fill()) { }
        if (_buffer.AsSpan(_start, _end - _start).StartsWith("\uFEFF"u8)) Consume(3);
    }

    void SkipBetween()
    {
        while (_start < _end || Fill())
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var first = rest.IndexOfAnyExcept(Between);
            Consume(first < 0 ? rest.Length : first);
            if (first >= 0) return;
        }
    }

    void Consume(int count)
    {
        _line += _buffer.AsSpan(_start, count).Count((byte)'\n');
        _start += count;
    }

    bool Fill()
    {
        if (_eof) return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _eof = read == 0;
        _end += read;
        return !_eof;
    }

    static ReadOnlyMemory<byte> TrimReturn(ReadOnlyMemory<byte> line) => line.Span is [.., (byte)'\r'] ? line[..^1] : line;
}
