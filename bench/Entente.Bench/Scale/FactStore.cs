using System.Globalization;
using Entente.Engine.Query;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Bench.Scale;

/// <summary>The facts as a file of lines for every engine alike, and as a store of the product's own segments.</summary>
sealed class FactStore(string root, long works)
{
    /// <summary>So many that a world of works is a few dozen segments, and ten million works one for each of two processors.</summary>
    int WorksPerSegment => works > 1 << 26 ? 1 << 24 : 1 << 23;

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

    /// <summary>Makes the store from nothing but the lines, a part of them on each processor, as an import does.</summary>
    public WorksWritten Load()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        var (length, parts) = (new FileInfo(Lines).Length, Environment.ProcessorCount);
        var read = new (IReadOnlyList<SegmentDigest> Files, long Records, long Superseded)[parts];
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part => read[part] = Load(part, length * part / parts, length * (part + 1) / parts));
        var files = new List<SegmentDigest>();
        for (var part = 0; part < parts; part++)
            foreach (var file in read[part].Files)
            {
                var name = $"{file.Name[..^8]}{files.Count / 2:D4}.seg";
                File.Move(Path.Combine(PartOf(part), file.Name), Path.Combine(Folder, name));
                files.Add(file with { Name = name });
            }
        for (var part = 0; part < parts; part++) if (Directory.Exists(PartOf(part))) Directory.Delete(PartOf(part));
        return WorksWriter.Join(Folder, files, read.Sum(each => each.Records), read.Sum(each => each.Superseded));
    }

    string PartOf(int part) => Path.Combine(Folder, $"part-{part}");

    /// <summary>The lines that begin between two places of the file.</summary>
    (IReadOnlyList<SegmentDigest> Files, long Records, long Superseded) Load(int part, long from, long to)
    {
        using var writer = new WorksWriter(PartOf(part), WorksPerSegment, beside: false);
        var (units, work, records) = (Units(writer), new WorkRecord { Type = "article" }, 0L);
        using var file = File.OpenHandle(Lines, options: FileOptions.SequentialScan);
        var buffer = new byte[1 << 20];
        // The line that a part begins in belongs to the part before, unless it begins there.
        var (kept, position, skip) = (0, Math.Max(0, from - 1), from > 0);
        for (int read; position - kept < to && (read = RandomAccess.Read(file, buffer.AsSpan(kept), position)) > 0;)
        {
            position += read;
            var rest = buffer.AsSpan(0, kept + read);
            var start = position - rest.Length;
            for (int end; start < to && (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..], start += end + 1)
            {
                if (skip)
                {
                    skip = false;
                    continue;
                }
                Read(rest, work, units);
                writer.Add(work);
                records++;
            }
            rest.CopyTo(buffer);
            kept = rest.Length;
        }
        var (files, superseded) = writer.End();
        return (files, records, superseded);
    }

    /// <summary>Makes the store from the numbers themselves: at full scale no line is written.</summary>
    public WorksWritten Generate(Action<long> progress)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        using var writer = new WorksWriter(Folder, WorksPerSegment);
        var units = Units(writer);
        var placed = Enumerable.Range(0, Facts.Topics).Select(topic => writer.Place(Facts.Place(topic))).ToArray();
        var (work, listed) = (new WorkRecord(), new int[16]);
        for (var number = 1L; number <= works; number++)
        {
            var found = facts.Draw(number, work, listed);
            work.Placed = placed[work.Topic - Facts.FirstTopic];
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
        var at = 0;
        work.Id = Number(line, ref at);
        work.Year = Number(line, ref at);
        work.Topic = Number(line, ref at);
        for (at++; line[at] is >= (byte)'0' and <= (byte)'9';) Add(work, units[Number(line, ref at)]);
    }

    /// <summary>Reads a number and passes over the sign behind it.</summary>
    static int Number(ReadOnlySpan<byte> line, ref int at)
    {
        var number = 0;
        for (uint digit; (digit = unchecked(line[at++] - (uint)'0')) <= 9;) number = unchecked(number * 10 + (int)digit);
        return number;
    }

    int[] Units(WorksWriter writer)
    {
        var units = new int[Facts.Institutions + 1];
        for (var institution = 1; institution <= Facts.Institutions; institution++)
        {
            var umbrella = Facts.UmbrellaOf(institution);
            units[institution] = writer.Intern(institution, Ror(institution), Facts.Code(facts.CountryOf(institution)), institution % 12 == 0 ? "company" : "education", $"Institution {institution}",
                umbrella == 0 ? [institution] : [institution, umbrella]);
        }
        return units;
    }
}
