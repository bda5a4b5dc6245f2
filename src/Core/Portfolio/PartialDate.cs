using System.Globalization;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Entente.Core.Portfolio;

/// <summary>
/// A date as precise as its source: a year, a month or a day. Written 2014, 2014-05 or 2014-05-20. Never completed by a guess,
/// so 2014 stays the whole year: it has a first and a last day.
/// </summary>
public readonly record struct PartialDate : IComparable<PartialDate>
{
    public PartialDate(int year, int? month = null, int? day = null)
    {
        First = new DateOnly(year, month ?? 1, day ?? 1);
        Last = day is not null ? First : month is not null ? First.AddMonths(1).AddDays(-1) : new DateOnly(year, 12, 31);
        Precision = day is not null ? DatePrecision.Day : month is not null ? DatePrecision.Month : DatePrecision.Year;
    }

    public DateOnly First { get; }
    public DateOnly Last { get; }
    public DatePrecision Precision { get; }
    public int Year => First.Year;

    /// <summary>True when both can be the same day.</summary>
    public bool Meets(PartialDate other) => First <= other.Last && other.First <= Last;

    public int CompareTo(PartialDate other) => (First, other.Last).CompareTo((other.First, Last));

    public static bool operator <(PartialDate a, PartialDate b) => a.CompareTo(b) < 0;
    public static bool operator >(PartialDate a, PartialDate b) => a.CompareTo(b) > 0;
    public static bool operator <=(PartialDate a, PartialDate b) => a.CompareTo(b) <= 0;
    public static bool operator >=(PartialDate a, PartialDate b) => a.CompareTo(b) >= 0;

    public static bool TryParse(string text, out PartialDate date)
    {
        foreach (var (format, precision) in Formats)
            if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                date = precision switch
                {
                    DatePrecision.Year => new(day.Year),
                    DatePrecision.Month => new(day.Year, day.Month),
                    DatePrecision.Day => new(day.Year, day.Month, day.Day),
                };
                return true;
            }
        date = default;
        return false;
    }

    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"“{text}” is not a year, month or day.");

    /// <summary>As a reader writes it: 4 October 2022, octobre 2022, 2022.</summary>
    public string In(Lang lang)
    {
        if (Precision == DatePrecision.Year) return Year.ToString(CultureInfo.InvariantCulture);
        var month = (lang == Lang.En ? EnglishMonths : FrenchMonths)[First.Month - 1];
        var day = First.Day == 1 && lang == Lang.Fr ? "1er" : First.Day.ToString(CultureInfo.InvariantCulture);
        return Precision == DatePrecision.Month ? $"{month} {Year}" : $"{day} {month} {Year}";
    }

    public Said Said => new(In(Lang.En), In(Lang.Fr));

    public override string ToString() => First.ToString(Formats[2 - (int)Precision].Format, CultureInfo.InvariantCulture);

    static readonly (string Format, DatePrecision Precision)[] Formats =
        [("yyyy-MM-dd", DatePrecision.Day), ("yyyy-MM", DatePrecision.Month), ("yyyy", DatePrecision.Year)];

    static readonly string[] EnglishMonths = ["January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December"];

    static readonly string[] FrenchMonths = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
        "septembre", "octobre", "novembre", "décembre"];
}

public enum DatePrecision { Year, Month, Day }

sealed class PartialDateText() : ValueConverter<PartialDate, string>(date => date.ToString(), text => PartialDate.Parse(text));
