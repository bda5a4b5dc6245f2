using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Entente.Core.Evidence.Synthesis;

/// <summary>An organisation of the invented world, with its JSON as works list it, with and without lineage.</summary>
sealed class SyntheticOrganisation
{
    const string Base32 = "0123456789abcdefghjkmnpqrstvwxyz";

    public SyntheticOrganisation(long id, string ror, string name, string country, string type, params long[] parents)
    {
        (Id, Country) = (id, country);
        var bare = $$"""{"id":"https://openalex.org/I{{id}}","display_name":{{Quoted(name)}},"ror":"https://ror.org/{{ror}}","country_code":"{{country}}","type":"{{type}}""";
        var lineage = string.Join(',', parents.Prepend(id).Select(each => $"\"https://openalex.org/I{each}\""));
        Json = Encoding.UTF8.GetBytes($"{bare}\",\"lineage\":[{lineage}]}}");
        JsonWithoutLineage = Encoding.UTF8.GetBytes($"{bare}\"}}");
    }

    public long Id { get; }
    public string Country { get; }
    public byte[] Json { get; }
    public byte[] JsonWithoutLineage { get; }

    /// <summary>
    /// A ROR id that nobody has: it ends in 00, and the check digits of a real one lie between 02 and 98.
    /// </summary>
    public static string InventedRor(int number) => string.Create(9, number, (text, n) =>
    {
        "0zz".CopyTo(text);
        for (var i = 6; i >= 3; i--, n >>= 5) text[i] = Base32[n & 31];
        "00".CopyTo(text[7..]);
    });

    public static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name} {number:0000}");

    static string Quoted(string text) => JsonSerializer.Serialize(text);
}
