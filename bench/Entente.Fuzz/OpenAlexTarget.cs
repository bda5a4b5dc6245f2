using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Evidence.OpenAlex;
using Entente.Engine.Json;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Fuzz;

/// <summary>
/// Works as lines, as an array and as a page. Each line: the scanner, at every width, gives the work that the slower reader gives, or
/// nothing. The whole: every sound work is accepted, and accepted and rejected are all there is.
/// </summary>
public sealed class OpenAlexTarget : Target
{
    // So many that what a file costs, whatever is in it, is little beside them.
    const int Lines = 64;

    readonly IReadOnlyList<JsonSeed> _seeds;
    readonly JsonIndex[] _widths = [new(), new(), new()];
    Scratch _scratch = new();
    WorksWriter _writer;
    VintageDraft _draft;
    WorksReader _reader;
    WorkJson _slow, _fast;
    WorkScan _scan;

    public OpenAlexTarget(Grain grain)
    {
        _seeds = grain.Works;
        Open();
    }

    public override string Name => "openalex";

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_writer), nameof(_draft), nameof(_reader), nameof(_slow), nameof(_fast), nameof(_scan))]
    void Open()
    {
        _writer = new(_scratch.Path);
        _draft = new(_scratch.Path, 0, null, default);
        _reader = new(_draft, _writer, new(), new(_writer));
        (_slow, _fast) = (new(_writer), new(_writer));
        _scan = new(_fast);
    }

    public override byte[] Make(Random random)
    {
        Bent = 0;
        var records = Enumerable.Range(0, Lines).Select(_ => Draw(random)).ToArray();
        return random.Next(16) switch
        {
            0 => Joined("{\"meta\":{\"count\":64},\"results\":["u8, records, ","u8, "]}"u8),
            1 => Joined("["u8, records, ",\n"u8, "]"u8),
            2 => Bend.Bytes(Joined("{\"results\":["u8, records, ","u8, "],\"group_by\":[]}\n"u8), random),
            _ => Joined(default, records, "\n"u8, "\n"u8),
        };
    }

    byte[] Draw(Random random)
    {
        var seed = _seeds[random.Next(_seeds.Count)];
        var drawn = seed.Draw(random, _seeds[random.Next(_seeds.Count)]);
        if (!drawn.AsSpan().SequenceEqual(seed.Text)) Bent++;
        return drawn;
    }

    static byte[] Joined(ReadOnlySpan<byte> before, byte[][] records, ReadOnlySpan<byte> between, ReadOnlySpan<byte> after)
    {
        var text = new List<byte>(records.Sum(r => r.Length) + 200);
        text.AddRange(before);
        for (var i = 0; i < records.Length; i++)
        {
            if (i > 0) text.AddRange(between);
            text.AddRange(records[i]);
        }
        text.AddRange(after);
        return [.. text];
    }

    public override int Feed(byte[] input)
    {
        var (sound, filled, plain) = (0, 0, true);
        foreach (var range in input.AsSpan().Split((byte)'\n'))
        {
            var line = input.AsSpan()[range].Trim(" \t\r"u8);
            if (line.IsEmpty) continue;
            filled++;
            plain &= line.StartsWith("{\""u8) && line.IndexOf("\"results\""u8) < 0;
            if (Agree(line) == Found.Work) sound++;
        }
        var (records, rejected) = (_draft.Records, _draft.Rejected);
        try
        {
            _reader.Read(new Source("fuzz.jsonl", input.Length, () => new MemoryStream(input)), ahead: false);
        }
        catch (RefusedImportException)
        {
            return filled;
        }
        (records, rejected) = (_draft.Records - records, _draft.Rejected - rejected);
        Owe(records >= rejected && rejected >= 0, "more rows are rejected than were read");
        if (!plain) Page(input, records, rejected);
        else
        {
            Owe(records - rejected >= sound, $"a sound work is not accepted");
            Owe(records == filled || records == Several(input), "a line is neither accepted nor rejected");
        }
        return Math.Max((int)records, 1);
    }

    /// <summary>How many records there are where one may be bent so that it goes on over several lines and is whole.</summary>
    static int Several(byte[] input)
    {
        var lines = System.Text.Encoding.Latin1.GetString(input).Split('\n').Where(line => line.Trim(' ', '\t', '\r').Length > 0).ToList();
        var records = 0;
        for (var first = 0; first < lines.Count; records++)
        {
            var last = first;
            while (last < lines.Count && !IsWhole(string.Join('\n', lines[first..(last + 1)]))) last++;
            first = last < lines.Count ? last + 1 : first + 1;
        }
        return records;
    }

    static bool IsWhole(string latin1)
    {
        try
        {
            using var whole = JsonDocument.Parse(System.Text.Encoding.Latin1.GetBytes(latin1));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A whole page or array has as many records as it has results.</summary>
    static void Page(byte[] input, long records, long rejected)
    {
        if (input.AsSpan(0, input.Length).TrimEnd("\n"u8).IndexOf((byte)'\n') >= 0 && input[0] != '[') return;
        try
        {
            using var whole = JsonDocument.Parse(input);
            var results = whole.RootElement.ValueKind == JsonValueKind.Array ? whole.RootElement
                : whole.RootElement.EnumerateObject().Count(m => m.NameEquals("results"u8)) == 1 ? whole.RootElement.GetProperty("results") : default;
            if (results.ValueKind == JsonValueKind.Array && whole.RootElement.ValueKind == JsonValueKind.Array) Owe(records == results.GetArrayLength(), $"a result is neither accepted nor rejected");
            else if (results.ValueKind == JsonValueKind.Array) Owe(records >= Math.Min(1, results.GetArrayLength()), "a page is dropped");
        }
        catch (JsonException)
        {
            Owe(rejected > 0 || records > 0, "a broken page is dropped");
        }
    }

    Found Agree(ReadOnlySpan<byte> line)
    {
        var (scalar, narrow, wide) = (_widths[0].Read(line, Width.Scalar), _widths[1].Read(line, Width.V256), _widths[2].Read(line, Width.V512));
        Owe(scalar == narrow && narrow == wide, "the widths disagree on whether it can be indexed");
        if (scalar) Owe(_widths[0].IsLike(_widths[1]) && _widths[0].IsLike(_widths[2]), "the widths disagree on where its parts lie");
        var scanned = _scan.Read(line);
        var found = _slow.Read(line, pages: true, out var length);
        if (scanned && (found, length) != (Found.Work, line.Length)) AgreeOnWhatIsRead(line);
        else if (scanned) Owe(Same(_slow.Work, _fast.Work), "the scanner gives another work than the reader");
        return length == line.Length ? found : Found.Other;
    }

    /// <summary>Where the reader takes no work, what is wrong lies in what nobody reads: without that it takes the same.</summary>
    void AgreeOnWhatIsRead(ReadOnlySpan<byte> line)
    {
        var rest = Unread.Nulled(line.ToArray());
        Owe(_slow.Read(rest, pages: true, out var length) == Found.Work && length == rest.Length, "the scanner takes what the reader does not");
        _slow.Work.Hash = _fast.Work.Hash;
        Owe(Same(_slow.Work, _fast.Work), "the scanner gives another work than the reader");
    }

    static bool Same(WorkRecord a, WorkRecord b) =>
        (a.Id, a.Year, a.Topic, a.Placed, a.Type, a.Citations) == (b.Id, b.Year, b.Topic, b.Placed, b.Type, b.Citations)
        && (BitConverter.SingleToInt32Bits(a.Fwci), a.Flags, a.Goals, a.Updated, a.Hash, a.HasTitle) == (BitConverter.SingleToInt32Bits(b.Fwci), b.Flags, b.Goals, b.Updated, b.Hash, b.HasTitle)
        && a.TitleUtf8.SequenceEqual(b.TitleUtf8) && a.DoiUtf8.SequenceEqual(b.DoiUtf8) && a.Units.SequenceEqual(b.Units) && a.AuthorEnds.SequenceEqual(b.AuthorEnds)
        && a.Funders.Order().SequenceEqual(b.Funders.Order());

    /// <summary>What was accepted is written and read back: works that stand and superseded ones are all that were accepted.</summary>
    public override void Renew()
    {
        if (_draft.Records > _draft.Rejected)
        {
            var written = _writer.Finish();
            using var store = WorksStore.Open(_scratch.Path, written.Files.Select(file => file.Name));
            store.Verify();
            Owe(store.Works + written.Superseded == _draft.Records - _draft.Rejected, "accepted works are missing from the store");
        }
        Close();
        _scratch = new();
        Open();
    }

    void Close()
    {
        _draft.Dispose();
        _writer.Dispose();
        _scratch.Dispose();
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }
}
