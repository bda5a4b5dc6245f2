using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>Something wrong in a portfolio folder. Line 0: the file as a whole.</summary>
public sealed record LoadError(string File, int Line, string? Field, Said What)
{
    public Said Said => new(
        $"{File}{(Line > 0 ? $", line {Line}" : "")}{(Field is null ? "" : $", field {Field}")}: {What.En}",
        $"{File}{(Line > 0 ? $", ligne {Line}" : "")}{(Field is null ? "" : $", champ {Field}")} : {What.Fr}");
}

/// <summary>A portfolio folder as read: its rows by file when nothing is wrong, else all that is wrong, in order of file and line.</summary>
public sealed record PortfolioDraft(IReadOnlyDictionary<string, IReadOnlyList<Row>> Rows, IReadOnlyList<LoadError> Errors);

/// <summary>Reads a portfolio folder and finds everything that is wrong with it. Writes nothing.</summary>
public static class PortfolioReading
{
    public static PortfolioDraft Read(string folder)
    {
        var errors = new List<LoadError>();
        var tables = new Dictionary<string, TableRead>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
            if (PortfolioFileSet.All.FirstOrDefault(f => f.FileName == Path.GetFileName(path)) is { } file)
                tables[file.Name] = ReadFile(path, file, errors);
            else
                errors.Add(new(Path.GetFileName(path), 0, null, new(
                    $"no table of a portfolio has this name; the tables are {Known()}.",
                    $"aucune table d’un portefeuille ne porte ce nom ; les tables sont {Known()}.")));
        if (tables.Count == 0 && errors.Count == 0)
            errors.Add(new(Path.GetFileName(folder), 0, null, new("the folder holds no .csv file.", "le dossier ne contient aucun fichier .csv.")));
        CheckReferences(tables, errors);
        return new(tables.ToDictionary(t => t.Key, t => (IReadOnlyList<Row>)t.Value.Rows),
            [.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line)]);
    }

    // Keys that a row at fault bears are kept, so that those who name it are not at fault too. Keys is null where the table could
    // not be read: what it holds is not known then.
    sealed record TableRead(List<Row> Rows, HashSet<string>? Keys);

    static string Known() => string.Join(", ", PortfolioFileSet.All.Select(f => f.FileName));

    static TableRead ReadFile(string path, PortfolioFile file, List<LoadError> errors)
    {
        var table = new TableRead([], []);
        var (text, badLine) = CsvText.Decode(File.ReadAllBytes(path));
        if (text is null)
        {
            errors.Add(new(file.FileName, badLine, null, new(
                "this line is not UTF-8: save the file again as UTF-8.", "cette ligne n’est pas en UTF-8 : enregistrez de nouveau le fichier en UTF-8.")));
            return table with { Keys = null };
        }
        string[]? header = null;
        foreach (var (line, cells) in CsvText.Rows(text))
            if (header is null)
            {
                header = cells;
                if (!CheckHeader(file, header, errors)) return table with { Keys = null };
            }
            else ReadRow(file, header, cells, line, table, errors);
        if (header is null)
            errors.Add(new(file.FileName, 0, null, new("the file is empty: it needs at least its header.", "le fichier est vide : il lui faut au moins son en-tête.")));
        CheckUnique(file, table.Rows, errors);
        return header is null ? table with { Keys = null } : table;
    }

    static bool CheckHeader(PortfolioFile file, string[] header, List<LoadError> errors)
    {
        var before = errors.Count;
        if (header.Length == 1 && header[0].Contains(';', StringComparison.Ordinal))
        {
            errors.Add(new(file.FileName, 1, null, new("the columns are separated by semicolons: use commas.", "les colonnes sont séparées par des points-virgules : employez des virgules.")));
            return false;
        }
        foreach (var name in header.Where(name => file.Find(name) is null))
            errors.Add(new(file.FileName, 1, name, new(
                $"no such column; the columns are {string.Join(", ", file.Columns.Select(c => c.Name))}.",
                $"cette colonne n’existe pas ; les colonnes sont {string.Join(", ", file.Columns.Select(c => c.Name))}.")));
        foreach (var name in header.GroupBy(name => name).Where(g => g.Count() > 1).Select(g => g.Key))
            errors.Add(new(file.FileName, 1, name, new("the column stands there twice.", "la colonne figure deux fois.")));
        foreach (var column in file.Columns.Where(c => c.Required && !header.Contains(c.Name)))
            errors.Add(new(file.FileName, 1, column.Name, new("this column is required and missing.", "cette colonne est obligatoire et absente.")));
        return errors.Count == before;
    }

    static void ReadRow(PortfolioFile file, string[] header, string[] cells, int line, TableRead table, List<LoadError> errors)
    {
        var before = errors.Count;
        if (Array.IndexOf(header, "key") is >= 0 and var at && at < cells.Length) table.Keys!.Add(cells[at]);
        if (cells.Length != header.Length)
        {
            errors.Add(new(file.FileName, line, null, new(
                $"the row has {cells.Length} cells where the header has {header.Length}: put cells that hold a comma in double quotes.",
                $"la ligne a {cells.Length} cellules, l’en-tête {header.Length} : mettez entre guillemets droits les cellules qui contiennent une virgule.")));
            return;
        }
        var row = new Row(file, line, header.Zip(cells).ToDictionary(c => c.First, c => c.Second));
        foreach (var (field, what) in RowRules.Complaints(row)) errors.Add(new(file.FileName, line, field, what));
        if (errors.Count == before) table.Rows.Add(row);
    }

    static void CheckUnique(PortfolioFile file, List<Row> rows, List<LoadError> errors)
    {
        foreach (var column in file.Columns.Where(c => c.Unique))
            foreach (var same in rows.Where(r => r.Text(column.Name) is not null).GroupBy(r => r.Text(column.Name)))
                foreach (var row in same.Skip(1))
                    errors.Add(new(file.FileName, row.Line, column.Name, new(
                        $"“{same.Key}” stands already in line {same.First().Line}.", $"« {same.Key} » figure déjà à la ligne {same.First().Line}.")));
    }

    static void CheckReferences(Dictionary<string, TableRead> tables, List<LoadError> errors)
    {
        var unread = new HashSet<string>();
        foreach (var row in tables.Values.SelectMany(t => t.Rows))
            foreach (var (column, of, key) in RowRules.References(row))
                if (!tables.TryGetValue(of, out var table))
                {
                    if (unread.Add(of))
                        errors.Add(new(of + ".csv", 0, null, new(
                            $"this file is missing: {row.File.FileName} names “{key}” of it in line {row.Line}.",
                            $"ce fichier manque : {row.File.FileName} en nomme « {key} » à la ligne {row.Line}.")));
                }
                else if (table.Keys is { } keys && !keys.Contains(key))
                    errors.Add(new(row.File.FileName, row.Line, column.Name, RowRules.NoSuchKey(key, of)));
    }
}
