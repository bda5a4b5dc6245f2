using System.Collections.Concurrent;
using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence;

/// <summary>
/// The works of a vintage, kept open between questions with the sets that questions have in common. A process opens each
/// vintage once; a vintage whose folder is gone or whose files were replaced is closed when its last reader is done.
/// </summary>
sealed class OpenedWorks : Holding
{
    const int MostOpen = 8, FewestSets = 4, MostSets = 1024, MostPasses = 64, MostTables = 1024;

    /// <summary>Bits that one work takes in a body, in a frame (five sets) and in what a pass keeps (a weight and where it stands).</summary>
    const int BodyBits = 1, FrameBits = 5, PassBits = 192;

    /// <summary>What each kind of set may take, whatever is asked: a stranger may ask for every window there is.</summary>
    const long MostBytes = 256 << 20;

    static readonly Lock Gate = new();
    static readonly List<OpenedWorks> Open = [];

    readonly string _folder;
    readonly Files _files;
    readonly Lazy<Carriers> _carriers;
    readonly ConcurrentDictionary<string, Body> _bodies = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<Years, Frame> _windows = new();
    readonly ConcurrentDictionary<object, Lazy<object>> _passes = new(), _tables = new();
    readonly Lazy<Frame> _whole;
    readonly Lazy<SetOfWorks> _collaborative;
    readonly Lazy<SetOfWorks>[] _ofCountries;
    readonly Lazy<UnitSet> _nobody;
    readonly Lazy<bool> _knowsTypes;
    int _readers;
    bool _retired;

    OpenedWorks(string folder, Files files, WorksStore store)
    {
        (_folder, _files, Store) = (folder, files, store);
        _carriers = new(() => new Carriers(store));
        _whole = new(() => new Frame(this, null, Filters.None));
        _collaborative = new(() => new LocalWorks(Select.SeveralOrganisations(store)));
        _knowsTypes = new(() => store.DistinctUnits.Any(unit => unit.Type is not null));
        _nobody = new(() => UnitSet.Of(store, _ => false));
        _ofCountries = [.. Enumerable.Range(2, 3).Select(countries => new Lazy<SetOfWorks>(() => new LocalWorks(Select.SeveralGroups(store, Territory.Group, countries))))];
    }

    public WorksStore Store { get; }
    public override int? FirstYear => Store.FirstYear;
    public override int? LastYear => Store.LastYear;
    public override Carriers Carriers => _carriers.Value;

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
        lock (Gate)
        {
            foreach (var gone in Open.Where(o => o._folder == path ? !o._files.Are(manifest) : !Directory.Exists(o._folder)).ToList()) gone.Retire();
            var found = Open.Find(o => o._folder == path);
            if (found is null)
            {
                if (Open.Count >= MostOpen) Open[0].Retire();
                found = new(path, new Files(path, manifest), Vintages.OpenWorks(folder, manifest));
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

    public override SetOfWorks Of(Years? years) => new LocalWorks(years is { } y ? Select.OfYears(Store, y.First, y.Last) : Select.All(Store));

    public override SetOfWorks Flagged(WorkFlags flag) => new LocalWorks(Select.Flagged(Store, flag));

    public override SetOfWorks Collaborative => _collaborative.Value;

    public override IReadOnlyDictionary<(int Year, int Topic), long> CountByTopic(SetOfWorks works) => Strata.ByYearAndTopic(LocalWorks.Of(works));

    public override SetOfWorks Passing(WorkFilter filter) => new LocalWorks(Select.Passing(Store, filter));

    public override IEnumerable<Topic> Topics => Store.Taxonomy.Topics;
    public override bool KnowsTopics => Store.Taxonomy.IsWhole;
    public override bool KnowsFunders => Store.KnowsFunders;

    public override bool KnowsTypes => _knowsTypes.Value;

    public override SetOfWorks OfCountries(int atLeast) => _ofCountries[atLeast - 2].Value;

    public override Frame Frame(Years? years)
    {
        if (years is not { } window) return _whole.Value;
        return Kept(_windows, window, Most(Store.Works, FrameBits, MostSets), w => new Frame(this, w, Filters.None));
    }

    public override Body Body(IReadOnlyList<long> ids, bool lineage)
    {
        var wanted = ids.Where(id => id != 0).ToHashSet();
        return BodyOf($"{(lineage ? 'l' : 'd')}{string.Join(',', wanted.Order())}", lineage
            ? unit => wanted.Contains(unit.Id) || unit.Lineage.Any(wanted.Contains)
            : unit => wanted.Contains(unit.Id));
    }

    public override Body Country(string country) => BodyOf($"c{country}", unit => Countries.Statistical(unit.Country) == country);

    public override SetOfWorks OfType(string type) => BodyOf($"t{type}", unit => unit.Type == type).Works;

    public override SetOfWorks MaybeOfType(string type, string role)
    {
        bool Tells(Unit unit) => unit.Type is not null && unit.Type != role;
        var told = new Lazy<HashSet<long>>(() => [.. Store.StandingUnits.Where(unit => unit.Id != 0 && Tells(unit))
            .GroupBy(unit => unit.Id).Where(units => units.All(unit => unit.Type != type)).Select(units => units.Key)]);
        return BodyOf($"m{type} {role}", unit => !Tells(unit) && !told.Value.Contains(unit.Id)).Works;
    }

    public override SetOfWorks TwoAuthors(SetOfWorks among, Body a, Body b) => new LocalWorks(Select.TwoAuthors(LocalWorks.Of(among), LocalBody.Of(a), LocalBody.Of(b)));

    public override Weights Weigh(SetOfWorks among, Body body, Counting counting) => new LocalWeights(LocalWorks.Of(among), LocalBody.Of(body), counting);

    public override Listed Listed(SetOfWorks among, Body outside) => new LocalListed(new Partners(Ego.Of(LocalBody.Of(outside), Territory.Group), LocalWorks.Of(among)));

    public override Cited Cited(SetOfWorks works, FieldsOf fields) => new LocalCited(LocalWorks.Of(works), fields);

    public override Distant Distances(SetOfWorks works, RorPlaces places) =>
        new LocalDistant(Engine.Query.Distances.Of(LocalWorks.Of(works), Keep(("places", places), () => new UnitPlaces(Store.DistinctUnits, places.Of))));

    public override SetOfWorks Same(SetOfWorks other) => new LocalWorks(SameIds.Of(Store, LocalWorks.Of(other)));

    public override Linked Links(SetOfWorks among, (Body A, Body B)? sides) => new LocalLinked(sides is var (a, b)
        ? Engine.Query.Links.Of(LocalWorks.Of(among), LocalBody.Of(a), LocalBody.Of(b)) : Engine.Query.Links.Of(LocalWorks.Of(among), _nobody.Value, _nobody.Value));

    public override T Keep<T>(object key, Func<T> make) => (T)Kept(_passes, key, Most(Store.Works, PassBits, MostPasses), _ => new(() => make())).Value;

    public override T KeepTable<T>(object key, Func<T> make) => (T)Kept(_tables, key, MostTables, _ => new(() => make())).Value;

    /// <summary>Makes what the first questions would wait for and keeps it on disk: the sets of all works, and the ego copies of the largest sides, as many as there is room for.</summary>
    /// <returns>how many ego copies were made now</returns>
    public int KeepCopies(CancellationToken ct)
    {
        if (Store.Works >= Store.Copies!.FewestOfAll) _ = (OfCountries(4), Collaborative);
        return Store.Egos.KeepLargest(Territory.Group, ct);
    }

    Body BodyOf(string key, Func<Unit, bool> belongs) => Kept(_bodies, key, Most(Store.Works, BodyBits, MostSets), _ => new LocalBody(Store, belongs, key));

    /// <summary>How many sets of so many bits a work are kept: few of a large vintage, but never so few that one question's do not fit.</summary>
    internal static int Most(long works, int bitsOfWork, int atMost) => (int)Math.Clamp(MostBytes * 8 / Math.Max(1, works * bitsOfWork), FewestSets, atMost);

    // A bound, not a policy: questions that people ask of one vintage are far fewer. What is there stays when it is asked for again, however full it is.
    static TValue Kept<TKey, TValue>(ConcurrentDictionary<TKey, TValue> all, TKey key, int most, Func<TKey, TValue> make) where TKey : notnull
    {
        if (all.TryGetValue(key, out var known)) return known;
        if (all.Count >= most) all.Clear();
        return all.GetOrAdd(key, make);
    }

    /// <summary>The bytes that are mapped: what the manifest says of them, and when each file was last written. Every question looks at them.</summary>
    sealed class Files(string folder, Manifest manifest)
    {
        readonly (FileInfo File, long Length, DateTime Written)[] _seen =
            [.. manifest.Files.Select(file => new FileInfo(Path.Combine(folder, file.Name))).Select(file => (file, Length(file), file.LastWriteTimeUtc))];

        public bool Are(Manifest now)
        {
            if (now != manifest && !now.Files.SequenceEqual(manifest.Files)) return false;
            foreach (var (file, length, written) in _seen)
            {
                file.Refresh();
                if (Length(file) != length || file.LastWriteTimeUtc != written) return false;
            }
            return true;
        }

        static long Length(FileInfo file) => file.Exists ? file.Length : -1;
    }

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
