using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Core.Portfolio.Sheets;

/// <summary>What a number format of a workbook makes of a number: a date, a time, a percentage, digits with leading zeros.</summary>
readonly partial record struct NumberFormat(NumberUse Use, DatePrecision Precision = DatePrecision.Day, int Digits = 0)
{
    /// <summary>Of the formats that a workbook need not write down, those that are not plain numbers (ECMA-376, 18.8.30).</summary>
    public static NumberFormat Of(uint id, string? code) => id switch
    {
        9 or 10 => new(NumberUse.Percent),
        17 => new(NumberUse.Date, DatePrecision.Month),
        (>= 14 and <= 16) or 22 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => new(NumberUse.Date),
        (>= 18 and <= 21) or (>= 32 and <= 35) or (>= 45 and <= 47) => new(NumberUse.Time),
        _ => code is null ? default : Read(code),
    };

    // Only the first section counts, the one for positive numbers; quoted, escaped and bracketed parts are no letters of a date.
    static NumberFormat Read(string code)
    {
        var bare = Aside().Replace(code, "").Split(';')[0].ToLowerInvariant();
        if (bare.Contains('%', StringComparison.Ordinal)) return new(NumberUse.Percent);
        if (ZerosOnly().IsMatch(bare)) return new(NumberUse.Digits, Digits: bare.Length);
        if (bare.Contains("general", StringComparison.Ordinal)) return default;
        var (year, month, day) = (bare.Contains('y', StringComparison.Ordinal), bare.Contains('m', StringComparison.Ordinal), bare.Contains('d', StringComparison.Ordinal));
        if (day) return new(NumberUse.Date);
        if (year) return new(NumberUse.Date, month ? DatePrecision.Month : DatePrecision.Year);
        return bare.AsSpan().IndexOfAny('h', 's') >= 0 ? new(NumberUse.Time) : default;
    }

    /// <summary>The number as text: a point for decimals, dates as 2014-05-20, as precise as the format shows them.</summary>
    public Cell Show(double value, bool from1904) => Use switch
    {
        NumberUse.Date when DateOf(value, from1904) is { } day => new(Show(day), CellKind.Date),
        NumberUse.Date => new("#DATE!", CellKind.Fault),
        NumberUse.Time when value is >= 0 and < 1 => new(DateTime.MinValue.AddDays(value).ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
        NumberUse.Percent => new(Plain(Math.Round(value * 100, 10)) + "%", CellKind.Number),
        NumberUse.Digits when value >= 0 => new(Plain(value).PadLeft(Digits, '0')),
        _ => new(Plain(value), CellKind.Number),
    };

    string Show(DateTime day) => day.TimeOfDay > TimeSpan.Zero && Precision == DatePrecision.Day
        ? day.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)
        : day.ToString(Precision switch { DatePrecision.Year => "yyyy", DatePrecision.Month => "yyyy-MM", DatePrecision.Day => "yyyy-MM-dd" }, CultureInfo.InvariantCulture);

    /// <summary>
    /// Days since 1 January 1904, or since 1900 with its 29 February that never was: number 60, which is no date. Seconds are rounded,
    /// since a time is stored as a fraction.
    /// </summary>
    static DateTime? DateOf(double value, bool from1904)
    {
        var days = from1904 ? value : value < 60 ? value - 1 : value - 2;
        if (days < 0 || (!from1904 && value is >= 60 and < 61) || days > 2_958_463) return null;
        var start = from1904 ? new DateTime(1904, 1, 1) : new DateTime(1900, 1, 1);
        return start.AddDays(Math.Floor(days)).AddSeconds(Math.Round((days - Math.Floor(days)) * 86_400));
    }

    /// <summary>As spreadsheets show it: fifteen digits, so that 0.1 + 0.2 reads 0.3.</summary>
    public static string Plain(double value)
    {
        var text = value.ToString("G15", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && Math.Abs(value) < 1e28 && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString(CultureInfo.InvariantCulture) : text;
    }

    [GeneratedRegex("""
        "[^"]*"|\\.|\[[^\]]*\]|_.|\*.
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Aside();

    [GeneratedRegex("^00+$")]
    private static partial Regex ZerosOnly();
}

enum NumberUse { Plain, Date, Time, Percent, Digits }
