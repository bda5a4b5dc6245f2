using Entente.Core.Claims;
using Entente.Core.Portfolio;
using Entente.Web.Shell;
using Entente.Web.Shell.Charts;

namespace Entente.Web.Claims;

/// <summary>
/// The scale that claims of one topic share: only those of one unit, all per year or none. Shares stand on the tens around them,
/// everything else on a scale from zero.
/// </summary>
public sealed record ClaimScale(double From, double To, string Unit, bool PerYear)
{
    public static ClaimScale? Of(IReadOnlyList<ClaimRow> rows, ClaimRow row)
    {
        var alike = rows.Where(r => Key(r) == Key(row)).SelectMany(r => r.Read.Rates).Select(rate => rate.Interval).ToList();
        if (alike.Count == 0) return null;
        var high = (double)alike.Max(i => i.High ?? i.Low * 1.5m);
        var low = (double)alike.Min(i => i.Low);
        var (unit, perYear) = Key(row);
        return unit == "share"
            ? new(Math.Floor(low / 10) * 10, Math.Max(Math.Ceiling(high / 10), Math.Floor(low / 10) + 1) * 10, unit, perYear)
            : new(0, Axis.For(high * 1.05).Top, unit, perYear);
    }

    public IReadOnlyList<Reach> Reaches(ClaimRow row) => [.. row.Read.Rates.Select((rate, i) => new Reach(
        (double)rate.Interval.Low, (double?)rate.Interval.High, i > 0 ? "alt" : row.Verdict == Verdict.Contradictory ? "bad" : ""))];

    public string Label(Reader reader, ClaimRow row) =>
        string.Join(reader.Say(", or ", ", ou "), row.Read.Rates.Select(rate => Text(reader, rate)));

    /// <summary>The interval; from a million on in millions or billions, which every end of it then shares.</summary>
    public static string Short(Reader reader, Interval interval) => interval.Low switch
    {
        >= 1_000_000_000 => $"{interval.Times(.000_000_001m).In(reader.Lang, 3)} {reader.Say("billion", "milliards")}",
        >= 1_000_000 => $"{interval.Times(.000_001m).In(reader.Lang, 3)} {reader.Say("million", "millions")}",
        _ => interval.In(reader.Lang, 1),
    };

    /// <summary>One reading in words: 310 to 320 a year, over 5 years.</summary>
    public static string Text(Reader reader, Rate rate) =>
        Short(reader, rate.Interval) + (rate.PerYear ? reader.Say(" a year", " par an") : "")
        + (rate.Window is { Years: not null } window ? reader.Say($", over {window.Text.En}", $", sur {window.Text.Fr}") : "");

    /// <summary>The scale in words: 0 to 600 publications a year.</summary>
    public string Note(Reader reader) => string.Join(' ', ((string?[])
    [
        To >= 1_000_000 ? null : reader.Say($"{reader.Number(From)} to {reader.Number(To)}", $"de {reader.Number(From)} à {reader.Number(To)}"),
        reader.Say(ClaimWords.Unit(Unit)), PerYear ? reader.Say("a year", "par an") : null,
    ]).OfType<string>());

    static (string, bool) Key(ClaimRow row) => (row.Claim.Unit, row.Read.Rates.Count > 0 && row.Read.Rates[0].PerYear);
}
