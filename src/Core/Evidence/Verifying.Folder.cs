using Entente.Core.Store;
using Entente.Engine.Query;

namespace Entente.Core.Evidence;

public static partial class Verifying
{
    /// <summary>
    /// Holds a whole data folder against what was written: of each vintage its manifest, its sources where they are still there and
    /// its files, and every receipt that is kept. Reads them all.
    /// </summary>
    public static FolderVerification Folder(Work work, CancellationToken ct)
    {
        var checks = new List<Check>();
        checks.AddRange(Vintages.Unreadable(work.Folder).Select(damaged => new Check("vintage", CheckState.Fail, damaged)));
        var vintages = Vintages.List(work.Folder);
        foreach (var vintage in vintages)
        {
            checks.AddRange(Sources(vintage, ct));
            checks.AddRange(Files(work, vintage, ct));
            checks.AddRange(Copies(work, vintage, ct));
        }
        var receipts = 0;
        foreach (var path in Directory.EnumerateFiles(work.Folder.Receipts, "*.json").Order(StringComparer.Ordinal))
        {
            ct.ThrowIfCancellationRequested();
            receipts++;
            if (!Receipts.IsAsKept(path))
                checks.Add(new("receipt", CheckState.Fail, new($"{path} is not the receipt that was kept there. Delete it: it is made again when it is asked for.",
                    $"{path} n’est plus le reçu qui y fut gardé. Supprimez-le\u202F: il sera refait à la demande.")));
        }
        return new(vintages.Count, receipts, checks);
    }

    static IEnumerable<Check> Copies(Work work, Manifest vintage, CancellationToken ct)
    {
        foreach (var path in CopyFolder.Files(Vintages.CopiesOf(work.Folder, vintage.Id)))
        {
            ct.ThrowIfCancellationRequested();
            if (!CopyFolder.IsSound(path))
                yield return new("copy", CheckState.Fail, new($"{path} is not the copy that was kept there. Delete it: it is made again when it is asked for.",
                    $"{path} n’est plus la copie qui y fut gardée. Supprimez-la\u202F: elle sera refaite à la demande."));
        }
    }
}

/// <summary>What became of the vintages and kept receipts of a data folder, file by file.</summary>
public sealed record FolderVerification(int Vintages, int Receipts, IReadOnlyList<Check> Checks)
{
    /// <summary>What is not as it was written.</summary>
    public IEnumerable<Check> Failures => Checks.Where(check => check.State == CheckState.Fail);

    /// <summary>Whether a vintage itself is damaged, and not only a source or a receipt beside it.</summary>
    public bool Corrupt => Failures.Any(check => check.Name is "vintage" or "segment");
}
