using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>A work of a segment, with the lists of the segment's units and who funded it.</summary>
readonly record struct StoredWork(WorksSegment Segment, uint[] Lists, int Work, List<long>? Funders);

/// <summary>Turns the works of a store into rows of the tables, in the order of the segments.</summary>
sealed class ClickHouseRows : ClickHouseCargo<StoredWork>
{
    readonly WorksStore _store;
    readonly FieldsOf _fields;
    readonly Dictionary<Unit, uint> _lists = new(ReferenceEqualityComparer.Instance);
    readonly uint[] _organisations;
    readonly ushort[] _places;
    readonly string?[] _countries;

    // Of the work at hand.
    readonly List<uint> _units = [], _orgs = [], _authors = [];
    readonly List<ushort> _at = [];
    readonly SortedSet<string> _in = new(StringComparer.Ordinal);
    readonly HashSet<uint> _listed = [], _distinct = [];

    public ClickHouseRows(ClickHouseAddress address, Manifest manifest, WorksStore store)
    {
        (Manifest, Schema) = (manifest, ClickHouseTables.Of(address, manifest));
        (_store, _fields) = (store, new(store.Taxonomy.Topics));
        var units = store.DistinctUnits;
        (_organisations, _places, _countries) = (new uint[units.Count], new ushort[units.Count], new string?[units.Count]);
        var (byId, places) = (new Dictionary<long, uint>(), new Dictionary<string, ushort>(StringComparer.Ordinal));
        for (var i = 0; i < units.Count; i++)
        {
            _lists.Add(units[i], ClickHouseTables.FirstUnit + (uint)i);
            if (units[i].Id == 0) _organisations[i] = ClickHouseTables.FirstNameless + (uint)i;
            else if (byId.TryGetValue(units[i].Id, out var known)) _organisations[i] = known;
            else byId.Add(units[i].Id, _organisations[i] = (uint)byId.Count);
            if ((_countries[i] = Countries.Statistical(units[i].Country)) is not { } country) continue;
            if (!places.TryGetValue(country, out _places[i])) places.Add(country, _places[i] = checked((ushort)(places.Count + 1)));
        }
    }

    public override Manifest Manifest { get; }
    public override ClickHouseSchema Schema { get; }
    public override long Count => _store.Works;
    public override IReadOnlyList<long?> Expected => [_store.Works, null];
    public override (int? First, int? Last) Years => (_store.FirstYear, _store.LastYear);
    public override IReadOnlyList<string> Knows => [.. _store.Taxonomy.IsWhole ? [ClickHouseTables.KnowsTopics] : Array.Empty<string>(), .. _store.KnowsFunders ? [ClickHouseTables.KnowsFunders] : Array.Empty<string>()];

    public override IEnumerable<StoredWork> Things()
    {
        foreach (var segment in _store.Segments)
        {
            uint[] lists = [.. Enumerable.Range(0, segment.UnitCount).Select(unit => _lists[segment.Unit(unit)])];
            var funders = segment.Funders?.ByWork(segment.Count);
            for (var work = 0; work < segment.Count; work++)
                if (segment.Stands(work)) yield return new(segment, lists, work, funders?[work]);
        }
    }

    public override int ServerOf(StoredWork thing, int servers) => (int)(thing.Segment.Ids[thing.Work] % servers);

    public override void Write(StoredWork thing, ushort stretch, RowWriter[] rows, long[] counts)
    {
        var (works, postings) = (rows[0], rows[1]);
        var (segment, _, work, funders) = thing;
        Gather(segment, thing.Lists, work);
        var (first, last) = segment.AuthorsOf(work);
        var (flags, authors, type) = (segment.Flags[work], (uint)(last - first), segment.TypeNames[segment.TypeNumbers[work]]);
        works.U16(stretch).U64((ulong)segment.Ids[work]).U16((ushort)segment.Years[work]).U16(flags).Text(type).U32(authors)
            .Text(segment.Title(work)).Text(segment.Doi(work)).U32s([.. _units]).U32s([.. _orgs]).Count(_at.Count);
        foreach (var place in _at) works.U16(place);
        works.U32s([.. _authors]);
        var (organisations, named) = ((uint)_distinct.Count, (uint)_distinct.Count(o => o < ClickHouseTables.FirstNameless));
        Posting(ClickHouseTables.All);
        if (((WorkFlags)flags).HasFlag(WorkFlags.Truncated)) _listed.Add(ClickHouseTables.Truncated);
        foreach (var list in _listed) Posting(list);
        (counts[0], counts[1]) = (counts[0] + 1, counts[1] + _listed.Count + 1);

        void Posting(uint list)
        {
            postings.U16(stretch).U32(list).U16((ushort)segment.Years[work]).U64((ulong)segment.Ids[work]).U16(flags).U32((uint)segment.Topics[work]).U32((uint)_fields.Of(segment.Topics[work])).Text(type)
                .U32(segment.Goals[work]).U32(authors).U32(organisations).U32(named).U32((uint)segment.Citations[work]).F32(segment.Fwci[work]).Count(_in.Count);
            foreach (var country in _in) postings.Text(country);
            postings.Count(funders?.Count ?? 0);
            foreach (var funder in funders ?? []) postings.U64((ulong)funder);
        }
    }

    void Gather(WorksSegment segment, uint[] listOf, int work)
    {
        _units.Clear();
        _orgs.Clear();
        _authors.Clear();
        _at.Clear();
        _in.Clear();
        _listed.Clear();
        _distinct.Clear();
        var (first, last) = segment.AuthorsOf(work);
        for (var author = first; author < last; author++)
            foreach (var unit in segment.UnitsOfAuthor(author))
            {
                var number = listOf[unit] - ClickHouseTables.FirstUnit;
                _units.Add(listOf[unit]);
                _orgs.Add(_organisations[number]);
                _authors.Add((uint)(author - first));
                _at.Add(_places[number]);
                _listed.Add(listOf[unit]);
                _distinct.Add(_organisations[number]);
                if (_countries[number] is { } country) _in.Add(country);
            }
    }

    public override IReadOnlyList<RowWriter> Whole() => [Units(), Topics()];

    RowWriter Units()
    {
        var rows = new RowWriter();
        for (var i = 0; i < _organisations.Length; i++)
        {
            var unit = _store.DistinctUnits[i];
            rows.U32(ClickHouseTables.FirstUnit + (uint)i).U64((ulong)unit.Id).Text(unit.Ror).Text(unit.Country).Text(unit.Type).Text(unit.Name).Count(unit.Lineage.Length);
            foreach (var above in unit.Lineage) rows.U64((ulong)above);
            rows.U64((ulong)_store.WorksListing(i));
        }
        return rows;
    }

    RowWriter Topics()
    {
        var rows = new RowWriter();
        foreach (var t in _store.Taxonomy.Topics.OrderBy(t => t.Id))
            rows.U32((uint)t.Id).Text(t.Name).U32((uint)t.Subfield).Text(t.SubfieldName).U32((uint)t.Field).Text(t.FieldName).U32((uint)t.Domain).Text(t.DomainName);
        return rows;
    }

    public override void WriteControl(int server, RowWriter[] rows)
    {
        var (works, postings) = (rows[0], rows[1]);
        var (year, id) = (unchecked((ushort)(-1 - server)), ClickHouseTables.FirstControl + (ulong)server);
        postings.U16(ClickHouseTables.ControlStretch).U32(ClickHouseTables.Control).U16(year).U64(id).U16(0).U32(0).U32(0).Text("").U32(0).U32(0).U32(0).U32(0).U32(0).F32(0).Count(0).Count(0);
        works.U16(ClickHouseTables.ControlStretch).U64(id).U16(year).U16(0).Text("").U32(0).Text("").Text("").Count(0).Count(0).Count(0).Count(0);
    }
}
