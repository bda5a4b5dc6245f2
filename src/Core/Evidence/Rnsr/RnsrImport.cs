using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Rnsr;

/// <summary>Takes in France's register of public research structures, one table, plain or packed.</summary>
public static class RnsrImport
{
    /// <param name="complete">the table holds every active structure of its day</param>
    public static async Task<Outcome<ImportResult>> RunAsync(
        Work work, IReadOnlyList<string> paths, bool complete, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var sources = SourcePaths.Find(paths, ".csv", ".gz", ".zip");
        return sources.Refusal is { } missing ? missing
            : await Importing.RunAsync(work, "import rnsr", sources.Value, draft => Read(draft, sources.Value, complete), progress, ct);
    }

    static Outcome<VintageContent> Read(VintageDraft draft, IReadOnlyList<Source> sources, bool complete)
    {
        var entries = new Dictionary<string, RegisterEntry>(StringComparer.Ordinal);
        var superseded = 0L;
        foreach (var source in sources)
        {
            draft.Enter(source);
            foreach (var text in Unpacking.Texts(source))
            {
                if (CsvTable.Open(text.Open, RegisterRow.IsHeader) is not { } table) return NoHeader(text.Name);
                foreach (var row in table.Rows(() => text.Open(draft.Advance)))
                {
                    draft.Records++;
                    var parsed = row.Problem is { } problem ? Refusal.Invalid("not-a-register-row", problem.En, problem.Fr) : RegisterRow.Parse(table.Header, row.Fields);
                    if (parsed.Refusal is { } refusal) draft.Reject(text.Name, row.Line, refusal.Message, string.Join(table.Separator, row.Fields));
                    else if (!entries.TryAdd(parsed.Value.Number, parsed.Value))
                    {
                        // The table has no date by which one row could be newer: a fixed one stands, whatever the order of files.
                        superseded++;
                        entries[parsed.Value.Number] = RegisterSegment.Later(entries[parsed.Value.Number], parsed.Value);
                    }
                }
            }
        }
        return new VintageContent(VintageKind.Rnsr)
        {
            Files = [RegisterSegment.Write(draft.Folder, entries.Values)],
            Records = draft.Records,
            Superseded = superseded,
            Coverage = complete ? Coverage.Complete : Coverage.Selection,
        };
    }

    static Refusal NoHeader(string file) => Refusal.Invalid("unknown-header",
        $"{file} is not the table of research structures: its first line lacks numero_national_de_structure, libelle, annee_de_creation, code_de_type_de_structure or tutelles. Nothing was imported.",
        $"{file} n’est pas la table des structures de recherche\u202F: sa première ligne n’a pas numero_national_de_structure, libelle, annee_de_creation, code_de_type_de_structure ou tutelles. Rien n’a été importé.");
}
