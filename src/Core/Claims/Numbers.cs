using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Core.Claims;

/// <summary>Numbers as sentences write them: 1,550 and 28.5 in English, 1 550 and 28,5 in French (narrow no-break space).</summary>
static class Numbers
{
    public static string In(decimal value, Lang lang, int decimals = 6)
    {
        var text = Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("#,0.######", CultureInfo.InvariantCulture);
        return lang == Lang.En ? text : text.Replace(",", "\u202F", StringComparison.Ordinal).Replace('.', ',');
    }

    public static Said Said(decimal value, int decimals = 6) => new(In(value, Lang.En, decimals), In(value, Lang.Fr, decimals));

    /// <summary>258 to 267; one number for a point; more than 50 where there is no upper end. Rounded to the decimals told.</summary>
    public static Said Range(Interval interval, int decimals) => interval switch
    {
        { High: null } => new($"more than {In(interval.Low, Lang.En, decimals)}", $"plus de {In(interval.Low, Lang.Fr, decimals)}"),
        _ when In(interval.Low, Lang.En, decimals) == In(interval.High!.Value, Lang.En, decimals) => Said(interval.Low, decimals),
        _ => new($"{In(interval.Low, Lang.En, decimals)} to {In(interval.High!.Value, Lang.En, decimals)}",
            $"{In(interval.Low, Lang.Fr, decimals)} à {In(interval.High!.Value, Lang.Fr, decimals)}"),
    };
}
