using System.Buffers.Text;
using System.Text.Json;

namespace Entente.Core.Evidence.OpenAlex;

enum WorkField
{
    Other, Id, Year, Title, DisplayName, Doi, Type, Citations, Fwci, Retracted, Paratext, Truncated, Expansion, Synthetic,
    Updated, OpenAccess, Percentile, Topic, Goals, Grants, Awards, Funders, Authorships, Results,
}

enum InstitutionField { Other, Id, Ror, Country, Type, Name, Lineage }

/// <summary>The fields of a work that are taken in, by name. Every other one is passed.</summary>
static class WorkFields
{
    public static WorkField Of(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? Slowly(ref reader) : Of(reader.ValueSpan);

    static WorkField Slowly(ref Utf8JsonReader reader) => Of(System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(reader.ValueSpan)));

    public static WorkField Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Is(name, "id"u8, WorkField.Id),
        3 => Is(name, "doi"u8, WorkField.Doi),
        4 => name[0] == 't' ? Is(name, "type"u8, WorkField.Type) : Is(name, "fwci"u8, WorkField.Fwci),
        5 => Is(name, "title"u8, WorkField.Title),
        6 => name[0] == 'g' ? Is(name, "grants"u8, WorkField.Grants) : Is(name, "awards"u8, WorkField.Awards),
        7 => name[0] == 'f' ? Is(name, "funders"u8, WorkField.Funders) : name[0] == 'r' ? Is(name, "results"u8, WorkField.Results) : Is(name, "is_xpac"u8, WorkField.Expansion),
        11 => name[0] == 'o' ? Is(name, "open_access"u8, WorkField.OpenAccess)
            : name[0] == 'a' ? Is(name, "authorships"u8, WorkField.Authorships) : Is(name, "is_paratext"u8, WorkField.Paratext),
        12 => name[0] == 'd' ? Is(name, "display_name"u8, WorkField.DisplayName)
            : name[0] == 'u' ? Is(name, "updated_date"u8, WorkField.Updated)
            : name[3] == 'r' ? Is(name, "is_retracted"u8, WorkField.Retracted) : Is(name, "is_synthetic"u8, WorkField.Synthetic),
        13 => Is(name, "primary_topic"u8, WorkField.Topic),
        14 => Is(name, "cited_by_count"u8, WorkField.Citations),
        16 => Is(name, "publication_year"u8, WorkField.Year),
        20 => Is(name, "is_authors_truncated"u8, WorkField.Truncated),
        29 => Is(name, "sustainable_development_goals"u8, WorkField.Goals),
        30 => Is(name, "citation_normalized_percentile"u8, WorkField.Percentile),
        _ => WorkField.Other,
    };

    static WorkField Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> field, WorkField meant) => name.SequenceEqual(field) ? meant : WorkField.Other;

    public static InstitutionField OfInstitution(ref Utf8JsonReader reader) =>
        reader.IsNamed("id"u8) ? InstitutionField.Id
        : reader.IsNamed("ror"u8) ? InstitutionField.Ror
        : reader.IsNamed("country_code"u8) ? InstitutionField.Country
        : reader.IsNamed("type"u8) ? InstitutionField.Type
        : reader.IsNamed("display_name"u8) ? InstitutionField.Name
        : reader.IsNamed("lineage"u8) ? InstitutionField.Lineage : InstitutionField.Other;

    /// <summary>Ticks (UTC) of "2026-02-05T00:54:17.221276" or "2023-01-01"; 0 where the value is neither.</summary>
    public static long Ticks(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped ? 0 : Ticks(reader.ValueSpan);

    public static long Ticks(ReadOnlySpan<byte> text)
    {
        if (text.Length < 10 || text[4] != '-' || text[7] != '-') return 0;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)) return 0;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return 0;
        return new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + TimeOfDay(text[10..]);
    }

    static long TimeOfDay(ReadOnlySpan<byte> text)
    {
        if (text.Length < 9 || text[0] is not ((byte)'T' or (byte)' ') || text[3] != ':' || text[6] != ':') return 0;
        if (!Number(text[1..3], out var hours) || !Number(text[4..6], out var minutes) || !Number(text[7..9], out var seconds)) return 0;
        var ticks = ((hours * 60L + minutes) * 60 + seconds) * TimeSpan.TicksPerSecond;
        if (text.Length < 11 || text[9] != '.') return ticks;
        var unit = TimeSpan.TicksPerSecond;
        foreach (var digit in text[10..])
        {
            if (!char.IsAsciiDigit((char)digit) || (unit /= 10) == 0) break;
            ticks += (digit - '0') * unit;
        }
        return ticks;
    }

    static bool Number(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && char.IsAsciiDigit((char)text[0]);
}
