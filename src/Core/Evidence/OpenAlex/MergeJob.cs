using System.Globalization;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Once a day merges what updates left behind. Vintages that another one updates are left as they are, since they share their segments. Each step
/// is committed by itself, so that a job that is stopped goes on the next day.
/// </summary>
sealed class MergeJob : Job
{
    public override string Name => "evidence.merge";

    public override async Task<string> RunAsync(Work work, DateOnly day, CancellationToken ct)
    {
        var vintages = Vintages.List(work.Folder).Where(m => m.Kind == VintageKind.OpenAlex).ToList();
        var (merged, without) = (0, vintages.Select(m => m.Onto).ToHashSet(StringComparer.Ordinal));
        // Only an update leaves small segments; opening the others every day would be for nothing.
        foreach (var manifest in vintages.Where(m => m.Onto is not null && !without.Contains(m.Id)))
        {
            var result = await Merging.RunAsync(work, manifest.Id, MergePlan.Daily, null, ct);
            if (result.Refusal is { } busy) throw new IOException(busy.Message.En);
            merged += Math.Max(0, result.Value.Before - result.Value.After);
        }
        return merged.ToString(CultureInfo.InvariantCulture) + " segments fewer";
    }
}
