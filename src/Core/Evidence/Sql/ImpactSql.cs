namespace Entente.Core.Evidence.Sql;

/// <summary>How the query weighs citations.</summary>
static class ImpactSql
{
    public static IEnumerable<(string Name, string Type)> Columns(Indicator indicator)
    {
        if (indicator.Key is "mcs" or "mncs" or "collaboration-mncs" or "top-tenth") yield return ("cited_by_count", "INTEGER");
        if (indicator.Key is "mncs" or "collaboration-mncs" or "top-tenth") yield return ("type", "VARCHAR");
        if (indicator.Key is "fwci-mean") yield return ("fwci", "FLOAT");
        if (indicator.Key is "openalex-top-tenth") yield return ("citation_normalized_percentile", "STRUCT(is_in_top_10_percent BOOLEAN)");
    }

    public static string Tail(Indicator indicator, bool pair)
    {
        var own = pair ? "select work from seen group by work having count(distinct side) = 2" : "select distinct work from seen where side = 'A'";
        return indicator.Key switch
        {
            "mcs" => $"""
                , cited as (
                  select id as work, coalesce(cited_by_count, 0) as citations from passing where id in ({own})
                )
                select sum(citations)::double / nullif(count(*), 0) as value, count(*) as works, {Digest("work || chr(9) || citations")} from cited;
                """,
            "fwci-mean" => $"""
                , cited as (
                  select id as work, round(fwci::double * 1e6)::bigint as millionths from passing where id in ({own})
                )
                select sum(millionths)::double / 1e6 / nullif(count(millionths), 0) as value, count(*) as works, count(millionths) as known,
                  {Digest("work || chr(9) || coalesce(millionths::varchar, '')")} from cited;
                """,
            "mncs" or "collaboration-mncs" => Strata + (indicator.Key == "mncs" ? "" : Makers) + $"""
                , world as (
                  select {Alike(indicator)}, count(*) as works, sum(citations)::bigint as total from {From(indicator)} group by all
                ), own as (
                  select * from {From(indicator)} join world using ({Alike(indicator)}) where work in ({own})
                ), part as (
                  select sum(citations) / case when any_value(total) = 0 then 1 else any_value(total)::double / any_value(works) end as part from own group by {Alike(indicator)}
                )
                select (select sum(part) from part) / nullif(count(*), 0) as value, count(*) as works,
                  {Digest("work || chr(9) || citations || chr(9) || works || chr(9) || total")} from own;
                """,
            _ => Strata + Threshold + $"""

                , own as (
                  select *, case when citations > threshold then 1.0 when citations < threshold then 0.0 else part::double / whole end as weight,
                    case when citations > threshold then '1' when citations < threshold then '0' else part || '/' || whole end as written
                  from cited join threshold using (field, type, year) where work in ({own})
                )
                select fsum(weight) / nullif(count(*), 0) as value, count(*) as works, {Digest("work || chr(9) || citations || chr(9) || threshold || chr(9) || written")} from own;
                """,
        };
    }

    /// <summary>Each work by A's part of it, against the same baselines.</summary>
    public static string Fractional(Indicator indicator, Counting counting) => FractionSql.Weighed(counting) + Strata + (indicator.Key == "mncs" ? """

        , world as (
          select field, type, year, count(*) as works, sum(citations)::bigint as total from cited group by all
        ), own as (
          select work, weight, citations / case when total = 0 then 1 else total::double / works end as amount, citations || chr(9) || works || chr(9) || total as line
          from cited join world using (field, type, year) join weighed using (work)
        )
        """ : Threshold + """

        , own as (
          select work, weight, case when citations > threshold then 1.0 when citations < threshold then 0.0 else part::double / whole end as amount,
            citations || chr(9) || threshold || chr(9) || case when citations > threshold then '1' when citations < threshold then '0' else part || '/' || whole end as line
          from cited join threshold using (field, type, year) join weighed using (work)
        )
        """) + $"""

        select fsum(weight * amount) / nullif(fsum(weight), 0) as value, count(*) as works, coalesce(fsum(weight), 0) as weight,
          {Digest($"work || chr(9) || {FractionSql.Written} || chr(9) || line")} from own;
        """;

    static string Alike(Indicator indicator) => indicator.Key == "mncs" ? "field, type, year" : "field, type, year, makers";

    static string From(Indicator indicator) => indicator.Key == "mncs" ? "cited" : "cited join made using (work)";

    const string Makers = """

        , made as ( -- by one institution: 0; else by so many countries, four for more
          select id as work, case when coalesce(institutions, 0) < 2 then 0 else least(greatest(coalesce(countries, 1), 1), 4) end as makers
          from passing left join (select work as id, count(distinct institution) as institutions from listed group by work) using (id)
            left join (select work as id, count(distinct country) as countries from located group by work) using (id)
        )
        """;

    const string Threshold = """

        , level as ( -- works at and up to each number of citations
          select *, sum(here) over (partition by field, type, year order by citations) as up_to, sum(here) over (partition by field, type, year) as works
          from (select field, type, year, citations, count(*) as here from cited group by all)
        ), threshold as ( -- the fewest citations that nine tenths do not exceed
          select field, type, year, citations as threshold, (10 * up_to - 9 * works)::bigint as part, (10 * here)::bigint as whole from level
          where 10 * up_to >= 9 * works qualify row_number() over (partition by field, type, year order by citations) = 1
        )
        """;

    const string Strata = $"""
        , {FilterSql.FieldOf}, cited as ( -- what works are held against each other by
          select id as work, field, coalesce(type, '') as type, coalesce(year, 0) as year, coalesce(cited_by_count, 0) as citations from passing join field_of on id = work
        )
        """;

    static string Digest(string line) => $"sha256(coalesce(string_agg({line} || chr(10), '' order by work), '')) as digest";

    public static string Growth(Entente.Core.Kernel.Years years, bool pair) => $"""
        , counted as (
          {(pair ? "select work from seen group by work having count(distinct side) = 2" : "select distinct work from seen where side = 'A'")}
        ), n as (
          select count(*) filter (year = {years.First}) as first, count(*) filter (year = {years.Last}) as last from passing where id in (from counted)
        )
        select {(years.Count < 2 ? "null::double" : $"pow(last::double / nullif(first, 0), 1.0::double / {years.Count - 1}) - 1")} as value, first, last,
          (select sha256(coalesce(string_agg(work || chr(10), '' order by work), '')) from counted) as digest
        from n;
        """;
}
