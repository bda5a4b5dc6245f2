using System.Text;
using Entente.Web.Shell.Charts;

namespace Entente.Web.Tests.Shell;

/// <summary>A code is read back here as a camera would: the mask off, the words in their blocks, no block in error, the bytes as they were.</summary>
public sealed class QrCodeTests
{
    public static TheoryData<string> Texts => [.. Enumerable.Range(0, 36).Select(i => string.Concat(Enumerable.Range(0, 1 + i * 8).Select(j => (char)('a' + (i + j * 7) % 26)))),
        "otpauth://totp/Entente%3Aada%40example.org?secret=YYUK2CVB2PLCWAGA7I6OBPZ6AFXLUWHD&issuer=Entente&digits=6", "é漢字"];

    [Theory, MemberData(nameof(Texts))]
    public void A_text_is_read_back_from_its_code(string text) => Assert.Equal(text, Read(QrCode.Of(text)!));

    [Fact]
    public void The_largest_code_is_full_and_what_is_longer_has_none()
    {
        Assert.Equal((12, 65), QrCode.Of(new string('x', 287)) is { } code ? (code.Version, code.Size) : default);
        Assert.Null(QrCode.Of(new string('x', 288)));
    }

    [Fact]
    public void Its_corners_and_its_timing_are_where_a_camera_looks()
    {
        var code = QrCode.Of("entente")!;
        foreach (var (row, column) in new[] { (0, 0), (0, code.Size - 7), (code.Size - 7, 0) })
            Assert.Equal("1111111 1000001 1011101 1011101 1011101 1000001 1111111", string.Join(' ', Enumerable.Range(0, 7).Select(r => string.Concat(Enumerable.Range(0, 7).Select(c => code[row + r, column + c] ? '1' : '0')))));
        Assert.All(Enumerable.Range(8, code.Size - 16), i => Assert.Equal(i % 2 == 0, code[6, i] && code[i, 6]));
    }

    static string Read(QrCode code)
    {
        var bits = code.Places().Select(p => code[p.Row, p.Column] ^ QrCode.Masked(code.Mask, p.Row, p.Column)).ToList();
        var words = Enumerable.Range(0, bits.Count / 8).Select(i => bits.Skip(i * 8).Take(8).Aggregate(0, (word, bit) => word * 2 + (bit ? 1 : 0))).ToList();
        var (errors, few, data, many) = QrCode.Blocks(code.Version);
        var blocks = Enumerable.Range(0, few + many).Select(_ => new List<int>()).ToList();
        var at = 0;
        for (var i = 0; i <= data; i++)
            foreach (var block in i < data ? blocks : blocks.Skip(few)) block.Add(words[at++]);
        var bytes = blocks.SelectMany(b => b).ToList();
        for (var i = 0; i < errors; i++)
            foreach (var block in blocks) block.Add(words[at++]);
        Assert.All(blocks, block => Assert.All(Enumerable.Range(0, errors), power => Assert.Equal(0, block.Aggregate(0, (sum, word) => Times(sum, Power(power)) ^ word))));
        var stream = string.Concat(bytes.Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        Assert.Equal("0100", stream[..4]);
        var wide = code.Version < 10 ? 8 : 16;
        var length = Convert.ToInt32(stream.Substring(4, wide), 2);
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, length).Select(i => Convert.ToByte(stream.Substring(4 + wide + i * 8, 8), 2))]);
    }

    static int Power(int n) => n == 0 ? 1 : Times(Power(n - 1), 2);

    // By long division, bit for bit.
    static int Times(int a, int b)
    {
        var product = Enumerable.Range(0, 8).Where(i => (b >> i & 1) == 1).Aggregate(0, (sum, i) => sum ^ (a << i));
        for (var bit = 15; bit >= 8; bit--)
            if ((product >> bit & 1) == 1) product ^= 0x11D << (bit - 8);
        return product;
    }
}
