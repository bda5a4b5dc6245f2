using System.Buffers.Binary;
using Entente.Engine.Segments;
using Entente.Engine.Works;

namespace Entente.Engine.Tests.Segments;

/// <summary>A small segment with each thing that the layout knows, and the means to write it wrongly with sound checksums.</summary>
static class Sample
{
    public static readonly short[] Years = [1999, 2020, -1];
    public static readonly int[] Pages = [10, 30, 20];
    public static readonly string?[] Names = ["Entente", null, "École"];

    public static SegmentDigest Write(string path)
    {
        using var writer = new SegmentWriter(path, "sample");
        writer.Column<short>("year", Years);
        writer.Text("name", Names);
        writer.Column<double>("none", []);
        writer.Packed<int>("pages", Pages);
        return writer.Finish();
    }

    public static byte[] Bytes()
    {
        using var folder = new TempFolder();
        Write(folder["s.seg"]);
        return File.ReadAllBytes(folder["s.seg"]);
    }

    /// <summary>Where the directory begins: the trailer says.</summary>
    public static int Directory(byte[] bytes) => (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(bytes.Length - 56));

    /// <summary>Writes all checksums of header, directory and trailer anew, so that only the numbers themselves can be refused.</summary>
    public static byte[] Seal(byte[] bytes)
    {
        var trailer = bytes.Length - 64;
        var directory = bytes.AsSpan(Directory(bytes)..trailer);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Of(bytes.AsSpan(0, 60)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(trailer + 24), Crc32C.Of(directory));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(trailer + 60), Crc32C.Of(bytes.AsSpan(trailer, 60)));
        return bytes;
    }

    /// <summary>Reads all that a reader may read.</summary>
    public static string ReadAll(string path)
    {
        using var segment = Segment.Open(path);
        var names = segment.Text("name");
        return $"{segment.Kind}: {string.Join(' ', segment.Column<short>("year").ToArray())}; "
            + $"{string.Join(' ', Enumerable.Range(0, names.Count).Select(row => names[row]))}; {segment.Column<double>("none").Length}; {string.Join(' ', new Packed<int>(segment, "pages", segment.Rows("pages")).ToArray())}";
    }

    public static void VerifyAll(string path)
    {
        using var segment = Segment.Open(path);
        segment.Verify();
    }
}
