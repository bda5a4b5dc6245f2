using System.Globalization;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts.Personal;

/// <summary>
/// Rows of people, read and written past the mapping: the tables of modules further right hold them too, and are known here by what
/// <see cref="PersonalData"/> says of them alone.
/// </summary>
static class PersonalRows
{
    public static string Parameters(int count, int from = 0) => string.Join(", ", Enumerable.Range(from, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"@p{i}")));

    /// <summary>The key of a row as the journal writes it.</summary>
    public static string KeyOf(StoredTable table) => string.Join(" || '|' || ", table.Key.Select(k => $"cast({k} as text)"));

    public static bool IsJournalled(Db db, string table) => db.Model.GetEntityTypes().Any(t => t.GetTableName() == table && t.IsJournalled());

    /// <summary>The rows of a table that are the person's: a condition, and the values that it asks for. Null where none can be.</summary>
    public static (string Where, string[] Values)? Of(PersonalTable table, Known known)
    {
        var (conditions, values) = (new List<string>(), new List<string>());
        foreach (var (column, tie) in table.Ties)
        {
            var wanted = Wanted(tie, known);
            if (wanted.Count == 0) continue;
            var left = tie == Tie.Address ? $"lower({column})" : $"cast({column} as text)";
            conditions.Add($"{left} in ({Parameters(wanted.Count, values.Count)})");
            values.AddRange(wanted);
        }
        return conditions.Count == 0 ? null : (string.Join(" or ", conditions), [.. values]);
    }

    static IReadOnlyList<string> Wanted(Tie tie, Known known) => tie switch
    {
        Tie.Account => known.Subject.Account is { } account ? [account.ToString(CultureInfo.InvariantCulture)] : [],
        Tie.Actor => known.Subject.Account is { } account ? [string.Create(CultureInfo.InvariantCulture, $"account/{account}")] : [],
        Tie.Address => known.Email is { } email ? [email.ToLowerInvariant()] : [],
        Tie.AddressHash => known.Email is { } email ? [Secrets.Hash(Emails.Normal(email))] : [],
        Tie.Person => known.Subject.People,
    };

    /// <summary>Every row with a text in which one of the words may stand, by table: its key, and those texts by column.</summary>
    /// <param name="columns">which columns to look at</param>
    public static async Task<List<(string Key, Dictionary<string, string> Texts)>> TellingAsync(
        Db db, StoredTable table, IReadOnlyList<string> columns, IReadOnlyList<string> words, CancellationToken ct)
    {
        var found = db.Database.IsNpgsql() ? "strpos" : "instr";
        var asked = from column in columns from i in Enumerable.Range(0, words.Count) select $"{found}({column}, @p{i}) > 0 or {found}(lower({column}), lower(@p{i})) > 0";
        var rows = await db.RowsAsync($"select {KeyOf(table)}, {string.Join(", ", columns)} from {table.Name} where {string.Join(" or ", asked)}",
            row => (row.GetString(0), columns.Select((c, i) => (Column: c, Text: row.IsDBNull(i + 1) ? null : row.GetString(i + 1))).Where(c => c.Text is not null).ToDictionary(c => c.Column, c => c.Text!)),
            ct, [.. words]);
        return rows;
    }

    public static Task WriteAsync(Db db, StoredTable table, string key, string column, string text, CancellationToken ct) =>
        db.RowsAsync($"update {table.Name} set {column} = @p0 where {KeyOf(table)} = @p1", _ => 0, ct, text, key);
}
