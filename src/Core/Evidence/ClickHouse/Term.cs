using System.Globalization;
using Entente.Engine.Query;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// What a set of works is, as an expression over one row of postings: it is compiled to SQL, or, once a server has said how many
/// works there are of each combination of its <see cref="Leaves"/>, decided here. And, Or and Except are the whole algebra.
/// </summary>
abstract record Term
{
    /// <summary>All works.</summary>
    public static Term All { get; } = new Every([]);

    /// <summary>The expression, in terms of the columns of a posting; it has the same value in all postings of a work.</summary>
    public abstract string Sql { get; }

    /// <summary>Lists that hold every work of the set, as conditions on the column list; null when only the list of all works does.</summary>
    public abstract IReadOnlyCollection<string>? Cover { get; }

    public abstract IEnumerable<Leaf> Leaves { get; }

    /// <summary>Whether works are in the set of which these leaves hold.</summary>
    public abstract bool Holds(Func<Leaf, bool> leaf);

    /// <summary>The expression where these lists are all that is looked at.</summary>
    public virtual string Within(IReadOnlyCollection<string> lists) => Sql;

    public Term And(Term other)
    {
        var parts = PartsOf(this).ToList();
        parts.AddRange(PartsOf(other).Where(part => !Has(parts, part)));
        return parts is [(var only, true)] ? only : new Every(parts);
    }

    public Term Or(Term other) => new Either(this, other);

    /// <summary>Of what the other is made of, what holds here anyway need not be denied.</summary>
    public Term Except(Term other)
    {
        var parts = PartsOf(this).ToList();
        var open = PartsOf(other).Where(part => !Has(parts, part)).ToList();
        var denied = open is [var (term, holds)] ? (term, !holds) : (open.Count == 0 ? All : new Every(open), false);
        return Has(parts, denied) ? this : new Every([.. parts, denied]);
    }

    /// <summary>A leaf: what a server alone can decide.</summary>
    public abstract record Leaf : Term
    {
        public override IEnumerable<Leaf> Leaves => [this];
        public override bool Holds(Func<Leaf, bool> leaf) => leaf(this);

        /// <summary>True when deciding it takes more than a look into a list, so that it is asked only when it is needed.</summary>
        public virtual bool Dear => false;
    }

    /// <summary>A condition on columns of a posting.</summary>
    public sealed record Condition(string On) : Leaf
    {
        public override string Sql => On;
        public override IReadOnlyCollection<string>? Cover => null;
    }

    /// <summary>Works that stand in some of the lists; they have lists of their own, and cost no more than these.</summary>
    public sealed record Listed(string Lists, string Postings) : Leaf
    {
        public override string Sql => $"work in (select work from {Postings} where {Lists})";
        public override IReadOnlyCollection<string>? Cover => [Lists];
    }

    /// <summary>A condition that has a list of its own, such as truncated.</summary>
    public sealed record ListedCondition(string On, string Lists) : Leaf
    {
        public override string Sql => On;
        public override IReadOnlyCollection<string>? Cover => [Lists];
    }

    /// <summary>Works of another set of which a condition on the table of works holds.</summary>
    public sealed record Looked(Term Among, string On, string Works, string Postings) : Leaf
    {
        public override string Sql => $"work in (select work from {Works} where work in ({Compiled.Local(Among, Postings)}) and {On})";
        public override IReadOnlyCollection<string>? Cover => Among.Cover;
        public override bool Dear => true;
    }

    /// <summary>Works that another vintage's set has too. Each server looks into its own part of that vintage.</summary>
    public sealed record Alike(Term Other, string Postings) : Leaf
    {
        public override string Sql => $"work in ({Compiled.Local(Other, Postings)})";
        public override IReadOnlyCollection<string>? Cover => null;
        public override bool Dear => true;
    }

    /// <summary>Terms that all hold, or do not where they are denied. None at all is every work.</summary>
    sealed record Every(IReadOnlyList<(Term Term, bool Holds)> Parts) : Term
    {
        public override string Sql => Written(Parts);
        public override IReadOnlyCollection<string>? Cover => Parts.Where(p => p.Holds).Select(p => p.Term.Cover).Where(c => c is not null).MinBy(c => c!.Count);
        public override IEnumerable<Leaf> Leaves => Parts.SelectMany(p => p.Term.Leaves);
        public override bool Holds(Func<Leaf, bool> leaf) => Parts.All(p => p.Term.Holds(leaf) == p.Holds);

        /// <summary>The expression where lists are given: those that hold by that alone are not asked again.</summary>
        public override string Within(IReadOnlyCollection<string> lists) =>
            Written([.. Parts.Where(p => !(p is { Holds: true, Term: Listed { Lists: var own } } && lists.Count == 1 && lists.First() == own))]);

        static string Written(IReadOnlyList<(Term Term, bool Holds)> parts) =>
            parts.Count == 0 ? "1" : $"({string.Join(" and ", parts.Select(p => p.Holds ? p.Term.Sql : $"not {p.Term.Sql}"))})";
    }

    sealed record Either(Term A, Term B) : Term
    {
        public override string Sql => $"({A.Sql} or {B.Sql})";
        public override IReadOnlyCollection<string>? Cover => A.Cover is { } a && B.Cover is { } b ? [.. a.Union(b)] : null;
        public override IEnumerable<Leaf> Leaves => A.Leaves.Concat(B.Leaves);
        public override bool Holds(Func<Leaf, bool> leaf) => A.Holds(leaf) || B.Holds(leaf);
    }

    /// <summary>What must hold, one by one.</summary>
    static IEnumerable<(Term Term, bool Holds)> PartsOf(Term term) => term is Every every ? every.Parts : [(term, true)];

    static bool Has(IEnumerable<(Term Term, bool Holds)> parts, (Term Term, bool Holds) part) => parts.Any(p => p.Holds == part.Holds && p.Term.Sql == part.Term.Sql);

    /// <summary>The works of a window; a work without a year is in none.</summary>
    public static Term OfYears(int first, int last) =>
        new Condition(string.Create(CultureInfo.InvariantCulture, $"year between {Math.Max(1, first)} and {last}"));

    public static Term Flagged(int flag) => new Condition(string.Create(CultureInfo.InvariantCulture, $"bitAnd(flags, {flag}) = {flag}"));

    /// <summary>What passes a filter of works.</summary>
    /// <param name="place">a shorter condition for its topics</param>
    public static Term Of(WorkFilter filter, string? place)
    {
        var on = new List<string>();
        void Add(FormattableString condition) => on.Add(condition.ToString(CultureInfo.InvariantCulture));
        if (filter.FirstYear is not null || filter.LastYear is not null) Add($"year between {Math.Max(1, filter.FirstYear ?? 1)} and {filter.LastYear ?? short.MaxValue}");
        if (filter.Topics is { } topics) Add($"{place ?? In("topic", topics.Where(t => t >= 0).Select(t => t.ToString(CultureInfo.InvariantCulture)))}");
        if (filter.Types is { } types) Add($"{In("type", types.Select(ClickHouseTables.Text))}");
        if (filter.Goals != 0) Add($"bitAnd(goals, {filter.Goals}) != 0");
        if (filter.Funders is { } funders) Add($"arrayExists(f -> {In("f", funders.Where(f => f >= 0).Select(f => f.ToString(CultureInfo.InvariantCulture)))}, funders)");
        if (filter.MostAuthors is { } most) Add($"authors <= {Math.Max(-1, most)}");
        if (filter.With != 0) Add($"bitAnd(flags, {(int)filter.With}) = {(int)filter.With}");
        if (filter.Without != 0) Add($"bitAnd(flags, {(int)filter.Without}) = 0");
        return on.Count == 0 ? All : new Condition($"({string.Join(" and ", on)})");
    }

    /// <summary>Nothing is in an empty list, which SQL cannot write.</summary>
    public static string In(string column, IEnumerable<string> values) =>
        values.Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } some ? $"{column} in ({string.Join(", ", some)})" : "0";
}

/// <summary>Terms as parts of queries.</summary>
static class Compiled
{
    public static string Lists(Term term) => Lists(term.Cover);

    public static string Lists(IReadOnlyCollection<string>? cover) => cover is null ? $"list = {ClickHouseTables.All}" : cover.Count == 1 ? cover.First() : $"({string.Join(" or ", cover)})";

    /// <summary>The ids of a set that one server holds.</summary>
    public static string Local(Term term, string postings) => $"select work from {postings} where {Where(term)}";

    /// <summary>The rows of postings that stand for a set.</summary>
    public static string Where(Term term) => term.Within(term.Cover ?? []) is not "1" and var more ? $"{Lists(term)} and {more}" : Lists(term);
}
