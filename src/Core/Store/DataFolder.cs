using Entente.Core.Kernel;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store;

/// <summary>The one folder that holds an installation: the record, the vintages, the receipts that were asked for.</summary>
public sealed class DataFolder
{
    public DataFolder(string path)
    {
        Root = Path.GetFullPath(path);
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Vintages);
        Directory.CreateDirectory(Receipts);
    }

    public string Root { get; }
    public string Vintages => Path.Combine(Root, "vintages");
    public string Receipts => Path.Combine(Root, "receipts");
    public string Database => Path.Combine(Root, "entente.db");

    /// <summary>Opens the record in this folder. The caller disposes it, and migrates it before the first use.</summary>
    public Db OpenDb()
    {
        var source = new SqliteConnectionStringBuilder { DataSource = Database, Pooling = true, ForeignKeys = true, DefaultTimeout = 30 };
        return new(new DbContextOptionsBuilder<Db>().UseSqlite(source.ConnectionString).Options);
    }

    /// <summary>Takes the folder's only pen. Refused while another process writes, naming that process. Readers need none.</summary>
    public Outcome<WriteLock> Lock(string verb) => WriteLock.Take(Path.Combine(Root, "write.lock"), verb);
}
