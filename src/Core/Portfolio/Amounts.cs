using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Entente.Core.Portfolio;

/// <summary>Amounts of money as text: digits, with a point before cents. Never rounded, never converted.</summary>
public static class Amounts
{
    /// <summary>Up to fifteen digits, and two behind a point.</summary>
    public static bool TryParse(string text, out decimal amount) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount)
        && amount < 1_000_000_000_000_000 && amount.Scale <= 2 && !text.StartsWith('.') && !text.EndsWith('.');

    public static decimal Parse(string text) => TryParse(text, out var amount) ? amount : throw new FormatException($"“{text}” is not an amount.");

    /// <summary>An amount as people type it, 14,000.50 or 14 000,50, in the writing of the record; what is no sure number stays as it is.</summary>
    public static string Typed(string text) => Sheets.Intake.CellReading.Number(text.Trim(), ColumnKind.Amount) is { Length: > 0 } number ? number : text.Trim();

    public static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}

// As text on both databases: SQLite has no exact numbers with decimals.
sealed class AmountText() : ValueConverter<decimal, string>(amount => Amounts.Text(amount), text => Amounts.Parse(text));
