namespace Entente.Core.Evidence.Sql;

/// <summary>How the query weighs works that are counted in fractions.</summary>
static class FractionSql
{
    public static string Tail(Counting counting) => Weighed(counting) + Sum;

    /// <summary>A step that gives A's part of each of its works.</summary>
    public static string Weighed(Counting counting) => counting == Counting.Author ? ByAuthor : ByShare(counting);

    /// <summary>A weight as digests write it: a whole number without a point.</summary>
    public const string Written = "case when weight = floor(weight) then weight::bigint::varchar else weight::varchar end";

    /// <summary>A share of which each work counts by A's weight.</summary>
    /// <param name="untold">works that may have the property, for all that the source tells; null where it always tells</param>
    public static string ShareTail(Counting counting, string property, string? untold) => Weighed(counting) + $$"""

        , line as (
          select work, weight, work || chr(9) || {{Written}} || chr(10) as line,
            work in ({{property}}) as has, {{(untold is null ? "" : $"work in ({untold}) as may, ")}}work in (select id from passing where truncated) as cut
          from weighed
        ), n as (
          select coalesce(fsum(weight) filter (has), 0) as part, coalesce(fsum(weight), 0) as whole, coalesce(fsum(weight) filter (has and not cut), 0) as sure_part,
            coalesce(fsum(weight) filter (not cut), 0) as sure_whole, (select count(*) from passing where truncated) as hidden,{{(untold is null ? "" : "\n            coalesce(fsum(weight) filter (may and not has and not cut), 0) as untold,")}}
            sha256(coalesce(string_agg(line, '' order by work) filter (has), '') || chr(10) || coalesce(string_agg(line, '' order by work), '')) as digest
          from line
        )
        select part / nullif(whole, 0) as value, sure_part / nullif(sure_whole + hidden, 0) as lower, (sure_part + {{(untold is null ? "" : "untold + ")}}hidden) / nullif(sure_whole + hidden, 0) as upper, part, whole, digest from n;
        """;

    // Whole numbers over a common denominator, divided once: the same double on every machine.
    const string ByAuthor = """
        , author as ( -- each authorship that lists an institution: how many, and how many of them are A's
          select l.work, l.author, count(distinct l.institution) as listed, count(distinct s.institution) as own
          from listed l left join seen s on l.work = s.work and l.author = s.author and l.institution = s.institution
          group by all
        ), common as (
          select work, count(*) as authors, list_reduce(list_distinct(list(listed)), lambda x, y: lcm(x, y)) as denominator from author group by work
        ), weighed as (
          select work, sum(own * (denominator // listed))::double / (any_value(denominator) * any_value(authors))::double as weight
          from author join common using (work) where work in (select work from seen) group by work
        )
        """;

    static string ByShare(Counting counting)
    {
        var (from, what) = counting == Counting.Country ? ("located", "country") : ("listed", "institution");
        return $"""
            , weighed as ( -- A's part of the work's {what} list
              select w.work, coalesce(count(distinct l.{what}) filter (s.work is not null) / nullif(count(distinct l.{what}), 0), 0)::double as weight
              from (select distinct work from seen) w left join {from} l on l.work = w.work
                left join seen s on l.work = s.work and l.author = s.author and l.institution = s.institution
              group by w.work
            )
            """;
    }

    const string Sum = $"""

        , line as ( -- each work with its weight, a whole number without a point
          select work, weight, work || chr(9) || {Written} || chr(10) as line
          from weighed
        ), hidden as (
          select id from passing where truncated
        )
        select coalesce(fsum(weight), 0) as value,
          coalesce(fsum(weight) filter (work not in (from hidden)), 0) as lower,
          coalesce(fsum(weight) filter (work not in (from hidden)), 0) + (select count(*) from hidden) as upper,
          sha256(coalesce(string_agg(line, '' order by work), '')) as digest
        from line;
        """;
}
