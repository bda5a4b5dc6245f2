using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence.Ror;

/// <summary>
/// One ROR record from JSON, schema 1 or 2 (told apart by <c>names</c>). What is not a record is refused with the reason;
/// a field that is not read here is named, with why, in data/coverage/ror.csv.
/// </summary>
public static class RorJson
{
    public static Outcome<RorOrganisation> Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) return Refused("not UTF-8", "ce n’est pas de l’UTF-8");
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            return Refused($"not JSON: {e.Message}", $"ce n’est pas du JSON\u202F: {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            // Thrown by JsonElement for a value of another type, for text that is not UTF-8, and for a year that is no whole number.
            return Refused($"a value is not what the schema says: {e.Message}", $"une valeur n’est pas du type prévu par le schéma\u202F: {e.Message}");
        }
    }

    static Outcome<RorOrganisation> Read(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object || RorId.Parse(Text(record, "id")) is not { } id)
            return Refused("not a ROR record: no ROR id", "ce n’est pas une notice ROR\u202F: pas d’identifiant ROR");
        var second = record.TryGetProperty("names", out _);
        if (!second && !record.TryGetProperty("name", out _))
            return Refused($"not a ROR record: {id} has no name", $"ce n’est pas une notice ROR\u202F: {id} n’a pas de nom");
        if (!Enum.TryParse<RorStatus>(Text(record, "status") ?? "active", ignoreCase: true, out var status))
            return Refused($"{id} has an unknown status", $"{id} a un statut inconnu");
        var relations = new List<RorRelation>();
        foreach (var link in Each(record, "relationships"))
        {
            if (!Enum.TryParse<RorLink>(Text(link, "type"), ignoreCase: true, out var type) || RorId.Parse(Text(link, "id")) is not { } other)
                return Refused($"{id} has a link that is not one of ROR’s: {link}", $"{id} a un lien inconnu de ROR : {link}");
            relations.Add(new(type, other, Text(link, "label")));
        }
        return (second ? Second(record, id, status) : First(record, id, status)) with
        {
            Relations = relations,
            Established = record.TryGetProperty("established", out var year) && year.ValueKind == JsonValueKind.Number ? year.GetInt32() : null,
            Types = [.. Each(record, "types").Select(type => type.GetString()).OfType<string>().Select(type => type.ToLowerInvariant())],
        };
    }

    static RorOrganisation First(JsonElement record, string id, RorStatus status)
    {
        var ids = record.TryGetProperty("external_ids", out var external) ? external : default;
        return new()
        {
            Id = id,
            Schema = 1,
            Status = status,
            Country = record.TryGetProperty("country", out var country) ? Text(country, "country_code") : null,
            City = Each(record, "addresses").Select(address => Text(address, "city")).FirstOrDefault(),
            Place = PlaceOf(Each(record, "addresses").FirstOrDefault()),
            Names = Named(
            [
                new(Text(record, "name") ?? "", RorNameKinds.Display | RorNameKinds.Label, null),
                .. Each(record, "labels").Select(label => new RorName(Text(label, "label") ?? "", RorNameKinds.Label, Text(label, "iso639"))),
                .. Each(record, "aliases").Select(alias => new RorName(alias.GetString() ?? "", RorNameKinds.Alias, null)),
                .. Each(record, "acronyms").Select(acronym => new RorName(acronym.GetString() ?? "", RorNameKinds.Acronym, null)),
            ]),
            Grid = Ids(ids, "GRID"),
            Isni = Ids(ids, "ISNI"),
            Wikidata = Ids(ids, "Wikidata"),
            Fundref = Ids(ids, "FundRef"),
            Hosts = HostsOf(Each(record, "links").Select(link => link.ValueKind == JsonValueKind.String ? link.GetString() : null)),
        };
    }

    static RorOrganisation Second(JsonElement record, string id, RorStatus status)
    {
        var place = Each(record, "locations").Select(location => location.TryGetProperty("geonames_details", out var details) ? details : default).FirstOrDefault();
        return new()
        {
            Id = id,
            Schema = 2,
            Status = status,
            Country = Text(place, "country_code"),
            City = Text(place, "name"),
            Place = PlaceOf(place),
            Names = Named(Each(record, "names").Select(name => new RorName(Text(name, "value") ?? "", Kinds(name), Text(name, "lang")))),
            Grid = IdsOf(record, "grid"),
            Isni = IdsOf(record, "isni"),
            Wikidata = IdsOf(record, "wikidata"),
            Fundref = IdsOf(record, "fundref"),
            Hosts = HostsOf(Each(record, "links").Where(link => Text(link, "type") == "website").Select(link => Text(link, "value"))),
            Updated = LastModified(record),
        };
    }

    static RorPlace? PlaceOf(JsonElement at) =>
        Number(at, "lat") is >= -90 and <= 90 and var latitude && Number(at, "lng") is >= -180 and <= 180 and var longitude ? new(latitude, longitude) : null;

    static string[] HostsOf(IEnumerable<string?> addresses) => [.. addresses.Select(WebHost.Of).OfType<string>().Distinct()];

    static RorName[] Named(IEnumerable<RorName> names) => [.. names.Where(name => name.Value.Length > 0)];

    static DateOnly? LastModified(JsonElement record) =>
        record.TryGetProperty("admin", out var admin) && admin.TryGetProperty("last_modified", out var modified)
        && DateOnly.TryParseExact(Text(modified, "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    static RorNameKinds Kinds(JsonElement name) => Each(name, "types").Aggregate(RorNameKinds.None, (kinds, type) => kinds | type.GetString() switch
    {
        "ror_display" => RorNameKinds.Display,
        "label" => RorNameKinds.Label,
        "alias" => RorNameKinds.Alias,
        "acronym" => RorNameKinds.Acronym,
        _ => RorNameKinds.None,
    });

    // Schema 1: {"GRID": {"preferred": "…", "all": "…"}, "ISNI": {"preferred": null, "all": ["…"]}}.
    static string[] Ids(JsonElement ids, string kind) =>
        ids.ValueKind == JsonValueKind.Object && ids.TryGetProperty(kind, out var entry) ? PreferredFirst(entry) : [];

    // Schema 2: [{"type": "grid", "preferred": "…", "all": ["…"]}].
    static string[] IdsOf(JsonElement record, string kind) =>
        [.. Each(record, "external_ids").Where(entry => Text(entry, "type") == kind).SelectMany(PreferredFirst)];

    static string[] PreferredFirst(JsonElement entry)
    {
        if (!entry.TryGetProperty("all", out var all)) return [];
        var ids = all.ValueKind == JsonValueKind.Array ? all.EnumerateArray().Select(id => id.GetString()) : [all.GetString()];
        return [.. ids.Prepend(Text(entry, "preferred")).OfType<string>().Where(id => id.Length > 0).Distinct()];
    }

    static string? Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    static double? Number(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    static IEnumerable<JsonElement> Each(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray() : [];

    static Refusal Refused(string en, string fr) => Refusal.Invalid("not-a-ror-record", en, fr);
}
