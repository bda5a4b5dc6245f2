using System.Text.Json;
using Entente.Core.Kernel;
using Npgsql;

namespace Entente.Core.Store;

/// <summary>
/// Where the record of a data folder is kept: in its own file, or on a PostgreSQL server. The environment variable ENTENTE_STORE
/// decides, else the folder's store.json, else the file. It may hold a password, so it is never written whole to a log or a page.
/// </summary>
public sealed record StoreAddress
{
    public const string Variable = "ENTENTE_STORE";
    const string FileName = "store.json";

    StoreAddress(string? postgres) => Postgres = postgres;

    /// <summary>The connection string; null for the file in the folder.</summary>
    internal string? Postgres { get; }

    public bool OnServer => Postgres is not null;

    public static StoreAddress Sqlite { get; } = new((string?)null);

    /// <summary>Which database on which server, without who signs in there.</summary>
    public string Name => Postgres is null ? "SQLite" : Named(new NpgsqlConnectionStringBuilder(Postgres));

    static string Named(NpgsqlConnectionStringBuilder at) => $"PostgreSQL, {at.Database ?? at.Username} on {at.Host}:{at.Port}";

    /// <summary>For logs: never the password.</summary>
    public override string ToString() => Name;

    /// <summary>Reads "sqlite", postgresql://user:password@host:port/database?sslmode=require, or a connection string such as Host=…;Database=….</summary>
    public static Outcome<StoreAddress> Parse(string text)
    {
        if (text.Trim() is "sqlite") return Sqlite;
        try
        {
            var built = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal)
                ? OfUrl(new Uri(text.Trim())) : new NpgsqlConnectionStringBuilder(text);
            if (!string.IsNullOrEmpty(built.Host)) return Of(built);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            // What is wrong may be the password, so it is not repeated.
        }
        return Refusal.Usage("store", "This names no store: write sqlite, postgresql://USER:PASSWORD@HOST:PORT/DATABASE, or Host=…;Database=…;Username=….",
            "Ceci ne désigne aucune base\u202F: écrivez sqlite, postgresql://UTILISATEUR:MOTDEPASSE@HÔTE:PORT/BASE, ou Host=…;Database=…;Username=….", "store");
    }

    internal static StoreAddress Of(NpgsqlConnectionStringBuilder built) => new(built.ConnectionString);

    static NpgsqlConnectionStringBuilder OfUrl(Uri url)
    {
        var built = new NpgsqlConnectionStringBuilder { Host = url.Host, Port = url.Port > 0 ? url.Port : 5432, Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')) };
        var who = url.UserInfo.Split(':', 2);
        if (who[0].Length > 0) built.Username = Uri.UnescapeDataString(who[0]);
        if (who.Length > 1) built.Password = Uri.UnescapeDataString(who[1]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
            built[pair[0] == "sslmode" ? "SSL Mode" : pair[0]] = pair[0] == "sslmode"
                ? pair[^1].Replace("-", "", StringComparison.Ordinal) : Uri.UnescapeDataString(pair[^1]);
        return built;
    }

    /// <summary>True where the environment decides, so that the folder cannot be moved to another store from inside.</summary>
    public static bool Imposed => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable));

    /// <exception cref="BrokenWorldException">What should name the store does not.</exception>
    internal static StoreAddress OfFolder(string root)
    {
        if (Imposed) return Sound(Parse(Environment.GetEnvironmentVariable(Variable)!), Variable);
        var path = Path.Combine(root, FileName);
        try
        {
            if (!File.Exists(path)) return Sqlite;
            return JsonSerializer.Deserialize<Kept>(File.ReadAllText(path), JsonSerializerOptions.Web)?.Store is { } store ? Sound(Parse(store), path) : throw Unreadable(path);
        }
        catch (JsonException)
        {
            throw Unreadable(path);
        }
    }

    static StoreAddress Sound(Outcome<StoreAddress> read, string where) => read.Ok ? read.Value : throw Unreadable(where);

    static BrokenWorldException Unreadable(string where) => new(new(
        $"{where} does not name a store: it should say sqlite, or a PostgreSQL address. Correct it, or remove it for the file in the folder.",
        $"{where} ne désigne pas de base\u202F: on y attend sqlite, ou une adresse PostgreSQL. Corrigez-le, ou retirez-le pour le fichier du dossier."));

    /// <summary>Makes this the folder's store, at once and for good: written aside, flushed, renamed. Only its owner may read it.</summary>
    internal void Keep(string root)
    {
        var (path, aside) = (Path.Combine(root, FileName), Path.Combine(root, FileName + ".new"));
        File.Delete(aside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(aside, options))
        {
            JsonSerializer.Serialize(file, new Kept(Postgres ?? "sqlite"), JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, path, overwrite: true);
        Disk.FlushFolder(root);
    }

    sealed record Kept(string? Store);
}
