using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Cordis;

/// <summary>
/// Takes in the tables of CORDIS as of a date (participants, projects, and what projects are about): csv, gzip or the zip that CORDIS publishes. Which table a file
/// holds is told by its header. Other tables of CORDIS are passed over inside a zip or a folder, and refused when named.
/// </summary>
public static class CordisImport
{
    /// <param name="asOf">the date to which the tables speak; part of the vintage's id</param>
    /// <param name="complete">the sources hold every participation of the programmes they speak of</param>
    public static async Task<Outcome<ImportResult>> RunAsync(
        Work work, IReadOnlyList<string> paths, DateOnly asOf, bool complete, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var sources = SourcePaths.Find(paths, ".csv", ".gz", ".zip");
        if (sources.Refusal is { } missing) return missing;
        var named = paths.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return await Importing.RunAsync(work, "import cordis", sources.Value, draft => Read(draft, sources.Value, named, asOf, complete), progress, ct);
    }

    static Outcome<VintageContent> Read(
        VintageDraft draft, IReadOnlyList<Source> sources, HashSet<string> named, DateOnly asOf, bool complete)
    {
        var reading = new CordisReading(draft);
        foreach (var source in sources)
        {
            draft.Enter(source);
            foreach (var text in Unpacking.Texts(source).Where(text => text.Name == source.Name || text.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
                if (reading.Read(text, mayPass: text.Name != source.Name || !named.Contains(source.Path)) is { } refusal) return refusal;
        }
        if (reading.Subjects.Count > 0 && reading.Participations.Count + reading.Projects.Count == 0) return NoProjects;
        return new VintageContent(VintageKind.Cordis)
        {
            Options = new Dictionary<string, string> { ["as-of"] = asOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) },
            AsOf = asOf,
            Coverage = complete ? Coverage.Complete : Coverage.Selection,
            Files = CordisSegments.Write(draft.Folder, reading.Participations, reading.Projects, reading.Subjects),
            Records = draft.Records,
            Superseded = reading.Superseded,
            Unjoined = reading.Unjoined(),
            FirstYear = reading.Projects.Min(p => p.Start?.Year),
            LastYear = reading.Projects.Max(p => p.Start?.Year),
        };
    }

    // Such a vintage would stand before an earlier one that has participants, and hide its joint projects.
    static readonly Refusal NoProjects = Refusal.Invalid("no-projects",
        "The sources say what projects are about, and hold neither participants nor projects. Nothing was imported. Give organization.csv and project.csv with them.",
        "Les sources disent de quoi traitent des projets, et ne contiennent ni participants ni projets. Rien n’a été importé. Donnez-les avec organization.csv et project.csv.");
}

/// <summary>The rows read so far. A row that comes again, by project, code, role and order, by project id, or by project and what it is about, is kept as of its later update.</summary>
sealed class CordisReading(VintageDraft draft)
{
    readonly Dictionary<(string Project, string Pic, string Role, int? Order), Participation> _participations = [];
    readonly Dictionary<string, CordisProject> _projects = new(StringComparer.Ordinal);
    readonly Dictionary<(SubjectKind Kind, string Project, string Code), ProjectSubject> _subjects = [];

    // Many projects are about one thing: it is held once.
    readonly HashSet<CordisSubject> _distinct = [];

    public long Superseded { get; private set; }
    public IReadOnlyCollection<Participation> Participations => _participations.Values;
    public IReadOnlyCollection<CordisProject> Projects => _projects.Values;
    public IReadOnlyCollection<ProjectSubject> Subjects => _subjects.Values;

    /// <summary>Rows on projects that neither table of the vintage has: they are kept, and counted.</summary>
    public long Unjoined()
    {
        var known = Participations.Select(p => p.Project).Concat(_projects.Keys).ToHashSet(StringComparer.Ordinal);
        return Subjects.Count(s => !known.Contains(s.Project));
    }

    /// <summary>Reads one text. Refused when its header is not known, or not of a table that is read and may not be passed over.</summary>
    public Refusal? Read(PackedText text, bool mayPass)
    {
        if (CsvTable.Open(text.Open, header => CordisSchema.Recognise(header) is not null) is not { } table) return NoHeader(text.Name);
        var kind = CordisSchema.Recognise(table.Header)!.Value;
        if (kind == CordisTable.Other) return mayPass ? null : NotRead(text.Name);
        var columns = CordisSchema.Columns(kind, table.Header);
        foreach (var row in table.Rows(() => text.Open(draft.Advance)))
        {
            draft.Records++;
            var laid = row.Problem is { } problem ? Refusal.Invalid("not-a-cordis-row", problem.En, problem.Fr) : CordisRow.Lay(row.Fields, columns, table.Separator);
            if (laid.Refusal is { } refusal) draft.Reject(text.Name, row.Line, refusal.Message, string.Join(table.Separator, row.Fields));
            else Take(kind, laid.Value);
        }
        return null;
    }

    void Take(CordisTable kind, CordisRow row)
    {
        if (kind == CordisTable.Organisation)
        {
            var part = Participation.From(row);
            Keep(_participations, (part.Project, part.Pic, part.Role, part.Order), part, p => (p.Updated ?? default, p.ToString()));
        }
        else if (CordisSubject.KindOf(kind) is { } about)
        {
            var subject = ProjectSubject.From(about, row);
            if (!_distinct.TryGetValue(subject.About, out var held)) _distinct.Add(held = subject.About);
            Keep(_subjects, (about, subject.Project, held.Code), subject with { About = held }, s => (default, s.ToString()));
        }
        else
        {
            var project = CordisProject.From(row);
            Keep(_projects, project.Id, project, p => (p.Updated ?? default, p.ToString()));
        }
    }

    // A later update wins; of two with the same, any fixed one, so that the order of files changes nothing.
    void Keep<TKey, T>(Dictionary<TKey, T> kept, TKey key, T row, Func<T, (DateTime, string)> rank) where TKey : notnull
    {
        if (kept.TryGetValue(key, out var other))
        {
            Superseded++;
            var (mine, its) = (rank(row), rank(other));
            if (mine.Item1 < its.Item1 || (mine.Item1 == its.Item1 && string.CompareOrdinal(mine.Item2, its.Item2) <= 0)) return;
        }
        kept[key] = row;
    }

    static Refusal NoHeader(string file) => Refusal.Invalid("unknown-header",
        $"{file} is not a table of CORDIS: its first line has the columns of no table of it, such as organization.csv (projectID, organisationID, role) or project.csv (id, acronym, startDate). Nothing was imported.",
        $"{file} n’est pas une table de CORDIS\u202F: sa première ligne n’a les colonnes d’aucune d’elles, comme organization.csv (projectID, organisationID, role) ou project.csv (id, acronym, startDate). Rien n’a été importé.");

    static Refusal NotRead(string file) => Refusal.Invalid("table-not-read",
        $"{file} is a table of CORDIS that no figure uses. Nothing was imported. Give organization.csv, project.csv, topics.csv, euroSciVoc.csv and legalBasis.csv, or CORDIS’s zip.",
        $"{file} est une table de CORDIS dont aucun chiffre ne se sert. Rien n’a été importé. Donnez organization.csv, project.csv, topics.csv, euroSciVoc.csv et legalBasis.csv, ou l’archive zip de CORDIS.");
}
