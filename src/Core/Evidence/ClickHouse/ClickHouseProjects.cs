using System.Globalization;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>The projects of a vintage that ClickHouse servers hold, for one question: three queries, of what both take part in, whose rows travel.</summary>
sealed class ClickHouseProjects(RowSource server, ClickHouseProjectTables tables, ClickHouseVintage vintage) : HeldProjects
{
    /// <summary>How days are written; an unknown one is empty.</summary>
    public const string Day = "yyyy-MM-dd";

    /// <summary>How many projects one question names.</summary>
    const int MostIds = 100_000;

    /// <exception cref="ClickHouseException">A server does not answer, or does not hold its part whole.</exception>
    public static ClickHouseProjects Take(ClickHouseAddress address, ClickHouseVintage vintage)
    {
        var server = new ClickHouseServer(address.Servers[0]);
        var tables = new ClickHouseProjectTables(address.Database, address.Cluster, vintage.Suffix);
        return ClickHouseVintages.Missing(server, tables, vintage) is { } missing ? throw new ClickHouseException(missing) : new(server, tables, vintage);
    }

    public override Manifest Manifest => vintage.Manifest;

    public override IReadOnlySet<SubjectKind> Kinds => vintage.Knows.Select(Enum.Parse<SubjectKind>).ToHashSet();

    public override IReadOnlyList<HeldProject> Joint(IReadOnlyList<string> a, IReadOnlyList<string> b, Years? years)
    {
        var joint = $"{TakenPartIn(a, years)}\n  and {TakenPartIn(b, years)}";
        var (rows, subjects) = (Rows(joint), Subjects(joint));
        var (control, found) = (new ControlRows(vintage.Servers), new List<HeldProject>());
        using var parts = server.Ask($"select project, year, groupArray((pic, role, contribution)) as parts\nfrom {tables.Over(ClickHouseProjectTables.ParticipationTable)}\n"
            + $"where (pic in ({Texts(a.Union(b))})\n  and {joint})\n  or year < 0\ngroup by project, year order by project");
        while (parts.More())
        {
            var (id, year, taken) = (parts.Text(), parts.I16(), parts.Array(Part));
            if (year < 0) control.Saw(year, (ulong)taken.Length);
            else found.Add(new(id, taken, rows.GetValueOrDefault(id), [.. subjects[id].OrderBy(s => s.Kind).ThenBy(s => s.Code, StringComparer.Ordinal)]));
        }
        control.Demand();
        return found;
    }

    public override HashSet<string> Held(IReadOnlyCollection<string> projects)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ids in projects.Chunk(MostIds))
            foreach (var table in new[] { ClickHouseProjectTables.ProjectTable, ClickHouseProjectTables.ParticipationTable })
            {
                var control = new ControlRows(vintage.Servers);
                using var rows = server.Ask($"select project, year, count() from {tables.Over(table)} where project in ({Texts(ids)}) or year < 0 group by project, year");
                while (rows.More())
                {
                    var (id, year, times) = (rows.Text(), rows.I16(), rows.U64());
                    if (year < 0) control.Saw(year, times);
                    else found.Add(id);
                }
                control.Demand();
            }
        return found;
    }

    // Each server looks among its own rows: a project is whole on one of them.
    string TakenPartIn(IReadOnlyList<string> pics, Years? years) =>
        $"project in (select project from {tables.On(ClickHouseProjectTables.ParticipationTable)} where pic in ({Texts(pics)}){Within(years)})";

    static string Within(Years? years) =>
        years is { } window ? string.Create(CultureInfo.InvariantCulture, $" and (year = 0 or year between {Math.Max(1, window.First)} and {window.Last})") : "";

    static string Texts(IEnumerable<string> pics) => string.Join(", ", pics.Distinct().Order(StringComparer.Ordinal).Select(ClickHouseSchema.Text));

    static ProjectPart Part(RowReader row) => new(row.Text(), row.Text(), row.Text() is { Length: > 0 } amount ? decimal.Parse(amount, CultureInfo.InvariantCulture) : null);

    Dictionary<string, CordisProject> Rows(string joint)
    {
        var (control, found) = (new ControlRows(vintage.Servers), new Dictionary<string, CordisProject>(StringComparer.Ordinal));
        using var rows = server.Ask($"select project, year, acronym, title, status, legal_basis, framework, starts, ends\nfrom {tables.Over(ClickHouseProjectTables.ProjectTable)}\nwhere ({joint})\n  or year < 0");
        while (rows.More())
        {
            var (id, year) = (rows.Text(), rows.I16());
            var row = new CordisProject
            {
                Id = id, Acronym = rows.Text(), Title = rows.Text(), Status = rows.Text(), LegalBasis = rows.Text(), Framework = rows.Text(), Start = DayOf(rows.Text()), End = DayOf(rows.Text()),
            };
            if (year < 0) control.Saw(year, 1);
            else found.Add(id, row);
        }
        control.Demand();
        return found;
    }

    static DateOnly? DayOf(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, Day, CultureInfo.InvariantCulture);

    ILookup<string, CordisSubject> Subjects(string joint)
    {
        var (control, found) = (new ControlRows(vintage.Servers), new List<(string Project, CordisSubject About)>());
        using var rows = server.Ask($"select project, year, kind, code, title, path\nfrom {tables.Over(ClickHouseProjectTables.SubjectTable)}\nwhere ({joint})\n  or year < 0");
        while (rows.More())
        {
            var (id, year, about) = (rows.Text(), rows.I16(), new CordisSubject((SubjectKind)rows.U8(), rows.Text(), rows.Text(), rows.Text()));
            if (year < 0) control.Saw(year, 1);
            else found.Add((id, about));
        }
        control.Demand();
        return found.ToLookup(row => row.Project, row => row.About, StringComparer.Ordinal);
    }

    /// <summary>Nothing is held open between queries.</summary>
    public override void Dispose()
    {
    }
}
