using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>The groups of a store's units, each different unit asked for once, when first met.</summary>
sealed class UnitGroups
{
    const int Unasked = int.MinValue;
    readonly Func<Unit, int> group;
    readonly IReadOnlyList<Unit> units;
    readonly int[] groups;
    readonly Lazy<(byte[] Stamp, Dictionary<int, int> First)> told;

    public UnitGroups(WorksStore store, Func<Unit, int> group)
    {
        (this.group, units) = (group, store.Units.Units);
        groups = new int[units.Count];
        Array.Fill(groups, Unasked);
        told = new(Tell);
    }

    /// <summary>What tells this grouping from others: which units are in one group, whatever number that has.</summary>
    public ReadOnlySpan<byte> Stamp => told.Value.Stamp;

    /// <summary>The first unit of a group that some unit has.</summary>
    public int FirstOf(int group) => told.Value.First[group];

    (byte[] Stamp, Dictionary<int, int> First) Tell()
    {
        AskAll();
        var (first, labels) = (new Dictionary<int, int>(), new int[groups.Length]);
        for (var unit = 0; unit < labels.Length; unit++)
        {
            if (groups[unit] < 0) labels[unit] = -1;
            else if (!first.TryGetValue(groups[unit], out labels[unit])) first.Add(groups[unit], labels[unit] = unit);
        }
        return (SHA256.HashData(MemoryMarshal.AsBytes(labels.AsSpan())), first);
    }

    /// <summary>Asks for every unit, so that several threads may look.</summary>
    public void AskAll()
    {
        lock (groups)
            for (var unit = 0; unit < groups.Length; unit++) _ = this[unit];
    }

    /// <param name="unit">a number of the store's directory</param>
    /// <returns>-1 for none</returns>
    public int this[int unit] => groups[unit] != Unasked ? groups[unit] : groups[unit] = Math.Max(-1, group(units[unit]));
}
