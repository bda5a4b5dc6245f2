using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>What an export came to. Bytes are those of the rows as they were sent.</summary>
public sealed record ExportResult(string Vintage, int Servers, long Works, long Postings, long Bytes, bool AlreadyThere, double Seconds);

/// <summary>
/// Loads a vintage into ClickHouse servers. Its tables are written aside and it becomes visible by one row in the table of
/// vintages, on each server after all servers hold all rows. A load that was broken goes on at the first stretch of works that
/// some server does not hold whole; one that was done changes nothing.
/// </summary>
public static class ClickHouseExport
{
    public static Task<Outcome<ExportResult>> RunAsync(Work work, ClickHouseAddress address, string? vintage, IProgress<ProgressReport>? progress, CancellationToken ct) =>
        RunAsync(work, address, vintage, ClickHouseLoading.LeastStretch, progress, ct);

    /// <param name="leastStretch">works of a stretch at least; a broken load goes on at one</param>
    internal static async Task<Outcome<ExportResult>> RunAsync(
        Work work, ClickHouseAddress address, string? vintage, int leastStretch, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var found = Vintages.Find(work.Folder, VintageKind.OpenAlex, vintage);
        if (found.Refusal is { } none) return none;
        var pen = work.Folder.Lock("export clickhouse");
        if (pen.Refusal is { } held) return held;
        using var taken = pen.Value;
        try
        {
            using var store = Vintages.OpenWorks(work.Folder, found.Value);
            var loading = new ClickHouseLoading(address, found.Value, store, leastStretch, progress);
            var started = work.Clock.GetTimestamp();
            var refused = await loading.RunAsync(work.Clock, ct);
            if (refused is not null) return refused;
            address.Keep(work.Folder);
            return new ExportResult(found.Value.Id, address.Servers.Count, loading.Works, loading.Postings, loading.Bytes, loading.AlreadyThere, work.Clock.GetElapsedTime(started).TotalSeconds);
        }
        catch (ClickHouseException failed)
        {
            return failed.Refusal;
        }
    }
}
