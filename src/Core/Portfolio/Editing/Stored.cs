using System.Globalization;
using System.Reflection;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>The rows of any of the portfolio's tables, by key or number.</summary>
static class Stored
{
    static readonly MethodInfo SetOf = typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!;

    public static bool Keyed(this PortfolioFile file) => file.Find("key") is not null;

    public static IQueryable<object> Rows(Db db, PortfolioFile file) => (IQueryable<object>)SetOf.MakeGenericMethod(file.Type).Invoke(db, null)!;

    /// <summary>The row, tracked; null where there is none.</summary>
    public static async Task<object?> FindAsync(Db db, PortfolioFile file, string id, CancellationToken ct) =>
        file.Keyed() ? await db.FindAsync(file.Type, [id], ct)
        : int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await db.FindAsync(file.Type, [number], ct)
        : null;

    public static string IdOf(PortfolioFile file, object row) =>
        Convert.ToString(file.Type.GetProperty(file.Keyed() ? "Key" : "Id")!.GetValue(row), CultureInfo.InvariantCulture)!;

    /// <summary>Puts the columns of one row onto another that is tracked; what the folder has no column for stays.</summary>
    public static void Put(Db db, PortfolioFile file, object tracked, object made)
    {
        var entry = db.Entry(tracked);
        foreach (var column in file.Columns.Where(c => c.Kind != ColumnKind.Key))
        {
            var property = RowCells.PropertyOf(file, column);
            entry.Property(property.Name).CurrentValue = property.GetValue(made);
        }
    }

    /// <summary>True where another row holds the value in a column that allows it once.</summary>
    public static Task<bool> TakenAsync(Db db, PortfolioFile file, Column column, string value, string? id, CancellationToken ct)
    {
        var name = RowCells.PropertyOf(file, column).Name;
        return Rows(db, file).AnyAsync(r => EF.Property<string>(r, name) == value && EF.Property<string>(r, "Key") != (id ?? ""), ct);
    }

    /// <summary>True where the database would not write since rows refer to each other: those of tables that a folder does not hold.</summary>
    public static bool Held(Exception e) => e is DbUpdateException || e is System.Data.Common.DbException and (Npgsql.PostgresException { SqlState: "23503" } or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19 });
}
