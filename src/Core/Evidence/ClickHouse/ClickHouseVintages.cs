using System.Globalization;
using System.Text.Json;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>A vintage as the table of vintages tells it.</summary>
sealed record ClickHouseVintage(Manifest Manifest, string Suffix, int Servers, long Works, long Postings)
{
    public int? FirstYear { get; init; }
    public int? LastYear { get; init; }
    public bool KnowsTopics { get; init; }
    public bool KnowsFunders { get; init; }

    /// <summary>The version of the table of statistical countries that its rows were made with.</summary>
    public string Countries { get; init; } = "";
}

/// <summary>The vintages that servers show, and whether all of one is there.</summary>
static class ClickHouseVintages
{
    /// <summary>Newest import first; of a vintage loaded again with other bytes, the later load.</summary>
    public static IReadOnlyList<ClickHouseVintage> List(ClickHouseServer server, string database)
    {
        using var rows = server.AskIfThere("select suffix, toUInt32(servers), works, postings, toUInt32(first_year), toUInt32(last_year), knows_topics, knows_funders, countries, manifest "
            + $"from {ClickHouseTables.Quoted(database)}.{ClickHouseTables.Vintages} order by loaded");
        var found = new Dictionary<string, ClickHouseVintage>(StringComparer.Ordinal);
        while (rows.More())
        {
            var (suffix, servers, works, postings) = (rows.Text(), (int)rows.U32(), (long)rows.U64(), (long)rows.U64());
            var (first, last, topics, funders, countries) = ((int)rows.U32(), (int)rows.U32(), rows.U8() != 0, rows.U8() != 0, rows.Text());
            if (JsonSerializer.Deserialize<Manifest>(rows.Text(), Manifest.Json) is not { } read) continue;
            found[read.Id] = new(read, suffix, servers, works, postings)
            {
                FirstYear = first == 0 ? null : first, LastYear = last == 0 ? null : last, KnowsTopics = topics, KnowsFunders = funders, Countries = countries,
            };
        }
        return [.. found.Values.OrderByDescending(v => v.Manifest.ImportedAt).ThenBy(v => v.Manifest.Id, StringComparer.Ordinal)];
    }

    /// <summary>The vintage named, or the newest real one, else the newest synthetic one.</summary>
    public static Outcome<ClickHouseVintage> Find(ClickHouseServer server, string database, string? id)
    {
        var all = List(server, database);
        var found = id is null ? all.OrderBy(v => v.Manifest.Synthetic).FirstOrDefault() : all.FirstOrDefault(v => v.Manifest.Id == id);
        if (found is null)
            return Refusal.NotFound("not-in-clickhouse",
                $"ClickHouse at {server.Name} shows {(id is null ? "no vintage of works" : $"no vintage {id}")}. Load it: entente export clickhouse{(id is null ? "" : $" --vintage {id}")}.",
                $"ClickHouse, à {server.Name}, ne montre {(id is null ? "aucun millésime de publications" : $"pas le millésime {id}")}. Chargez-le\u202F: entente export clickhouse{(id is null ? "" : $" --vintage {id}")}.");
        return found.Countries == Kernel.Countries.Version ? found : Refusal.Conflict("clickhouse-countries",
            $"Vintage {found.Manifest.Id} was loaded into ClickHouse with the table of countries {found.Countries}; this program has {Kernel.Countries.Version}.",
            $"Le millésime {found.Manifest.Id} fut chargé dans ClickHouse avec la table des pays {found.Countries}\u202F; ce programme a {Kernel.Countries.Version}.");
    }

    /// <summary>Refuses when the servers do not hold all rows that the vintage counts.</summary>
    public static Refusal? Missing(ClickHouseServer server, ClickHouseTables tables, ClickHouseVintage told)
    {
        var control = new ControlRows(told.Servers);
        using var counts = server.Ask($"select toUInt8(0) as listed, toInt16(if(year < 0, year, 0)) as control, count() from {tables.AllWorks} group by control "
            + $"union all select toUInt8(1) as listed, toInt16(if(year < 0, year, 0)) as control, count() from {tables.AllPostings} group by control");
        var (works, postings) = (0UL, 0UL);
        while (counts.More())
        {
            var (listed, year, count) = (counts.U8() != 0, counts.I16(), counts.U64());
            if (year >= 0) (works, postings) = listed ? (works, postings + count) : (works + count, postings);
            else if (!listed) control.Saw(year, count);
        }
        return control.Missing ?? (works == (ulong)told.Works && postings == (ulong)told.Postings ? null : Partial(
            string.Create(CultureInfo.InvariantCulture, $"{works} of {told.Works} works and {postings} of {told.Postings} postings"),
            string.Create(CultureInfo.InvariantCulture, $"{works} publications sur {told.Works} et {postings} listes sur {told.Postings}")));
    }

    internal static Refusal Partial(string en, string fr) => Refusal.Conflict("clickhouse-partial",
        $"ClickHouse answered in part: {en}. A number from a part of the works would be too small, so none is given. See that every server of the cluster is up and whole.",
        $"ClickHouse n’a répondu qu’en partie\u202F: {fr}. Un nombre tiré d’une partie des publications serait trop petit\u202F: aucun n’est donné. Vérifiez que chaque serveur de la grappe est debout et entier.");
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
