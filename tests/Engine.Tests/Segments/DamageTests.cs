using System.Buffers.Binary;
using Entente.Engine.Segments;

namespace Entente.Engine.Tests.Segments;

/// <summary>What is not as it was written is found, and never brings the process down.</summary>
public sealed class DamageTests
{
    [Fact]
    public void Every_flipped_bit_of_every_byte_is_found()
    {
        using var folder = new TempFolder();
        var sound = Sample.Bytes();
        var expected = Read(folder, sound);
        for (var at = 0; at < sound.Length; at++)
        {
            var damaged = sound.ToArray();
            damaged[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(folder["d.seg"], damaged);
            Assert.Throws<CorruptSegmentException>(() => Sample.VerifyAll(folder["d.seg"]));
            // Reading may pass where the flip lies in what was not read, but then what was read is right.
            if (Record.Exception(() => Assert.Equal(expected, Sample.ReadAll(folder["d.seg"]))) is { } error) Assert.IsType<CorruptSegmentException>(error);
        }
    }

    [Fact]
    public void A_file_cut_at_any_length_is_refused_when_opened()
    {
        using var folder = new TempFolder();
        var sound = Sample.Bytes();
        for (var length = 0; length < sound.Length; length++)
        {
            File.WriteAllBytes(folder["d.seg"], sound[..length]);
            Assert.Throws<CorruptSegmentException>(() => Segment.Open(folder["d.seg"]));
        }
    }

    [Fact]
    public void A_file_that_has_grown_is_refused_when_opened()
    {
        using var folder = new TempFolder();
        var sound = Sample.Bytes();
        foreach (var more in new[] { 1, 63, 64, 128 })
        {
            File.WriteAllBytes(folder["d.seg"], [.. sound, .. new byte[more]]);
            Assert.Throws<CorruptSegmentException>(() => Segment.Open(folder["d.seg"]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(768 - 1)]
    [InlineData(768 + 4096)]
    public void A_file_that_is_cut_or_grows_while_it_is_open_is_told_before_it_is_read(int length)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["d.seg"], Sample.Bytes());
        using var segment = Segment.Open(folder["d.seg"]);
        using (var other = File.OpenHandle(folder["d.seg"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) RandomAccess.SetLength(other, length);
        Assert.Throws<CorruptSegmentException>(() => segment.Column<short>("year").Length);
        Assert.Throws<CorruptSegmentException>(() => segment.Text("name").Count);
        Assert.Throws<CorruptSegmentException>(segment.Verify);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TempFolder();
        var error = Assert.Throws<CorruptSegmentException>(() => Segment.Open(folder["nothing.seg"]));
        Assert.Equal((folder["nothing.seg"], "the file is missing"), (error.Path, error.Reason));
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["d.seg"], new string('x', 1000));
        Assert.Contains("not a segment", Assert.Throws<CorruptSegmentException>(() => Segment.Open(folder["d.seg"])).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_version_is_refused_with_its_number() =>
        Assert.Contains("version 3", Refusal(bytes => bytes[8] = 3).Reason, StringComparison.Ordinal);

    // Where in an entry of the directory a number stands, and what is put there.
    [Theory]
    [InlineData(40, 0L)]
    [InlineData(40, 128L)]
    [InlineData(40, -64L)]
    [InlineData(40, long.MaxValue)]
    [InlineData(48, -2L)]
    [InlineData(48, 7L)]
    [InlineData(48, 1L << 40)]
    [InlineData(48, long.MaxValue - 1)]
    [InlineData(48, (long)int.MaxValue)]
    [InlineData(48, 66L)]
    [InlineData(56, 4L)]
    [InlineData(56, -1L)]
    [InlineData(32, 0x0000_0000_0000_0000L)]
    [InlineData(32, 0x0000_0000_0003_0004L)]
    [InlineData(32, 0x0000_0000_FFFF_0000L)]
    [InlineData(32, 0x0000_0001_0002_0004L)]
    [InlineData(32, 0x0000_0000_0002_0063L)]
    [InlineData(32, 0x7FFF_FFFF_0002_0004L)]
    [InlineData(0, 0L)]
    [InlineData(0, 0x0A0D_0A0DL)]
    public void A_directory_of_sound_checksums_and_wrong_numbers_is_refused(int at, long value) =>
        Refusal(bytes => BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Sample.Directory(bytes) + at), value));

    [Fact]
    public void Two_columns_of_one_name_are_refused() => Refusal(bytes =>
    {
        var directory = Sample.Directory(bytes);
        bytes.AsSpan(directory, 32).CopyTo(bytes.AsSpan(directory + 64));
    });

    [Theory]
    [InlineData(16, 0x7FFF_FFFF)]
    [InlineData(16, -1)]
    [InlineData(20, 0)]
    [InlineData(20, 3)]
    [InlineData(20, -1)]
    [InlineData(20, 0x7FFF_FFFF)]
    [InlineData(8, 64)]
    [InlineData(8, 0)]
    [InlineData(8, -8)]
    [InlineData(0, 0)]
    public void A_trailer_of_sound_checksums_and_wrong_numbers_is_refused(int at, int value)
    {
        using var folder = new TempFolder();
        var bytes = Sample.Bytes();
        var trailer = bytes.AsSpan(^64..);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[at..], value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[60..], Crc32C.Of(trailer[..60]));
        File.WriteAllBytes(folder["d.seg"], bytes);
        Assert.Throws<CorruptSegmentException>(() => Segment.Open(folder["d.seg"]));
    }

    [Theory]
    [InlineData(new uint[] { 0, 9, 7, 13 })]
    [InlineData(new uint[] { 0, 7, 7, 12 })]
    [InlineData(new uint[] { 1, 7, 7, 13 })]
    [InlineData(new uint[] { 0, uint.MaxValue, 7, 13 })]
    [InlineData(new uint[] { })]
    public void Texts_that_do_not_follow_one_another_are_refused(uint[] starts)
    {
        using var folder = new TempFolder();
        using (var writer = new SegmentWriter(folder["d.seg"], "sample"))
        {
            writer.Utf8("name", "Entente École"u8[..13], starts);
            writer.Finish();
        }
        using var segment = Segment.Open(folder["d.seg"]);
        Assert.Throws<CorruptSegmentException>(() => segment.Text("name"));
    }

    [Fact]
    public void A_flip_in_any_block_of_a_long_column_is_found_at_the_first_reading()
    {
        using var folder = new TempFolder();
        using (var writer = new SegmentWriter(folder["s.seg"], "long"))
        {
            writer.Column<long>("n", new long[90_000]);
            writer.Finish();
        }
        var sound = File.ReadAllBytes(folder["s.seg"]);
        for (var at = 64; at < 64 + 8 * 90_000; at += 9_973)
        {
            var damaged = sound.ToArray();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(folder["d.seg"], damaged);
            using var segment = Segment.Open(folder["d.seg"]);
            var error = Assert.Throws<CorruptSegmentException>(() => segment.Column<long>("n").Length);
            Assert.Equal((at - 64) / 65_536 * 65_536 + 64, error.Offset);
        }
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_nothing()
    {
        // A device that is always full, where the system has one.
        if (!File.Exists("/dev/full")) return;
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder["s.seg.partial"], "/dev/full");
        Assert.ThrowsAny<IOException>(() => Sample.Write(folder["s.seg"]));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    static string Read(TempFolder folder, byte[] bytes)
    {
        File.WriteAllBytes(folder["d.seg"], bytes);
        return Sample.ReadAll(folder["d.seg"]);
    }

    static CorruptSegmentException Refusal(Action<byte[]> damage)
    {
        using var folder = new TempFolder();
        var bytes = Sample.Bytes();
        damage(bytes);
        File.WriteAllBytes(folder["d.seg"], Sample.Seal(bytes));
        return Assert.Throws<CorruptSegmentException>(() => Segment.Open(folder["d.seg"]));
    }
}
