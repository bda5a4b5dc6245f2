using System.Data.Common;
using Entente.Core.Store.Copying;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Entente.Core.Store.Search;

/// <summary>Puts entries into the index, in the transaction of the moment.</summary>
abstract class SearchWriter : IAsyncDisposable
{
    public static SearchWriter Of(Db db) => db.Database.IsNpgsql() ? new PostgresSearchWriter(db) : new SqliteSearchWriter(db);

    public abstract Task AddAsync(long id, SearchEntry entry, CancellationToken ct);

    public virtual Task FlushAsync(CancellationToken ct) => Task.CompletedTask;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

sealed class SqliteSearchWriter : SearchWriter
{
    readonly DbCommand _entry, _words;

    public SqliteSearchWriter(Db db)
    {
        _entry = db.Command("insert into search_entry (id, kind, key, title, title_fr) values (@p0, @p1, @p2, @p3, @p4)");
        _words = db.Command("insert into search_words (rowid, words) values (@p0, @p1)");
        for (var i = 0; i < 5; i++) _entry.Parameters.Add(new SqliteParameter($"@p{i}", null));
        for (var i = 0; i < 2; i++) _words.Parameters.Add(new SqliteParameter($"@p{i}", null));
    }

    public override async Task AddAsync(long id, SearchEntry entry, CancellationToken ct)
    {
        (_entry.Parameters[0].Value, _entry.Parameters[1].Value, _entry.Parameters[2].Value) = (id, entry.Thing.Kind, entry.Thing.Key);
        (_entry.Parameters[3].Value, _entry.Parameters[4].Value) = (entry.Thing.Title.En, entry.Thing.Title.Fr);
        await _entry.ExecuteNonQueryAsync(ct);
        (_words.Parameters[0].Value, _words.Parameters[1].Value) = (id, string.Join(' ', Lexemes.Of(entry)));
        await _words.ExecuteNonQueryAsync(ct);
    }

    public override async ValueTask DisposeAsync()
    {
        await _entry.DisposeAsync();
        await _words.DisposeAsync();
        await base.DisposeAsync();
    }
}

sealed class PostgresSearchWriter(Db db) : SearchWriter
{
    const int Batch = 1_000;

    readonly List<(long Id, SearchEntry Entry)> _waiting = [];

    public override async Task AddAsync(long id, SearchEntry entry, CancellationToken ct)
    {
        _waiting.Add((id, entry));
        if (_waiting.Count >= Batch) await FlushAsync(ct);
    }

    public override async Task FlushAsync(CancellationToken ct)
    {
        if (_waiting.Count == 0) return;
        await using var command = db.Command("""
            insert into search_entry (id, kind, key, title, title_fr, words)
            select id, kind, key, title, title_fr, array_to_tsvector(string_to_array(words, ' '))
            from unnest(@p0, @p1, @p2, @p3, @p4, @p5) as e (id, kind, key, title, title_fr, words)
            """);
        object[] columns =
        [
            _waiting.Select(w => w.Id).ToArray(), _waiting.Select(w => w.Entry.Thing.Kind).ToArray(), _waiting.Select(w => w.Entry.Thing.Key).ToArray(),
            _waiting.Select(w => w.Entry.Thing.Title.En).ToArray(), _waiting.Select(w => w.Entry.Thing.Title.Fr).ToArray(),
            _waiting.Select(w => string.Join(' ', Lexemes.Of(w.Entry))).ToArray(),
        ];
        for (var i = 0; i < columns.Length; i++) command.Parameters.Add(new NpgsqlParameter($"p{i}", columns[i]));
        await command.ExecuteNonQueryAsync(ct);
        _waiting.Clear();
    }
}
