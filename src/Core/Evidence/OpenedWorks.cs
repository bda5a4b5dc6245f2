using System.Collections.Concurrent;
using System.Globalization;
using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence;

/// <summary>
/// The works of a vintage, kept open between questions with the sets that questions have in common. A process opens each
/// vintage once; a vintage whose folder is gone or whose files were replaced is closed when its last reader is done.
/// </summary>
sealed class OpenedWorks
{
    const int MostOpen = 8, MostSets = 1024;

    static readonly Lock Gate = new();
    static readonly List<OpenedWorks> Open = [];

    readonly string _folder, _stamp;
    readonly Lazy<Carriers> _carriers;
    readonly ConcurrentDictionary<string, Body> _bodies = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Years, Frame> _windows = new();
    readonly Lazy<Frame> _whole;
    readonly Lazy<WorkSet> _international;
    int _readers;
    bool _retired;

    OpenedWorks(string folder, string stamp, WorksStore store)
    {
        (_folder, _stamp, Store) = (folder, stamp, store);
        _carriers = new(() => new Carriers(store));
        _whole = new(() => new Frame(store, null));
        _international = new(() => Select.SeveralGroups(Select.All(store), Territory.Group));
    }

    public WorksStore Store { get; }

    /// <summary>Which OpenAlex ids carry a ROR id in this vintage, and under which name.</summary>
    public Carriers Carriers => _carriers.Value;

    /// <summary>A reader's hold on an open vintage; the files stay mapped until it is disposed.</summary>
    public sealed class Hold(OpenedWorks works) : IDisposable
    {
        int _disposed;

        public OpenedWorks Works { get; } = works;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) Works.Release();
        }
    }

    /// <exception cref="BrokenWorldException">A segment is damaged or gone.</exception>
    public static Hold Take(DataFolder folder, Manifest manifest)
    {
        var path = Vintages.FolderOf(folder, manifest.Id);
        var stamp = Stamp(path, manifest);
        lock (Gate)
        {
            foreach (var gone in Open.Where(o => o._folder == path ? o._stamp != stamp : !Directory.Exists(o._folder)).ToList()) gone.Retire();
            var found = Open.Find(o => o._folder == path);
            if (found is null)
            {
                if (Open.Count >= MostOpen) Open[0].Retire();
                found = new(path, stamp, Vintages.OpenWorks(folder, manifest));
            }
            else
            {
                Open.Remove(found);
            }
            Open.Add(found); // The least lately used stands first.
            found._readers++;
            return new(found);
        }
    }

    /// <summary>Works that list institutions of two or more statistical countries.</summary>
    public WorkSet International => _international.Value;

    public Frame Frame(Years? years)
    {
        if (years is not { } window) return _whole.Value;
        Bound(_windows);
        return _windows.GetOrAdd(window, w => new Frame(Store, w));
    }

    /// <summary>The units that one of these ids stands for: listed itself, or, by lineage, above what is listed.</summary>
    public Body Body(IReadOnlyList<long> ids, bool lineage)
    {
        var wanted = ids.Where(id => id != 0).ToHashSet();
        return Keep($"{(lineage ? 'l' : 'd')}{string.Join(',', wanted.Order())}", lineage
            ? unit => wanted.Contains(unit.Id) || unit.Lineage.Any(wanted.Contains)
            : unit => wanted.Contains(unit.Id));
    }

    /// <summary>The units of a statistical country.</summary>
    public Body Country(string country) => Keep($"c{country}", unit => Countries.Statistical(unit.Country) == country);

    Body Keep(string key, Func<Unit, bool> belongs)
    {
        Bound(_bodies);
        return _bodies.GetOrAdd(key, _ => new Body(Store, belongs));
    }

    // A bound, not a policy: questions that people ask of one vintage are far fewer.
    static void Bound<TKey, TValue>(ConcurrentDictionary<TKey, TValue> sets) where TKey : notnull
    {
        if (sets.Count >= MostSets) sets.Clear();
    }

    // The bytes that are mapped: what the manifest says of them, and when each file was last written.
    static string Stamp(string path, Manifest manifest) => string.Join('|', manifest.Files.Select(file =>
    {
        var info = new FileInfo(Path.Combine(path, file.Name));
        return string.Create(CultureInfo.InvariantCulture, $"{file.Sha256}:{(info.Exists ? info.Length : -1)}:{(info.Exists ? info.LastWriteTimeUtc.Ticks : 0)}");
    }));

    void Retire()
    {
        Open.Remove(this);
        _retired = true;
        if (_readers == 0) Store.Dispose();
    }

    void Release()
    {
        lock (Gate)
            if (--_readers == 0 && _retired) Store.Dispose();
    }
}

/// <summary>The OpenAlex ids that carry each ROR id anywhere in a vintage, and the name that most works give it.</summary>
sealed class Carriers
{
    readonly Dictionary<string, Carrier> _byRor = new(StringComparer.Ordinal);

    public Carriers(WorksStore store)
    {
        foreach (var segment in store.Segments)
            for (var number = 0; number < segment.UnitCount; number++)
            {
                var unit = segment.Unit(number);
                if (RorId.Parse(unit.Ror) is not { } ror) continue;
                if (!_byRor.TryGetValue(ror, out var carrier)) _byRor.Add(ror, carrier = new());
                carrier.Add(unit, segment.WorksOf(number).Length);
            }
    }

    public IReadOnlyList<long> IdsOf(string ror) => _byRor.TryGetValue(ror, out var carrier) ? [.. carrier.Ids.Order()] : [];

    public string? NameOf(string ror) => _byRor.TryGetValue(ror, out var carrier) ? carrier.Name : null;

    /// <summary>The ROR ids that bear exactly this name.</summary>
    public IReadOnlyList<string> Named(string name) => [.. _byRor.Where(pair => pair.Value.Name == name).Select(pair => pair.Key).Order(StringComparer.Ordinal)];

    sealed class Carrier
    {
        readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);

        public HashSet<long> Ids { get; } = [];

        public string? Name => _names.Count == 0 ? null : _names.OrderByDescending(n => n.Value).ThenBy(n => n.Key, StringComparer.Ordinal).First().Key;

        public void Add(Unit unit, int works)
        {
            if (unit.Id != 0) Ids.Add(unit.Id);
            if (unit.Name is not null) _names[unit.Name] = _names.GetValueOrDefault(unit.Name) + works;
        }
    }
}
