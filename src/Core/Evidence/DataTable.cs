using System.Globalization;

namespace Entente.Core.Evidence;

/// <summary>A row of a table that travels with the program, by column name.</summary>
public sealed class DataRow(string path, string[] header, CsvRow row)
{
    public string this[string column] => Array.IndexOf(header, column) is var at and >= 0 && at < row.Fields.Length
        ? row.Fields[at] : throw Bad(column);

    public int Whole(string column) => int.TryParse(this[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad(column);

    public InvalidDataException Bad(string column) => new($"{path}, line {row.Line}: {column} is missing or malformed.");
}

/// <summary>
/// The tables that travel with the program (folder data beside it): comma-separated, with a header, and lines of explanation
/// that begin with #. A table that is not what it should be is a bug, and throws.
/// </summary>
public static class DataTable
{
    public static IReadOnlyList<DataRow> Read(string path)
    {
        var text = string.Join('\n', File.ReadLines(path).Where(line => !line.StartsWith('#')));
        var table = CsvTable.Open(() => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), header => header.Length > 1)
            ?? throw new InvalidDataException($"{path} has no header.");
        return [.. table.Rows().Select(row => row.Problem is { } problem
            ? throw new InvalidDataException($"{path}, line {row.Line}: {problem.En}")
            : new DataRow(path, table.Header, row))];
    }

    /// <summary>The value of a line of explanation such as "# version: 2026-11".</summary>
    public static string? Stated(string path, string name) => File.ReadLines(path)
        .FirstOrDefault(line => line.StartsWith($"# {name}:", StringComparison.Ordinal))?[(name.Length + 3)..].Trim();
}
