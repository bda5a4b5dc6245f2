using System.Globalization;
using System.Text.RegularExpressions;
using Entente.Core.Kernel;

namespace Entente.Core.Claims;

/// <summary>How the words hedge a number: "over", "more than"; "almost", "nearly"; "around", "about"; "up to"; "at least"; "less than"; not at all.</summary>
public enum Qualifier { None, Over, Almost, About, UpTo, AtLeast, Under }

/// <summary>
/// A number as worded. Number is in plain units (95.5 billion is 95,500,000,000), per cent as 66 for 66 %. Step tells how finely it
/// is stated and Interval what it allows.
/// </summary>
public sealed record Quantity(decimal Number, Qualifier Qualifier, Interval Interval)
{
    public bool Percent { get; init; }

    /// <summary>EUR, GBP, USD or JPY where an amount is meant.</summary>
    public string? Currency { get; init; }

    /// <summary>True for "a year", "par an": the number is a rate already.</summary>
    public bool PerYear { get; init; }

    /// <summary>1, or the thousand, million or billion that the number is worded in.</summary>
    public decimal Scale { get; init; } = 1;

    /// <summary>The interval as the number is worded: [95.45, 95.55) billion, [65.5, 66.5) %.</summary>
    public string IntervalIn(Lang lang) =>
        Interval.Per(Scale).In(lang) + (Scale > 1 ? " " + Wording.ScaleWord(Scale, lang) : Percent ? lang == Lang.En ? "%" : "\u202F%" : "");
}

/// <summary>Reads a published number in English or French into the values that it allows.</summary>
public static partial class Wording
{
    /// <summary>
    /// Reads wordings such as "over 1,550", "around 500 a year", "près de 75", "66 %", "two thirds", "EUR 95.5 billion". Words after
    /// the number are passed over, but not other numbers: those would be another claim.
    /// A comma or a point before exactly three digits parts thousands, any other is a decimal sign; so is the point of a number that is
    /// followed by million, per cent or the like, and one after a zero.
    /// </summary>
    public static Outcome<Quantity> Parse(string wording)
    {
        var text = Spaces().Replace(Quotes().Replace(wording, " "), " ").Trim().ToLowerInvariant();
        var qualifier = Take(ref text, Qualifiers(), out var hedge) ? QualifierOf(hedge) : Qualifier.None;
        var currency = Take(ref text, CurrencyBefore(), out var before) ? CurrencyOf(before) : null;
        if (Take(ref text, TwoThirds(), out _)) return Finish(text, new(200m / 3, qualifier, Interval.Closed(65, 68)) { Percent = true }, wording);
        if (!Take(ref text, Digits(), out var digits) && !Take(ref text, SmallWords(), out digits)) return Unreadable(wording);
        // Words that go on with the number: to pass over them would read another number.
        if (GoesOn().IsMatch(text)) return Unreadable(wording);
        var scale = Take(ref text, Scales(), out var scaled) ? ScaleOf(scaled) : 1;
        if (scale > 1 && GoesOn().IsMatch(text)) return Unreadable(wording);
        var percent = Take(ref text, Percents(), out _);
        if (qualifier == Qualifier.None && Take(ref text, Plus(), out _)) qualifier = Qualifier.Over;
        if (NumberOf(digits, whole: scale == 1 && !percent) is not { } number) return Unreadable(wording);
        if (Take(ref text, CurrencyAfter(), out var after)) currency ??= CurrencyOf(after);
        // £1.2m is an amount; without a currency m may be metres.
        if (scaled is { Length: > 0 and <= 3 } && currency is null) return Unreadable(wording);
        var interval = IntervalOf(number.Value, number.Decimals, qualifier, percent);
        return Finish(text, new(number.Value * scale, qualifier, interval.Times(scale)) { Percent = percent, Currency = currency, Scale = scale }, wording);
    }

    /// <summary>The words for a quantity; Parse reads them back to the same quantity.</summary>
    public static string Print(Quantity quantity, Lang lang)
    {
        var hedge = (quantity.Qualifier, lang) switch
        {
            (Qualifier.None, _) => "",
            (Qualifier.Over, Lang.En) => "over ",
            (Qualifier.Over, Lang.Fr) => "plus de ",
            (Qualifier.Almost, Lang.En) => "almost ",
            (Qualifier.Almost, Lang.Fr) => "près de ",
            (Qualifier.About, Lang.En) => "around ",
            (Qualifier.About, Lang.Fr) => "environ ",
            (Qualifier.UpTo, Lang.En) => "up to ",
            (Qualifier.UpTo, Lang.Fr) => "jusqu’à ",
            (Qualifier.AtLeast, Lang.En) => "at least ",
            (Qualifier.AtLeast, Lang.Fr) => "au moins ",
            (Qualifier.Under, Lang.En) => "less than ",
            (Qualifier.Under, Lang.Fr) => "moins de ",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var currency = quantity.Currency is { } code ? (lang == Lang.En ? $"{code} " : "", lang == Lang.Fr ? $" {code}" : "") : ("", "");
        var unit = quantity.Percent ? lang == Lang.En ? "%" : "\u202F%" : "";
        var rate = quantity.PerYear ? lang == Lang.En ? " a year" : " par an" : "";
        var scale = quantity.Scale > 1 ? " " + ScaleWord(quantity.Scale, lang) : "";
        return hedge + currency.Item1 + Numbers.In(quantity.Number / quantity.Scale, lang) + scale + unit + currency.Item2 + rate;
    }

    internal static string ScaleWord(decimal scale, Lang lang) => (scale, lang) switch
    {
        (1e3m, Lang.En) => "thousand",
        (1e3m, Lang.Fr) => "mille",
        (1e6m, Lang.En) => "million",
        (1e6m, Lang.Fr) => "millions",
        (_, Lang.En) => "billion",
        (_, Lang.Fr) => "milliards",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    static Outcome<Quantity> Finish(string rest, Quantity quantity, string wording)
    {
        var perYear = Take(ref rest, Yearly(), out _) || AnyYearly().IsMatch(rest);
        return rest.Any(char.IsAsciiDigit) ? Unreadable(wording) : quantity with { PerYear = perYear };
    }

    // RULES, "Claims": what each wording allows.
    static Interval IntervalOf(decimal n, int decimals, Qualifier qualifier, bool percent) => qualifier switch
    {
        Qualifier.Over => SignificantDigits(n) >= 3 ? new(n, n + Step(n), false, true) : Interval.Above(n),
        Qualifier.Almost => new(n - Step(n), n, true, false),
        Qualifier.About => Interval.Closed(n * 0.9m, n * 1.1m),
        Qualifier.UpTo => Interval.Closed(0, n),
        Qualifier.AtLeast => new(n, null, true, false),
        Qualifier.Under => new(0, n, true, false),
        Qualifier.None when percent || decimals > 0 => Half(n, decimals),
        Qualifier.None => Interval.Point(n),
    };

    static Interval Half(decimal n, int decimals)
    {
        var half = 0.5m;
        for (var i = 0; i < decimals; i++) half /= 10;
        return new(n - half, n + half, true, false);
    }

    /// <summary>The largest 10^k or 5 × 10^k that divides the number: 50 for 1,550; 100 for 2,800; 5 for 75.</summary>
    internal static decimal Step(decimal n)
    {
        for (var power = 1_000_000_000_000_000m; power >= 0.000001m; power /= 10)
        {
            if (n % (5 * power) == 0) return 5 * power;
            if (n % power == 0) return power;
        }
        return 0.000001m;
    }

    /// <summary>Digits without the zeros that only hold the place: 3 for 1,550; 1 for 50.</summary>
    internal static int SignificantDigits(decimal n) =>
        n.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).Trim('0').Length;

    // Whole: the number is not one of millions or per cent, where 2.753 is more likely a number with decimals.
    static (decimal Value, int Decimals)? NumberOf(string text, bool whole)
    {
        if (SmallNumber(text) is { } small) return (small, 0);
        var digits = text.Replace(" ", "", StringComparison.Ordinal);
        if (ThousandsComma().IsMatch(digits)) digits = digits.Replace(",", "", StringComparison.Ordinal);
        else if (digits.Count(c => c == '.') > 1 || (whole && ThousandsPoint().IsMatch(digits))) digits = digits.Replace(".", "", StringComparison.Ordinal);
        digits = digits.Replace(',', '.');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1_000_000_000_000m
            ? (value, point < 0 ? 0 : digits.Length - point - 1) : null;
    }

    /// <summary>One to twelve, written out in either language; null for anything else.</summary>
    internal static decimal? SmallNumber(string text)
    {
        var small = Array.IndexOf(SmallEn, text) is >= 0 and var en ? en : Array.IndexOf(SmallFr, text);
        return small >= 0 ? small + 1 : null;
    }

    static bool Take(ref string text, Regex regex, out string taken)
    {
        var match = regex.Match(text);
        taken = match.Value.Trim();
        if (!match.Success) return false;
        text = text[match.Length..].TrimStart();
        return true;
    }

    static Qualifier QualifierOf(string words) => words switch
    {
        "over" or "more than" or "plus de" => Qualifier.Over,
        "almost" or "nearly" or "close to" or "près de" or "presque" => Qualifier.Almost,
        "up to" or "at most" or "no more than" or "jusqu’à" or "jusqu'à" or "au plus" or "au maximum" => Qualifier.UpTo,
        "at least" or "no fewer than" or "au moins" or "au minimum" => Qualifier.AtLeast,
        "less than" or "fewer than" or "under" or "moins de" => Qualifier.Under,
        _ => Qualifier.About,
    };

    static decimal ScaleOf(string word) => word switch
    {
        "thousand" or "mille" or "k" => 1e3m,
        "million" or "millions" or "m" or "mn" or "mio" => 1e6m,
        _ => 1e9m,
    };

    static string CurrencyOf(string word) => word switch
    {
        "eur" or "€" or "euros" or "euro" or "d’euros" or "d'euros" => "EUR",
        "gbp" or "£" => "GBP",
        "usd" or "$" => "USD",
        _ => "JPY",
    };

    static Refusal Unreadable(string wording) => Refusal.Invalid("wording",
        $"“{wording}” holds no single number that can be read: write it as published, such as over 1,550 or 66 %.",
        $"« {wording} » ne contient pas un nombre lisible et un seul : écrivez-le comme publié, par exemple plus de 1 550 ou 66 %.", "value");

    static readonly string[] SmallEn = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    static readonly string[] SmallFr = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"];

    [GeneratedRegex("[“”\"«»]")] private static partial Regex Quotes();
    [GeneratedRegex("[\\s\\u00A0\\u202F]+")] private static partial Regex Spaces();
    [GeneratedRegex("^(over|more than|plus de|almost|nearly|close to|près de|presque|around|about|approximately|roughly|some|environ|autour de|à peu près|quelque|up to|at most|no more than|jusqu[’']à|au plus|au maximum|at least|no fewer than|au moins|au minimum|less than|fewer than|under|moins de)\\b")] private static partial Regex Qualifiers();
    [GeneratedRegex("^(eur|gbp|usd|jpy|€|£|\\$|¥)\\s*")] private static partial Regex CurrencyBefore();
    [GeneratedRegex("^(eur\\b|gbp\\b|usd\\b|jpy\\b|euros?\\b|d[’']euros\\b|€|£|\\$|¥)")] private static partial Regex CurrencyAfter();
    [GeneratedRegex("^(two[ -]thirds|(les )?deux tiers)\\b")] private static partial Regex TwoThirds();
    [GeneratedRegex("^([0-9]{1,3}([ ,][0-9]{3})+(?![0-9])([.,][0-9]+)?|[0-9]{1,3}(\\.[0-9]{3}){2,}(?![0-9])(,[0-9]+)?|[0-9]{1,3}\\.[0-9]{3},[0-9]+|[0-9]+([.,][0-9]+)?)")] private static partial Regex Digits();
    [GeneratedRegex("^[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?$")] private static partial Regex ThousandsComma();
    [GeneratedRegex("^[1-9][0-9]{0,2}(\\.[0-9]{3})+(,[0-9]+)?$")] private static partial Regex ThousandsPoint();
    [GeneratedRegex("^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|un|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze)\\b")] private static partial Regex SmallWords();
    [GeneratedRegex("^(thousand|millions?|billions?|milliards?|mille|k|m|mn|mio|bn|mds?|mrd)\\b")] private static partial Regex Scales();
    [GeneratedRegex("^(-|hundreds?\\b|dozens?\\b|scores?\\b|trillions?\\b|billiards?\\b|cents?\\b|milliers?\\b|dizaines?\\b|douzaines?\\b|vingtaines?\\b|centaines?\\b|and a (half|quarter)\\b|et (demie?|quart)\\b)")] private static partial Regex GoesOn();
    [GeneratedRegex("^\\+")] private static partial Regex Plus();
    [GeneratedRegex("^(%|per cent\\b|percent\\b|pour cent\\b)")] private static partial Regex Percents();
    [GeneratedRegex("^(a year|per year|each year|yearly|par an|chaque année)\\b")] private static partial Regex Yearly();
    [GeneratedRegex("\\b(a year|per year|each year|par an|chaque année)\\b")] private static partial Regex AnyYearly();
}
