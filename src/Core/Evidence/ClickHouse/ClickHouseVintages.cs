using System.Globalization;
using System.Text.Json;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>A vintage as the table of loads tells it. Counts: how many rows each of its parted tables has over all servers.</summary>
sealed record ClickHouseVintage(Manifest Manifest, string Suffix, int Servers, IReadOnlyList<long> Counts)
{
    public int? FirstYear { get; init; }
    public int? LastYear { get; init; }

    /// <summary>What its source told of: words of its tables.</summary>
    public IReadOnlyList<string> Knows { get; init; } = [];

    /// <summary>The version of the table of statistical countries that its rows were made with.</summary>
    public string Countries { get; init; } = "";
}

/// <summary>The vintages that servers show, and whether all of one is there.</summary>
static class ClickHouseVintages
{
    /// <summary>Newest import first; of a vintage loaded again with other bytes, the later load.</summary>
    public static IReadOnlyList<ClickHouseVintage> List(ClickHouseServer server, string database)
    {
        using var rows = server.AskIfThere($"select suffix, toUInt32(servers), counts, toUInt32(first_year), toUInt32(last_year), knows, countries, manifest from {ClickHouseSchema.LoadsIn(database)} order by loaded");
        var found = new Dictionary<string, ClickHouseVintage>(StringComparer.Ordinal);
        while (rows.More())
        {
            var (suffix, servers, counts) = (rows.Text(), (int)rows.U32(), rows.Array(r => (long)r.U64()));
            var (first, last, knows, countries) = ((int)rows.U32(), (int)rows.U32(), rows.Array(r => r.Text()), rows.Text());
            if (JsonSerializer.Deserialize<Manifest>(rows.Text(), Manifest.Json) is not { } read) continue;
            found[read.Id] = new(read, suffix, servers, counts) { FirstYear = first == 0 ? null : first, LastYear = last == 0 ? null : last, Knows = knows, Countries = countries };
        }
        return [.. found.Values.OrderByDescending(v => v.Manifest.ImportedAt).ThenBy(v => v.Manifest.Id, StringComparer.Ordinal)];
    }

    /// <summary>The vintage named, or the newest real one of the kind, else the newest synthetic one.</summary>
    public static Outcome<ClickHouseVintage> Find(ClickHouseServer server, string database, VintageKind kind, string? id)
    {
        var all = List(server, database).Where(v => v.Manifest.Kind == kind);
        var found = id is null ? all.OrderBy(v => v.Manifest.Synthetic).FirstOrDefault() : all.FirstOrDefault(v => v.Manifest.Id == id);
        if (found is null) return NotThere(server, kind, id);
        // Of statistical countries only works have any.
        return kind != VintageKind.OpenAlex || found.Countries == Kernel.Countries.Version ? found : Refusal.Conflict("clickhouse-countries",
            $"Vintage {found.Manifest.Id} was loaded into ClickHouse with the table of countries {found.Countries}; this program has {Kernel.Countries.Version}.",
            $"Le millésime {found.Manifest.Id} fut chargé dans ClickHouse avec la table des pays {found.Countries}\u202F; ce programme a {Kernel.Countries.Version}.");
    }

    static Refusal NotThere(ClickHouseServer server, VintageKind kind, string? id)
    {
        var (what, line) = (kind == VintageKind.Cordis ? new Said("projects (CORDIS)", "projets (CORDIS)") : new("works", "publications"),
            kind == VintageKind.Cordis ? $"entente export clickhouse --vintage {id ?? "cordis-…"}" : $"entente export clickhouse{(id is null ? "" : $" --vintage {id}")}");
        return Refusal.NotFound("not-in-clickhouse",
            $"ClickHouse at {server.Name} shows no vintage {(id is null ? $"of {what.En}" : id)}. Load it: {line}.",
            $"ClickHouse, à {server.Name}, ne montre {(id is null ? $"aucun millésime de {what.Fr}" : $"pas le millésime {id}")}. Chargez-le\u202F: {line}.");
    }

    /// <summary>Refuses when the servers do not hold all rows that the vintage counts.</summary>
    public static Refusal? Missing(ClickHouseServer server, ClickHouseSchema schema, ClickHouseVintage told)
    {
        var (controls, found) = (schema.Parted.Select(_ => new ControlRows(told.Servers)).ToList(), new long[schema.Parted.Count]);
        using var rows = server.Ask(string.Join(" union all ", schema.Parted.Select((table, i) =>
            string.Create(CultureInfo.InvariantCulture, $"select toUInt8({i}) as part, toInt16(if(year < 0, year, 0)) as control, count() from {schema.Over(table)} group by control"))));
        while (rows.More())
        {
            var (part, year, count) = (rows.U8(), rows.I16(), rows.U64());
            if (year < 0) controls[part].Saw(year, count);
            else found[part] = (long)count;
        }
        return controls.Select(control => control.Missing).FirstOrDefault(missing => missing is not null) ?? (found.SequenceEqual(told.Counts) ? null : Partial(
            string.Join(", ", schema.Parted.Select((table, i) => $"{found[i]} of {told.Counts[i]} {table.Rows.En}")),
            string.Join(", ", schema.Parted.Select((table, i) => $"{found[i]} {table.Rows.Fr} sur {told.Counts[i]}"))));
    }

    internal static Refusal Partial(string en, string fr) => Refusal.Conflict("clickhouse-partial",
        $"ClickHouse answered in part: {en}. A number from a part of what there is would be too small, so none is given. See that every server of the cluster is up and whole.",
        $"ClickHouse n’a répondu qu’en partie\u202F: {fr}. Un nombre tiré d’une partie de ce qu’il y a serait trop petit\u202F: aucun n’est donné. Vérifiez que chaque serveur de la grappe est debout et entier.");
}

/// <summary>Which servers' control rows an answer held. Each must come exactly once, or the answer is of fewer servers, or of one twice.</summary>
sealed class ControlRows(int servers)
{
    readonly ulong[] _seen = new ulong[servers];
    bool _foreign;

    public void Saw(int year, ulong times)
    {
        if (-1 - year < _seen.Length) _seen[-1 - year] += times;
        else _foreign = true;
    }

    /// <summary>True for the id of a control row, which is then noted.</summary>
    public bool Saw(ulong id)
    {
        if (id < ClickHouseTables.FirstControl) return false;
        Saw(-1 - (int)(id - ClickHouseTables.FirstControl), 1);
        return true;
    }

    public Refusal? Missing => !_foreign && _seen.All(times => times == 1) ? null : ClickHouseVintages.Partial(
        string.Create(CultureInfo.InvariantCulture, $"{_seen.Count(times => times == 1)} of {servers} servers"),
        string.Create(CultureInfo.InvariantCulture, $"{_seen.Count(times => times == 1)} serveurs sur {servers}"));

    /// <exception cref="ClickHouseException">Not every server answered, once.</exception>
    public void Demand()
    {
        if (Missing is { } missing) throw new ClickHouseException(missing);
    }
}
