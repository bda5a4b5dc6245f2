using System.Runtime.CompilerServices;
using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Evidence.Measures;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>
/// Which engine answers questions about works and projects: the segments of the folder, or ClickHouse servers that were chosen for it. Both
/// give the same figures; the choice is a matter of the process and stands in no receipt.
/// </summary>
public static class Engines
{
    public const string Embedded = "embedded", ClickHouse = "clickhouse";

    static readonly ConditionalWeakTable<DataFolder, ClickHouseAddress> Chosen = [];

    /// <summary>Reads the name of an engine and makes it the folder's in this process. Refused where no servers are known.</summary>
    public static Refusal? Choose(DataFolder folder, string? engine)
    {
        Chosen.Remove(folder);
        if (engine is null or Embedded) return null;
        if (engine != ClickHouse)
            return Refusal.Usage("engine", "--engine is embedded (the default) or clickhouse.", "--engine est embedded (par défaut) ou clickhouse.", "engine");
        var address = ClickHouseAddress.OfFolder(folder);
        if (address.Ok) Choose(folder, address.Value);
        return address.Refusal;
    }

    public static void Choose(DataFolder folder, ClickHouseAddress address) => Chosen.AddOrUpdate(folder, address);

    /// <summary>Whether the vintages of a kind are asked of servers.</summary>
    internal static bool OnServers(DataFolder folder, VintageKind kind) => OnServers(kind) && Chosen.TryGetValue(folder, out _);

    /// <summary>Opens the vintage named, or the newest real one that the folder's engine has, else the newest synthetic one.</summary>
    /// <exception cref="BrokenWorldException">A segment is damaged or gone.</exception>
    internal static Outcome<HeldVintage> Take(DataFolder folder, string? vintage)
    {
        if (Chosen.TryGetValue(folder, out var address)) return Guard(() => OnServers(address, vintage));
        var found = Vintages.Find(folder, VintageKind.OpenAlex, vintage);
        return found.Refusal is { } none ? none : Take(folder, found.Value);
    }

    /// <summary>Opens the vintage of CORDIS named, or the newest that the folder's engine has. The caller disposes it.</summary>
    /// <exception cref="BrokenWorldException">A segment is damaged or gone.</exception>
    /// <exception cref="ClickHouseException">The servers do not hold it whole.</exception>
    internal static Outcome<HeldProjects> TakeProjects(DataFolder folder, string? vintage)
    {
        if (Chosen.TryGetValue(folder, out var address))
        {
            var shown = OnServers(address, VintageKind.Cordis, vintage);
            return shown.Refusal is { } absent ? absent : ClickHouseProjects.Take(address, shown.Value);
        }
        var found = Vintages.Find(folder, VintageKind.Cordis, vintage);
        return found.Refusal is { } none ? none : CordisTables.Open(folder, found.Value);
    }

    /// <summary>The manifest of a vintage that the folder's engine has.</summary>
    internal static Outcome<Manifest> Find(DataFolder folder, VintageKind kind, string vintage)
    {
        if (!Chosen.TryGetValue(folder, out var address) || !OnServers(kind)) return Vintages.Find(folder, kind, vintage);
        var found = OnServers(address, kind, vintage);
        return found.Refusal is { } none ? none : found.Value.Manifest;
    }

    // Registers stay in the folder.
    static bool OnServers(VintageKind kind) => kind is VintageKind.OpenAlex or VintageKind.Cordis;

    static Outcome<ClickHouseVintage> OnServers(ClickHouseAddress address, VintageKind kind, string? vintage) =>
        ClickHouseVintages.Find(new(address.Servers[0]), address.Database, kind, vintage);

    /// <summary>Opens a vintage that was found.</summary>
    /// <exception cref="ClickHouseException">The servers do not hold it whole.</exception>
    internal static HeldVintage Take(DataFolder folder, Manifest manifest)
    {
        if (Chosen.TryGetValue(folder, out var address))
        {
            var opened = OnServers(address, manifest.Id);
            return opened.Refusal is { } refused ? throw new ClickHouseException(refused) : opened.Value;
        }
        var hold = OpenedWorks.Take(folder, manifest);
        return new(manifest, hold.Works, hold);
    }

    static Outcome<HeldVintage> OnServers(ClickHouseAddress address, string? vintage)
    {
        var found = OnServers(address, VintageKind.OpenAlex, vintage);
        return found.Refusal is { } none ? none : new HeldVintage(found.Value.Manifest, ClickHouseOpened.Take(address, found.Value), null);
    }

    /// <summary>Runs what asks servers: what they would not do becomes a refusal.</summary>
    internal static Outcome<T> Guard<T>(Func<Outcome<T>> ask)
    {
        try
        {
            return ask();
        }
        catch (ClickHouseException failed)
        {
            return failed.Refusal;
        }
    }
}

/// <summary>A vintage opened in the engine that holds it, until it is disposed.</summary>
sealed record HeldVintage(Manifest Manifest, Holding Works, IDisposable? Hold) : IDisposable
{
    public void Dispose() => Hold?.Dispose();
}
