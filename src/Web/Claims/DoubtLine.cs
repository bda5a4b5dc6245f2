using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Web.Api;

namespace Entente.Web.Claims;

/// <summary>Something on record that does not fit, as a line of a list, for programs and tables.</summary>
/// <param name="Subject">structures/KEY or claims/KEY</param>
/// <param name="Mend">the address of the page where it is mended</param>
/// <param name="Sources">keys of the sources of the rule that it rests on</param>
public sealed record DoubtLine(string Kind, string Subject, string Title, string? Instrument, string Why, string Mend, IReadOnlyList<string> Sources, int Contests)
{
    public static Listing<DoubtLine> Columns { get; } = new(
        new("kind", r => r.Kind), new("subject", r => r.Subject), new("title", r => r.Title), new("instrument", r => r.Instrument), new("why", r => r.Why), new("mend", r => r.Mend),
        new("sources", r => r.Sources), new("contests", r => r.Contests));

    public static DoubtLine Of(Doubt doubt, Lang lang) => new(Verdicts.Key(doubt.Kind), doubt.Subject, doubt.Title.In(lang), doubt.Instrument, doubt.Why.In(lang), doubt.Mend,
        [.. doubt.Sources.Select(s => s.Source).Distinct()], doubt.Contests);
}
