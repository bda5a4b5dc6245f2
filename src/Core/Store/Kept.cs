using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store;

/// <summary>
/// Keeps what was read from the whole record until the record changes, since many questions and every page begin with the same
/// reading. Only for a record in a file, whose time and length tell a change; a record on a server is read each time. What is
/// kept is shared by all who ask, and must not be changed by them.
/// </summary>
public sealed class Kept<T>(Func<Db, T> read) where T : class
{
    // Files tell their time in steps: a change within the same step as the one before would not be seen.
    static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(100);

    Reading? _last;

    sealed record Reading(string Stamp, T Value);

    public T Of(Db db)
    {
        // Within a transaction the reader must see what it has written itself.
        if (!db.Database.IsSqlite() || db.Database.CurrentTransaction is not null) return read(db);
        var (stamp, settled) = Stamp(db);
        if (Volatile.Read(ref _last) is { } last && last.Stamp == stamp) return last.Value;
        var value = read(db);
        if (settled && Stamp(db).Stamp == stamp) Volatile.Write(ref _last, new(stamp, value));
        return value;
    }

    static (string Stamp, bool Settled) Stamp(Db db)
    {
        var path = db.Database.GetDbConnection().DataSource;
        var (file, log) = (new FileInfo(path), new FileInfo(path + "-wal"));
        var changed = file.LastWriteTimeUtc > log.LastWriteTimeUtc ? file.LastWriteTimeUtc : log.LastWriteTimeUtc;
        return (string.Create(CultureInfo.InvariantCulture, $"{path}|{Text(file)}|{Text(log)}"), TimeProvider.System.GetUtcNow().UtcDateTime - changed > Settled);
    }

    static string Text(FileInfo file) => file.Exists
        ? string.Create(CultureInfo.InvariantCulture, $"{file.CreationTimeUtc.Ticks} {file.LastWriteTimeUtc.Ticks} {file.Length}")
        : "none";
}
