using System.Security.Cryptography;
using System.Text;
using Entente.Engine.Segments;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Engine.Tests.Segments;

public sealed class SegmentTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void The_checksum_is_CRC_32C(string text, uint expected) => Assert.Equal(expected, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Four_checksums_side_by_side_equal_one_after_another()
    {
        var bytes = new byte[4 * 8 * 37];
        new Random(1).NextBytes(bytes);
        var one = bytes.Chunk(8 * 37).Select(block => Crc32C.Of(block)).ToArray();
        Assert.Equal((one[0], one[1], one[2], one[3]), Crc32C.OfFour(bytes));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TempFolder();
        var digest = Sample.Write(folder["s.seg"]);
        Assert.Equal("sample: 1999 2020 -1; Entente  École; 0; 10 30 20", Sample.ReadAll(folder["s.seg"]));
        Assert.Equal(new SegmentDigest("s.seg", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["s.seg"]))), new FileInfo(folder["s.seg"]).Length), digest);
        Assert.Equal(["s.seg"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Any_columns_come_back_as_they_were() => Prop.ForAll<long[], double[], string?[]>((longs, doubles, texts) =>
    {
        using var folder = new TempFolder();
        var bytes = Array.ConvertAll(longs, number => unchecked((byte)number));
        using (var writer = new SegmentWriter(folder["s.seg"], "any"))
        {
            writer.Column<long>("longs", longs);
            writer.Column<byte>("bytes", bytes);
            writer.Text("texts", texts);
            writer.Column<double>("doubles", doubles);
            writer.Finish();
        }
        using var segment = Segment.Open(folder["s.seg"]);
        segment.Verify();
        var read = segment.Text("texts");
        return segment.Column<long>("longs").SequenceEqual(longs) && segment.Column<byte>("bytes").SequenceEqual(bytes)
            && segment.Column<double>("doubles").ToArray().Zip(doubles).All(pair => pair.First.Equals(pair.Second))
            && read.Count == texts.Length && Enumerable.Range(0, read.Count).All(row => read[row] == AsUtf8(texts[row]));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(4 * 65_536)]
    [InlineData(5 * 65_536 + 63)]
    [InlineData(1_000_000)]
    public void Columns_and_texts_of_many_blocks(int length)
    {
        using var folder = new TempFolder();
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var texts = new[] { new string('é', length / 2), null, "a", new string('b', length % 1000) };
        using (var writer = new SegmentWriter(folder["s.seg"], "large"))
        {
            writer.Column<byte>("bytes", bytes);
            writer.Text("texts", texts);
            writer.Finish();
        }
        using var segment = Segment.Open(folder["s.seg"]);
        Assert.True(segment.Column<byte>("bytes").SequenceEqual(bytes));
        Assert.Equal(texts.Select(text => text ?? ""), Enumerable.Range(0, 4).Select(row => segment.Text("texts")[row]));
        segment.Verify();
    }

    [Fact]
    public void Columns_lie_at_multiples_of_64()
    {
        using var folder = new TempFolder();
        Sample.Write(folder["s.seg"]);
        using var segment = Segment.Open(folder["s.seg"]);
        unsafe
        {
            fixed (uint* starts = segment.Column<uint>("name.starts")) Assert.Equal(0, (nint)starts % 64);
            fixed (short* years = segment.Column<short>("year")) Assert.Equal(0, (nint)years % 64);
        }
    }

    [Fact]
    public void Nothing_stands_under_the_name_before_the_end_and_nothing_stays_of_a_broken_off_file()
    {
        using var folder = new TempFolder();
        using (var writer = new SegmentWriter(folder["s.seg"], "sample"))
        {
            writer.Column<int>("n", [1, 2, 3]);
            Assert.False(File.Exists(folder["s.seg"]));
        }
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_name_is_taken_once_and_is_plain()
    {
        using var folder = new TempFolder();
        using var writer = new SegmentWriter(folder["s.seg"], "sample");
        writer.Column<int>("n", [1]);
        Assert.Throws<ArgumentException>(() => writer.Column<int>("n", [1]));
        Assert.Throws<ArgumentException>(() => writer.Text("n", []));
        Assert.Throws<ArgumentException>(() => writer.Column<int>("é", [1]));
        Assert.Throws<ArgumentException>(() => writer.Column<int>("", [1]));
        Assert.Throws<ArgumentException>(() => writer.Column<int>(new string('n', 33), [1]));
        Assert.Throws<ArgumentException>(() => new SegmentWriter(folder["t.seg"], ""));
    }

    [Fact]
    public void A_column_asked_for_as_something_else_is_refused_with_its_name()
    {
        using var folder = new TempFolder();
        Sample.Write(folder["s.seg"]);
        using var segment = Segment.Open(folder["s.seg"]);
        Assert.True(segment.Has("year"));
        Assert.False(segment.Has("month"));
        Assert.Contains("month", Assert.Throws<CorruptSegmentException>(() => segment.Column<short>("month").Length).Message, StringComparison.Ordinal);
        Assert.Throws<CorruptSegmentException>(() => segment.Column<ushort>("year").Length);
        Assert.Throws<CorruptSegmentException>(() => segment.Column<long>("year").Length);
        Assert.Throws<CorruptSegmentException>(() => segment.Text("year"));
        Assert.Throws<ArgumentOutOfRangeException>(() => segment.Text("name")[3]);
    }

    [Fact]
    public void After_it_is_closed_nothing_is_read()
    {
        using var folder = new TempFolder();
        Sample.Write(folder["s.seg"]);
        var segment = Segment.Open(folder["s.seg"]);
        var names = segment.Text("name");
        segment.Dispose();
        segment.Dispose();
        Assert.Throws<ObjectDisposedException>(() => segment.Column<short>("year").Length);
        Assert.Throws<ObjectDisposedException>(() => names[0]);
        Assert.Throws<ObjectDisposedException>(segment.Verify);
    }

    static string AsUtf8(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
}
