using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>A table as an array of objects, one a row: texts, numbers where the column holds numbers, null where a cell is empty.</summary>
static class JsonSheets
{
    static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Outcome<SheetFile> Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
            var columns = new Dictionary<string, int>(StringComparer.Ordinal);
            var rows = new List<SheetRow>();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                var read = Row(item, rows.Count + 1, columns);
                if (!read.Ok) return read.Refusal!;
                rows.Add(read.Value);
                if (SheetLimits.Refuse("JSON", read.Value, rows.Count) is { } refusal) return refusal;
            }
            if (rows.Count == 0) return Refusal.Invalid("sheet-empty", "The file holds no row.", "Le fichier ne contient aucune ligne.", "file");
            return new SheetFile(SheetFormat.Json, [new("JSON", [new(0, [.. columns.Keys.Select(name => new Cell(name))]), .. rows.Where(r => r.Cells.Any(c => !c.IsEmpty))])], []);
        }
        catch (JsonException error)
        {
            var line = (error.LineNumber ?? 0) + 1;
            return Refusal.Invalid("json-damaged", $"Line {line} is not JSON.", $"La ligne {line} n’est pas du JSON.", "file");
        }
        catch (InvalidOperationException)
        {
            return Refusal.Invalid("json-damaged", "A text in the file is not Unicode: save the file as UTF-8.",
                "Un texte du fichier n’est pas de l’Unicode\u202F: enregistrez le fichier en UTF-8.", "file");
        }
    }

    static Outcome<SheetRow> Row(JsonElement item, int number, Dictionary<string, int> columns)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return Refusal.Invalid("json-shape", $"Item {number} is not an object: the file is an array of objects, one a row.",
                $"L’élément {number} n’est pas un objet\u202F: le fichier est un tableau d’objets, un par ligne.", "file");
        var cells = new List<Cell>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in item.EnumerateObject())
        {
            if (!seen.Add(field.Name))
                return Refusal.Invalid("json-shape", $"Item {number} has the field “{field.Name}” twice.", $"L’élément {number} a deux fois le champ «\u202F{field.Name}\u202F».", "file");
            if (field.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return Refusal.Invalid("json-shape", $"The field “{field.Name}” of item {number} is not a text, a number, true, false or null.",
                    $"Le champ «\u202F{field.Name}\u202F» de l’élément {number} n’est ni un texte, ni un nombre, ni true, false ou null.", "file");
            if (!columns.TryGetValue(field.Name, out var at)) columns[field.Name] = at = columns.Count;
            while (cells.Count <= at) cells.Add(Cell.Empty);
            cells[at] = Value(field.Value);
        }
        return new SheetRow(number, cells);
    }

    static Cell Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(value.GetString()!.Trim()),
        JsonValueKind.Number => new(value.GetRawText(), CellKind.Number),
        JsonValueKind.True => new("yes", CellKind.YesNo),
        JsonValueKind.False => new("no", CellKind.YesNo),
        _ => Cell.Empty,
    };

    public static byte[] Write(Sheet sheet)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Written))
        {
            json.WriteStartArray();
            foreach (var row in sheet.Rows.Skip(1))
            {
                json.WriteStartObject();
                for (var i = 0; i < sheet.Rows[0].Cells.Count; i++) Write(json, sheet.Rows[0][i].Text, row[i]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return buffer.ToArray();
    }

    static void Write(Utf8JsonWriter json, string name, Cell cell)
    {
        if (cell.IsEmpty) json.WriteNull(name);
        else if (cell.Kind == CellKind.Number && decimal.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) json.WriteNumber(name, number);
        else json.WriteString(name, cell.Text);
    }
}
