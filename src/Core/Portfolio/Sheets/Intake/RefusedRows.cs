using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>The refused lines as a sheet like the one they came from, with the reasons beside them: to be corrected and imported again.</summary>
public static class RefusedRows
{
    public static Sheet Of(Preview preview, Lang lang)
    {
        var width = preview.Header.Cells.Count;
        return Sheet.Of("refused", [.. preview.Header.Cells.Select(c => c.Text), Headings.Reason],
            preview.Lines.Where(l => l.Fate == RowFate.Refused).Select(line => (IReadOnlyList<Cell>)
                [.. Enumerable.Range(0, width).Select(i => line.Raw[i] with { Kind = CellKind.Text }), new Cell(Reasons(line, lang))]));
    }

    /// <summary>Every reason of a line, with the column that it is of.</summary>
    public static string Reasons(PreviewLine line, Lang lang) => string.Join("\n", line.Faults.Select(f => (f.Heading is null ? "" : f.Heading + (lang == Lang.En ? ": " : "\u202F: ")) + f.What.In(lang)));
}
