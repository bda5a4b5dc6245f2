using System.Globalization;
using Entente.Core.Evidence.Measures;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Engine.Query;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// A vintage held by ClickHouse servers, for one question. Sets are terms; how many works there are of each year and each
/// combination of what the terms are made of is asked once for all sets of the question, and every count is a sum over that.
/// </summary>
sealed class ClickHouseWorks(RowSource server, ClickHouseTables tables, ClickHouseVintage vintage, ClickHouseOpened opened) : Holding
{
    // A question is of one release.
    ClickHousePlaces? _places;

    readonly List<Term.Leaf> _leaves = [];
    readonly List<string> _covers = [];
    readonly List<ClickHouseCells> _cells = [];
    readonly Dictionary<string, ClickHouseCells> _overall = new(StringComparer.Ordinal);

    public RowSource Server => server;
    public ClickHouseTables Tables => tables;
    public ClickHouseVintage Vintage => vintage;
    public IReadOnlyDictionary<uint, Unit> Units => opened.Units;

    public override int? FirstYear => vintage.FirstYear;
    public override int? LastYear => vintage.LastYear;
    public override Carriers Carriers => opened.Carriers;

    public override SetOfWorks Of(Years? years) => Set(years is { } y ? Term.OfYears(y.First, y.Last) : Term.All);

    public override SetOfWorks Flagged(WorkFlags flag) => Set(flag == WorkFlags.Truncated
        ? new Term.ListedCondition(Term.Flagged((int)flag).Sql, string.Create(CultureInfo.InvariantCulture, $"list = {ClickHouseTables.Truncated}")) : Term.Flagged((int)flag));

    public override SetOfWorks Passing(WorkFilter filter) => Set(Term.Of(filter, filter.Topics is { } topics ? Place(topics) : null));

    // A field may have a thousand topics; the table of topics knows which.
    string? Place(IReadOnlyCollection<int> topics)
    {
        if (topics.Count < 2) return null;
        var wanted = topics.ToHashSet();
        foreach (var (column, of) in new (string, Func<Topic, int>)[] { ("subfield", t => t.Subfield), ("field", t => t.Field), ("domain", t => t.Domain) })
            if (of(opened.Topics.First(t => wanted.Contains(t.Id))) is var place && opened.Topics.Where(t => of(t) == place).Select(t => t.Id).ToHashSet().SetEquals(wanted))
                return string.Create(CultureInfo.InvariantCulture, $"topic in (select topic from {tables.Topics} where {column} = {place})");
        return null;
    }

    public override IEnumerable<Topic> Topics => opened.Topics;
    public override bool KnowsTopics => vintage.Knows.Contains(ClickHouseTables.KnowsTopics);
    public override bool KnowsFunders => vintage.Knows.Contains(ClickHouseTables.KnowsFunders);

    public override bool KnowsTypes => opened.Units.Values.Any(unit => unit.Type is not null);

    public override SetOfWorks OfCountries(int atLeast) => Set(new Term.Condition(string.Create(CultureInfo.InvariantCulture, $"length(countries) > {atLeast - 1}")));

    /// <summary>How ids of organisations stand in the SQL.</summary>
    public Func<IReadOnlyList<long>, string> Written { get; init; } = ids =>
        string.Join(", ", ids.Where(id => id > 0).Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));

    public override Body Body(IReadOnlyList<long> ids, bool lineage)
    {
        var wanted = Written(ids);
        var members = wanted.Length == 0 ? "0" : lineage ? $"(id in ({wanted}) or arrayExists(i -> i in ({wanted}), lineage))" : $"id in ({wanted})";
        return new ClickHouseBody(this, $"select list from {tables.Units} where {members}");
    }

    public override SetOfWorks Collaborative => Set(new Term.Condition("organisations > 1"));

    public override IReadOnlyDictionary<(int Year, int Topic), long> CountByTopic(SetOfWorks works)
    {
        var (term, control, counts) = (TermOf(works), new ControlRows(vintage.Servers), new Dictionary<(int, int), long>());
        using var rows = server.Ask($"select year, topic, {(term.Cover is null ? "count()" : "uniqExact(work)")} from {tables.AllPostings} "
            + $"where ({Compiled.Where(term)}) or list = {ClickHouseTables.Control} group by year, topic");
        while (rows.More())
        {
            var (year, topic, count) = (rows.I16(), (int)rows.U32(), rows.U64());
            if (year < 0) control.Saw(year, count);
            else counts.Add((year, topic), (long)count);
        }
        control.Demand();
        return counts;
    }

    public override Body Country(string country) => new ClickHousePlace(Set(new Term.Condition($"has(countries, {ClickHouseTables.Text(country)})")));

    public override SetOfWorks OfType(string type) => OfUnits($"type = {ClickHouseTables.Text(type)}");

    public override SetOfWorks MaybeOfType(string type, string role)
    {
        string Told(string what) => $"(select id from {tables.Units} where id > 0 and works > 0 and type {what})";
        var untold = $"('', {ClickHouseTables.Text(role)})";
        return OfUnits($"type in {untold} and (id not in {Told($"not in {untold}")} or id in {Told($"= {ClickHouseTables.Text(type)}")})");
    }

    SetOfWorks OfUnits(string members) => Set(new Term.Listed($"list in (select list from {tables.Units} where {members})", tables.Postings));

    public override SetOfWorks TwoAuthors(SetOfWorks among, Body a, Body b)
    {
        var (inA, inB) = (((ClickHouseBody)a).Inside("units"), ((ClickHouseBody)b).Inside("units"));
        // One authorship on each side, and more than one that is on either.
        var two = $"arrayExists(x -> x, {inA} as in_a) and arrayExists(x -> x, {inB} as in_b) and arrayUniq(arrayFilter((n, x, y) -> x or y, author, in_a, in_b)) > 1";
        return Set(new Term.Looked(TermOf(among), two, tables.Works, tables.Postings));
    }

    public override Weights Weigh(SetOfWorks among, Body body, Counting counting) => new ClickHouseWeights(this, TermOf(among), (ClickHouseBody)body, counting);

    public override Listed Listed(SetOfWorks among, Body outside) => new ClickHouseListed(this, TermOf(among), (ClickHouseBody)outside);

    public override Cited Cited(SetOfWorks works, FieldsOf fields) => new ClickHouseCited(this, TermOf(works));

    public override Distant Distances(SetOfWorks works, RorPlaces places) => new ClickHouseDistant(this, TermOf(works), _places ??= new(Units, places));

    public override SetOfWorks Same(SetOfWorks other)
    {
        var theirs = ((ClickHouseSet)other).Works;
        if (theirs.Tables == tables) return Set(TermOf(other));
        DemandBeside(theirs);
        return Set(new Term.Alike(TermOf(other), theirs.Tables.Postings));
    }

    // A server that is another's number in the other vintage would look for its works where they are not.
    void DemandBeside(ClickHouseWorks other)
    {
        var (control, beside) = (new ControlRows(vintage.Servers), 0);
        using var rows = server.Ask($"select year, count(), toUInt8(year in (select year from {other.Tables.Postings} where list = {ClickHouseTables.Control})) as beside "
            + $"from {tables.AllPostings} where list = {ClickHouseTables.Control} group by year, beside");
        while (rows.More())
        {
            control.Saw(rows.I16(), rows.U64());
            beside += rows.U8();
        }
        control.Demand();
        if (beside == vintage.Servers && other.Vintage.Servers == vintage.Servers) return;
        throw new ClickHouseException(Refusal.Conflict("clickhouse-apart",
            $"The servers hold their parts of {vintage.Manifest.Id} and of {other.Vintage.Manifest.Id} in another order, so that no server can hold the two against each other. Load one of them again, naming the servers in the order of the other.",
            $"Les serveurs tiennent leurs parts de {vintage.Manifest.Id} et de {other.Vintage.Manifest.Id} dans un autre ordre\u202F: aucun ne peut comparer les deux. Rechargez l’un d’eux, en nommant les serveurs dans l’ordre de l’autre."));
    }

    public override Linked Links(SetOfWorks among, (Body A, Body B)? sides) =>
        new ClickHouseLinked(this, TermOf(among), sides is var (a, b) ? ((ClickHouseBody)a, (ClickHouseBody)b) : null);

    public SetOfWorks Set(Term term)
    {
        foreach (var leaf in term.Leaves)
        {
            if (leaf.Dear || _leaves.Contains(leaf)) continue;
            _leaves.Add(leaf);
            if (leaf.Cover is { } cover) _covers.AddRange(cover.Except(_covers));
        }
        return new ClickHouseSet(this, term);
    }

    public static Term TermOf(SetOfWorks set) => ((ClickHouseSet)set).Term;

    /// <summary>How many works there are of each year and each combination of at least this term's leaves.</summary>
    public ClickHouseCells Cells(Term term)
    {
        if (term.Cover is null)
        {
            if (!_overall.TryGetValue(term.Sql, out var overall)) _overall.Add(term.Sql, overall = new(this, null, [.. term.Leaves.Distinct()]));
            return overall;
        }
        if (_cells.Find(cells => cells.Tell(term)) is { } told) return told;
        // What is dear is asked for itself; what is not, once for all that the question has come to by now.
        var asked = term.Leaves.Any(leaf => leaf.Dear)
            ? new ClickHouseCells(this, term.Cover, [.. term.Leaves.Distinct()]) : new ClickHouseCells(this, [.. _covers.Union(term.Cover)], [.. _leaves.Union(term.Leaves)]);
        _cells.Add(asked);
        return asked;
    }
}

/// <summary>A side of a question: the lists of the units that stand for it, as a subquery over the table of units.</summary>
sealed class ClickHouseBody(ClickHouseWorks works, string lists) : Body
{
    readonly SetOfWorks _works = works.Set(new Term.Listed($"list in ({lists})", works.Tables.Postings));

    public override SetOfWorks Works => _works;

    /// <summary>For each entry of an array of units, whether it stands for this side.</summary>
    public string Inside(string array) => $"arrayMap(u -> u in ({lists}), {array})";
}

/// <summary>A country: it has works, and no question asks for its units.</summary>
sealed class ClickHousePlace(SetOfWorks works) : Body
{
    public override SetOfWorks Works => works;
}
