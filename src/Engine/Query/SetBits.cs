using System.Numerics;

namespace Entente.Engine.Query;

/// <summary>The numbers of the bits that are set, ascending: foreach over it makes no object.</summary>
ref struct SetBits(ReadOnlySpan<ulong> words)
{
    readonly ReadOnlySpan<ulong> words = words;
    ulong word;
    int index = -1;

    public readonly SetBits GetEnumerator() => this;

    public int Current { get; private set; }

    public bool MoveNext()
    {
        while (word == 0)
        {
            if (++index >= words.Length) return false;
            word = words[index];
        }
        Current = index * 64 + BitOperations.TrailingZeroCount(word);
        word &= word - 1;
        return true;
    }
}
