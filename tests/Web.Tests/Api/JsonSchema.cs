using System.Text.Json;

namespace Entente.Web.Tests.Api;

/// <summary>
/// Holds JSON to the part of JSON Schema 2020-12 that the API's document uses: $ref, type, enum, properties, required, items,
/// additionalProperties, oneOf. A property that the schema does not name is a fault too, so that the document tells all.
/// </summary>
static class JsonSchema
{
    public static IEnumerable<string> Faults(JsonElement document, JsonElement schema, JsonElement value, string at = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Faults(document, Resolve(document, reference.GetString()!), value, at);
        if (schema.TryGetProperty("oneOf", out var choices))
            return choices.EnumerateArray().Any(choice => !Faults(document, choice, value, at).Any()) ? [] : [$"{at}: {Short(value)} is none of the {choices.GetArrayLength()} shapes allowed"];
        if (schema.TryGetProperty("enum", out var values))
            return values.EnumerateArray().Any(v => v.ToString() == value.ToString()) ? [] : [$"{at}: {Short(value)} is none of {values}"];
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => Is(t, value))) return [$"{at}: {Short(value)} is no {type}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(document, schema, value, at),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((item, i) => Faults(document, items, item, $"{at}[{i}]")),
            _ => [],
        };
    }

    static IEnumerable<string> OfObject(JsonElement document, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) yield return $"{at}: {name} is missing";
        var named = schema.TryGetProperty("properties", out var properties);
        var open = schema.TryGetProperty("additionalProperties", out var others);
        foreach (var property in value.EnumerateObject())
        {
            if (named && properties.TryGetProperty(property.Name, out var known))
                foreach (var fault in Faults(document, known, property.Value, $"{at}.{property.Name}")) yield return fault;
            else if (open)
                foreach (var fault in Faults(document, others, property.Value, $"{at}.{property.Name}")) yield return fault;
            else if (named) yield return $"{at}: {property.Name} is not in the document";
        }
    }

    static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    static bool Is(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    static JsonElement Resolve(JsonElement document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at.GetProperty(name));

    static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();
}
