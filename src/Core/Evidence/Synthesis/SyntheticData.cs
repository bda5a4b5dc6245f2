using System.Globalization;
using CsvHelper;

namespace Entente.Core.Evidence.Synthesis;

sealed record SyntheticCountry(string Code, int Weight);

sealed record SyntheticField(int Id, string Name, int Domain, string DomainName, int Topics, int Weight, int PairWeight);

/// <summary>An organisation that is real. Role is a partner's key, or two of them joined by a plus for their joint laboratory.</summary>
sealed record RealOrganisation(string Role, long OpenAlex, string Ror, string Name, string Country, string Type, long[] Parents, int Since);

/// <summary>What the world is drawn from: data/synthetic.</summary>
sealed record SyntheticData(
    IReadOnlyList<SyntheticCountry> Countries, IReadOnlyList<SyntheticField> Fields, IReadOnlyList<RealOrganisation> Organisations)
{
    public static SyntheticData Load() => new(
        Read("countries.csv", row => new SyntheticCountry(row.GetString("code"), Int(row, "weight"))),
        Read("fields.csv", row => new SyntheticField(Int(row, "id"), row.GetString("name"), Int(row, "domain"), row.GetString("domain_name"),
            Int(row, "topics"), Int(row, "weight"), Int(row, "pair_weight"))),
        Read("organisations.csv", row => new RealOrganisation(row.GetString("role"), Number(row.GetString("openalex")), row.GetString("ror"),
            row.GetString("name"), row.GetString("country"), row.GetString("type"),
            [.. row.GetString("parents").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)], Int(row, "since"))));

    static List<T> Read<T>(string file, Func<CsvReader, T> make)
    {
        using var csv = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "data", "synthetic", file), CsvReaderOptions.Default, FileOptions.None);
        var rows = new List<T>();
        while (csv.Read()) rows.Add(make(csv));
        return rows;
    }

    static int Int(CsvReader row, string column) => int.Parse(row.GetString(column), CultureInfo.InvariantCulture);

    static long Number(string id) => long.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);
}
