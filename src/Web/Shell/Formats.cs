using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Web.Shell;

/// <summary>
/// Numbers and dates in the reader's form. Written out here because the program runs without culture data, so that it gives
/// the same page on every machine.
/// </summary>
public static class Formats
{
    /// <summary>Narrow no-break space: French thousands, and before ; : ! ? and the per cent sign.</summary>
    public const char Thin = '\u202f';

    /// <summary>No-break space: before a French currency sign.</summary>
    public const char Hard = '\u00a0';

    const char Minus = '\u2212';

    static readonly string[] MonthsEn =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    static readonly string[] MonthsFr =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    static readonly string[] ShortFr =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];

    /// <summary>1,019 or 1 019; as many decimals as told, or as the number has (up to six).</summary>
    public static string Number(this Reader reader, double value, int? decimals = null)
    {
        var pattern = decimals is { } n ? "0." + new string('0', n) : "0.######";
        var plain = Math.Abs(value).ToString(pattern, CultureInfo.InvariantCulture);
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var (whole, rest) = point < 0 ? (plain, "") : (plain[..point], plain[(point + 1)..]);
        var sign = value < 0 && plain.Any(c => c is >= '1' and <= '9') ? Minus.ToString() : "";
        return sign + Grouped(whole, reader.French ? Thin : ',') + (rest.Length == 0 ? "" : (reader.French ? "," : ".") + rest);
    }

    /// <summary>A share of 0 to 1 as per cent: 13.5% or 13,5 %.</summary>
    public static string Percent(this Reader reader, double share, int? decimals = 1) =>
        reader.Number(decimals is null ? Math.Round(share * 100, 9) : share * 100, decimals) + (reader.French ? $"{Thin}%" : "%");

    /// <summary>A change, always with its sign: +558 or −3.</summary>
    public static string Change(this Reader reader, double value) => (value > 0 ? "+" : "") + reader.Number(value);

    /// <summary>185–201, or de 185 à 201; one number where both ends are the same.</summary>
    public static string Range(this Reader reader, double lower, double upper) =>
        lower.Equals(upper) ? reader.Number(lower)
        : reader.French ? $"de {reader.Number(lower)} à {reader.Number(upper)}"
        : $"{reader.Number(lower)}–{reader.Number(upper)}";

    /// <summary>(1,550, 1,600] or ]1 550, 1 600]: an open end leaves itself out. Null is without end.</summary>
    public static string Interval(this Reader reader, double? lower, double? upper, bool lowerClosed, bool upperClosed)
    {
        if (lower is { } point && point.Equals(upper)) return reader.Number(point);
        var closedBelow = lowerClosed && lower is not null;
        var closedAbove = upperClosed && upper is not null;
        var left = closedBelow ? "[" : reader.French ? "]" : "(";
        var right = closedAbove ? "]" : reader.French ? "[" : ")";
        var below = lower is { } l ? reader.Number(l) : $"{Minus}∞";
        var above = upper is { } u ? reader.Number(u) : "∞";
        // Where the comma is the decimal sign it cannot part the ends as well.
        var between = reader.French && (below + above).Contains(',', StringComparison.Ordinal) ? $"{Thin}; " : ", ";
        return left + below + between + above + right;
    }

    /// <summary>€132,000 or 132 000 €. Amounts are never converted.</summary>
    public static string Money(this Reader reader, decimal amount, string currency)
    {
        var sign = currency switch { "EUR" => "€", "GBP" => "£", "USD" => "$", "JPY" => "¥", _ => null };
        var number = reader.Number((double)amount, amount == decimal.Truncate(amount) ? null : 2);
        return sign is null ? $"{number}{Hard}{currency}" : reader.French ? $"{number}{Hard}{sign}" : sign + number;
    }

    /// <summary>2017–2022, or one year.</summary>
    public static string Years(this Reader reader, Years years) =>
        years.Count == 1 ? Year(years.First) : string.Create(CultureInfo.InvariantCulture, $"{years.First}–{years.Last}");

    public static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    /// <summary>4 October 2022, or 4 octobre 2022.</summary>
    public static string Date(this Reader reader, DateOnly date) => string.Create(CultureInfo.InvariantCulture,
        $"{Day(reader, date.Day)} {(reader.French ? MonthsFr : MonthsEn)[date.Month - 1]} {date.Year}");

    /// <summary>1 Dec 2026, or 1er déc. 2026.</summary>
    public static string ShortDate(this Reader reader, DateOnly date) => string.Create(CultureInfo.InvariantCulture,
        $"{Day(reader, date.Day)} {(reader.French ? ShortFr[date.Month - 1] : MonthsEn[date.Month - 1][..3])} {date.Year}");

    /// <summary>A date as published, as far as it is known: 2022, 2022-10 or 2022-10-04. Other texts stay as they are.</summary>
    public static string PartialDate(this Reader reader, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return reader.Date(day);
        return DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? $"{(reader.French ? MonthsFr : MonthsEn)[month.Month - 1]} {Year(month.Year)}"
            : text;
    }

    /// <summary>An instant, in universal time: 21 November 2026, 23:32 UTC.</summary>
    public static string Instant(this Reader reader, DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        var clock = utc.ToString("HH:mm", CultureInfo.InvariantCulture);
        return $"{reader.Date(DateOnly.FromDateTime(utc))}{reader.Say(", ", " à ")}{clock} UTC";
    }

    /// <summary>Sizes in powers of ten: 5.1 MB, or 5,1 Mo.</summary>
    public static string Bytes(this Reader reader, long bytes)
    {
        var (value, unit) = bytes switch
        {
            < 1_000 => ((double)bytes, reader.Say("bytes", "octets")),
            < 1_000_000 => (bytes / 1e3, reader.Say("kB", "ko")),
            < 1_000_000_000 => (bytes / 1e6, reader.Say("MB", "Mo")),
            _ => (bytes / 1e9, reader.Say("GB", "Go")),
        };
        return $"{reader.Number(value, bytes < 1_000 || value >= 100 ? 0 : 1)}{Hard}{unit}";
    }

    /// <summary>A number and its noun: 1 work, 2 works. French counts 0 and 1 as one.</summary>
    public static string Count(this Reader reader, long n, Said one, Said many) =>
        $"{reader.Number(n)}{Hard}{reader.Say((reader.French ? n < 2 : n == 1) ? one : many)}";

    static string Day(Reader reader, int day) => reader.French && day == 1 ? "1er" : day.ToString(CultureInfo.InvariantCulture);

    static string Grouped(string digits, char separator)
    {
        for (var at = digits.Length - 3; at > 0; at -= 3) digits = digits.Insert(at, separator.ToString());
        return digits;
    }
}
