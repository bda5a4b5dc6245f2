using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Cordis;

/// <summary>
/// Takes in the organisation and project tables of CORDIS as of a date: csv, gzip or the zip that CORDIS publishes. Which table a file
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
        return new VintageContent(VintageKind.Cordis)
        {
            Options = new Dictionary<string, string> { ["as-of"] = asOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) },
            AsOf = asOf,
            Coverage = complete ? Coverage.Complete : Coverage.Selection,
            Files = CordisSegments.Write(draft.Folder, reading.Participations, reading.Projects),
            Records = draft.Records,
            Superseded = reading.Superseded,
            FirstYear = reading.Projects.Min(p => p.Start?.Year),
            LastYear = reading.Projects.Max(p => p.Start?.Year),
        };
    }
}

/// <summary>The rows read so far. A row that comes again, by project, code, role and order, or by project id, is kept as of its later update.</summary>
sealed class CordisReading(VintageDraft draft)
{
    readonly Dictionary<(string Project, string Pic, string Role, int? Order), Participation> _participations = [];
    readonly Dictionary<string, CordisProject> _projects = new(StringComparer.Ordinal);

    public long Superseded { get; private set; }
    public IReadOnlyCollection<Participation> Participations => _participations.Values;
    public IReadOnlyCollection<CordisProject> Projects => _projects.Values;

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
        $"{file} is not a table of CORDIS: its first line has neither the columns of organization.csv (projectID, organisationID, role) nor those of project.csv (id, acronym, startDate). Nothing was imported.",
        $"{file} n’est pas une table de CORDIS\u202F: sa première ligne n’a ni les colonnes d’organization.csv (projectID, organisationID, role) ni celles de project.csv (id, acronym, startDate). Rien n’a été importé.");

    static Refusal NotRead(string file) => Refusal.Invalid("table-not-read",
        $"{file} is a table of CORDIS that no figure uses. Nothing was imported. Give organization.csv and project.csv, or CORDIS’s zip.",
        $"{file} est une table de CORDIS dont aucun chiffre ne se sert. Rien n’a été importé. Donnez organization.csv et project.csv, ou l’archive zip de CORDIS.");
}
