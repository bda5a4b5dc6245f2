using System.Globalization;
using Entente.Core.Evidence.Cordis;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>A project with all that the tables of CORDIS say of it; without a row of its own where only others speak of it.</summary>
sealed record StoredProject(int Number, string Id, CordisProject? Row, IEnumerable<Participation> Parts, IEnumerable<CordisSubject> Subjects);

/// <summary>Turns the tables of a CORDIS vintage into rows, project by project in order of id; they go to the servers in turn.</summary>
sealed class ClickHouseProjectRows : ClickHouseCargo<StoredProject>
{
    readonly Dictionary<string, CordisProject> _projects;
    readonly ILookup<string, Participation> _parts;
    readonly ILookup<string, CordisSubject> _subjects;
    readonly IReadOnlyList<string> _ids;
    readonly IReadOnlySet<SubjectKind> _kinds;

    public ClickHouseProjectRows(ClickHouseAddress address, CordisTables tables)
    {
        (Manifest, Schema, _kinds) = (tables.Manifest, ClickHouseProjectTables.Of(address, tables.Manifest), tables.Kinds);
        _projects = tables.Projects().ToDictionary(project => project.Id, StringComparer.Ordinal);
        _parts = tables.Participations().ToLookup(part => part.Project, StringComparer.Ordinal);
        _subjects = tables.Subjects().ToLookup(subject => subject.Project, subject => subject.About, StringComparer.Ordinal);
        _ids = [.. _projects.Keys.Concat(_parts.Select(parts => parts.Key)).Concat(_subjects.Select(subjects => subjects.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public override Manifest Manifest { get; }
    public override ClickHouseSchema Schema { get; }
    public override long Count => _ids.Count;
    public override IReadOnlyList<long?> Expected => [_projects.Count, _parts.Sum(parts => (long)parts.Count()), _subjects.Sum(subjects => (long)subjects.Count())];
    public override (int? First, int? Last) Years => (Manifest.FirstYear, Manifest.LastYear);
    public override IReadOnlyList<string> Knows => [.. _kinds.Order().Select(kind => kind.ToString())];

    public override IEnumerable<StoredProject> Things() => _ids.Select((id, i) => new StoredProject(i, id, _projects.GetValueOrDefault(id), _parts[id], _subjects[id]));

    public override int ServerOf(StoredProject thing, int servers) => thing.Number % servers;

    public override void Write(StoredProject thing, ushort stretch, RowWriter[] rows, long[] counts)
    {
        var (id, row, year) = (thing.Id, thing.Row, (ushort)(thing.Row?.Start?.Year ?? 0));
        if (row is not null)
        {
            rows[0].U16(stretch).Text(id).U16(year).Text(row.Acronym).Text(row.Title).Text(row.Status).Text(row.LegalBasis).Text(row.Framework).Text(Day(row.Start)).Text(Day(row.End));
            counts[0]++;
        }
        foreach (var part in thing.Parts)
        {
            rows[1].U16(stretch).Text(part.Pic).Text(id).U16(year).Text(part.Role).Text(part.Contribution?.ToString(CultureInfo.InvariantCulture));
            counts[1]++;
        }
        foreach (var about in thing.Subjects)
        {
            rows[2].U16(stretch).Text(id).U16(year).U8((byte)about.Kind).Text(about.Code).Text(about.Title).Text(about.Path);
            counts[2]++;
        }
    }

    static string? Day(DateOnly? day) => day?.ToString(ClickHouseProjects.Day, CultureInfo.InvariantCulture);

    public override void WriteControl(int server, RowWriter[] rows)
    {
        var year = unchecked((ushort)(-1 - server));
        rows[0].U16(ClickHouseSchema.ControlStretch).Text("").U16(year).Text("").Text("").Text("").Text("").Text("").Text("").Text("");
        rows[1].U16(ClickHouseSchema.ControlStretch).Text("").Text("").U16(year).Text("").Text("");
        rows[2].U16(ClickHouseSchema.ControlStretch).Text("").U16(year).U8(0).Text("").Text("").Text("");
    }
}
