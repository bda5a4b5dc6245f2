namespace Entente.Engine.Query;

/// <summary>
/// What two sets of works have in common, kept for the next question about them: the works of an organisation that pass the
/// usual filter are asked for again and again. Only sets that take a while to meet are kept, the least lately asked given up first.
/// </summary>
sealed class SetShelf
{
    /// <summary>What all kept sets together may hold, and the sets smaller than what is worth keeping.</summary>
    const long MostBytes = 512 << 20, Few = 128 << 10;

    readonly Lock gate = new();
    readonly Dictionary<(WorkSet, WorkSet), LinkedListNode<Entry>> known = [];
    readonly LinkedList<Entry> byUse = [];
    long bytes;

    public WorkSet Take(WorkSet a, WorkSet b, Func<WorkSet, WorkSet, WorkSet> make)
    {
        if (Math.Min(a.Bytes, b.Bytes) < Few) return make(a, b);
        lock (gate)
            if (known.TryGetValue((a, b), out var node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Both;
            }
        var both = make(a, b);
        lock (gate) Keep(new((a, b), both, both.Bytes + a.Bytes));
        return both;
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

    /// <param name="Bytes">of what is kept, and of the first set, which may live on for it alone</param>
    sealed record Entry((WorkSet, WorkSet) Key, WorkSet Both, long Bytes);
}
