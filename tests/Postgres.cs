using Npgsql;

namespace Entente.Tests;

/// <summary>Databases on the server of ENTENTE_TEST_PG, one for each test that asks.</summary>
static class Postgres
{
    /// <summary>An empty database of its own, as the connection string that opens it.</summary>
    public static async Task<string> CreateAsync()
    {
        var name = $"t_{Guid.NewGuid():N}";
        await RunAsync($"create database {name}");
        return new NpgsqlConnectionStringBuilder(Conditions.Postgres) { Database = name }.ConnectionString;
    }

    public static async Task DropAsync(string database)
    {
        await using (var pool = new NpgsqlConnection(database)) NpgsqlConnection.ClearPool(pool);
        await RunAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(database).Database} with (force)");
    }

    static async Task RunAsync(string sql)
    {
        await using var admin = new NpgsqlConnection(Conditions.Postgres);
        await admin.OpenAsync();
#pragma warning disable CA2100 // The name is a fresh GUID.
        await using var command = new NpgsqlCommand(sql, admin);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
