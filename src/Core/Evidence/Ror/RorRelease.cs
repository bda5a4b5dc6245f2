using System.Collections.Concurrent;
using System.Text;
using Entente.Core.Store;
using Entente.Engine.Segments;

namespace Entente.Core.Evidence.Ror;

/// <summary>The records of one imported release, read from its segment as they are asked for.</summary>
public sealed class RorRelease : IDisposable
{
    readonly Segment _segment;
    readonly TextColumn _id;

    // The parent of a thousand members is asked for a thousand times, and its own record has a thousand links.
    readonly ConcurrentDictionary<int, RorOrganisation> _found = [];

    RorRelease(Manifest manifest, Segment segment)
    {
        (Manifest, _segment) = (manifest, segment);
        _id = segment.Text("id");
    }

    public Manifest Manifest { get; }

    /// <summary>The release, such as v2.9.</summary>
    public string Name => Manifest.Release!;

    public int Count => _id.Count;

    /// <summary>Opens a ROR vintage. The caller disposes it.</summary>
    /// <exception cref="Kernel.BrokenWorldException">The segment is damaged or gone.</exception>
    public static RorRelease Open(DataFolder folder, Manifest manifest)
    {
        var segment = Vintages.OpenSegment(folder, manifest, RorSegment.Name);
        return Vintages.Guard(manifest, () => new RorRelease(manifest, segment));
    }

    /// <summary>The record of an organisation; null where the release as imported holds none.</summary>
    public RorOrganisation? Find(string id) => Guard(() => Row(id) is var row and >= 0 ? _found.GetOrAdd(row, At) : null);

    public bool Holds(string id) => Guard(() => Row(id) >= 0);

    /// <summary>The status of a record; null where the release as imported holds none.</summary>
    public RorStatus? StatusOf(string id) =>
        Guard(() => Row(id) is var row and >= 0 ? (RorStatus?)_segment.Column<byte>("status")[row] : null);

    /// <summary>Every record, in order of id.</summary>
    public IEnumerable<RorOrganisation> All() => Enumerable.Range(0, Count).Select(row => Guard(() => At(row)));

    /// <summary>The organisations that bear exactly this name, whatever its case: display names, labels, aliases and acronyms. Withdrawn records are left out.</summary>
    public IReadOnlyList<RorOrganisation> Named(string name) => Guard<IReadOnlyList<RorOrganisation>>(() =>
    {
        var (wanted, names, found) = (RorSegment.Fold(name), _segment.Text("name"), new SortedSet<int>());
        var order = _segment.Column<int>("name_order");
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(RorSegment.Fold(names[order[middle]]), wanted) < 0) low = middle + 1;
            else high = middle;
        }
        for (; low < order.Length && RorSegment.Fold(names[order[low]]) == wanted; low++) found.Add(_segment.Column<int>("name_row")[order[low]]);
        return [.. found.Select(At).Where(o => o.Status != RorStatus.Withdrawn)];
    });

    /// <summary>Whether the places of organisations were taken in when the release was imported.</summary>
    public bool KnowsPlaces => _segment.Has(RorSegment.Latitude);

    /// <summary>Where each organisation is, null where its record does not say. A record that is withdrawn still says where it was.</summary>
    public IReadOnlyList<(string Id, RorPlace? Place)> Places() => Guard<IReadOnlyList<(string, RorPlace?)>>(() => [.. Enumerable.Range(0, Count).Select(row => (_id[row], PlaceOf(row)))]);

    RorPlace? PlaceOf(int row) => KnowsPlaces && _segment.Column<double>(RorSegment.Latitude)[row] is var latitude && !double.IsNaN(latitude)
        ? new(latitude, _segment.Column<double>(RorSegment.Longitude)[row]) : null;

    T Guard<T>(Func<T> read) => Vintages.Guard(Manifest, read);

    int Row(string id)
    {
        var wanted = Encoding.UTF8.GetBytes(id);
        var (low, high) = (0, _id.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _id.Utf8(middle).SequenceCompareTo(wanted);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    RorOrganisation At(int row) => new()
    {
        Id = _id[row],
        Schema = _segment.Column<byte>("schema")[row],
        Status = (RorStatus)_segment.Column<byte>("status")[row],
        Country = Some("country", row),
        City = Some("city", row),
        Place = PlaceOf(row),
        Established = _segment.Column<int>("established")[row] is var year && year != int.MinValue ? year : null,
        Types = List("types", row),
        Names = Names(row),
        Relations = Links(row),
        Grid = List("grid", row),
        Isni = List("isni", row),
        Wikidata = List("wikidata", row),
        Fundref = List("fundref", row),
        Hosts = _segment.Has("hosts") ? List("hosts", row) : [],
        Updated = _segment.Column<int>("updated")[row] is var day and >= 0 ? DateOnly.FromDayNumber(day) : null,
    };

    RorName[] Names(int row)
    {
        var (first, last) = Range("name_ends", row);
        var names = new RorName[last - first];
        for (var i = first; i < last; i++)
            names[i - first] = new(_segment.Text("name")[i], (RorNameKinds)_segment.Column<byte>("name_kinds")[i], Some("name_lang", i));
        return names;
    }

    RorRelation[] Links(int row)
    {
        var (first, last) = Range("link_ends", row);
        var links = new RorRelation[last - first];
        for (var i = first; i < last; i++)
            links[i - first] = new((RorLink)_segment.Column<byte>("link_type")[i], _segment.Text("link_to")[i], Some("link_label", i));
        return links;
    }

    (int First, int Last) Range(string column, int row)
    {
        var ends = _segment.Column<int>(column);
        return (row == 0 ? 0 : ends[row - 1], ends[row]);
    }

    string? Some(string column, int row) => _segment.Text(column)[row] is { Length: > 0 } text ? text : null;

    string[] List(string column, int row) => RorSegment.List(_segment.Text(column)[row]);

    public void Dispose() => _segment.Dispose();
}
