using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

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

    static readonly string[] Texts = ["title", "display_name", "doi"];

    /// <param name="texts">false for records whose titles and DOIs have other names, of the same length, so that nobody keeps them</param>
    public static ImportCorpus Make(string folder, string real, long works, bool texts = true)
    {
        Directory.CreateDirectory(folder);
        var note = Path.Combine(folder, "made.txt");
        var files = Enumerable.Range(0, Parts).Select(part => Path.Combine(folder, $"part_{part:D3}.gz")).ToList();
        if (!File.Exists(note) || !File.ReadAllText(note).StartsWith($"{works} ", StringComparison.Ordinal))
        {
            var records = Records(real, texts);
            var bytes = new long[Parts];
            Parallel.For(0, Parts, part => bytes[part] = Write(files[part], records, part * (works / Parts), works / Parts));
            File.WriteAllText(note, string.Create(CultureInfo.InvariantCulture, $"{works} {bytes.Sum()}"));
        }
        return new(files, long.Parse(File.ReadAllText(note).Split(' ')[1], CultureInfo.InvariantCulture), works / Parts * Parts);
    }

    static List<(byte[] Before, byte[] After)> Records(string real, bool texts)
    {
        var records = new List<(byte[], byte[])>();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(real), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            var record = Encoding.UTF8.GetBytes(line);
            if (!texts) Rename(record);
            var at = record.AsSpan().IndexOf("openalex.org/W"u8) + "openalex.org/W".Length;
            var end = at + record.AsSpan(at).IndexOf((byte)'"');
            records.Add((record[..at], record[end..]));
        }
        return records;
    }

    static void Rename(byte[] record)
    {
        var reader = new Utf8JsonReader(record);
        while (reader.Read())
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && Texts.Contains(reader.GetString()))
                record[(int)reader.TokenStartIndex + 1] = (byte)'X';
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
