using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>Dates within a sentence. French joins a day with an article, a month and a year without: depuis le 4 mai 2022, jusqu’en 2028.</summary>
public static class DatePhrases
{
    public static Said Since(this PartialDate date) => new($"since {date.In(Lang.En)}", $"depuis {Article(date)}{date.In(Lang.Fr)}");

    public static Said Until(this PartialDate date) => new($"until {date.In(Lang.En)}", $"jusqu’{(IsDay(date) ? "au" : "en")} {date.In(Lang.Fr)}");

    public static Said Before(this PartialDate date) => new($"before {date.In(Lang.En)}", $"avant {Article(date)}{date.In(Lang.Fr)}");

    /// <summary>From one date to another: du 1er janvier 2026 au 31 décembre 2028, de mai 2014 à 2018.</summary>
    public static Said To(this PartialDate start, PartialDate end) => new($"{start.In(Lang.En)} to {end.In(Lang.En)}",
        $"{Out(start)}{start.In(Lang.Fr)} {(IsDay(end) ? "au" : "à")} {end.In(Lang.Fr)}");

    static string Out(PartialDate date) => IsDay(date) ? "du " : date is { Precision: DatePrecision.Month, First.Month: 4 or 8 or 10 } ? "d’" : "de ";

    static bool IsDay(PartialDate date) => date.Precision == DatePrecision.Day;

    static string Article(PartialDate date) => IsDay(date) ? "le " : "";
}
