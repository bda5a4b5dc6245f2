using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>What an export came to: how many rows the servers have by table, works or projects first. Bytes are those of the rows as they were sent.</summary>
public sealed record ExportResult(string Vintage, VintageKind Kind, int Servers, IReadOnlyDictionary<string, long> Rows, long Bytes, bool AlreadyThere, double Seconds);

/// <summary>
/// Loads a vintage of works or of CORDIS into ClickHouse servers. Its tables are written aside and it becomes visible by one row in
/// the table of loads, on each server after all servers hold all rows. A load that was broken goes on at the first stretch that
/// some server does not hold whole; one that was done changes nothing.
/// </summary>
public static class ClickHouseExport
{
    /// <summary>Works or projects of a stretch, at least; a partition each, and ClickHouse asks for no more than some hundred.</summary>
    const int LeastStretch = 1 << 18;

    public static Task<Outcome<ExportResult>> RunAsync(Work work, ClickHouseAddress address, string? vintage, IProgress<ProgressReport>? progress, CancellationToken ct) =>
        RunAsync(work, address, vintage, LeastStretch, progress, ct);

    /// <param name="leastStretch">works or projects of a stretch at least; a broken load goes on at one</param>
    internal static async Task<Outcome<ExportResult>> RunAsync(
        Work work, ClickHouseAddress address, string? vintage, int leastStretch, IProgress<ProgressReport>? progress, CancellationToken ct)
    {
        var kind = vintage is not null && Vintages.Read(work.Folder, vintage)?.Kind == VintageKind.Cordis ? VintageKind.Cordis : VintageKind.OpenAlex;
        var found = Vintages.Find(work.Folder, kind, vintage);
        if (found.Refusal is { } none) return none;
        var pen = work.Folder.Lock("export clickhouse");
        if (pen.Refusal is { } held) return held;
        using var taken = pen.Value;
        try
        {
            if (kind == VintageKind.Cordis)
            {
                using var tables = CordisTables.Open(work.Folder, found.Value);
                return await LoadAsync(new ClickHouseProjectRows(address, tables));
            }
            using var store = Vintages.OpenWorks(work.Folder, found.Value);
            return await LoadAsync(new ClickHouseRows(address, found.Value, store));
        }
        catch (ClickHouseException failed)
        {
            return failed.Refusal;
        }

        async Task<Outcome<ExportResult>> LoadAsync<T>(ClickHouseCargo<T> cargo)
        {
            var loading = new ClickHouseLoading<T>(address, cargo, leastStretch, progress);
            var started = work.Clock.GetTimestamp();
            if (await loading.RunAsync(work.Clock, ct) is { } refused) return refused;
            address.Keep(work.Folder);
            var rows = cargo.Schema.Parted.Zip(loading.Counts).ToDictionary(table => table.First.Name, table => table.Second);
            return new ExportResult(cargo.Manifest.Id, kind, address.Servers.Count, rows, loading.Bytes, loading.AlreadyThere, work.Clock.GetElapsedTime(started).TotalSeconds);
        }
    }
}
