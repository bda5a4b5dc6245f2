using System.Buffers;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>The part of a text that is being looked at: it slides forward, grows for a long record, and counts lines.</summary>
sealed class Window(Func<Span<byte>, int> read)
{
    /// <summary>A longer record is rejected, and never held whole.</summary>
    public const int LongestRecord = 64 << 20;

    static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]\n"u8);

    byte[] _buffer = new byte[1 << 19];
    int _start, _end;

    /// <summary>The line, from 1, on which <see cref="Rest"/> begins.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>What was read and not yet passed.</summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    public bool IsFull => _end - _start >= LongestRecord;

    public void Advance(int bytes)
    {
        Line += Rest[..bytes].Count((byte)'\n');
        _start += bytes;
    }

    /// <summary>Passes what holds no line's end, and then one, where there is one.</summary>
    public void AdvanceLine(int bytes, bool ended)
    {
        _start += bytes + (ended ? 1 : 0);
        if (ended) Line++;
    }

    /// <summary>Reads on, keeping what was not passed; false at the end of the text. Spans taken before are void.</summary>
    public bool More()
    {
        if (_start > 0)
        {
            Rest.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var before = _end;
        while (_end < _buffer.Length)
        {
            var length = read(_buffer.AsSpan(_end));
            if (length == 0) break;
            _end += length;
        }
        return _end > before;
    }

    /// <summary>Passes blanks (and commas when asked); false at the end of the text.</summary>
    public bool SkipBlank(bool commas = false)
    {
        while (true)
        {
            var rest = Rest;
            var i = commas ? rest.IndexOfAnyExcept(" \t\r\n,"u8) : rest.IndexOfAnyExcept(" \t\r\n"u8);
            if (i >= 0)
            {
                Advance(i);
                return true;
            }
            Advance(rest.Length);
            if (!More()) return false;
        }
    }

    /// <summary>Passes the line's end; at the end of the text there may be none.</summary>
    public void SkipLine()
    {
        while (true)
        {
            var end = Rest.IndexOf((byte)'\n');
            Advance(end < 0 ? Rest.Length : end + 1);
            if (end >= 0 || !More()) return;
        }
    }

    /// <summary>True when only blanks stand between this many bytes on and the line's end.</summary>
    public bool LineEndsAfter(int bytes)
    {
        while (true)
        {
            var tail = Rest[bytes..];
            var i = tail.IndexOfAnyExcept(" \t\r"u8);
            if (i >= 0) return tail[i] == '\n';
            if (!More()) return true;
        }
    }

    /// <summary>Passes text up to the bracket that closes this many open ones, minding strings; false where there is none, or where a string runs over a line.</summary>
    public bool SkipNested(int depth, bool stopAtLine)
    {
        var (inText, escaped) = (false, false);
        do
        {
            var rest = Rest;
            for (var i = 0; i < rest.Length; i++)
            {
                if (escaped)
                {
                    escaped = false;
                    continue;
                }
                var next = inText ? rest[i..].IndexOfAny("\"\\\n"u8) : rest[i..].IndexOfAny(Structure);
                if (next < 0) break;
                i += next;
                switch (rest[i])
                {
                    case (byte)'\\': escaped = true; break;
                    case (byte)'"': inText = !inText; break;
                    case (byte)'{' or (byte)'[': depth++; break;
                    case (byte)'\n' when inText || stopAtLine: Advance(i); return false;
                    case (byte)'}' or (byte)']' when --depth == 0: Advance(i + 1); return true;
                }
            }
            Advance(rest.Length);
        }
        while (More());
        return false;
    }
}
