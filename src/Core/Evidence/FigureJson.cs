using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>A figure as JSON: the fields of the contract, unknown values null and never left out, sentences in one language.</summary>
public static class FigureJson
{
    static readonly JsonSerializerOptions English = Make(Lang.En), French = Make(Lang.Fr);

    public static JsonSerializerOptions In(Lang lang) => lang switch { Lang.En => English, Lang.Fr => French };

    static JsonSerializerOptions Make(Lang lang) => new(Receipt.Json) { Converters = { new Sentence(lang), new OfBreakdown() } };

    sealed class Sentence(Lang lang) : JsonConverter<Said>
    {
        public override Said Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Said.Same(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Said value, JsonSerializerOptions options) => writer.WriteStringValue(value.In(lang));
    }

    // Works and projects break down differently, and each states only what it is made of.
    sealed class OfBreakdown : JsonConverter<Breakdown>
    {
        public override Breakdown Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Breakdown value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.All is null
            ? Works(value) : new Dictionary<string, object?>
            {
                ["all"] = value.All, ["withoutPartnerRoles"] = value.WithoutPartnerRoles,
                ["byRole"] = value.ByRole, ["byProgramme"] = value.ByProgramme, ["byYear"] = value.ByYear, ["byScience"] = value.ByScience,
            }, options);

        static Dictionary<string, object?> Works(Breakdown value)
        {
            var fields = new Dictionary<string, object?> { ["direct"] = value.Direct, ["lineage"] = value.Lineage, ["perimeter"] = value.Perimeter };
            if (value.PerimeterReason is { } reason) fields["perimeterReason"] = reason;
            fields["distinctAuthors"] = value.DistinctAuthors;
            fields["structuralShare"] = value.StructuralShare;
            if (value.Numerator is null) return fields;
            fields["numerator"] = value.Numerator;
            fields["denominator"] = value.Denominator;
            return fields;
        }
    }
}
