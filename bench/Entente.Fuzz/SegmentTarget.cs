using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Entente.Core.Evidence.OpenAlex;
using Entente.Engine.Query;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Fuzz;

/// <summary>
/// A store of several small segments, one file of it damaged. Where checksums were left as they were, checking finds it; where they
/// were made to fit, asking the store anything gives an answer or says that the file is corrupt, and never breaks.
/// </summary>
public sealed class SegmentTarget : Target
{
    readonly Scratch _scratch = new();
    readonly string[] _names;
    readonly byte[][] _sound;
    readonly SegmentLayout[] _layouts;

    public SegmentTarget()
    {
        using var writer = new WorksWriter(_scratch.Path, worksPerSegment: 25);
        var reader = new WorkJson(writer);
        foreach (var n in Enumerable.Range(1, 40).Append(7))
        {
            reader.Read(Encoding.UTF8.GetBytes(FuzzWorld.Line(n)), pages: false, out _);
            writer.Add(reader.Work);
        }
        _names = [.. writer.Finish().Files.Select(file => file.Name)];
        _sound = [.. _names.Select(name => File.ReadAllBytes(_scratch[name]))];
        _layouts = [.. _names.Select(Layout)];
    }

    public override string Name => "segment";

    SegmentLayout Layout(string name)
    {
        using var file = File.OpenHandle(_scratch[name]);
        return SegmentLayout.Read(name, file);
    }

    /// <summary>First which file, then whether its checksums were made to fit, then its bytes.</summary>
    public override byte[] Make(Random random)
    {
        var which = random.Next(_names.Length);
        var bytes = _sound[which].ToArray();
        for (var times = random.Next(1, 4); times > 0; times--) Overwrite(bytes, random);
        if (random.Next(20) == 0) bytes = bytes[..random.Next(bytes.Length)];
        var fit = bytes.Length == _sound[which].Length && random.Next(4) > 0;
        if (fit) Seal(bytes, _layouts[which]);
        Bent = bytes.AsSpan().SequenceEqual(_sound[which]) ? 0 : 1;
        return [(byte)which, fit ? (byte)1 : (byte)0, .. bytes];
    }

    static void Overwrite(byte[] bytes, Random random)
    {
        var length = 1 << random.Next(4);
        var at = random.Next(bytes.Length / length) * length;
        ulong value = random.Next(8) switch
        {
            0 => 0,
            1 => ulong.MaxValue,
            2 => 1,
            3 => int.MaxValue,
            4 => 0x8000_0000,
            5 => (ulong)random.Next(200),
            6 => (ulong)random.NextInt64(),
            _ => unchecked(bytes[at] + 1UL),
        };
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        eight[..length].CopyTo(bytes.AsSpan(at));
    }

    /// <summary>Puts the checksums right wherever the sound file has them.</summary>
    static void Seal(byte[] bytes, SegmentLayout layout)
    {
        var trailer = bytes.Length - SegmentFormat.TrailerLength;
        var end = layout.Columns.Length == 0 ? SegmentFormat.HeaderLength : (int)(layout.Columns[^1].Offset + layout.Columns[^1].PaddedLength);
        var checks = end + layout.Columns.Length * SegmentFormat.EntryLength;
        foreach (var column in layout.Columns)
            for (var block = 0; block < column.Blocks; block++)
            {
                var at = (int)column.Offset + block * SegmentFormat.Block;
                Put(checks + 4 * (column.FirstCheck + block), bytes.AsSpan(at, Math.Min(SegmentFormat.Block, (int)(column.Offset + column.PaddedLength) - at)));
            }
        Put(SegmentFormat.HeaderLength - 4, bytes.AsSpan(0, SegmentFormat.HeaderLength - 4));
        Put(trailer + 24, bytes.AsSpan(end..trailer));
        Put(bytes.Length - 4, bytes.AsSpan(trailer, SegmentFormat.TrailerLength - 4));

        void Put(int at, ReadOnlySpan<byte> of) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), Crc32C.Of(of));
    }

    public override int Feed(byte[] input)
    {
        if (input.Length < 2 || input[0] >= _names.Length) return 0;
        var (which, fit, bytes) = (input[0], input[1] == 1, input[2..]);
        Put(which, bytes);
        try
        {
            var found = Corrupt(() => Ask(_scratch.Path, _names));
            if (!fit && !bytes.AsSpan().SequenceEqual(_sound[which])) Owe(found || Corrupt(() => Check(_scratch.Path, _names)), $"a changed byte of {_names[which]} is not found");
        }
        finally
        {
            Put(which, _sound[which]);
        }
        return 1;
    }

    // Under a new inode: a file that somebody maps is replaced, never changed.
    void Put(int which, ReadOnlySpan<byte> bytes)
    {
        File.Delete(_scratch[_names[which]]);
        File.WriteAllBytes(_scratch[_names[which]], bytes);
    }

    static bool Corrupt(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (CorruptSegmentException)
        {
            return true;
        }
    }

    static void Check(string folder, string[] names)
    {
        using var store = WorksStore.Open(folder, names);
        store.Verify();
    }

    /// <summary>A little of everything that figures and pages read.</summary>
    static void Ask(string folder, string[] names)
    {
        using var store = WorksStore.Open(folder, names);
        var (a, b) = (UnitSet.Of(store, unit => unit.Lineage.Contains(1)), UnitSet.Of(store, unit => unit.Country == "GB"));
        var pair = Select.Listing(store, a).And(Select.Listing(store, b));
        _ = (pair.Digest(), Select.TwoAuthors(Select.All(store), a, b).Digest(), Select.All(store).CountByYear(1990, 2030), Select.CountByOrganisation(pair).Count);
        _ = (Select.SeveralOrganisations(pair).Digest(), Fractions.Sum(Fractions.Weigh(pair, a, Sharing.Author).Select(weight => weight.Weight)));
        _ = (Select.Passing(store, new() { With = WorkFlags.OpenAccess }).Digest(), Select.OfYears(store, 2001, 2004).Digest());
        foreach (var (segment, work) in Select.All(store).Works())
            _ = string.Create(CultureInfo.InvariantCulture, $"{segment.Type(work)}{segment.Title(work)}{segment.Doi(work)}{segment.Topics[work]}{segment.Citations[work]}{segment.Fwci[work]}{segment.Goals[work]}");
        foreach (var segment in store.Segments) _ = segment.Funders?.ByWork(segment.Count).Length;
        _ = store.Taxonomy;
    }

    public override void Dispose()
    {
        _scratch.Dispose();
        base.Dispose();
    }
}
