using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>A set of works that lie in segments on this machine.</summary>
sealed class LocalWorks(WorkSet set) : SetOfWorks
{
    /// <summary>The set in segments. Sets of one engine meet no others.</summary>
    public static WorkSet Of(SetOfWorks works) => ((LocalWorks)works).Set;

    WorkSet Set => set;
    public override long Count => set.Count;
    public override long[] CountByYear(int first, int last) => set.CountByYear(first, last);
    public override SetOfWorks And(SetOfWorks other) => new LocalWorks(set.And(Of(other)));
    public override SetOfWorks Or(SetOfWorks other) => new LocalWorks(set.Or(Of(other)));
    public override SetOfWorks Except(SetOfWorks other) => new LocalWorks(set.Except(Of(other)));
    public override void AppendTo(IncrementalHash hash) => set.AppendTo(hash);
    public override string Digest() => set.Digest();
    public override IEnumerable<WorkLine> Lines(string countsAs) => set.Works().Select(work => Line(work.Segment, work.Work, countsAs));

    internal static WorkLine Line(WorksSegment segment, int work, string countsAs)
    {
        var (first, last) = segment.AuthorsOf(work);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"W{segment.Ids[work]}"), segment.Years[work] is var year and > 0 ? year : null,
            segment.Title(work), Known(segment.Doi(work)), Known(segment.Type(work)), last - first,
            ((WorkFlags)segment.Flags[work]).HasFlag(WorkFlags.Truncated), countsAs);
    }

    static string? Known(string text) => text.Length == 0 ? null : text;
}

/// <summary>A body whose units and works lie in segments on this machine.</summary>
sealed class LocalBody(WorksStore store, Func<Unit, bool> belongs, string key) : Body
{
    public UnitSet Units { get; } = UnitSet.Of(store, belongs);
    public override SetOfWorks Works => field ??= new LocalWorks(Select.Listing(store, Units));
    public override object Key => key;

    public static UnitSet Of(Body body) => ((LocalBody)body).Units;
}

sealed class LocalListed(Partners partners) : Listed
{
    public override int Count => partners.Count;
    public override IEnumerable<ListedOrganisation> All() => partners.All();
    public override long[] CountByYear(int first, int last) => partners.CountByYear(first, last);
}

sealed class LocalLinked(Links links) : Linked
{
    public override LinkCount Whole => links.Whole;
    public override LinkCount OfYear(int year) => links.OfYear(year);
}

sealed class LocalWeights : Weights
{
    readonly IReadOnlyList<(WorksSegment Segment, int Work, double Weight)> _each;

    public LocalWeights(WorkSet among, UnitSet units, Counting counting)
    {
        _each = Fractions.Weigh(among, units, counting switch
        {
            Counting.Author => Sharing.Author,
            Counting.Organisation => Sharing.Organisation,
            Counting.Country or Counting.Full => Sharing.Group,
        }, Territory.Group);
        var (year, alike) = (0, new Dictionary<(double Weight, bool Truncated), long>());
        foreach (var (segment, work, weight) in _each)
        {
            // Works of a segment come in order of year, and few weights are different.
            if (segment.Years[work] != year) Add(year, alike);
            year = segment.Years[work];
            CollectionsMarshal.GetValueRefOrAddDefault(alike, (weight, ((WorkFlags)segment.Flags[work]).HasFlag(WorkFlags.Truncated)), out _)++;
        }
        Add(year, alike);
    }

    void Add(int year, Dictionary<(double Weight, bool Truncated), long> alike)
    {
        foreach (var ((weight, truncated), works) in alike) Add(year, weight, truncated, works);
        alike.Clear();
    }

    public override IEnumerable<(string Id, double Weight)> InOrder() => _each
        .Select(w => (Id: string.Create(CultureInfo.InvariantCulture, $"W{w.Segment.Ids[w.Work]}"), w.Weight)).OrderBy(w => w.Id, StringComparer.Ordinal);

    public override IEnumerable<WorkLine> Lines(string countsAs) => _each.Select(w => LocalWorks.Line(w.Segment, w.Work, countsAs) with { Weight = w.Weight });
}
