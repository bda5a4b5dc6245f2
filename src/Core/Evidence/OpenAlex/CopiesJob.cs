using System.Globalization;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Once a day, after the merge, makes what the first questions to a large vintage would wait for, and keeps it on disk (docs/format/copies.md). What is
/// kept already is not made again. Vintages that another one updates are left out: questions go to the newer one.
/// </summary>
sealed class CopiesJob : Job
{
    // Jobs run in order of name.
    public override string Name => "evidence.ready";

    public override Task<string> RunAsync(Work work, DateOnly day, CancellationToken ct) => Task.Run(() =>
    {
        var vintages = Vintages.List(work.Folder).Where(m => m.Kind == VintageKind.OpenAlex).ToList();
        var (made, updated) = (0, vintages.Select(m => m.Onto).ToHashSet(StringComparer.Ordinal));
        foreach (var manifest in vintages.Where(m => !updated.Contains(m.Id)))
            made += Vintages.Guard(manifest, () =>
            {
                using var hold = OpenedWorks.Take(work.Folder, manifest);
                return hold.Works.KeepCopies(ct);
            });
        return made.ToString(CultureInfo.InvariantCulture) + " copies made";
    }, ct);
}
