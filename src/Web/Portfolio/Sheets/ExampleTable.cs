using Entente.Core.Portfolio.Sheets;

namespace Entente.Web.Portfolio.Sheets;

/// <summary>A table such as offices keep, invented, and said to be so in each of its lines: what an import can read.</summary>
static class ExampleTable
{
    public static Sheet Sheet => Core.Portfolio.Sheets.Sheet.Of("Synthetic example",
        ["Name", "Type", "Partners", "Country", "Start", "End", "Coordinator CNRS", "Coordinator Imperial", "Theme", "Budget", "Comment"],
        [
            Row("Synthetic laboratory A", "IRL", "CNRS; Imperial College London", "United Kingdom", "20/05/2014", "2029", "Ada Exemple", "Bea Sample", "Applied mathematics; Statistics", "20 000 € a year"),
            Row("Synthetic project B", "IRP", "CNRS; The University of Tokyo", "Japon", "mai 2021", "2026", "Cy Exemple", "", "Quantum matter", ""),
            Row("Synthetic network C", "GDRI", "CNRS; Imperial", "GB", "2016", "", "Di Exemple; Ed Exemple", "Flo Sample", "", "5,000 GBP"),
        ]);

    static IReadOnlyList<Cell> Row(params string[] cells) => [.. cells.Select(c => new Cell(c)), new Cell("Synthetic: invented for this example.")];
}
