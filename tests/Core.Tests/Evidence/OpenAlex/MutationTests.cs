using System.Text;
using Entente.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Evidence.OpenAlex;

/// <summary>Records bent out of shape in every way: never a crash, never a silent drop.</summary>
public sealed class MutationTests
{
    /// <summary>One change of one line: at a place, a byte replaced, put in or taken out, a stretch doubled, or the rest cut off.</summary>
    sealed record Change(int Line, int Place, int Kind, byte Byte);

    static readonly byte[] Telling = Encoding.ASCII.GetBytes("{}[]\",:\\0-.tfnu\0\u007f");

    static readonly Gen<Change> Changes =
        from line in Gen.Choose(0, 1000)
        from place in Gen.Choose(0, 1_000_000)
        from kind in Gen.Choose(0, 4)
        from telling in Gen.Elements(Telling)
        from any in Gen.Choose(11, 255)
        from either in Gen.Choose(0, 2)
        select new Change(line, place, kind, either == 0 ? (byte)any : telling);

    [RealDataFact]
    public void Each_line_is_an_accepted_work_or_a_rejected_row_however_its_bytes_are_bent()
    {
        var lines = Works.RealLines(400).OrderBy(line => line.Length).Take(60).Select(Encoding.UTF8.GetBytes).ToList();
        var changes = Changes.ListOf().Select(list => list.Take(40).ToList());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40), Prop.ForAll(changes.ToArbitrary(), list => Accounted(lines, list).GetAwaiter().GetResult()));
    }

    static async Task<bool> Accounted(List<byte[]> lines, List<Change> changes)
    {
        var bent = lines.ToList();
        foreach (var change in changes) bent[change.Line % bent.Count] = Bend(bent[change.Line % bent.Count], change);
        await using var world = await TestWorld.OpenAsync();
        byte[] text = [.. bent.SelectMany(line => line.Append((byte)'\n'))];
        var result = (await Works.ImportAsync(world, Works.Bytes("bent.jsonl", text))).Value;
        var rejected = Works.Rejects(world, result.Vintage).Select(r => r.Line).ToList();
        Assert.Equal(bent.Count, result.Records);
        Assert.Equal(result.Rejected, rejected.Distinct().Count());
        Assert.Equal(result.Records, result.Accepted + result.Rejected);
        Assert.Equal(result.Accepted - result.Superseded, Works.Told(world, result.Vintage).Count);
        var whole = Enumerable.Range(0, bent.Count).Where(i => bent[i] == lines[i]).Select(i => i + 1L);
        Assert.Empty(whole.Intersect(rejected));
        return true;
    }

    static byte[] Bend(byte[] line, Change change)
    {
        // A lone "{" would open a record over several lines, which is another rule.
        if (line.Length < 8) return line;
        var at = 2 + change.Place % (line.Length - 2);
        return change.Kind switch
        {
            0 => [.. line[..at], change.Byte, .. line[(at + 1)..]],
            1 => [.. line[..at], change.Byte, .. line[at..]],
            2 => [.. line[..at], .. line[(at + 1)..]],
            3 => [.. line[..at], .. line[Math.Max(0, at - 30)..]],
            _ => line[..at],
        };
    }
}
