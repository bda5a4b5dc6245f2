using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Cordis;

/// <summary>
/// The count as anyone can run it with DuckDB beside CORDIS's two tables: the receipt's value, bounds and digest in one row. It reads
/// the tables as they lie, so a row that Entente rejected or put back may make the two differ.
/// </summary>
static class CordisSql
{
    public static string Of(IReadOnlyList<string> a, IReadOnlyList<string> b, Years? years) => $"""
        -- DuckDB, in the folder where organization.csv and project.csv of CORDIS lie.
        with parts as ( -- who takes part in what, in any role
          select "projectID" as project, "organisationID" as pic
          from read_csv('organization.csv', delim = ';', quote = '"', header = true, all_varchar = true)
        ),
        starts as ( -- the year of each project's start
          select id as project, max(try_cast(left("startDate", 4) as integer)) as year
          from read_csv('project.csv', delim = ';', quote = '"', header = true, all_varchar = true)
          group by id
        ),
        joint as ( -- projects that hold a code of each
          select project from parts where pic in ({List(a)})
          intersect
          select project from parts where pic in ({List(b)})
        ),
        counted as (
          select project, year{Within(years)} as inside
          from joint left join starts using (project)
        )
        select
          count(*) filter (inside) as value,
          count(*) filter (inside) as lower,
          count(*) filter (inside or year is null) as upper, -- a project whose start is unknown may lie in any window
          sha256(coalesce(string_agg(project || chr(10), '' order by project) filter (inside), '')) as digest
        from counted;
        """;

    static string Within(Years? years) => years is { } window ? $", coalesce(year between {window.First} and {window.Last}, false)" : ", true";

    static string List(IEnumerable<string> pics) => string.Join(", ", pics.Order(StringComparer.Ordinal).Select(pic => $"'{pic}'"));
}
