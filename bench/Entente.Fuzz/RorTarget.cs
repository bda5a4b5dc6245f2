using Entente.Core.Evidence;
using Entente.Core.Evidence.Ror;
using Entente.Engine.Segments;

namespace Entente.Fuzz;

/// <summary>Records of ROR of both schemas, a line each or in an array: each is a record or is refused, and what was taken in can be written.</summary>
public sealed class RorTarget(Grain grain) : Target
{
    const int Lines = 256;

    readonly IReadOnlyList<JsonSeed> _seeds = grain.Organisations;
    readonly Dictionary<string, RorOrganisation> _taken = new(StringComparer.Ordinal);

    public override string Name => "ror";

    public override byte[] Make(Random random)
    {
        var array = random.Next(8) == 0;
        Bent = 0;
        var text = new List<byte>();
        if (array) text.Add((byte)'[');
        for (var i = 0; i < Lines; i++)
        {
            // The first two are sound, so that it is told from them that each fills a line.
            if (i > 0) text.AddRange(array ? ",\n"u8 : "\n"u8);
            var seed = _seeds[random.Next(_seeds.Count)];
            var drawn = i < 2 && !array ? seed.Text : seed.Draw(random, _seeds[random.Next(_seeds.Count)]);
            if (!drawn.AsSpan().SequenceEqual(seed.Text)) Bent++;
            text.AddRange(drawn);
        }
        if (array) text.Add((byte)']');
        return [.. text];
    }

    public override int Feed(byte[] input)
    {
        var reader = new RecordReader(new MemoryStream(input));
        var (records, lines, sound) = (0, 0, 0);
        foreach (var raw in reader.Objects())
        {
            records++;
            if (raw.Problem is not null) continue;
            var parsed = RorJson.Parse(raw.Bytes);
            if (parsed.Ok) _taken[parsed.Value.Id] = parsed.Value;
        }
        foreach (var range in input.AsSpan().Split((byte)'\n'))
        {
            var line = input.AsSpan()[range];
            if (line.Trim((byte)'\r').IsEmpty) continue;
            if (lines++ < 2 && RorJson.Parse(line.ToArray()).Ok) sound++;
        }
        if (sound == 2) Owe(records == lines, "a line is neither accepted nor rejected");
        return Math.Max(records, 1);
    }

    public override void Renew()
    {
        using var scratch = new Scratch();
        RorSegment.Write(scratch.Path, _taken.Values);
        using var segment = Segment.Open(scratch[RorSegment.Name]);
        segment.Verify();
        Owe(segment.Text("id").Count == _taken.Count, "accepted records are missing from the segment");
        _taken.Clear();
    }
}
