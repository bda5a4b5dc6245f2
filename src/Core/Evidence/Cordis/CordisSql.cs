using System.Globalization;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Cordis;

/// <summary>The count as anyone can run it with DuckDB beside CORDIS's two tables. It reads the tables as they lie, so rows that a repair saved are not in it.</summary>
static class CordisSql
{
    public static string Of(IReadOnlyList<string> a, IReadOnlyList<string> b, Years? years)
    {
        var sql = new StringBuilder();
        sql.Append(CultureInfo.InvariantCulture, $"""
            WITH parts AS (
              SELECT "projectID" AS project, "organisationID" AS pic
              FROM read_csv('organization.csv', delim = ';', quote = '"', header = true, all_varchar = true)
            ), joint AS (
              SELECT project FROM parts WHERE pic IN ({List(a)})
              INTERSECT
              SELECT project FROM parts WHERE pic IN ({List(b)})
            )
            SELECT count(*) FROM joint
            """);
        if (years is { } window)
            sql.Append(CultureInfo.InvariantCulture, $"""

                WHERE project IN (
                  SELECT id FROM read_csv('project.csv', delim = ';', quote = '"', header = true, all_varchar = true)
                  WHERE CAST(left("startDate", 4) AS INTEGER) BETWEEN {window.First} AND {window.Last}
                )
                """);
        return sql.Append(';').ToString();
    }

    static string List(IEnumerable<string> pics) => string.Join(", ", pics.Order(StringComparer.Ordinal).Select(pic => $"'{pic}'"));
}
