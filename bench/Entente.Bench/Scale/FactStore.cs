using System.Globalization;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Bench.Scale;

/// <summary>The facts as a file of lines for every engine alike, and as a store of the product's own segments.</summary>
sealed class FactStore(string root, long works)
{
    /// <summary>So many that a world of works is a few dozen segments, and few enough that one is cut while the next is gathered.</summary>
    int WorksPerSegment => works > 1 << 26 ? 1 << 24 : 1 << 22;

    readonly Facts facts = new();

    public long Works => works;
    public string Folder { get; init; } = Path.Combine(root, "store");

    /// <summary>A line a work: number, year, topic, institutions between braces, countries of these between braces, each once.</summary>
    public string Lines => Path.Combine(root, "facts.tsv");

    public Facts Facts => facts;

    public void WriteLines()
    {
        if (File.Exists(Lines)) return;
        Directory.CreateDirectory(root);
        Console.Error.WriteLine($"Inventing {works:N0} works…");
        using (var file = new StreamWriter(Lines + ".partial", append: false, System.Text.Encoding.ASCII, 1 << 20))
        {
            var (work, listed) = (new WorkRecord(), new int[16]);
            for (var number = 1L; number <= works; number++)
            {
                var found = listed.AsSpan(0, facts.Draw(number, work, listed));
                file.Write(string.Create(CultureInfo.InvariantCulture, $"{number}\t{work.Year}\t{work.Topic}\t{{"));
                for (var i = 0; i < found.Length; i++) file.Write(string.Create(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{found[i]}"));
                file.Write("}\t{");
                var countries = found.ToArray().Select(facts.CountryOf).Distinct().Order();
                file.Write(string.Join(',', countries));
                file.Write("}\n");
            }
        }
        File.Move(Lines + ".partial", Lines);
    }

    /// <summary>Makes the store from nothing but the lines.</summary>
    public WorksWritten Load()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        using var writer = new WorksWriter(Folder, WorksPerSegment);
        var units = Units(writer);
        var work = new WorkRecord { Type = "article" };
        using var file = File.OpenHandle(Lines, options: FileOptions.SequentialScan);
        var buffer = new byte[1 << 22];
        var (kept, position) = (0, 0L);
        for (int read; (read = RandomAccess.Read(file, buffer.AsSpan(kept), position)) > 0;)
        {
            position += read;
            var rest = buffer.AsSpan(0, kept + read);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                Read(rest[..end], work, units);
                writer.Add(work);
            }
            rest.CopyTo(buffer);
            kept = rest.Length;
        }
        return writer.Finish();
    }

    /// <summary>Makes the store from the numbers themselves: at full scale no line is written.</summary>
    public WorksWritten Generate(Action<long> progress)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        using var writer = new WorksWriter(Folder, WorksPerSegment);
        var units = Units(writer);
        var (work, listed) = (new WorkRecord(), new int[16]);
        for (var number = 1L; number <= works; number++)
        {
            var found = facts.Draw(number, work, listed);
            for (var i = 0; i < found; i++) Add(work, units[listed[i]]);
            writer.Add(work);
            if (number % 1_000_000 == 0) progress(number);
        }
        return writer.Finish();
    }

    public static string Ror(int institution) => string.Create(CultureInfo.InvariantCulture, $"0{institution:D8}");

    public static UnitSet Of(WorksStore store, long institution) => UnitSet.Of(store, unit => unit.Id == institution);

    static int Add(WorkRecord work, int unit)
    {
        work.Units.Add(unit);
        work.AuthorEnds.Add(work.Units.Count);
        return unit;
    }

    static void Read(ReadOnlySpan<byte> line, WorkRecord work, int[] units)
    {
        work.Units.Clear();
        work.AuthorEnds.Clear();
        work.Id = Number(ref line);
        work.Year = Number(ref line);
        work.Topic = Number(ref line);
        for (line = line[1..]; line[0] is >= (byte)'0' and <= (byte)'9';) Add(work, units[Number(ref line)]);
    }

    /// <summary>Reads a number and passes over the sign behind it.</summary>
    static int Number(ref ReadOnlySpan<byte> line)
    {
        var number = 0;
        while (line[0] is >= (byte)'0' and <= (byte)'9')
        {
            number = number * 10 + (line[0] - '0');
            line = line[1..];
        }
        line = line[1..];
        return number;
    }

    int[] Units(WorksWriter writer)
    {
        var units = new int[Facts.Institutions + 1];
        for (var institution = 1; institution <= Facts.Institutions; institution++)
        {
            var umbrella = Facts.UmbrellaOf(institution);
            units[institution] = writer.Intern(institution, Ror(institution), Facts.Code(facts.CountryOf(institution)), $"Institution {institution}",
                umbrella == 0 ? [institution] : [institution, umbrella]);
        }
        return units;
    }
}
