using System.Numerics;

namespace Entente.Engine.Query;

/// <summary>Sorts rows of works that come as several rising lists.</summary>
static class RowSort
{
    /// <summary>Through a bitmap where the rows are many for it, else as numbers. Equal rows end up beside each other, or as one and the last again.</summary>
    public static void Sort(int[] rows, int count)
    {
        if (rows.Length < count / 256)
        {
            Array.Sort(rows);
            return;
        }
        var words = new ulong[(count + 63) / 64];
        foreach (var row in rows) words[row >> 6] |= 1UL << row;
        var at = 0;
        for (var i = 0; i < words.Length; i++)
            for (var word = words[i]; word != 0; word &= word - 1) rows[at++] = i * 64 + BitOperations.TrailingZeroCount(word);
        rows.AsSpan(at).Fill(at == 0 ? 0 : rows[at - 1]);
    }
}
