using System.Globalization;
using Entente.Engine.Segments;

namespace Entente.Core.Evidence.Cordis;

/// <summary>
/// The segments of a CORDIS vintage: participations in order of code, project, role and order; projects in order of id; what projects are
/// about in order of project, kind and code. Amounts are text, since they are decimal and exact. Columns: docs/format/sources.md.
/// </summary>
static class CordisSegments
{
    public const string Participations = "participations.seg", Projects = "projects.seg", Subjects = "subjects.seg";

    public const byte No = 0, Yes = 1, Unknown = 2;

    public static IReadOnlyList<SegmentDigest> Write(string folder, IEnumerable<Participation> participations, IEnumerable<CordisProject> projects, IEnumerable<ProjectSubject> subjects) =>
        [WriteParticipations(folder, participations), WriteProjects(folder, projects), WriteSubjects(folder, subjects)];

    static SegmentDigest WriteParticipations(string folder, IEnumerable<Participation> participations)
    {
        var rows = participations.OrderBy(p => p.Pic, StringComparer.Ordinal).ThenBy(p => p.Project, StringComparer.Ordinal)
            .ThenBy(p => p.Role, StringComparer.Ordinal).ThenBy(p => p.Order).ToArray();
        using var writer = new SegmentWriter(Path.Combine(folder, Participations), "cordis-participations");
        writer.Text("pic", rows.Select(p => p.Pic));
        writer.Text("project", rows.Select(p => p.Project));
        writer.Text("name", rows.Select(p => p.Name));
        writer.Text("short_name", rows.Select(p => p.ShortName));
        writer.Text("role", rows.Select(p => p.Role));
        writer.Column<int>("order", rows.Select(p => p.Order ?? -1).ToArray());
        writer.Text("country", rows.Select(p => p.Country));
        writer.Text("city", rows.Select(p => p.City));
        writer.Text("host", rows.Select(p => p.Host));
        writer.Text("vat", rows.Select(p => p.Vat));
        writer.Text("activity", rows.Select(p => p.Activity));
        writer.Column<byte>("sme", rows.Select(p => Flag(p.Sme)).ToArray());
        writer.Column<byte>("active", rows.Select(p => Flag(p.Active)).ToArray());
        writer.Column<byte>("ended", rows.Select(p => Flag(p.Ended)).ToArray());
        writer.Text("contribution", rows.Select(p => p.Contribution?.ToString(CultureInfo.InvariantCulture)));
        writer.Column<long>("updated", rows.Select(p => p.Updated?.Ticks ?? 0).ToArray());
        writer.Column<byte>("repaired", rows.Select(p => p.Repaired ? Yes : No).ToArray());
        return writer.Finish();
    }

    static SegmentDigest WriteProjects(string folder, IEnumerable<CordisProject> projects)
    {
        var rows = projects.OrderBy(p => p.Id, StringComparer.Ordinal).ToArray();
        using var writer = new SegmentWriter(Path.Combine(folder, Projects), "cordis-projects");
        writer.Text("id", rows.Select(p => p.Id));
        writer.Text("acronym", rows.Select(p => p.Acronym));
        writer.Text("title", rows.Select(p => p.Title));
        writer.Text("status", rows.Select(p => p.Status));
        writer.Text("legal_basis", rows.Select(p => p.LegalBasis));
        writer.Text("framework", rows.Select(p => p.Framework));
        writer.Column<int>("start", rows.Select(p => p.Start?.DayNumber ?? -1).ToArray());
        writer.Column<int>("end", rows.Select(p => p.End?.DayNumber ?? -1).ToArray());
        writer.Column<long>("updated", rows.Select(p => p.Updated?.Ticks ?? 0).ToArray());
        writer.Column<byte>("repaired", rows.Select(p => p.Repaired ? Yes : No).ToArray());
        return writer.Finish();
    }

    // What many projects are about is written once, and named by its number.
    static SegmentDigest WriteSubjects(string folder, IEnumerable<ProjectSubject> subjects)
    {
        var rows = subjects.OrderBy(s => s.Project, StringComparer.Ordinal).ThenBy(s => s.About.Kind).ThenBy(s => s.About.Code, StringComparer.Ordinal).ToArray();
        var distinct = rows.Select(s => s.About).Distinct().OrderBy(s => s.Kind).ThenBy(s => s.Code, StringComparer.Ordinal)
            .ThenBy(s => s.Title, StringComparer.Ordinal).ThenBy(s => s.Path, StringComparer.Ordinal).ToArray();
        var number = distinct.Index().ToDictionary(s => s.Item, s => s.Index);
        using var writer = new SegmentWriter(Path.Combine(folder, Subjects), "cordis-subjects");
        writer.Text("project", rows.Select(s => s.Project));
        writer.Column<int>("subject", rows.Select(s => number[s.About]).ToArray());
        writer.Column<byte>("main", rows.Select(s => Flag(s.Main)).ToArray());
        writer.Column<byte>("repaired", rows.Select(s => s.Repaired ? Yes : No).ToArray());
        writer.Column<byte>("subject_kind", distinct.Select(s => (byte)s.Kind).ToArray());
        writer.Text("subject_code", distinct.Select(s => s.Code));
        writer.Text("subject_title", distinct.Select(s => s.Title));
        writer.Text("subject_path", distinct.Select(s => s.Path));
        return writer.Finish();
    }

    static byte Flag(bool? flag) => flag switch { true => Yes, false => No, null => Unknown };
}
