using System.Text;

namespace Entente.Web.Shell.Charts;

/// <summary>
/// A text as a QR code (ISO/IEC 18004), so that a phone can read off the screen what nobody should have to type: bytes, error
/// correction M, versions 1 to 12, which hold 287 bytes.
/// </summary>
public sealed class QrCode
{
    // By version: error codewords of a block, short blocks, their data codewords, and how many blocks hold one more.
    static readonly (int Errors, int Short, int Data, int Long)[] Versions =
    [
        (10, 1, 16, 0), (16, 1, 28, 0), (26, 1, 44, 0), (18, 2, 32, 0), (24, 2, 43, 0), (16, 4, 27, 0),
        (18, 4, 31, 0), (22, 2, 38, 2), (22, 3, 36, 2), (26, 4, 43, 1), (30, 1, 50, 4), (22, 6, 36, 2),
    ];

    readonly bool[,] _dark;
    readonly bool[,] _fixed;

    QrCode(int version) => (Version, Size, _dark, _fixed) = (version, version * 4 + 17, new bool[version * 4 + 17, version * 4 + 17], new bool[version * 4 + 17, version * 4 + 17]);

    public int Version { get; }

    /// <summary>Modules on each side, without the quiet border of four.</summary>
    public int Size { get; }

    public bool this[int row, int column] => _dark[row, column];

    /// <summary>True where a module belongs to the frame and holds no data.</summary>
    internal bool IsFrame(int row, int column) => _fixed[row, column];

    internal int Mask { get; private set; }

    internal static (int Errors, int Short, int Data, int Long) Blocks(int version) => Versions[version - 1];

    /// <summary>The code of a text; null where it is longer than the largest version holds.</summary>
    public static QrCode? Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var version = Enumerable.Range(1, Versions.Length).FirstOrDefault(v => bytes.Length + (v < 10 ? 2 : 3) <= DataOf(v));
        if (version == 0) return null;
        var code = new QrCode(version);
        code.DrawFrame();
        code.DrawData(QrWords.Of(bytes, version, DataOf(version), Versions[version - 1]));
        code.DrawBestMask();
        return code;
    }

    static int DataOf(int version) => Versions[version - 1] is var v ? v.Short * v.Data + v.Long * (v.Data + 1) : 0;

    /// <summary>The dark modules as the path of an SVG, a row's run at a time, with the border of four.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        for (var row = 0; row < Size; row++)
            for (var from = 0; from < Size; from++)
            {
                if (!_dark[row, from]) continue;
                var to = from;
                while (to < Size && _dark[row, to]) to++;
                path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{from + 4} {row + 4}h{to - from}v1h{from - to}z");
                from = to;
            }
        return path.ToString();
    }

    void Set(int row, int column, bool dark)
    {
        if (row < 0 || column < 0 || row >= Size || column >= Size) return;
        (_dark[row, column], _fixed[row, column]) = (dark, true);
    }

    void DrawFrame()
    {
        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }
        foreach (var (row, column) in ((int, int)[])[(3, 3), (3, Size - 4), (Size - 4, 3)]) DrawSquare(row, column, 4, ring => ring is not (2 or 4));
        var centres = Centres();
        foreach (var row in centres)
            foreach (var column in centres)
                if (!(row == 6 && (column == 6 || column == Size - 7)) && !(row == Size - 7 && column == 6)) DrawSquare(row, column, 2, ring => ring != 1);
        DrawFormat(0);
        DrawVersion();
    }

    void DrawSquare(int row, int column, int reach, Func<int, bool> dark)
    {
        for (var down = -reach; down <= reach; down++)
            for (var right = -reach; right <= reach; right++)
                Set(row + down, column + right, dark(Math.Max(Math.Abs(down), Math.Abs(right))));
    }

    int[] Centres() => Version switch { 1 => [], < 7 => [6, Size - 7], _ => [6, (Size - 1) / 2, Size - 7] };

    void DrawFormat(int mask)
    {
        Mask = mask;
        var bits = Remainder(mask, 10, 0x537, mask << 10) ^ 0x5412;
        for (var i = 0; i < 15; i++)
        {
            var dark = (bits >> i & 1) == 1;
            Set(i < 6 ? i : i < 8 ? i + 1 : Size - 15 + i, 8, dark);
            Set(8, i < 8 ? Size - 1 - i : i == 8 ? 7 : 14 - i, dark);
        }
        Set(Size - 8, 8, true);
    }

    void DrawVersion()
    {
        if (Version < 7) return;
        var bits = Remainder(Version, 12, 0x1F25, Version << 12);
        for (var i = 0; i < 18; i++)
        {
            var dark = (bits >> i & 1) == 1;
            Set(i / 3, Size - 11 + i % 3, dark);
            Set(Size - 11 + i % 3, i / 3, dark);
        }
    }

    // The value, shifted, with the remainder of its division by a generator over two elements.
    static int Remainder(int value, int degree, int generator, int shifted)
    {
        var rest = value << degree;
        for (var bit = 31; bit >= degree; bit--)
            if ((rest >> bit & 1) == 1) rest ^= generator << (bit - degree);
        return shifted | rest;
    }

    void DrawData(byte[] words)
    {
        var bit = 0;
        foreach (var (row, column) in Places())
        {
            _dark[row, column] = bit < words.Length * 8 && (words[bit / 8] >> (7 - bit % 8) & 1) == 1;
            bit++;
        }
    }

    /// <summary>Where the bits of the data stand, in their order: two columns at a time from the right, up and down in turn.</summary>
    internal IEnumerable<(int Row, int Column)> Places()
    {
        for (var right = Size - 1; right >= 1; right -= right == 8 ? 3 : 2)
            for (var step = 0; step < Size; step++)
                for (var side = 0; side < 2; side++)
                {
                    var pair = right > 6 ? (Size - 1 - right) / 2 : (Size - 2 - right) / 2;
                    var row = pair % 2 == 0 ? Size - 1 - step : step;
                    if (!_fixed[row, right - side]) yield return (row, right - side);
                }
    }

    void DrawBestMask()
    {
        var best = Enumerable.Range(0, 8).MinBy(mask => { Turn(mask); DrawFormat(mask); var cost = QrCost.Of(this); Turn(mask); return cost; });
        Turn(best);
        DrawFormat(best);
    }

    void Turn(int mask)
    {
        foreach (var (row, column) in Places()) _dark[row, column] ^= Masked(mask, row, column);
    }

    internal static bool Masked(int mask, int row, int column) => mask switch
    {
        0 => (row + column) % 2 == 0,
        1 => row % 2 == 0,
        2 => column % 3 == 0,
        3 => (row + column) % 3 == 0,
        4 => (row / 2 + column / 3) % 2 == 0,
        5 => row * column % 2 + row * column % 3 == 0,
        6 => (row * column % 2 + row * column % 3) % 2 == 0,
        _ => ((row + column) % 2 + row * column % 3) % 2 == 0,
    };
}
