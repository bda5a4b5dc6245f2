using Entente.Core.Evidence.Measures;

namespace Entente.Core.Evidence.Sql;

/// <summary>How the query counts the parts of a formula, and puts them together. Bounds follow from more than it counts: it leaves them out.</summary>
static class TallySql
{
    const string Lines = "coalesce(string_agg(work || chr(10), '' order by work), '')";

    public static string Tail(Tally tally, bool pair)
    {
        var sets = string.Concat(tally.Parts.Select(part => $", of_{part.Name} as ( -- {part.Label.En}\n  {(pair ? part.SqlOfPair ?? part.Sql : part.Sql)}\n)"));
        var counts = string.Join(", ", tally.Parts.Select(part => $"(select count(*) from of_{part.Name}) as {part.Name}"));
        return $"""
            {sets}, n as (
              select {counts}
            )
            select ({tally.Sql})::double as value, {string.Join(", ", tally.Parts.Select(part => part.Name))},
              sha256({Digest(tally.Parts)}) as digest
            from n;
            """;
    }

    static string Digest(IEnumerable<Part> parts) => string.Join(" || chr(10)\n    || ", parts.Select(part => part.ByCount
        ? $"'{part.Name}' || chr(9) || {part.Name} || chr(10)" : $"(select {Lines} from of_{part.Name})"));
}

/// <summary>How the query counts the links between institutions.</summary>
static class LinksSql
{
    public static string Tail(Indicator indicator) => $"""
        , node as ( -- A and B are one node each, every other institution with an id is one
          select distinct work, side as node from seen
          union select work, institution from listed where institution like 'I%' and (work, institution) not in (select work, institution from seen)
        ), size as (
          select work, count(*) as nodes, bool_or(node = 'A') as a, bool_or(node = 'B') as b from node group by work
        ), n as (
          select count(*) filter (a and b) as joint, coalesce(sum(nodes - 1) filter (a), 0)::bigint as links_a,
            coalesce(sum(nodes - 1) filter (b), 0)::bigint as links_b, coalesce(sum(nodes * (nodes - 1)), 0)::bigint as links
          from size
        ), pai as (
          select *, joint * links::double / nullif(links_a::double * links_b::double, 0) as pai from n
        )
        select {Value(indicator)} as value, joint, links_a, links_b, links,
          sha256((select coalesce(string_agg(work || chr(10), '' order by work), '') from size where a and b) || chr(10)
            || 'links_a' || chr(9) || links_a || chr(10) || 'links_b' || chr(9) || links_b || chr(10) || 'links' || chr(9) || links || chr(10)) as digest
        from pai;
        """;

    static string Value(Indicator indicator) => indicator.Key switch
    {
        "affinity-symmetric" => "(pai - 1) / (pai + 1)",
        "affinity-symmetric-squares" => "(pai * pai - 1) / (pai * pai + 1)",
        _ => "pai",
    };
}
