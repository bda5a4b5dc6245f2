using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// The ego copies of a store, each made when first asked for, the least lately asked given up when all together hold more than a number of
/// bytes. A copy that somebody holds lives on until he is done.
/// </summary>
public sealed class EgoShelf
{
    readonly WorksStore store;
    readonly Lock gate = new();
    readonly Dictionary<Key, LinkedListNode<Entry>> known = [];
    readonly LinkedList<Entry> byUse = [];
    readonly Dictionary<Func<Unit, int>, UnitGroups> groups = [];
    readonly Lazy<TopicTable> topics;
    readonly Lazy<TopicMarginals> marginals;

    internal EgoShelf(WorksStore store)
    {
        this.store = store;
        topics = new(() => new(store));
        marginals = new(() => new(store, topics.Value));
    }

    /// <summary>What all copies together may hold; the newest is kept whatever it holds.</summary>
    public long MostBytes { get; set; } = 1L << 30;

    public long Bytes { get; private set; }
    public int Count => known.Count;

    internal TopicTable Topics => topics.Value;
    internal TopicMarginals Marginals => marginals.Value;

    internal Ego Take(UnitSet side, Func<Unit, int> group)
    {
        Lazy<Ego> made;
        var key = new Key(side, group);
        lock (gate)
        {
            if (!known.TryGetValue(key, out var node))
            {
                if (!groups.TryGetValue(group, out var ofUnits)) groups.Add(group, ofUnits = new(store, group));
                node = byUse.AddFirst(new Entry(key, new(() => Read(side, ofUnits) ?? Make(side, ofUnits))));
                known.Add(key, node);
            }
            else
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
            }
            made = node.Value.Made;
        }
        var ego = made.Value;
        Weigh(key, ego);
        return ego;
    }

    /// <summary>The copy that an earlier process kept.</summary>
    Ego? Read(UnitSet side, UnitGroups groups) =>
        store.Copies?.Take(EgoFile.NameOf(side), EgoFile.Kind, groups.Stamp, file => EgoFile.Read(file, side, groups, topics.Value.Numbers.Length));

    Ego Make(UnitSet side, UnitGroups groups)
    {
        var ego = EgoBuild.Of(side, groups, topics.Value);
        // Whoever asked does not wait for the disk; the process does.
        if (store.Copies is { } copies && ego.Count >= copies.FewestWorks) new Thread(() => Keep(copies, ego, groups)).Start();
        return ego;
    }

    static bool Keep(CopyFolder copies, Ego ego, UnitGroups groups) =>
        copies.Keep(EgoFile.NameOf(ego.Side), EgoFile.Kind, groups.Stamp, writer => EgoFile.Write(writer, ego, groups));

    /// <summary>Makes the copies of the largest sides that are not on disk yet, and keeps them there, largest first, until there is no more room. None is held in memory.</summary>
    /// <returns>how many were made</returns>
    public int KeepLargest(Func<Unit, int> group, CancellationToken ct)
    {
        if (store.Copies is not { } copies) return 0;
        var (made, ofUnits) = (0, new UnitGroups(store, group));
        foreach (var side in LargestSides.Of(store, copies.FewestWorks))
        {
            ct.ThrowIfCancellationRequested();
            if (copies.Has(EgoFile.NameOf(side))) continue;
            if (!Keep(copies, EgoBuild.Of(side, ofUnits, topics.Value), ofUnits)) break;
            made++;
        }
        return made;
    }

    /// <summary>Counts a new copy, and gives up others for it.</summary>
    void Weigh(Key key, Ego ego)
    {
        lock (gate)
        {
            if (!known.TryGetValue(key, out var node) || node.Value.Bytes > 0) return;
            node.Value.Bytes = ego.Bytes;
            Bytes += ego.Bytes;
            while (Bytes > MostBytes && byUse.Last is { } last && last != node)
            {
                byUse.RemoveLast();
                known.Remove(last.Value.Key);
                Bytes -= last.Value.Bytes;
            }
        }
    }

    sealed class Entry(Key key, Lazy<Ego> made)
    {
        public Key Key { get; } = key;
        public Lazy<Ego> Made { get; } = made;
        public long Bytes { get; set; }
    }

    /// <summary>Two sides are one where their units are.</summary>
    sealed class Key(UnitSet side, Func<Unit, int> group) : IEquatable<Key>
    {
        readonly int[] units = side.Numbers;
        readonly Func<Unit, int> group = group;
        readonly int hash = Hash(side.Numbers);

        public bool Equals(Key? other) => other is not null && hash == other.hash && group == other.group && units.AsSpan().SequenceEqual(other.units);

        public override bool Equals(object? other) => Equals(other as Key);

        public override int GetHashCode() => hash;

        static int Hash(int[] units)
        {
            var hash = new HashCode();
            foreach (var unit in units) hash.Add(unit);
            return hash.ToHashCode();
        }
    }
}
