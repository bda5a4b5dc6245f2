using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Agreements;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Agreements;

/// <summary>What the lists of these forms offer.</summary>
static class FormOptions
{
    /// <summary>The sources on record; without one the record itself is the source.</summary>
    public static IReadOnlyList<Option> Sources(PortfolioRecord record) =>
        [.. record.Sources.Values.Where(s => s.Key != OwnSource.Key).OrderBy(s => s.Kind).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => new Option(s.Key, $"{s.Key}, {s.Title}"))];

    public static string NoSource(Reader l) => l.Say("This record itself", "Ce registre lui-même");

    public static IReadOnlyList<Option> Sides(PortfolioRecord record, IEnumerable<string> sides) => [.. sides.Select(s => new Option(s, AgreementWords.Short(record, s)))];

    /// <summary>Both sides, everyone, and each side alone that the reader belongs to.</summary>
    public static IReadOnlyList<Option> Audiences(PortfolioRecord record, IEnumerable<string> sides, Actor who, Reader l) =>
        [.. new[] { Audience.Both, Audience.Public }.Concat(sides.Where(s => who.Operator || who.Sides.Contains(s)).Select(Audience.Side))
            .Select(a => new Option(a.ToString(), l.Say(AgreementWords.Of(a, record))))];

    public static IReadOnlyList<Option> YesNo(Reader l) => [new("yes", l.Say("yes", "oui")), new("no", l.Say("no", "non"))];

    public static IReadOnlyList<Option> Categories(Reader l) => [.. Enum.GetValues<MoneyCategory>().Select(c => new Option(Verdicts.Key(c), l.Say(AgreementWords.Of(c))))];

    public static IReadOnlyList<Option> Currencies { get; } = [.. new[] { "EUR", "GBP", "USD", "JPY", "SGD", "CHF" }.Select(c => new Option(c, c))];

    public static IReadOnlyList<Option> Instruments(PortfolioRecord record, Reader l) =>
        [.. record.Instruments.Values.OrderBy(i => i.Family).ThenBy(i => i.Code, StringComparer.Ordinal).Select(i => new Option(i.Key, $"{i.Code}, {l.Say(i.SaidName)}"))];

    public static IReadOnlyList<Option> Structures(PortfolioRecord record, Reader l, bool centres) =>
        [.. record.Structures.Values.Where(s => !centres || record.IsCentre(s)).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).Select(s => new Option(s.Key, l.Say(s.SaidName)))];

    public static IReadOnlyList<Option> Countries(PortfolioRecord record, Reader l) =>
        [.. record.Organisations.Values.Select(o => o.Country).OfType<string>().Distinct().Select(c => new Option(c, l.Say(Core.Kernel.Countries.Said(c)))).OrderBy(o => o.Text, StringComparer.Ordinal)];

    /// <summary>The five dates that sources mix.</summary>
    public static IReadOnlyList<DateKind> Dates { get; } = [DateKind.Agreed, DateKind.Signed, DateKind.Effective, DateKind.Inaugurated, DateKind.Announced];
}
