using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>
/// The ClickHouse servers that hold vintages: the first is asked, the others are loaded too. ENTENTE_CLICKHOUSE names them, else
/// clickhouse.json in the folder, which an export writes. An address may hold a password, so it is never printed whole.
/// </summary>
public sealed record ClickHouseAddress(IReadOnlyList<Uri> Servers, string Database, string? Cluster)
{
    public const string Variable = "ENTENTE_CLICKHOUSE", DefaultDatabase = "entente";
    const string FileName = "clickhouse.json";

    /// <summary>The servers without who signs in there.</summary>
    public string Name => string.Join(", ", Servers.Select(NameOf));

    public override string ToString() => Name;

    internal static string NameOf(Uri server) => server.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped);

    /// <summary>Reads http://user:password@host:8123, or several joined by commas.</summary>
    public static Outcome<ClickHouseAddress> Parse(IEnumerable<string> urls, string? database, string? cluster)
    {
        var servers = new List<Uri>();
        foreach (var url in urls.SelectMany(url => url.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https") || server.PathAndQuery is not "/")
                return Refusal.Usage("clickhouse-url", "This is no address of a ClickHouse server: write --url http://host:8123, with user:password@ before the host where the server asks for one.",
                    "Ceci n’est pas l’adresse d’un serveur ClickHouse\u202F: écrivez --url http://hôte:8123, avec utilisateur:motdepasse@ avant l’hôte si le serveur le demande.", "url");
            if (!servers.Contains(server)) servers.Add(server);
        }
        foreach (var (name, field) in new[] { (database, "database"), (cluster, "cluster") })
            if (name is not null && (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))))
                return Refusal.Usage(field, $"“{name}” is no name of a {field}: letters, digits, underscores.", $"«\u202F{name}\u202F» n’est pas un nom pour {field}\u202F: lettres, chiffres, tirets bas.", field);
        return servers.Count > 0 ? new ClickHouseAddress(servers, database ?? DefaultDatabase, cluster)
            : Refusal.Usage("clickhouse-url", "Name a server: --url http://host:8123.", "Nommez un serveur\u202F: --url http://hôte:8123.", "url");
    }

    /// <summary>The servers of a folder. Refused where none were named yet.</summary>
    /// <exception cref="BrokenWorldException">What should name them does not.</exception>
    public static Outcome<ClickHouseAddress> OfFolder(DataFolder folder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told) return OfVariable(told);
        var path = Path.Combine(folder.Root, FileName);
        if (!File.Exists(path))
            return Refusal.NotFound("no-clickhouse", $"No ClickHouse server is known here. Load a vintage first: entente export clickhouse --url http://host:8123. Or set {Variable}.",
                $"Aucun serveur ClickHouse n’est connu ici. Chargez d’abord un millésime\u202F: entente export clickhouse --url http://hôte:8123. Ou définissez {Variable}.");
        try
        {
            if (JsonSerializer.Deserialize<Kept>(File.ReadAllText(path), JsonSerializerOptions.Web) is { Servers: { } servers } kept
                && Parse(servers, kept.Database, kept.Cluster) is { Ok: true } read) return read;
        }
        catch (JsonException)
        {
            // Told below: what is wrong may be the password, so it is not repeated.
        }
        throw new BrokenWorldException(new($"{path} does not name ClickHouse servers. Export a vintage again, which writes it anew.",
            $"{path} ne désigne pas de serveurs ClickHouse. Exportez de nouveau un millésime, ce qui le réécrit."));
    }

    // http://host:8123?database=D&cluster=C
    static Outcome<ClickHouseAddress> OfVariable(string told)
    {
        var parts = told.Split('?', 2);
        var asked = (parts.Length == 1 ? "" : parts[1]).Split('&').Select(p => p.Split('=', 2)).ToLookup(p => p[0], p => p[^1]);
        return Parse([parts[0]], asked["database"].FirstOrDefault(), asked["cluster"].FirstOrDefault());
    }

    /// <summary>Makes these the folder's servers. Only its owner may read the file.</summary>
    internal void Keep(DataFolder folder)
    {
        var (path, aside) = (Path.Combine(folder.Root, FileName), Path.Combine(folder.Root, FileName + ".new"));
        File.Delete(aside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(aside, options))
            JsonSerializer.Serialize(file, new Kept([.. Servers.Select(s => s.AbsoluteUri)], Database, Cluster), JsonSerializerOptions.Web);
        File.Move(aside, path, overwrite: true);
    }

    sealed record Kept(IReadOnlyList<string>? Servers, string? Database, string? Cluster);
}
