using System.Globalization;
using Entente.Engine.Query;

namespace Entente.Core.Evidence.Sql;

/// <summary>How the query measures how far apart the institutions of works are, by a release of ROR.</summary>
static class DistanceSql
{
    /// <summary>A column beside those of each listed institution.</summary>
    public const string Ror = ", regexp_extract(lower(unit.ror), '(?:^|/)(0[0-9a-z]{8})\\s*$', 1) as ror";

    public const string Head = """
        -- And the records of the ROR release: its JSON, either schema.
        set variable ror = 'ror/*';

        """;

    static readonly string Metres = string.Create(CultureInfo.InvariantCulture, $"""
        round(2.0 * {UnitPlaces.Radius} * asin(sqrt(least(1, pow(sin(radians(y.lat - x.lat) / 2), 2)
              + cos(radians(x.lat)) * cos(radians(y.lat)) * pow(sin(radians(y.lng - x.lng) / 2), 2)))))::bigint
        """);

    /// <summary>The places of each work, how far apart the two farthest are, and whether one is unknown.</summary>
    public static readonly string Apart = $$"""
        place as ( -- where ROR says that each organisation is: its first location; of two records the second schema's, then the later
          select ror, coalesce(locations[1].geonames_details.lat, addresses[1].lat) as lat, coalesce(locations[1].geonames_details.lng, addresses[1].lng) as lng
          from (select regexp_extract(lower(id), '(?:^|/)(0[0-9a-z]{8})\s*$', 1) as ror, * from read_json(getvariable('ror'), maximum_object_size = 67108864, columns = {
            id: 'VARCHAR', names: 'JSON', admin: 'STRUCT(last_modified STRUCT("date" VARCHAR))', addresses: 'STRUCT(lat DOUBLE, lng DOUBLE)[]',
            locations: 'STRUCT(geonames_details STRUCT(lat DOUBLE, lng DOUBLE))[]'}))
          qualify row_number() over (partition by ror order by names is not null desc, admin.last_modified."date" desc nulls last) = 1
        ), spot as ( -- each place of each work once; without one where ROR tells none
          select distinct work, lat, lng from listed left join (from place where abs(lat) <= 90 and abs(lng) <= 180) using (ror)
        ), far as ( -- the farthest two, by haversines, in whole metres
          select x.work, max({{Metres}}) as metres
          from spot x join spot y on x.work = y.work and (x.lat, x.lng) <= (y.lat, y.lng) where x.lat is not null and y.lat is not null group by x.work
        ), apart as (
          select work, metres, work in (select work from spot where lat is null) as partly, work in (select id from passing where truncated) as cut
          from (select distinct work from listed) left join far using (work)
        )
        """;

    public static string Mean(bool pair) => $"""
        , own as (
          select * from apart where work in ({(pair ? "select work from seen group by work having count(distinct side) = 2" : "select work from seen where side = 'A'")})
        ), n as (
          select count(metres) as known, coalesce(sum(metres), 0)::bigint as metres, count(*) - count(metres) as unknown, count(*) filter (metres is not null and partly) as partly,
            count(metres) filter (not partly and not cut) as sure, coalesce(sum(metres) filter (not partly and not cut), 0)::bigint as sure_metres, median(metres) / 1000 as median,
            count(*) + (select count(*) from passing where truncated and id not in (select work from own)) as whole,
            sha256(coalesce(string_agg(work || chr(9) || coalesce(metres::varchar, '') || chr(10), '' order by work), '')) as digest
          from own
        )
        select metres / 1000.0::double / nullif(known, 0) as value, metres / 1000.0::double / nullif(whole, 0) as lower,
          (sure_metres + (whole - sure) * {UnitPlaces.Farthest}) / 1000.0::double / nullif(whole, 0) as upper, known, unknown, partly, median, digest
        from n;
        """;

    public static string Long(int kilometres) => string.Create(CultureInfo.InvariantCulture, $"""
        , own as (
          select *, coalesce(metres >= {kilometres * 1000L}, false) as far from apart where work in (select work from seen where side = 'A')
        ), hidden as ( -- works that may come in, and whether they are long already
          select id as work, coalesce(metres >= {kilometres * 1000L}, false) as far from passing left join apart on work = id where truncated and id not in (select work from own)
          union all select work, false from own where metres is null
        ), n as (
          select count(*) filter (far) as part, count(metres) as whole, count(*) filter (metres is not null and not far and (partly or cut)) as may_gain,
            count(*) filter (metres <= 100000) as short, count(*) - count(metres) as unknown, count(*) filter (metres is not null and partly) as partly,
            (select count(*) from hidden) as may_enter, (select count(*) from hidden where not far) as may_enter_without,
            sha256(coalesce(string_agg(work || chr(10), '' order by work) filter (far), '') || chr(10) || coalesce(string_agg(work || chr(10), '' order by work) filter (metres is not null), '')) as digest
          from own
        )
        select part / nullif(whole, 0) as value, coalesce(part / nullif(whole + may_enter_without, 0), case when may_enter > 0 then 1.0 end) as lower,
          (part + may_gain + may_enter) / nullif(whole + may_enter, 0) as upper, short, unknown, partly, digest
        from n;
        """);
}
