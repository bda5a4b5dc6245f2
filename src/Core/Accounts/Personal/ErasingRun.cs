using System.Globalization;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts.Personal;

/// <summary>One erasure, table by table, within the caller's transaction.</summary>
sealed class ErasingRun(Work work, Known known, IReadOnlyDictionary<string, StoredTable> tables)
{
    readonly Dictionary<string, int> _gone = [], _nameless = [], _reworded = [], _stays = [];
    readonly Dictionary<(string, string), string> _rows = [];
    readonly Dictionary<string, string> _keys = [], _addresses = [];

    /// <summary>What the person is called from now on.</summary>
    public string Address { get; private set; } = "people";

    public async Task<Erasure> RunAsync(CancellationToken ct)
    {
        await NameAsync(ct);
        foreach (var table in PersonalData.All.Where(t => tables.ContainsKey(t.Table)))
        {
            if (PersonalRows.Of(table, known) is not { } own) continue;
            if (table.Fate == Fate.Gone) await RemoveAsync(table, own.Where, own.Values, ct);
            else if (table.Fate == Fate.Nameless) await EmptyAsync(table, own.Where, own.Values, ct);
            else if (table.Fate == Fate.Stays) Count(_stays, table.Table, (await Db.RowsAsync($"select 1 from {table.Table} where {own.Where}", _ => 1, ct, own.Values)).Count);
        }
        foreach (var table in tables.Values) await RewordAsync(table, ct);
        var record = known.Subject.Account is { } account ? [Account.SubjectOf(account)] : (string[])[];
        var journal = await JournalErasing.EraseAsync(Db, new(known.Words, _rows, _keys.Keys, _addresses, record), work.Now, ct);
        return new(known.Names, _gone, _nameless, _reworded, _stays, journal);
    }

    Db Db => work.Db;

    static void Count(Dictionary<string, int> counts, string table, int rows)
    {
        if (rows > 0) counts[table] = counts.GetValueOrDefault(table) + rows;
    }

    // Each key gets a number of its own, so that people are counted as before.
    async Task NameAsync(CancellationToken ct)
    {
        var taken = await Db.RowsAsync("select key from person where key like 'erased-%'", r => r.GetString(0), ct);
        var next = taken.Where(Erasing.IsErased).Select(k => int.Parse(k[(k.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max() + 1;
        foreach (var key in known.Subject.People.Where(k => !Erasing.IsErased(k)))
        {
            _keys[key] = Erasing.KeyOf(next++);
            _addresses[$"people/{key}"] = $"people/{_keys[key]}";
            _rows[("person", key)] = _keys[key];
        }
        Address = known.Subject.Account is { } account ? Account.SubjectOf(account) : _addresses.Values.FirstOrDefault() ?? "people";
    }

    async Task RemoveAsync(PersonalTable table, string where, string[] values, CancellationToken ct)
    {
        var keys = await Db.RowsAsync($"delete from {table.Table} where {where} returning {PersonalRows.KeyOf(tables[table.Table])}", r => r.GetString(0), ct, values);
        Count(_gone, table.Table, keys.Count);
        if (!PersonalRows.IsJournalled(Db, table.Table)) return;
        // The key of a link is the identity itself; a number tells nothing.
        foreach (var key in keys) _rows[(table.Table, key)] = key.All(char.IsAsciiDigit) ? key : "erased";
    }

    async Task EmptyAsync(PersonalTable table, string where, string[] values, CancellationToken ct)
    {
        if (table.Table == "account")
        {
            await EmptyAccountAsync(ct);
            return;
        }
        foreach (var (old, now) in _keys)
            if (table.Table == "person")
                Count(_nameless, table.Table, (await Db.RowsAsync("update person set key = @p0, name = @p1, orcid = null, wording = null where key = @p2 returning 1", _ => 1, ct, now, Erasing.Name, old)).Count);
            else
                await EmptyRolesAsync(table, old, now, ct);
    }

    // Rows that hang on a person: what they count stays, what a source said of the person goes.
    async Task EmptyRolesAsync(PersonalTable table, string old, string now, CancellationToken ct)
    {
        var owner = table.Ties.Single(t => t.Value == Tie.Person).Key;
        var words = string.Concat(table.Texts.Select(t => $", {t} = null"));
        var keys = await Db.RowsAsync($"update {table.Table} set {owner} = @p0{words} where {owner} = @p1 returning {PersonalRows.KeyOf(tables[table.Table])}", r => r.GetString(0), ct, now, old);
        Count(_nameless, table.Table, keys.Count);
        foreach (var key in keys) _rows[(table.Table, key)] = key;
    }

    async Task EmptyAccountAsync(CancellationToken ct)
    {
        var (id, email, stamp) = (known.Subject.Account!.Value, Erasing.EmailOf(known.Subject.Account!.Value), Secrets.NewKey());
        var (normal, closed) = (Emails.Normal(email), await Db.Accounts.Where(a => a.Id == id).Select(a => a.Closed).SingleAsync(ct) ?? work.Now);
        Count(_nameless, "account", await Db.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Email, email).SetProperty(a => a.NormalizedEmail, normal).SetProperty(a => a.Name, Erasing.Name)
            .SetProperty(a => a.PasswordHash, (string?)null).SetProperty(a => a.SecurityStamp, stamp).SetProperty(a => a.ConcurrencyStamp, (string?)null)
            .SetProperty(a => a.LastCode, (string?)null).SetProperty(a => a.TwoFactorEnabled, false).SetProperty(a => a.Closed, (DateTimeOffset?)closed), ct));
    }

    /// <summary>Replaces names and addresses of the person in every text that is not of those that stay, also in columns that no list knows yet.</summary>
    async Task RewordAsync(StoredTable table, CancellationToken ct)
    {
        var kept = PersonalTexts.Impersonal.GetValueOrDefault(table.Name, []).ToHashSet();
        if (PersonalData.Find(table.Name) is { } personal)
        {
            if (personal.Fate == Fate.Wordless) return;
            kept.UnionWith(personal.Ties.Keys.Concat(personal.Secrets));
            if (personal.Fate == Fate.Stays) kept.UnionWith(personal.Texts);
        }
        var columns = table.Columns.Where(c => c.Kind == CellKind.Text && !table.Key.Contains(c.Name) && !kept.Contains(c.Name)).Select(c => c.Name).ToList();
        var words = known.Words.Spellings.Concat(known.Words.Spellings.Select(Escaped)).Concat(_addresses.Keys).Distinct().ToList();
        if (columns.Count == 0 || words.Count == 0) return;
        var rows = 0;
        foreach (var (key, texts) in await PersonalRows.TellingAsync(Db, table, columns, words, ct))
        {
            var changed = texts.Select(t => (t.Key, Before: t.Value, After: Reworded(t.Value))).Where(t => t.Before != t.After).ToList();
            foreach (var (column, _, after) in changed) await PersonalRows.WriteAsync(Db, table, key, column, after, ct);
            if (changed.Count > 0) rows++;
        }
        Count(_reworded, table.Name, rows);
    }

    string Reworded(string text)
    {
        text = known.Words.Replaced(text, Erasing.Name);
        foreach (var word in known.Words.Words.Where(w => Escaped(w) != w)) text = text.Replace(Escaped(word), Erasing.Name, StringComparison.OrdinalIgnoreCase);
        return _addresses.Aggregate(text, (said, address) => new Traces([address.Key]).Replaced(said, address.Value));
    }

    // As it stands within JSON.
    static string Escaped(string word) => JsonSerializer.Serialize(word)[1..^1];
}
