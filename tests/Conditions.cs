using System.Runtime.CompilerServices;

namespace Entente.Tests;

/// <summary>What a test needs that a machine may lack. A test that cannot run says so, and why.</summary>
static class Conditions
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), ".."));

    /// <summary>The folder of real data beside the checkout.</summary>
    public static string Data { get; } = Path.Combine(Root, "..", "shared", "data");

    public static string? NoData { get; } = Directory.Exists(Data) ? null : "real data: ../shared/data is not there";

    public static string? Postgres { get; } = Environment.GetEnvironmentVariable("ENTENTE_TEST_PG");

    public static string? NoPostgres { get; } = Postgres is null ? "PostgreSQL: ENTENTE_TEST_PG names no server" : null;

    public static string? Chromium { get; } =
        new[] { Environment.GetEnvironmentVariable("ENTENTE_TEST_CHROMIUM"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    public static string? NoChromium { get; } = Chromium is null ? "browser: no Chromium at /usr/bin/chromium or ENTENTE_TEST_CHROMIUM" : null;

    /// <summary>A folder whose node_modules holds @duckdb/node-api.</summary>
    public static string? DuckDb { get; } = Environment.GetEnvironmentVariable("ENTENTE_TEST_DUCKDB");

    public static string? NoDuckDb { get; } = DuckDb is null ? "DuckDB: ENTENTE_TEST_DUCKDB names no folder with @duckdb/node-api" : null;

    public static string? ClickHouse { get; } =
        new[] { Environment.GetEnvironmentVariable("ENTENTE_TEST_CLICKHOUSE"), "/usr/sbin/clickhouse-server", "/usr/bin/clickhouse-server" }.FirstOrDefault(File.Exists);

    public static string? NoClickHouse { get; } = ClickHouse is null ? "ClickHouse: no clickhouse-server in /usr/sbin, /usr/bin or ENTENTE_TEST_CLICKHOUSE" : null;

    /// <summary>The database of Debian's OpenID Connect provider, as its package makes it.</summary>
    public static string GlewlwydSchema { get; } = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";

    public static string? NoGlewlwyd { get; } = File.Exists("/usr/bin/glewlwyd") && File.Exists(GlewlwydSchema) ? null : "OpenID Connect: no glewlwyd at /usr/bin/glewlwyd";

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute() => Skip = Conditions.NoData;
}

sealed class RealDataTheoryAttribute : TheoryAttribute
{
    public RealDataTheoryAttribute() => Skip = Conditions.NoData;
}

sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Conditions.NoPostgres;
}

sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = Conditions.NoPostgres;
}

sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Conditions.NoChromium;
}

sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Conditions.NoChromium;
}

sealed class DuckDbFactAttribute : FactAttribute
{
    public DuckDbFactAttribute() => Skip = Conditions.NoDuckDb;
}

sealed class ClickHouseFactAttribute : FactAttribute
{
    public ClickHouseFactAttribute() => Skip = Conditions.NoClickHouse;
}

sealed class GlewlwydFactAttribute : FactAttribute
{
    public GlewlwydFactAttribute() => Skip = Conditions.NoGlewlwyd;
}

sealed class RealDuckDbFactAttribute : FactAttribute
{
    public RealDuckDbFactAttribute() => Skip = Conditions.NoDuckDb ?? Conditions.NoData;
}
