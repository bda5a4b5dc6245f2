namespace Entente.Engine.Query;

/// <summary>How two sets meet: what both have, or what the first has alone.</summary>
enum Meeting { And, Except }

/// <summary>Two sets that meet. Sets are told apart by what they are, not by what they hold.</summary>
readonly record struct Met(WorkSet A, WorkSet B, Meeting How);

/// <summary>
/// What came of two sets of works that met, kept for the next question about them: the works of an organisation that pass the
/// usual filter are asked for again and again. Only sets that take a while to meet are kept, the least lately asked given up first.
/// </summary>
sealed class SetShelf
{
    /// <summary>What all kept sets together may hold, and the sets smaller than what is worth keeping.</summary>
    const long MostBytes = 512 << 20, Few = 8 << 10;

    readonly Lock gate = new();
    readonly Dictionary<Met, LinkedListNode<Entry>> known = [];
    readonly LinkedList<Entry> byUse = [];
    long bytes;

    public WorkSet Take(Met sets, Func<Met, WorkSet> make)
    {
        if (Math.Min(sets.A.Bytes, sets.B.Bytes) < Few) return make(sets);
        lock (gate)
            if (known.TryGetValue(sets, out var node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Made;
            }
        var made = make(sets);
        lock (gate) Keep(new(sets, made, made.Bytes + (sets.How == Meeting.And ? sets.A : sets.B).Bytes));
        return made;
    }

    void Keep(Entry entry)
    {
        if (entry.Bytes > MostBytes || known.ContainsKey(entry.Key)) return;
        known.Add(entry.Key, byUse.AddFirst(entry));
        bytes += entry.Bytes;
        while (bytes > MostBytes && byUse.Last is { } last)
        {
            byUse.RemoveLast();
            known.Remove(last.Value.Key);
            bytes -= last.Value.Bytes;
        }
    }

    /// <param name="Bytes">of what is kept, and of the set that may live on for it alone: the other is a frame's as a rule</param>
    sealed record Entry(Met Key, WorkSet Made, long Bytes);
}
