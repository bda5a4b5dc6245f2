using System.Security.Cryptography;
using System.Text;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>What becomes of a row.</summary>
public enum RowFate { Added, Changed, Unchanged, Refused }

/// <summary>A cell that changes; empty is unknown.</summary>
public sealed record CellChange(string Column, string Before, string After);

/// <summary>A row of the record as it will be. Id: its key or number; null for a new row of a table without keys.</summary>
public sealed record PlannedRow(PortfolioFile File, string? Id, RowFate Fate, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<CellChange> Changes);

/// <summary>A line of the sheet: sound as a whole, or refused as a whole with every reason.</summary>
public sealed record PreviewLine(SheetRow Raw, string Title, RowFate Fate, IReadOnlyList<PlannedRow> Rows, IReadOnlyList<IntakeFault> Faults)
{
    public int Line => Raw.Line;
}

/// <summary>What an import would do, line by line; the run does exactly this, or is refused.</summary>
public sealed record Preview(Mapping Mapping, SheetRow Header, IReadOnlyList<PreviewLine> Lines, IReadOnlyList<Question> Questions, Source? NewSource)
{
    public int Count(RowFate fate) => Lines.Count(l => l.Fate == fate);

    /// <summary>Rows of the record that are added or changed, by table.</summary>
    public IReadOnlyDictionary<string, int> Writes => Sound.SelectMany(l => l.Rows).Where(r => r.Fate is RowFate.Added or RowFate.Changed)
        .CountBy(r => r.File.Name).OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary();

    public IEnumerable<PreviewLine> Sound => Lines.Where(l => l.Fate != RowFate.Refused);

    /// <summary>The same where the same would be done: what was looked at is what is run.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in Lines)
        {
            Put($"{line.Line} {line.Fate}");
            foreach (var row in line.Rows.Where(r => r.Fate is RowFate.Added or RowFate.Changed))
            {
                Put($"{row.File.Name} {row.Id} {row.Fate}");
                foreach (var (column, cell) in row.Cells) Put($"{column}={cell}");
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];

        void Put(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
