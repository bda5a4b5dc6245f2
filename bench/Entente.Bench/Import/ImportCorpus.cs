using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Entente.Bench.Import;

/// <summary>
/// Files of works like the real ones: the records of ../shared/data (or of --real FILE) over and over, each time with ids of their own, so that
/// schema, sizes and packing are those of the source, and no record supersedes another.
/// </summary>
sealed class ImportCorpus
{
    const int Parts = 4;

    ImportCorpus(IReadOnlyList<string> files, long textBytes, long works) => (Files, TextBytes, Works) = (files, textBytes, works);

    public IReadOnlyList<string> Files { get; }
    public long TextBytes { get; }
    public long Works { get; }
    public long PackedBytes => Files.Sum(file => new FileInfo(file).Length);

    public static ImportCorpus Make(string folder, string real, long works)
    {
        Directory.CreateDirectory(folder);
        var note = Path.Combine(folder, "made.txt");
        var files = Enumerable.Range(0, Parts).Select(part => Path.Combine(folder, $"part_{part:D3}.gz")).ToList();
        if (!File.Exists(note) || !File.ReadAllText(note).StartsWith($"{works} ", StringComparison.Ordinal))
        {
            var records = Records(real);
            var bytes = new long[Parts];
            Parallel.For(0, Parts, part => bytes[part] = Write(files[part], records, part * (works / Parts), works / Parts));
            File.WriteAllText(note, string.Create(CultureInfo.InvariantCulture, $"{works} {bytes.Sum()}"));
        }
        return new(files, long.Parse(File.ReadAllText(note).Split(' ')[1], CultureInfo.InvariantCulture), works / Parts * Parts);
    }

    static List<(byte[] Before, byte[] After)> Records(string real)
    {
        var records = new List<(byte[], byte[])>();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(real), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var at = line.IndexOf("openalex.org/W", StringComparison.Ordinal) + "openalex.org/W".Length;
            var end = line.IndexOf('"', at);
            records.Add((Encoding.UTF8.GetBytes(line[..at]), Encoding.UTF8.GetBytes(line[end..])));
        }
        return records;
    }

    static long Write(string path, List<(byte[] Before, byte[] After)> records, long first, long count)
    {
        using var file = new GZipStream(File.Create(path), CompressionLevel.Optimal);
        var bytes = 0L;
        for (var i = first; i < first + count; i++)
        {
            var (before, after) = records[(int)(i * 7919 % records.Count)];
            var id = Encoding.UTF8.GetBytes((2_000_000_000 + i).ToString(CultureInfo.InvariantCulture));
            foreach (var part in new[] { before, id, after, "\n"u8.ToArray() })
            {
                file.Write(part);
                bytes += part.Length;
            }
        }
        return bytes;
    }
}
