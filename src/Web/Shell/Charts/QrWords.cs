namespace Entente.Web.Shell.Charts;

/// <summary>The codewords of a QR code: the bytes with their header, parted into blocks, each with its Reed–Solomon words, interleaved.</summary>
static class QrWords
{
    public static byte[] Of(byte[] bytes, int version, int length, (int Errors, int Short, int Data, int Long) parts)
    {
        var data = Headed(bytes, version, length);
        var (blocks, errors, at) = (new List<byte[]>(), new List<byte[]>(), 0);
        for (var i = 0; i < parts.Short + parts.Long; i++)
        {
            var size = parts.Data + (i < parts.Short ? 0 : 1);
            blocks.Add(data[at..(at + size)]);
            errors.Add(ErrorsOf(blocks[i], parts.Errors));
            at += size;
        }
        return [.. Interleaved(blocks), .. Interleaved(errors)];
    }

    static IEnumerable<byte> Interleaved(List<byte[]> blocks) =>
        Enumerable.Range(0, blocks.Max(b => b.Length)).SelectMany(i => blocks.Where(b => i < b.Length).Select(b => b[i]));

    // Four bits say that bytes follow, eight or sixteen how many; what is left over is padded by two words in turn.
    static byte[] Headed(byte[] bytes, int version, int length)
    {
        var (words, bit) = (new byte[length], 0);
        void Put(int value, int bits)
        {
            for (var i = bits - 1; i >= 0; i--, bit++) words[bit / 8] |= (byte)((value >> i & 1) << (7 - bit % 8));
        }
        Put(4, 4);
        Put(bytes.Length, version < 10 ? 8 : 16);
        foreach (var b in bytes) Put(b, 8);
        bit = (Math.Min(bit + 4, length * 8) + 7) / 8 * 8;
        for (var i = 0; bit < length * 8; i++) Put(i % 2 == 0 ? 0xEC : 0x11, 8);
        return words;
    }

    static byte[] ErrorsOf(byte[] data, int count)
    {
        var generator = new byte[count + 1];
        generator[0] = 1;
        for (int i = 0, root = 1; i < count; i++, root = Times(root, 2))
            for (var j = i + 1; j > 0; j--) generator[j] = (byte)(generator[j] ^ Times(generator[j - 1], root));
        var rest = new byte[data.Length + count];
        data.CopyTo(rest, 0);
        for (var i = 0; i < data.Length; i++)
            if (rest[i] is not 0 and var factor)
                for (var j = 1; j <= count; j++) rest[i + j] ^= (byte)Times(generator[j], factor);
        return rest[data.Length..];
    }

    /// <summary>Multiplies in the field of 256 elements, by x^8 + x^4 + x^3 + x^2 + 1.</summary>
    internal static int Times(int a, int b)
    {
        var product = 0;
        for (; b > 0; b >>= 1, a = a << 1 ^ (a >> 7) * 0x11D)
            if ((b & 1) == 1) product ^= a;
        return product;
    }
}

/// <summary>How hard a QR code would be to read: long runs, squares of one colour, what looks like a corner, too much of one colour.</summary>
static class QrCost
{
    public static int Of(QrCode code)
    {
        var (cost, dark) = (0, 0);
        for (var a = 0; a < code.Size; a++)
        {
            cost += Line(i => code[a, i], code.Size) + Line(i => code[i, a], code.Size);
            for (var b = 0; b < code.Size; b++)
            {
                if (code[a, b]) dark++;
                if (a > 0 && b > 0 && code[a, b] == code[a - 1, b] && code[a, b] == code[a, b - 1] && code[a, b] == code[a - 1, b - 1]) cost += 3;
            }
        }
        return cost + Math.Abs(dark * 20 / (code.Size * code.Size) - 10) * 10;
    }

    static int Line(Func<int, bool> at, int size)
    {
        var (cost, run, seen) = (0, 0, 0);
        for (var i = 0; i < size; i++)
        {
            run = i > 0 && at(i) == at(i - 1) ? run + 1 : 1;
            cost += run == 5 ? 3 : run > 5 ? 1 : 0;
            seen = (seen << 1 | (at(i) ? 1 : 0)) & 0x7FF;
            if (i >= 10 && seen is 0x5D0 or 0x05D) cost += 40;
        }
        return cost;
    }
}
