using System.Collections.Concurrent;
using System.Security.Cryptography;
using Entente.Engine.Query;
using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>
/// The works of one vintage: its segments opened together, never changed. Any number of threads may read; spans and units
/// must not be used after <see cref="Dispose"/>.
/// </summary>
public sealed class WorksStore : IDisposable
{
    const long MostFilterBytes = 512 << 20;

    /// <summary>What copies may take on disk for each work: as much as the segments do, so that both together stay under sixty.</summary>
    const int CopyBytes = 24;

    readonly List<Segment> files = [];
    readonly List<WorksSegment> segments = [];
    readonly Lazy<UnitDirectory> units;
    readonly ConcurrentDictionary<string, Lazy<WorkSet>> filtered = new(StringComparer.Ordinal);

    readonly Lazy<Taxonomy> taxonomy;
    readonly Lazy<Dictionary<int, long>> fallen;

    WorksStore()
    {
        (units, taxonomy, fallen) = (new(() => new(segments)), new(() => new(segments)), new(Fallen));
        Egos = new(this);
    }

    /// <param name="folder">the vintage's folder</param>
    /// <param name="files">the names of its segments, as the manifest lists them; other files among them are passed over</param>
    /// <param name="copies">where copies of the works are kept for their questions; null for nowhere</param>
    /// <exception cref="CorruptSegmentException">A file is missing or is not what it should be.</exception>
    public static WorksStore Open(string folder, IEnumerable<string> files, string? copies = null)
    {
        var store = new WorksStore();
        if (copies is not null) store.Copies = new(copies, new(store.Stamp));
        try
        {
            var names = files.ToList();
            foreach (var number in names.Select(WorksFormat.NumberOf).Where(number => number >= 0).Order()) store.Add(folder, number);
            if (names.Find(WorksFormat.IsTombstones) is { } tombstones) store.Bury(folder, tombstones);
            store.Count();
            if (store.Copies is { } kept) kept.MostBytes = CopyBytes * store.Works;
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public IReadOnlyList<WorksSegment> Segments => segments;

    /// <summary>Works that stand: superseded records are not among them.</summary>
    public long Works { get; private set; }

    /// <summary>The first and last year of works that stand and have one.</summary>
    public int? FirstYear { get; private set; }
    public int? LastYear { get; private set; }

    /// <summary>The units of all segments, each different one once.</summary>
    public IReadOnlyList<Unit> DistinctUnits => Units.Units;

    /// <summary>How many works that stand list a unit, by its place among <see cref="DistinctUnits"/>.</summary>
    public long WorksListing(int unit) =>
        segments.Sum(segment => Units.PlaceIn(segment, unit) is var place and >= 0 ? (long)segment.CountOf(place) : 0) - fallen.Value.GetValueOrDefault(unit);

    /// <summary>The units that some work lists which stands: how works were divided among segments must not show.</summary>
    public IReadOnlyList<Unit> StandingUnits => fallen.Value.Count == 0 ? DistinctUnits
        : [.. DistinctUnits.Where((_, unit) => !fallen.Value.ContainsKey(unit) || WorksListing(unit) > 0)];

    /// <summary>The topics of the works and where the source places them.</summary>
    public Taxonomy Taxonomy => taxonomy.Value;

    /// <summary>Whether every segment holds who funded its works; otherwise a count by funder is unknown.</summary>
    public bool KnowsFunders => segments.TrueForAll(segment => segment.Funders is not null);

    internal UnitDirectory Units => units.Value;

    /// <summary>What sets of works have in common, as far as it is kept.</summary>
    internal SetShelf Met { get; } = new();

    /// <summary>The ego copies at hand.</summary>
    public EgoShelf Egos { get; }

    /// <summary>Copies that are kept on disk; null for none.</summary>
    public CopyFolder? Copies { get; private set; }

    /// <summary>What passes a filter, made once. Beyond a bound all are forgotten: people ask few filters, strangers any number.</summary>
    internal WorkSet Filtered(WorkFilter filter, Func<WorkFilter, WorkSet> make)
    {
        if (filtered.Count >= Math.Clamp(MostFilterBytes * 8 / Math.Max(1, Works), 4, 256)) filtered.Clear();
        return filtered.GetOrAdd(filter.Key, _ => new(() => make(filter))).Value;
    }

    /// <summary>Checks every byte of every segment.</summary>
    /// <exception cref="CorruptSegmentException">A byte has changed.</exception>
    public void Verify() => files.ForEach(file => file.Verify());

    public void Dispose()
    {
        files.ForEach(file => file.Dispose());
        files.Clear();
        segments.Clear();
    }

    void Add(string folder, int number)
    {
        var works = Open(folder, WorksFormat.WorksFile(number), WorksFormat.Works);
        var texts = Open(folder, WorksFormat.TextsFile(number), WorksFormat.Texts);
        segments.Add(new(works, texts, segments.Count, number));
    }

    Segment Open(string folder, string name, string kind)
    {
        var segment = Segment.Open(Path.Combine(folder, name));
        files.Add(segment);
        return segment.Kind == kind ? segment : throw new CorruptSegmentException(segment.Path, 16, $"a segment of kind {segment.Kind}, not {kind}");
    }

    void Bury(string folder, string name)
    {
        var file = Open(folder, name, WorksFormat.Tombstones);
        var numbers = file.Column<int>(WorksFormat.Segment);
        var rows = file.Column<int>(WorksFormat.Row);
        if (numbers.Length != rows.Length) throw new CorruptSegmentException(file.Path, 0, "its columns differ in length");
        var byNumber = segments.ToDictionary(segment => segment.Number);
        for (var i = 0; i < rows.Length; i++)
        {
            if (!byNumber.TryGetValue(numbers[i], out var segment) || (uint)rows[i] >= (uint)segment.Count)
                throw new CorruptSegmentException(file.Path, 0, "it names a work that is not there");
            segment.Superseded ??= new ulong[(segment.Count + 63) / 64];
            segment.Superseded[rows[i] >> 6] |= 1UL << rows[i];
        }
    }

    /// <summary>What tells these works from any others; no column is read for it.</summary>
    byte[] Stamp()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("copies 1\n"u8);
        foreach (var file in files.Where(file => file.Kind != WorksFormat.Texts)) file.AppendTo(hash);
        return hash.GetHashAndReset();
    }

    /// <summary>How many works that do not stand list a unit, for those that some list.</summary>
    Dictionary<int, long> Fallen()
    {
        var result = new Dictionary<int, long>();
        var listed = new HashSet<int>();
        foreach (var segment in segments)
            for (var word = 0; word < (segment.Superseded?.Length ?? 0); word++)
                for (var rest = segment.Superseded![word]; rest != 0; rest &= rest - 1)
                {
                    listed.Clear();
                    foreach (var unit in segment.UnitsOf(word * 64 + System.Numerics.BitOperations.TrailingZeroCount(rest))) listed.Add(Units.NumbersOf(segment)[unit]);
                    foreach (var unit in listed) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(result, unit, out _)++;
                }
        return result;
    }

    void Count()
    {
        foreach (var segment in segments)
        {
            var superseded = 0L;
            foreach (var word in segment.Superseded ?? []) superseded += System.Numerics.BitOperations.PopCount(word);
            Works += segment.Count - superseded;
            var (first, last) = (segment.WorksOfYears(1, short.MaxValue).First, segment.Count - 1);
            while (first <= last && !segment.Stands(first)) first++;
            while (last >= first && !segment.Stands(last)) last--;
            if (first > last) continue;
            FirstYear = Math.Min(FirstYear ?? int.MaxValue, segment.Years[first]);
            LastYear = Math.Max(LastYear ?? 0, segment.Years[last]);
        }
    }
}
