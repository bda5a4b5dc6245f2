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
        var rows = new Dictionary<string, IReadOnlyList<Row>>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
            if (PortfolioFileSet.All.FirstOrDefault(f => f.FileName == Path.GetFileName(path)) is { } file)
                rows[file.Name] = ReadFile(path, file, errors);
            else
                errors.Add(new(Path.GetFileName(path), 0, null, new(
                    $"no table of a portfolio has this name; the tables are {Known()}.",
                    $"aucune table d’un portefeuille ne porte ce nom ; les tables sont {Known()}.")));
        if (rows.Count == 0 && errors.Count == 0)
            errors.Add(new(Path.GetFileName(folder), 0, null, new("the folder holds no .csv file.", "le dossier ne contient aucun fichier .csv.")));
        CheckReferences(rows, errors);
        return new(rows, [.. errors.OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line)]);
    }

    static string Known() => string.Join(", ", PortfolioFileSet.All.Select(f => f.FileName));

    static List<Row> ReadFile(string path, PortfolioFile file, List<LoadError> errors)
    {
        var rows = new List<Row>();
        var (text, badLine) = CsvText.Decode(File.ReadAllBytes(path));
        if (text is null)
        {
            errors.Add(new(file.FileName, badLine, null, new(
                "this line is not UTF-8: save the file again as UTF-8.", "cette ligne n’est pas en UTF-8 : enregistrez de nouveau le fichier en UTF-8.")));
            return rows;
        }
        string[]? header = null;
        foreach (var (line, cells) in CsvText.Rows(text))
            if (header is null)
            {
                header = cells;
                if (!CheckHeader(file, header, errors)) return rows;
            }
            else if (ReadRow(file, header, cells, line, errors) is { } row) rows.Add(row);
        if (header is null)
            errors.Add(new(file.FileName, 0, null, new("the file is empty: it needs at least its header.", "le fichier est vide : il lui faut au moins son en-tête.")));
        CheckUnique(file, rows, errors);
        return rows;
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

    static Row? ReadRow(PortfolioFile file, string[] header, string[] cells, int line, List<LoadError> errors)
    {
        var before = errors.Count;
        if (cells.Length != header.Length)
        {
            errors.Add(new(file.FileName, line, null, new(
                $"the row has {cells.Length} cells where the header has {header.Length}: put cells that hold a comma in double quotes.",
                $"la ligne a {cells.Length} cellules, l’en-tête {header.Length} : mettez entre guillemets droits les cellules qui contiennent une virgule.")));
            return null;
        }
        foreach (var (name, cell) in header.Zip(cells))
        {
            var column = file.Find(name)!;
            if (cell.Length == 0 && column.Required)
                errors.Add(new(file.FileName, line, name, new("this cell is required and empty.", "cette cellule est obligatoire et vide.")));
            else if (cell.Length > 0 && column.Complaint(cell) is { } complaint)
                errors.Add(new(file.FileName, line, name, complaint));
        }
        if (errors.Count > before) return null;
        var row = new Row(file, line, header.Zip(cells).ToDictionary(c => c.First, c => c.Second));
        if (file.Check?.Invoke(row) is { } wrong) errors.Add(new(file.FileName, line, wrong.Field, wrong.What));
        return row;
    }

    static void CheckUnique(PortfolioFile file, List<Row> rows, List<LoadError> errors)
    {
        foreach (var column in file.Columns.Where(c => c.Unique))
            foreach (var same in rows.Where(r => r.Text(column.Name) is not null).GroupBy(r => r.Text(column.Name)))
                foreach (var row in same.Skip(1))
                    errors.Add(new(file.FileName, row.Line, column.Name, new(
                        $"“{same.Key}” stands already in line {same.First().Line}.", $"« {same.Key} » figure déjà à la ligne {same.First().Line}.")));
    }

    static void CheckReferences(Dictionary<string, IReadOnlyList<Row>> rows, List<LoadError> errors)
    {
        var keys = PortfolioFileSet.All.Where(f => f.Find("key") is not null).ToDictionary(
            f => f.Name, f => rows.GetValueOrDefault(f.Name, []).Select(r => r.Text("key")).ToHashSet());
        foreach (var row in rows.Values.SelectMany(r => r))
            foreach (var column in row.File.Columns)
                foreach (var (of, key) in References(row, column).Where(r => !keys[r.Of].Contains(r.Key)))
                    errors.Add(new(row.File.FileName, row.Line, column.Name, new(
                        $"“{key}” is not a key of {of}.csv.", $"« {key} » n’est pas une clé de {of}.csv.")));
    }

    static IEnumerable<(string Of, string Key)> References(Row row, Column column) => (column.Kind, row.Text(column.Name)) switch
    {
        (_, null) => [],
        (ColumnKind.Reference, var cell) => [(column.Of!, cell)],
        (ColumnKind.References, var cell) => Column.Items(cell).Select(key => (column.Of!, key)),
        (ColumnKind.Sources, var cell) => Citations.Parse(cell).Sources.Select(key => ("sources", key)),
        _ => [],
    };
}
