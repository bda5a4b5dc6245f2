using System.IO.Compression;
using System.Text;
using Entente.Engine.Packing;

namespace Entente.Engine.Tests.Packing;

/// <summary>Whatever unpacks, the bytes are the framework's, and what it refuses is refused.</summary>
public sealed class GunzipTests
{
    static byte[] Pack(byte[] text, CompressionLevel level = CompressionLevel.Optimal)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level)) gzip.Write(text);
        return packed.ToArray();
    }

    static byte[] Text(int seed, int length)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, 200).Select(_ => Encoding.ASCII.GetBytes(new string([.. Enumerable.Range(0, random.Next(2, 12)).Select(_ => (char)random.Next(32, 127))]))).ToArray();
        var text = new MemoryStream();
        while (text.Length < length)
            if (random.Next(50) == 0) text.Write([.. Enumerable.Range(0, 300).Select(_ => (byte)random.Next(256))]);
            else text.Write(words[random.Next(words.Length)]);
        return text.ToArray()[..length];
    }

    /// <summary>What comes out, and whether it ended in a refusal; read in pieces of so many bytes from a stream that gives so few at a time.</summary>
    static (byte[] Text, bool Refused) Unpack(Func<Stream, Stream> open, byte[] packed, int piece, int given)
    {
        var made = new MemoryStream();
        try
        {
            using var stream = open(new Sparing(packed, given));
            var buffer = new byte[piece];
            for (int read; (read = stream.Read(buffer)) > 0;) made.Write(buffer.AsSpan(0, read));
            return (made.ToArray(), false);
        }
        catch (InvalidDataException)
        {
            return (made.ToArray(), true);
        }
    }

    static void AssertAlike(byte[] packed, int piece = 1 << 16, int given = 1 << 16)
    {
        var (ours, theirs) = (Unpack(Gunzip.Open, packed, piece, given), Unpack(stream => new GZipStream(stream, CompressionMode.Decompress), packed, piece, given));
        Assert.Equal(theirs.Refused, ours.Refused);
        if (!theirs.Refused) Assert.Equal(theirs.Text, ours.Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public void Any_length_packed_any_way_comes_out(int length)
    {
        var text = Text(length, length);
        foreach (var level in Enum.GetValues<CompressionLevel>())
        {
            var packed = Pack(text, level);
            AssertAlike(packed);
            Assert.Equal((text.Length, false), (Unpack(Gunzip.Open, packed, 70_001, 1 << 20).Text.Length, Unpack(Gunzip.Open, packed, 33, 1000).Refused));
        }
    }

    [Fact]
    public void Members_follow_one_another_however_the_bytes_come()
    {
        byte[] packed = [.. Pack(Text(1, 40)), .. Pack([]), .. Pack(Text(2, 5_000)), .. Pack(Text(3, 100), CompressionLevel.NoCompression)];
        foreach (var given in new[] { 1, 2, 3, 7, 50, 1 << 16 })
            foreach (var piece in new[] { 1, 5, 4096 }) AssertAlike(packed, piece, given);
        AssertAlike([]);
        AssertAlike([.. packed, 0, 0, 0, 0]);
        AssertAlike([.. packed, 0x1f]);
        AssertAlike([.. packed, 0x1f, 0x8b]);
        AssertAlike([.. packed, .. "and more"u8]);
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        var packed = Pack(Text(4, 3_000));
        for (var length = 18; length < packed.Length; length++) Assert.True(Unpack(Gunzip.Open, packed[..length], 512, 100).Refused, $"{length} of {packed.Length}");
    }

    [Fact]
    public void A_changed_byte_is_refused_where_the_framework_refuses_it()
    {
        var packed = Pack(Text(5, 3_000));
        var (random, refused) = (new Random(5), 0);
        for (var at = 2; at < packed.Length; at++)
        {
            var bent = packed.ToArray();
            bent[at] ^= (byte)(1 << random.Next(8));
            AssertAlike(bent, 512, 4096);
            if (Unpack(Gunzip.Open, bent, 512, 4096).Refused) refused++;
        }
        // Of the header, bytes 4 to 9 say when and where it was packed, and change nothing; nor does the filling of the last byte.
        Assert.True(refused > packed.Length - 12, $"{refused} of {packed.Length}");
    }

    sealed class Sparing(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}
