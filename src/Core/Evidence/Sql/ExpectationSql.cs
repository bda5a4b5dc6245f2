namespace Entente.Core.Evidence.Sql;

/// <summary>How the query counts by field what is expected of a pair.</summary>
static class ExpectationSql
{
    public static string Tail(Indicator indicator) => $"""
        , {FilterSql.FieldOf}, by_field as (
          select field, count(*) as frame, count(*) filter (work in (select work from seen where side = 'A')) as a,
            count(*) filter (work in (select work from seen where side = 'B')) as b,
            count(*) filter (work in (select work from seen group by work having count(distinct side) = 2)) as joint
          from field_of group by field
        ), n as (
          select coalesce(sum(joint), 0)::bigint as joint, coalesce(sum(a::double * b / frame order by field), 0) as expected,
            coalesce(sum(case when frame < 2 then 0 else a::double * b / frame * ((frame - a)::double * (frame - b) / frame) / (frame - 1) end order by field), 0) as variance,
            string_agg(field || chr(9) || joint || chr(9) || a || chr(9) || b || chr(9) || frame || chr(10), '' order by field) as fields
          from by_field
        )
        select {(indicator.Key == "observed-expected" ? "joint / nullif(expected, 0)" : "expected")} as value, joint, expected, variance,
          sha256((select coalesce(string_agg(work || chr(10), '' order by work), '') from (select work from seen group by work having count(distinct side) = 2))
            || chr(10) || coalesce(fields, '')) as digest
        from n;
        """;
}
