using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Web.Api;

namespace Entente.Web.Portfolio;

/// <summary>A structure as a line of a list, for programs and tables. Dates as published; null where nothing is.</summary>
/// <param name="Since">every date that a source gives for its start under its present kind</param>
/// <param name="Named">false where the sources mention it without a name</param>
public sealed record StructureLine(
    string Key, string Kind, string Name, bool Named, string? Country, string? Centre, IReadOnlyList<string> Since, bool SinceDisputed, string Text,
    IReadOnlyList<string> Partners, IReadOnlyList<string> Sources)
{
    public static Listing<StructureLine> Columns { get; } = new(
        new("key", r => r.Key), new("kind", r => r.Kind), new("name", r => r.Name), new("named", r => r.Named), new("country", r => r.Country),
        new("centre", r => r.Centre), new("since", r => r.Since), new("sinceDisputed", r => r.SinceDisputed), new("text", r => r.Text),
        new("partners", r => r.Partners), new("sources", r => r.Sources));

    public static StructureLine Of(PortfolioRecord record, StructureRow row, Lang lang) => new(
        row.Structure.Key, row.Instrument.Code, row.Structure.Name, row.Structure.Named, row.Structure.Country, row.Centre?.Key,
        [.. (Lineages.Start(record, row.Structure)?.Dates ?? []).Distinct().Select(d => d.ToString())], row.Since.Disputed, row.Since.Text.In(lang),
        [.. row.Partners.Select(p => p.Key)], row.Sources);
}
