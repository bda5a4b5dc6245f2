using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Copying;

/// <summary>
/// The tables of a record, asked of the database itself, so that a copy leaves none out. Not among them: the list of applied
/// scripts, and what is made from the rest and can be made again (the search index).
/// </summary>
static class Catalog
{
    const string Made = "search_";

    /// <summary>Those that others refer to come first.</summary>
    public static async Task<IReadOnlyList<StoredTable>> ReadAsync(Db db, CancellationToken ct) =>
        InOrder(db.Database.IsNpgsql() ? await PostgresAsync(db, ct) : await SqliteAsync(db, ct));

    static async Task<List<StoredTable>> SqliteAsync(Db db, CancellationToken ct)
    {
        var columns = (await db.RowsAsync("""
            select m.name, c.name, c.type, c.pk from sqlite_master m, pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'sqlite\_%' escape '\' order by m.name, c.cid
            """, r => (Table: r.GetString(0), Name: r.GetString(1), Type: r.GetString(2), Pk: r.GetInt32(3)), ct)).ToLookup(c => c.Table);
        var numbered = (await db.RowsAsync("select name from sqlite_master where type = 'table' and sql like '%autoincrement%'", r => r.GetString(0), ct)).ToHashSet();
        var needs = (await db.RowsAsync("select distinct m.name, f.\"table\" from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'",
            r => (Table: r.GetString(0), Needs: r.GetString(1)), ct)).ToLookup(n => n.Table, n => n.Needs);
        return [.. columns.Where(t => IsKept(t.Key)).Select(t => new StoredTable(t.Key, [.. t.Select(c => Column(t.Key, c.Name, c.Type))],
            [.. t.Where(c => c.Pk > 0).OrderBy(c => c.Pk).Select(c => c.Name)], numbered.Contains(t.Key) ? t.Single(c => c.Pk > 0).Name : null, [.. needs[t.Key]]))];
    }

    static async Task<List<StoredTable>> PostgresAsync(Db db, CancellationToken ct)
    {
        var columns = (await db.RowsAsync("""
            select table_name, column_name, data_type, is_identity from information_schema.columns
            where table_schema = current_schema() order by table_name, ordinal_position
            """, r => (Table: r.GetString(0), Name: r.GetString(1), Type: r.GetString(2), Numbered: r.GetString(3) == "YES"), ct)).ToLookup(c => c.Table);
        var keys = (await db.RowsAsync("""
            select t.relname, a.attname from pg_index i join pg_class t on t.oid = i.indrelid join pg_attribute a on a.attrelid = t.oid and a.attnum = any(i.indkey)
            where i.indisprimary and t.relnamespace = current_schema()::regnamespace order by t.relname, array_position(i.indkey::int2[], a.attnum)
            """, r => (Table: r.GetString(0), Name: r.GetString(1)), ct)).ToLookup(k => k.Table, k => k.Name);
        var needs = (await db.RowsAsync("""
            select t.relname, n.relname from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class n on n.oid = c.confrelid
            where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace
            """, r => (Table: r.GetString(0), Needs: r.GetString(1)), ct)).ToLookup(n => n.Table, n => n.Needs);
        return [.. columns.Where(t => IsKept(t.Key)).Select(t => new StoredTable(t.Key, [.. t.Select(c => Column(t.Key, c.Name, c.Type))],
            [.. keys[t.Key]], t.Where(c => c.Numbered).Select(c => c.Name).SingleOrDefault(), [.. needs[t.Key]]))];
    }

    static bool IsKept(string table) => table != "migration" && !table.StartsWith(Made, StringComparison.Ordinal);

    static StoredColumn Column(string table, string name, string type) => new(name, type.ToLowerInvariant() switch
    {
        "text" or "character varying" => CellKind.Text,
        "integer" or "bigint" or "smallint" => CellKind.Whole,
        "boolean" => CellKind.Flag,
        "double precision" => CellKind.Real,
        "blob" or "bytea" => CellKind.Bytes,
        _ => throw new NotSupportedException($"{table}.{name} is of the type {type}, which means different things on the two databases. Use text, integer, bigint, boolean, double precision, or blob and bytea."),
    }, type.ToLowerInvariant());

    // Tables that refer to each other in a circle do so deferrably, and stay in the order of their names.
    static List<StoredTable> InOrder(List<StoredTable> tables)
    {
        var (placed, names) = (new List<StoredTable>(), tables.Select(t => t.Name).ToHashSet());
        var left = tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var next = left.FirstOrDefault(t => t.Needs.All(n => n == t.Name || !names.Contains(n) || placed.Any(p => p.Name == n))) ?? left[0];
            left.Remove(next);
            placed.Add(next);
        }
        return placed;
    }

    /// <summary>Reads rows past the mapping, in the transaction of the moment.</summary>
    /// <param name="values">of the parameters @p0, @p1 and so on</param>
    public static async Task<List<T>> RowsAsync<T>(this Db db, string sql, Func<DbDataReader, T> read, CancellationToken ct, params string[] values)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = db.Command(sql);
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@p{i}", values[i]);
                command.Parameters.Add(parameter);
            }
            await using var rows = await command.ExecuteReaderAsync(ct);
            var all = new List<T>();
            while (await rows.ReadAsync(ct)) all.Add(read(rows));
            return all;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
