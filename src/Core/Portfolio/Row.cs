using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>One row of a portfolio file, its cells by column. Asked for a typed value only after its shape was checked.</summary>
public sealed class Row(PortfolioFile file, int line, IReadOnlyDictionary<string, string> cells)
{
    public PortfolioFile File { get; } = file;

    /// <summary>The line on which the row begins; the header is line 1.</summary>
    public int Line { get; } = line;

    /// <summary>The cell, trimmed; null where it is empty or the file has no such column.</summary>
    public string? Text(string column) => cells.GetValueOrDefault(column) is { Length: > 0 } text ? text : null;

    public string Must(string column) => Text(column) ?? throw new InvalidOperationException($"{File.FileName}, line {Line}: {column} is empty.");

    public PartialDate? Date(string column) => Text(column) is { } text ? PartialDate.Parse(text) : null;

    public int? Number(string column) => Text(column) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public decimal? Amount(string column) => Text(column) is { } text ? Amounts.Parse(text) : null;

    public bool? YesNo(string column) => Text(column) is { } text ? text == "yes" : null;

    public T Choice<T>(string column) where T : struct, Enum => ChoiceOrNull<T>(column)!.Value;

    public T? ChoiceOrNull<T>(string column) where T : struct, Enum =>
        Text(column) is { } text ? Enum.GetValues<T>().Single(value => Column.Kebab(value.ToString()) == text) : null;

    public Citations Source => Citations.Parse(Must("source"));
    public string? Wording => Text("wording");
    public Audience Audience => Text("audience") is { } text ? Audience.Parse(text)!.Value : Audience.Public;
}
