using System.Buffers;
using Entente.Core.Evidence;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Evidence.Rnsr;

namespace Entente.Fuzz;

/// <summary>Rows of a table, some bent: each is taken in or rejected. Where the quotes of each line close on it, lines and rows are as many.</summary>
public abstract class TableTarget(IReadOnlyList<IReadOnlyList<byte[]>> tables) : Target
{
    const int Lines = 48;

    public override byte[] Make(Random random)
    {
        var table = tables[random.Next(tables.Count)];
        var text = new List<byte>();
        text.AddRange(random.Next(20) == 0 ? Bend.Bytes(table[0], random) : table[0]);
        Bent = 0;
        for (var i = 0; i < Lines; i++)
        {
            text.Add((byte)'\n');
            var row = table[random.Next(1, table.Count)];
            var drawn = random.Next(8) switch { 0 => row, < 4 => Bend.Bytes(row, random), _ => Fields(row, table[random.Next(1, table.Count)], random) };
            if (!drawn.AsSpan().SequenceEqual(row)) Bent++;
            text.AddRange(drawn);
        }
        return [.. text];
    }

    /// <summary>A field taken out, doubled, or replaced by one of another row.</summary>
    static byte[] Fields(byte[] row, byte[] other, Random random)
    {
        var (mine, its) = (Ends(row), Ends(other));
        var n = random.Next(mine.Count - 1);
        var field = row.AsSpan(mine[n], mine[n + 1] - mine[n]);
        var m = random.Next(its.Count - 1);
        return random.Next(4) switch
        {
            0 => Bend.Splice(row, mine[n], field.Length, []),
            1 => Bend.Splice(row, mine[n], 0, field),
            2 => Bend.Splice(row, mine[n], field.Length, Bend.Token(random)),
            _ => Bend.Splice(row, mine[n], field.Length, other.AsSpan(its[m], its[m + 1] - its[m])),
        };
    }

    static List<int> Ends(byte[] row)
    {
        var separator = row.Contains((byte)';') ? (byte)';' : (byte)',';
        var ends = new List<int> { 0 };
        for (var i = 0; i < row.Length; i++)
            if (row[i] == separator) ends.Add(i + 1);
        ends.Add(row.Length);
        return ends;
    }

    public override int Feed(byte[] input)
    {
        var lines = 0;
        var closed = true;
        foreach (var range in input.AsSpan().Split((byte)'\n'))
        {
            var line = input.AsSpan()[range].Trim((byte)'\r');
            if (line.IsEmpty) continue;
            lines++;
            closed &= line.IndexOf((byte)'"') < 0;
        }
        if (Read(input) is not { } rows) return 1;
        Owe(!closed || rows == lines - 1, "a line is neither accepted nor rejected");
        Owe(rows > 0 || lines < 2, "all lines are dropped");
        return Math.Max((int)rows, 1);
    }

    /// <summary>How many rows the reader accounted for; null when it refuses the file by its header.</summary>
    protected abstract long? Read(byte[] input);
}

public sealed class CordisTarget(Grain grain) : TableTarget([grain.Participations, grain.Projects, Unquoted(grain.Participations), grain.Topics, Grain.Sciences, Grain.Bases])
{
    Scratch _scratch = new();
    VintageDraft? _draft;
    CordisReading? _reading;

    public override string Name => "cordis";

    static byte[][] Unquoted(IReadOnlyList<byte[]> rows) => [.. rows.Select(row => row.Where(b => b != '"').ToArray())];

    protected override long? Read(byte[] input)
    {
        _reading ??= new(_draft ??= new(_scratch.Path, 0, null, default));
        var before = _draft!.Records;
        var refusal = _reading.Read(new("t.csv", watch => watch(new MemoryStream(input))), mayPass: false);
        Owe(_draft.Records == _draft.Rejected + _reading.Superseded + _reading.Participations.Count + _reading.Projects.Count + _reading.Subjects.Count, "a row is neither accepted, superseded nor rejected");
        return refusal is null ? _draft.Records - before : null;
    }

    public override void Renew()
    {
        if (_reading is not null)
        {
            foreach (var file in CordisSegments.Write(_scratch.Path, _reading.Participations, _reading.Projects, _reading.Subjects))
                using (var segment = Engine.Segments.Segment.Open(_scratch[file.Name])) segment.Verify();
        }
        Close();
        _scratch = new();
    }

    void Close()
    {
        _draft?.Dispose();
        (_draft, _reading) = (null, null);
        _scratch.Dispose();
    }

    public override void Dispose()
    {
        Close();
        base.Dispose();
    }
}

public sealed class RnsrTarget(Grain grain) : TableTarget([grain.Structures])
{
    readonly Dictionary<string, RegisterEntry> _taken = new(StringComparer.Ordinal);

    public override string Name => "rnsr";

    protected override long? Read(byte[] input)
    {
        if (CsvTable.Open(() => new MemoryStream(input), RegisterRow.IsHeader) is not { } table) return null;
        var rows = 0;
        foreach (var row in table.Rows())
        {
            rows++;
            if (row.Problem is not null) continue;
            var parsed = RegisterRow.Parse(table.Header, row.Fields);
            if (parsed.Ok) _taken[parsed.Value.Number] = _taken.TryGetValue(parsed.Value.Number, out var other) ? RegisterSegment.Later(other, parsed.Value) : parsed.Value;
        }
        return rows;
    }

    public override void Renew()
    {
        using var scratch = new Scratch();
        var file = RegisterSegment.Write(scratch.Path, _taken.Values);
        using (var segment = Engine.Segments.Segment.Open(scratch[file.Name])) segment.Verify();
        _taken.Clear();
    }
}
