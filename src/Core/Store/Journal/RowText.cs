using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Entente.Core.Store.Journal;

/// <summary>A row as text by column, the same on both databases, and back again.</summary>
static class RowText
{
    const string Masked = "(secret)";

    internal static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(IReadOnlyDictionary<string, string?> cells) => JsonSerializer.Serialize(cells, Plain);

    public static IReadOnlyDictionary<string, string?>? Parse(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string?>>(json, Plain);

    public static Dictionary<string, string?> Cells(EntityEntry row, bool original) =>
        row.Metadata.GetProperties().ToDictionary(ColumnOf, p => Text(p, original ? row.OriginalValues[p] : row.CurrentValues[p]), StringComparer.Ordinal);

    /// <summary>The columns that a tracked change really changes.</summary>
    public static IEnumerable<IProperty> Changed(EntityEntry row) =>
        row.Metadata.GetProperties().Where(p => Raw(p, row.OriginalValues[p]) != Raw(p, row.CurrentValues[p]));

    public static string Key(EntityEntry row) =>
        string.Join('|', row.Metadata.FindPrimaryKey()!.Properties.Select(p => Raw(p, row.CurrentValues[p])));

    public static object[] KeyValues(IEntityType type, string key) =>
        [.. type.FindPrimaryKey()!.Properties.Zip(key.Split('|'), (property, text) => Value(property, text)!)];

    public static string ColumnOf(IReadOnlyProperty property) => (string)property.FindAnnotation("Relational:ColumnName")!.Value!;

    public static string? Text(IProperty property, object? value) => value is not null && property.IsSecret() ? Masked : Raw(property, value);

    static string? Raw(IProperty property, object? value)
    {
        if (property.GetTypeMapping().Converter is { } converter) value = converter.ConvertToProvider(value);
        return value switch
        {
            null => null,
            string text => text,
            bool flag => flag ? "true" : "false",
            byte[] bytes => Convert.ToBase64String(bytes),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException($"{property.DeclaringType.Name}.{property.Name} is of a type that the journal cannot write."),
        };
    }

    static object? Value(IProperty property, string? text)
    {
        if (text is null) return null;
        var converter = property.GetTypeMapping().Converter;
        var type = converter?.ProviderClrType ?? property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        object value = type == typeof(string) ? text : type == typeof(bool) ? text == "true" : type == typeof(byte[]) ? Convert.FromBase64String(text)
            : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        return converter is null ? value : converter.ConvertFromProvider(value);
    }

    /// <summary>Puts cells onto a tracked row; columns that are not named stay, and so do secrets, which the journal never knew.</summary>
    public static void Fill(EntityEntry row, IReadOnlyDictionary<string, string?> cells)
    {
        foreach (var property in row.Metadata.GetProperties().Where(p => !p.IsSecret()))
            if (cells.TryGetValue(ColumnOf(property), out var text) && Raw(property, row.CurrentValues[property]) != text)
                row.CurrentValues[property] = Value(property, text);
    }

    /// <summary>A new row of these cells, tracked as added.</summary>
    public static EntityEntry Make(Db db, IEntityType type, IReadOnlyDictionary<string, string?> cells)
    {
        // As EF itself does when it reads a row: required and init concern who writes code, not who restores a row.
        var row = db.Entry(RuntimeHelpers.GetUninitializedObject(type.ClrType));
        foreach (var property in type.GetProperties())
            if (cells.TryGetValue(ColumnOf(property), out var text)) property.PropertyInfo!.SetValue(row.Entity, Value(property, text));
        row.State = Microsoft.EntityFrameworkCore.EntityState.Added;
        return row;
    }
}
