using System.Globalization;
using System.Text;
using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Sql;

/// <summary>
/// A figure of works as one DuckDB query over OpenAlex's own JSON Lines, for anyone to run on their own copy. It answers the
/// receipt's value, bounds and digest in one row. Written to be read: each step is named and says what it does.
/// </summary>
static class WorksSql
{
    /// <summary>Up to so many ids stand in the text; more are read from members.csv.</summary>
    public const int MostInline = 50;

    /// <summary>What the text needs to know of a question.</summary>
    public sealed record Terms(
        Indicator Indicator, Membership Membership, Counting Counting, Years? Years, string? With, Filters Filters, int? Kilometres, IReadOnlyList<ReceiptOrganisation> Organisations);

    public static string Of(Terms terms)
    {
        var steps = new List<string> { Record(terms), Work };
        if (Placed(terms)) steps.Add(FilterSql.Placed);
        steps.AddRange([Passing(terms), Sides(terms.Organisations), Listed(terms), Seen(terms)]);
        if (terms.Indicator.ByPlace) steps.Add(DistanceSql.Apart);
        if (terms.Indicator.About(terms.Filters) is { } about) steps.Add(Subject(about));
        if (Untold(terms) is not null) steps.Add(Told());
        if (NeedsCountries(terms)) steps.AddRange([Territories(), Located]);
        return $"{Head(terms)}\nwith {string.Join(", ", steps)}{(terms.Indicator.Tally is { } tally ? TallySql.Tail(tally, terms.Organisations.Count > 1) : terms.Indicator.Key switch
        {
            "association-cwts" or "affinity" or "affinity-symmetric" or "affinity-symmetric-squares" => LinksSql.Tail(terms.Indicator),
            "international-share" or "collaboration-share" or "industry-share" when terms.Counting != Counting.Full => FractionSql.ShareTail(terms.Counting, Property(terms), Untold(terms)),
            "observed-expected" or "expected-co-publications" => ExpectationSql.Tail(terms.Indicator),
            "mncs" or "top-tenth" when terms.Counting != Counting.Full => ImpactSql.Fractional(terms.Indicator, terms.Counting),
            "mcs" or "mncs" or "collaboration-mncs" or "top-tenth" or "fwci-mean" => ImpactSql.Tail(terms.Indicator, terms.Organisations.Count > 1),
            "collaboration-distance" => DistanceSql.Mean(terms.Organisations.Count > 1),
            "long-distance-share" => DistanceSql.Long(terms.Kilometres!.Value),
            "growth" => ImpactSql.Growth(terms.Years!.Value, terms.Organisations.Count > 1),
            "output" when terms.Counting != Counting.Full => FractionSql.Tail(terms.Counting),
            "co-publications" => Count("select work from seen group by work having count(distinct side) = 2"),
            "output" => Count("select distinct work from seen"),
            "partners" => Partners,
            _ => Share(terms),
        })}";
    }

    /// <summary>The ids that stand for each side, as members.csv beside the receipt holds them; null where the text names them all.</summary>
    public static string? Members(IReadOnlyList<ReceiptOrganisation> organisations) => organisations.Sum(o => o.OpenAlex.Count) <= MostInline ? null
        : "side,id\n" + string.Concat(organisations.SelectMany(o => o.OpenAlex.Select(id => $"{o.Side},{id}\n")));

    static bool NeedsCountries(Terms terms) => terms.Indicator.Tally is { } tally ? tally.Parts.Any(part => part.NeedsCountries) : terms.Counting == Counting.Country
        || terms.Indicator.Key is "international-share" or "country-share" or "partner-share" or "collaboration-mncs";

    static string Head(Terms terms)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"-- {terms.Indicator.Key}, version {terms.Indicator.Version}. {terms.Indicator.Definition.En}\n");
        foreach (var o in terms.Organisations)
            text.Append(CultureInfo.InvariantCulture, $"-- {o.Side} is {OneLine(o.Name)}{(o.Ror is null ? "" : $", https://ror.org/{o.Ror}")}.\n");
        text.Append("-- For DuckDB 1.3 or later. Put your own works here: OpenAlex works as JSON Lines, plain or gzip.\n");
        text.Append("set variable works = 'works/**/*.gz';\n");
        if (terms.Indicator.ByPlace) text.Append(DistanceSql.Head);
        return text.ToString();
    }

    static string OneLine(string text) => text.ReplaceLineEndings(" ");

    static bool Placed(Terms terms) => terms.Filters.HasPlace || terms.Indicator.ByField;

    static string Record(Terms terms)
    {
        var more = FilterSql.Columns(terms.Filters, Placed(terms)).Concat(ImpactSql.Columns(terms.Indicator)).Distinct().ToList();
        return $$"""
        record as ( -- every line of the source; a field that it lacks is null
          select regexp_extract(id, 'W[0-9]+$') as id, publication_year as year, updated_date, is_retracted, is_paratext,
            coalesce(is_authors_truncated, false) or len(authorships) = 100 as truncated, authorships{{string.Concat(more.Select(c => $", {c.Name}"))}}
          from read_json(getvariable('works'), format = 'newline_delimited', maximum_object_size = 67108864, columns = {
            id: 'VARCHAR', publication_year: 'INTEGER', updated_date: 'VARCHAR',
            is_retracted: 'BOOLEAN', is_paratext: 'BOOLEAN', is_authors_truncated: 'BOOLEAN',
            authorships: 'STRUCT(institutions STRUCT(id VARCHAR, ror VARCHAR, display_name VARCHAR, country_code VARCHAR, type VARCHAR, lineage VARCHAR[])[])[]'{{string.Concat(more.Select(c => $",\n            {c.Name}: '{c.Type}'"))}}})
        )
        """;
    }

    const string Work = """
        work as ( -- the newest record of each work
          from record where id <> '' qualify row_number() over (partition by id order by updated_date desc nulls last) = 1
        )
        """;

    static string Passing(Terms terms)
    {
        var among = terms.Indicator.Among(terms.Filters);
        List<string> conditions = among.WithRetracted
            ? ["(coalesce(is_retracted, false) or not coalesce(is_paratext, false))"] : ["not coalesce(is_retracted, false) and not coalesce(is_paratext, false)"];
        if (terms.Years is { } y) conditions.Add($"year between {y.First} and {y.Last}");
        conditions.AddRange(FilterSql.Conditions(among));
        return $"passing as ( -- what may be counted\n  from work where {string.Join("\n    and ", conditions)}\n)";
    }

    static string Subject(Filters about) => $"subject as ( -- what the figure is about\n  select id as work from passing where {string.Join("\n    and ", FilterSql.Conditions(about))}\n)";

    static string Sides(IReadOnlyList<ReceiptOrganisation> organisations)
    {
        if (Members(organisations) is not null)
            return "side as ( -- the institutions that stand for each side\n  from read_csv('members.csv', header = true, all_varchar = true)\n)";
        var rows = organisations.SelectMany(o => o.OpenAlex.Select(id => $"('{o.Side}', '{id}')")).ToList();
        return "side(side, id) as ( -- the institutions that stand for each side\n  "
            + (rows.Count == 0 ? "select null, null where false" : $"values {string.Join(", ", rows)}") + "\n)";
    }

    static string Listed(Terms terms) => $"""
        authorship as (
          select id as work, generate_subscripts(authorships, 1) as author, unnest(authorships).institutions as institutions from passing
        ), unit as (
          select work, author, unnest(institutions) as unit from authorship
        ), listed as ( -- one row for each institution of each authorship; one without an id is only itself, one that says nothing is none
          select work, author, coalesce(nullif(regexp_extract(unit.id, 'I[0-9]+$'), ''), 'none: ' || unit::varchar) as institution,
            upper(trim(unit.country_code)) as code, unit.type as type, unit.lineage as lineage{(terms.Indicator.ByPlace ? DistanceSql.Ror : "")}
          from unit
          where regexp_matches(unit.id, 'I[0-9]+$') or unit.ror <> '' or unit.country_code <> '' or unit.display_name <> ''
        )
        """;

    static string Seen(Terms terms) => terms.Membership == Membership.Lineage
        ? """
        above as ( -- each institution and those of its lineage
          select work, author, institution, institution as id from listed
          union all select work, author, institution, regexp_extract(unnest(lineage), 'I[0-9]+$') from listed
        ), seen as (
          select distinct work, author, institution, side from above join side using (id)
        )
        """
        : """
        seen as (
          select distinct work, author, institution, side from listed join side on listed.institution = side.id
        )
        """;

    static string Territories() => $"""
        territory(code, country) as ( -- statistical countries, table {Countries.Version}
          values {string.Join(", ", Countries.Table.Select(t => $"('{t.Code}', '{t.Country}')"))}
        )
        """;

    const string Located = """
        located as (
          select work, author, institution, coalesce(country, code) as country from listed left join territory using (code) where code <> ''
        )
        """;

    const string Lines = "coalesce(string_agg(work || chr(10), '' order by work), '')";

    static string Count(string counted) => $"""
        , counted as (
          {counted}
        )
        select count(*) as value, count(*) as lower,
          count(*) + (select count(*) from passing where truncated and id not in (from counted)) as upper,
          sha256({Lines}) as digest
        from counted;
        """;

    static string Property(Terms terms) => terms.Indicator.Key switch
    {
        "collaboration-share" => "select work from listed group by work having count(distinct institution) > 1",
        "industry-share" => $"select distinct work from listed where type = '{Industry.Type}'",
        _ => "select work from located group by work having count(distinct country) > 1",
    };

    /// <summary>Works that may have the property, for all that the source tells; null where it always tells.</summary>
    static string? Untold(Terms terms) => terms.Indicator.Key == "industry-share"
        ? $"select distinct work from listed where coalesce(nullif(type, ''), '{Industry.Role}') = '{Industry.Role}' and institution not in (from told)" : null;

    static string Told() => $"""
        told as ( -- institutions that some work of the source calls something else, and none a {Industry.Type}
          select regexp_extract(unit.id, 'I[0-9]+$') as institution
          from (select unnest(authorship.institutions) as unit from (select unnest(authorships) as authorship from work))
          where regexp_matches(unit.id, 'I[0-9]+$') and unit.type not in ('', '{Industry.Role}')
          group by institution having count(*) filter (unit.type = '{Industry.Type}') = 0
        )
        """;

    static string Share(Terms terms)
    {
        var country = $"select distinct work from located where country = '{terms.With}'";
        var of = "select distinct work from seen where side = 'A'";
        var (whole, property) = terms.Indicator.Key switch
        {
            "international-share" or "collaboration-share" or "industry-share" => (of, Property(terms)),
            "country-share" => (of, country),
            _ => ($"{of} intersect {country}", "select distinct work from seen where side = 'B'"),
        };
        return $"""
            , whole as (
              {whole}
            ), property as (
              {property}
            ), part as (
              from whole intersect from property
            ), hidden as ( -- {(Untold(terms) is null ? "truncated works" : "truncated works and those with an institution of untold type")}, and how they may still change the share
              select truncated, id in (from whole) as inside, id in (from property) as has from passing where truncated{(Untold(terms) is { } untold ? $" or id in ({untold})" : "")}
            ), n as (
              select (select count(*) from part) as part, (select count(*) from whole) as whole,
                count(*) filter (inside and not has) as may_gain, count(*) filter (truncated and not inside) as may_enter,
                count(*) filter (truncated and not inside and not has) as may_enter_without
              from hidden
            )
            select part / nullif(whole, 0) as value,
              coalesce(part / nullif(whole + may_enter_without, 0), case when may_enter > 0 then 1.0 end) as lower,
              (part + may_gain + may_enter) / nullif(whole + may_enter, 0) as upper,
              sha256((select {Lines} from part) || chr(10) || (select {Lines} from whole)) as digest
            from n;
            """;
    }

    const string Partners = $$"""
        , counted as (
          select distinct work from seen
        ), partner as ( -- institutions of these works that do not stand for A there
          select institution as id, count(distinct work) as value from listed
          where work in (from counted) and institution like 'I%' and (work, institution) not in (select work, institution from seen)
          group by institution
        )
        select count(*) as value, count(*) as lower,
          case when (select count(*) from passing where truncated) = 0 then count(*) end as upper,
          (select sha256({{Lines}}) from counted) as digest,
          list({id: id, value: value} order by value desc, id) as rows
        from partner;
        """;
}
