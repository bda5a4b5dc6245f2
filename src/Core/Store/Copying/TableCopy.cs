using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Entente.Core.Store.Copying;

/// <summary>How far a copy has come: the table at hand, and rows over all tables.</summary>
public sealed record CopyStep(string Table, long Rows, long Total);

/// <summary>
/// Copies every table of one record into another, whichever databases they are on, and holds what arrived against what was sent.
/// Both sides are in transactions of the caller: the source in one that sees a single moment, the target in one that the caller ends.
/// </summary>
static class TableCopy
{
    /// <summary>The tables with what each holds.</summary>
    /// <exception cref="InvalidDataException">The two schemas differ, or what arrived is not what was sent. The caller undoes its transaction.</exception>
    public static async Task<IReadOnlyList<TableDigest>> RunAsync(Db from, Db to, IProgress<CopyStep>? progress, CancellationToken ct)
    {
        var (sources, targets) = (await Catalog.ReadAsync(from, ct), await Catalog.ReadAsync(to, ct));
        if (sources.Count != targets.Count || !targets.All(t => sources.SingleOrDefault(s => s.Name == t.Name)?.Fits(t) == true))
            throw new InvalidDataException("The two databases do not hold the same tables.");
        foreach (var target in targets.Reverse()) await to.RunAsync($"delete from {StoredTable.Quoted(target.Name)}", ct);
        var (done, total) = (0L, 0L);
        foreach (var source in sources) total += (await from.RowsAsync($"select count(*) from {StoredTable.Quoted(source.Name)}", r => r.GetInt64(0), ct))[0];
        var digests = new List<TableDigest>();
        foreach (var target in targets)
        {
            var sent = await CopyAsync(from, to, target, rows => progress?.Report(new(target.Name, done + rows, total)), ct);
            await NumberAsync(from, to, target, ct);
            var arrived = await DigestAsync(to, target, ct);
            if (sent != arrived) throw new InvalidDataException($"The table {target.Name} did not arrive as it was sent: {sent.Rows} rows against {arrived.Rows}.");
            digests.Add(sent);
            done += sent.Rows;
        }
        // The index of what was copied is not copied: it is to be made anew.
        await to.RunAsync("delete from search_state", ct);
        return digests;
    }

    /// <summary>What each table holds now.</summary>
    public static async Task<IReadOnlyList<TableDigest>> DigestsAsync(Db db, CancellationToken ct)
    {
        var digests = new List<TableDigest>();
        foreach (var table in await Catalog.ReadAsync(db, ct)) digests.Add(await DigestAsync(db, table, ct));
        return [.. digests.OrderBy(d => d.Table, StringComparer.Ordinal)];
    }

    static async Task<TableDigest> DigestAsync(Db db, StoredTable table, CancellationToken ct)
    {
        using var digest = new RowDigest(table);
        await EachAsync(db, table, cells =>
        {
            digest.Add(cells);
            return Task.CompletedTask;
        }, ct);
        return digest.End();
    }

    static async Task EachAsync(Db db, StoredTable table, Func<object?[], Task> take, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using var command = db.Command(table.Select(db.Database.IsNpgsql()));
        await using (var rows = await command.ExecuteReaderAsync(ct))
            while (await rows.ReadAsync(ct)) await take(RowDigest.Read(table, rows));
        await db.Database.CloseConnectionAsync();
    }

    static async Task<TableDigest> CopyAsync(Db from, Db to, StoredTable target, Action<long> progress, CancellationToken ct)
    {
        using var digest = new RowDigest(target);
        await using var writer = to.Database.IsNpgsql() ? await PostgresWriter.OpenAsync(to, target, ct) : (RowWriter)new SqliteWriter(to, target);
        var rows = 0L;
        // Both are asked in the target's order of columns.
        await EachAsync(from, target, async cells =>
        {
            digest.Add(cells);
            await writer.AddAsync(cells, ct);
            if (++rows % 1000 == 0) progress(rows);
        }, ct);
        await writer.EndAsync(ct);
        progress(rows);
        return digest.End();
    }

    /// <summary>The next number is the one that the source would have given, so that the number of a removed row is not given again.</summary>
    static async Task NumberAsync(Db from, Db to, StoredTable table, CancellationToken ct)
    {
        if (table.Numbered is not { } column) return;
        var last = Math.Max(await LastAsync(from, table.Name, column, ct),
            (await to.RowsAsync($"select coalesce(max({StoredTable.Quoted(column)}), 0) from {StoredTable.Quoted(table.Name)}", r => r.GetInt64(0), ct))[0]);
        if (last == 0) return;
        var number = last.ToString(CultureInfo.InvariantCulture);
        if (to.Database.IsNpgsql()) await to.RowsAsync($"select setval(pg_get_serial_sequence('{table.Name}', '{column}'), {number})", r => r.GetInt64(0), ct);
        else
        {
            await to.RunAsync($"delete from sqlite_sequence where name = '{table.Name}'", ct);
            await to.RunAsync($"insert into sqlite_sequence (name, seq) values ('{table.Name}', {number})", ct);
        }
    }

    static async Task<long> LastAsync(Db db, string table, string column, CancellationToken ct)
    {
        if (!db.Database.IsNpgsql())
            return (await db.RowsAsync($"select seq from sqlite_sequence where name = '{table}'", r => r.GetInt64(0), ct)).SingleOrDefault();
        var sequence = (await db.RowsAsync($"select pg_get_serial_sequence('{table}', '{column}')", r => r.GetString(0), ct))[0];
        return (await db.RowsAsync($"select case when is_called then last_value else 0 end from {sequence}", r => r.GetInt64(0), ct))[0];
    }

    /// <summary>A command past the mapping, in the transaction of the moment. Its text is made of names from the database's own catalogue.</summary>
    public static DbCommand Command(this Db db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Names come from the catalogue.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    public static async Task RunAsync(this Db db, string sql, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await using (var command = db.Command(sql)) await command.ExecuteNonQueryAsync(ct);
        await db.Database.CloseConnectionAsync();
    }
}

/// <summary>Puts rows into one table.</summary>
abstract class RowWriter : IAsyncDisposable
{
    public abstract Task AddAsync(object?[] cells, CancellationToken ct);

    public virtual Task EndAsync(CancellationToken ct) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}

sealed class SqliteWriter : RowWriter
{
    readonly DbCommand _insert;

    public SqliteWriter(Db db, StoredTable table)
    {
        _insert = db.Command($"insert into {StoredTable.Quoted(table.Name)} ({table.ColumnList}) values ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})");
        for (var i = 0; i < table.Columns.Count; i++) _insert.Parameters.Add(new SqliteParameter($"@p{i}", null));
    }

    public override async Task AddAsync(object?[] cells, CancellationToken ct)
    {
        for (var i = 0; i < cells.Length; i++) _insert.Parameters[i].Value = cells[i] ?? DBNull.Value;
        await _insert.ExecuteNonQueryAsync(ct);
    }

    public override ValueTask DisposeAsync() => _insert.DisposeAsync();
}

sealed class PostgresWriter(NpgsqlBinaryImporter importer, StoredTable table) : RowWriter
{
    readonly NpgsqlDbType[] _types = [.. table.Columns.Select(c => c.Type switch
    {
        "integer" => NpgsqlDbType.Integer,
        "bigint" => NpgsqlDbType.Bigint,
        "smallint" => NpgsqlDbType.Smallint,
        "boolean" => NpgsqlDbType.Boolean,
        "double precision" => NpgsqlDbType.Double,
        "bytea" => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    })];

    public static async Task<PostgresWriter> OpenAsync(Db db, StoredTable table, CancellationToken ct) => new(
        await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync(
            $"copy {StoredTable.Quoted(table.Name)} ({table.ColumnList}) from stdin (format binary)", ct), table);

    public override async Task AddAsync(object?[] cells, CancellationToken ct)
    {
        await importer.StartRowAsync(ct);
        for (var i = 0; i < cells.Length; i++)
            switch (cells[i], _types[i])
            {
                case (null, _): await importer.WriteNullAsync(ct); break;
                case (long number, NpgsqlDbType.Integer): await importer.WriteAsync(checked((int)number), NpgsqlDbType.Integer, ct); break;
                case (long number, NpgsqlDbType.Smallint): await importer.WriteAsync(checked((short)number), NpgsqlDbType.Smallint, ct); break;
                case (var cell, var type): await importer.WriteAsync(cell!, type, ct); break;
            }
    }

    public override async Task EndAsync(CancellationToken ct) => await importer.CompleteAsync(ct);

    public override ValueTask DisposeAsync() => importer.DisposeAsync();
}
