using System.Diagnostics;
using System.IO.Compression;
using Entente.Core.Evidence.OpenAlex;
using Entente.Engine.Json;
using Entente.Engine.Works;

namespace Entente.Bench.Import;

/// <summary>B2: taking works from text that lies in memory, on one thread: the scanner, the slower reader, and simdjson.</summary>
static class ExtractionBench
{
    const int Rounds = 7;

    /// <summary>What is measured, in MB of text a second, median of the rounds; the last is simdjson's, where it is there.</summary>
    public static IReadOnlyList<(string What, double MegabytesPerSecond)> Measure(ImportCorpus corpus, string folder)
    {
        var text = Unpack(corpus.Files[0]);
        var lines = Lines(text);
        var folders = Path.Combine(folder, "extraction");
        using var writer = new WorksWriter(folders);
        var (reader, scanned) = (new WorkJson(writer), new WorkJson(writer));
        var scan = new WorkScan(scanned);
        var index = new JsonIndex();
        var (sumOfScan, sumOfReader, doubted) = (Sum.Zero, Sum.Zero, 0);
        var acts = new (string What, Action Act)[]
        {
            ("scanner", () => (sumOfScan, doubted) = Scan(text, lines, scan, scanned, writer)),
            ("of which the index of strings and brackets", () => { foreach (var (start, length) in lines) index.Read(text.AsSpan(start, length)); }),
            ("Utf8JsonReader", () => sumOfReader = Read(text, lines, reader, writer)),
        };
        var times = acts.Select(_ => new List<double>()).ToArray();
        for (var round = -2; round < Rounds; round++)
            for (var act = 0; act < acts.Length; act++)
            {
                var start = Stopwatch.GetTimestamp();
                acts[act].Act();
                if (round >= 0) times[act].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        if (sumOfScan != sumOfReader) throw new InvalidOperationException($"The scanner and the reader differ: {sumOfScan} and {sumOfReader}. Nothing is told.");
        var rows = acts.Select((act, i) => (act.What, text.Length / 1e6 / times[i].Order().ElementAt(Rounds / 2))).ToList();
        if (Simdjson.Measure(text, folder, Rounds) is { } peer)
        {
            if (peer.Sum != sumOfScan.Told) throw new InvalidOperationException($"The scanner and simdjson differ: {sumOfScan.Told} and {peer.Sum}. Nothing is told.");
            rows.Add(("simdjson on-demand", text.Length / 1e6 / peer.Seconds));
        }
        rows.Add(("records left to the slower reader, of a thousand", 1000.0 * doubted / lines.Count));
        if (Directory.Exists(folders)) Directory.Delete(folders, recursive: true);
        return rows;
    }

    /// <summary>Sums over all that is taken, so that no engine may leave a field out.</summary>
    public readonly record struct Sum(long Works, long Ids, long Years, long Topics, long Citations, double Impact, long Flags, long Goals, long Authors, long Units, long Funders)
    {
        public static Sum Zero { get; }

        public Sum Add(WorkRecord work, long units) => new(Works + 1, Ids + work.Id, Years + work.Year, Topics + work.Topic, Citations + work.Citations,
            Impact + (float.IsNaN(work.Fwci) ? 0 : Math.Round((double)work.Fwci, 4)), Flags + (long)work.Flags, Goals + work.Goals, Authors + work.AuthorEnds.Count, Units + units,
            Funders + work.Funders.Sum());

        public string Told => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Works} {Ids} {Years} {Topics} {Citations} {Impact:F0} {Flags} {Goals} {Authors} {Units} {Funders}");
    }

    static (Sum Sum, int Doubted) Scan(byte[] text, List<(int Start, int Length)> lines, WorkScan scan, WorkJson scanned, WorksWriter writer)
    {
        var (sum, doubted) = (Sum.Zero, 0);
        foreach (var (start, length) in lines)
        {
            var line = text.AsSpan(start, length);
            if (!scan.Read(line))
            {
                scanned.Read(line, pages: true, out _);
                doubted++;
            }
            sum = sum.Add(scanned.Work, Units(scanned.Work, writer));
        }
        return (sum, doubted);
    }

    static Sum Read(byte[] text, List<(int Start, int Length)> lines, WorkJson reader, WorksWriter writer)
    {
        var sum = Sum.Zero;
        foreach (var (start, length) in lines)
        {
            reader.Read(text.AsSpan(start, length), pages: true, out _);
            sum = sum.Add(reader.Work, Units(reader.Work, writer));
        }
        return sum;
    }

    static long Units(WorkRecord work, WorksWriter writer)
    {
        var sum = 0L;
        foreach (var unit in work.Units) sum += writer.Known(unit).Id;
        return sum;
    }

    static byte[] Unpack(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var text = new MemoryStream();
        packed.CopyTo(text);
        return text.ToArray();
    }

    static List<(int Start, int Length)> Lines(byte[] text)
    {
        var lines = new List<(int, int)>();
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOf((byte)'\n');
            lines.Add((at, length));
            at += length + 1;
        }
        return lines;
    }
}
