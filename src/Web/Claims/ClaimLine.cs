using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Web.Api;

namespace Entente.Web.Claims;

/// <summary>A claim as a line of a list, for programs and tables.</summary>
/// <param name="Value">as published, in the source's words</param>
/// <param name="Low">the least that the words allow; it is in the interval only when lowClosed</param>
/// <param name="High">the most; null where nothing bounds it from above</param>
/// <param name="Verdict">the worst that it meets: contradictory, explainable, consistent or not-comparable</param>
public sealed record ClaimLine(
    string Key, string Topic, string Text, string Value, string Unit, string Kind, string Period, decimal Low, decimal? High, bool LowClosed, bool HighClosed,
    string? Data, IReadOnlyList<string> Organisations, IReadOnlyList<string> Sources, string Verdict, string Reason)
{
    public static Listing<ClaimLine> Columns { get; } = new(
        new("key", r => r.Key), new("topic", r => r.Topic), new("text", r => r.Text), new("value", r => r.Value), new("unit", r => r.Unit),
        new("kind", r => r.Kind), new("period", r => r.Period), new("low", r => r.Low), new("high", r => r.High), new("lowClosed", r => r.LowClosed),
        new("highClosed", r => r.HighClosed), new("data", r => r.Data), new("organisations", r => r.Organisations), new("sources", r => r.Sources),
        new("verdict", r => r.Verdict), new("reason", r => r.Reason));

    public static ClaimLine Of(ClaimRow row, Lang lang) => new(
        row.Claim.Key, row.Claim.SaidTopic.In(lang), row.Claim.SaidText.In(lang), row.Claim.Value, row.Claim.Unit, row.Claim.Kind.ToString().ToLowerInvariant(),
        row.Claim.Period, row.Read.Interval.Low, row.Read.Interval.High, row.Read.Interval.LowClosed, row.Read.Interval.HighClosed, row.Claim.Data,
        row.Claim.OrganisationKeys, [.. row.Claim.Source.Sources], ClaimWords.Key(row.Verdict), row.Reason.In(lang));
}
