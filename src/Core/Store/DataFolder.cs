using System.Collections.Concurrent;
using System.Data.Common;
using Entente.Core.Kernel;
using Entente.Core.Store.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Entente.Core.Store;

/// <summary>
/// The one folder that holds an installation: the record, or where it is kept, the vintages, the receipts that were asked for.
/// </summary>
public sealed class DataFolder
{
    /// <param name="store">where the record is, for who knows; otherwise the environment and the folder say</param>
    public DataFolder(string path, StoreAddress? store = null)
    {
        Root = Path.GetFullPath(path);
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Vintages);
        Directory.CreateDirectory(Receipts);
        _store = store;
    }

    readonly StoreAddress? _store;

    public string Root { get; }
    public string Vintages => Path.Combine(Root, "vintages");
    public string Receipts => Path.Combine(Root, "receipts");

    /// <summary>The file of the record, where it is kept in the folder.</summary>
    public string Database => Path.Combine(Root, "entente.db");

    /// <summary>Where the record is kept now. Read anew each time, since the record can be moved while others use the folder.</summary>
    /// <exception cref="BrokenWorldException">What should name the store does not.</exception>
    public StoreAddress Store => _store ?? StoreAddress.OfFolder(Root);

    /// <summary>False where nothing was ever written here: the first verb then loads the portfolio.</summary>
    public bool IsBegun => Store.OnServer || File.Exists(Database);

    /// <summary>Opens the record. The caller disposes it, and migrates it before the first use.</summary>
    public Db OpenDb()
    {
        var opening = Open();
        return new(opening.Options) { Place = opening.Place };
    }

    /// <summary>A connection of its own past the mapping, for what each request looks up. The caller opens and disposes it.</summary>
    internal DbConnection Connect()
    {
        var opening = Open();
        return opening.Store.OnServer ? new NpgsqlConnection(opening.Place) : new SqliteConnection(opening.Place);
    }

    /// <summary>Opens another store than the folder's own, or a file aside, which is to be written and then become it.</summary>
    internal Db OpenAside(StoreAddress store, string file) => new(OptionsOf(store, file, still: false));

    // Every request opens the record, and most of them need little of it: what it takes to open it is put together once.
    sealed record Opening(StoreAddress Store, string Place, DbContextOptions<Db> Options);

    Opening? _opening;

    Opening Open()
    {
        var store = Store;
        if (!store.OnServer) Recognise(Database);
        if (_opening is { } opening && opening.Store == store) return opening;
        var place = store.Postgres ?? new SqliteConnectionStringBuilder { DataSource = Database, DefaultTimeout = 30 }.ConnectionString;
        return _opening = new(store, place, OptionsOf(store, Database, still: true));
    }

    DbContextOptions<Db> OptionsOf(StoreAddress store, string file, bool still)
    {
        var options = new DbContextOptionsBuilder<Db>();
        if (store.Postgres is { } server) options.UseNpgsql(server);
        else options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = still, ForeignKeys = still, DefaultTimeout = 30 }.ConnectionString);
        if (still) options.AddInterceptors(new StillThere(this, store), new FollowsWrites());
        return options.Options;
    }

    static readonly ConcurrentDictionary<string, DateTime> Born = new(StringComparer.Ordinal);

    // Connections are kept open between uses. After the record was moved away and back, they would still hold the file of before.
    static void Recognise(string file)
    {
        if (new FileInfo(file) is not { Exists: true } now) return;
        var born = now.CreationTimeUtc;
        if (Born.TryGetValue(file, out var known) && known != born) SqliteConnection.ClearAllPools();
        Born[file] = born;
    }

    /// <summary>Takes the folder's only pen. Refused while another process writes, naming that process. Readers need none.</summary>
    public Outcome<WriteLock> Lock(string verb) => WriteLock.Take(Path.Combine(Root, "write.lock"), verb);
}
