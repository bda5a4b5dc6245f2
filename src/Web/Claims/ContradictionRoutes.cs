using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Portfolio.Rules;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Claims;

/// <summary>Where sources disagree, and settling it.</summary>
static class ContradictionRoutes
{
    public static void MapContradictions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/contradictions", async (Work work, PortfolioRecord record, [AsParameters] ContradictionQuery query, CancellationToken ct) =>
        {
            var settled = await RuleReading.SettledAsync(work, record, ct);
            var names = await WhoNames.OfAsync(work, settled.SelectMany(s => s).Select(s => s.Who), ct);
            return query.Select(record, settled).ToPage<IReadOnlyList<Disagreement>, ContradictionsPage>(rows => new { Rows = rows, Settled = settled, Names = names });
        });
        app.MapGet("/api/v1/contradictions", async (Work work, PortfolioRecord record, Reader reader, string? verdict, string? status, [AsParameters] ListQuery list, CancellationToken ct) =>
            {
                var settled = await RuleReading.SettledAsync(work, record, ct);
                var rows = new ContradictionQuery(list.Q, verdict, status).Select(record, settled);
                Outcome<IReadOnlyList<ContradictionLine>> lines = rows.Refusal is { } refusal ? refusal
                    : rows.Value.Select(d => ContradictionLine.Of(d, settled[(d.Subject, d.Field)].FirstOrDefault(), reader.Lang)).ToList();
                return ContradictionLine.Columns.Answer(lines, list with { Q = null }, reader, "entente-contradictions");
            })
            .Lists<ContradictionLine>("listContradictions", new("Facts on which the sources differ, and what was accepted.",
                "Les faits sur lesquels les sources diffèrent, et ce qui a été retenu."), "/api/v1/contradictions");
        app.MapGet("/contradictions/settle", (Work work, PortfolioRecord record, string? subject, string? field, CancellationToken ct) =>
            FormAsync(work, record, subject, field, Entered.Nothing, 200, ct)).Needs(Permission.SettleContradictions);
        app.MapPost("/contradictions/settle", SettleAsync).Needs(Permission.SettleContradictions);
        app.MapPost("/contradictions/{id:int}/undo", async (Work work, int id, CancellationToken ct) =>
            (await Settling.UndoAsync(work, id, ct)).Refusal is { } refusal ? Answers.RefusalPage(refusal) : Answers.Go("/contradictions")).Needs(Permission.SettleContradictions);
    }

    static async Task<IResult> SettleAsync(HttpContext context, Work work, PortfolioRecord record, CancellationToken ct)
    {
        var form = await context.Request.ReadFormAsync(ct);
        var (subject, field) = (form["subject"].ToString(), form["field"].ToString());
        var audience = Audience.Parse(form["audience"].ToString()) ?? Audience.Both;
        var settled = await Settling.SettleAsync(work, subject, field, form["accepted"].ToString(), form["reason"].ToString(), audience, ct);
        if (settled.Refusal is not { } refusal) return Answers.Go(subject.StartsWith("structures/", StringComparison.Ordinal) ? $"/{subject}#contradictions" : "/contradictions");
        return refusal.Kind == RefusalKind.Invalid ? await FormAsync(work, record, subject, field, Entered.Of(form, refusal), 422, ct) : Answers.RefusalPage(refusal);
    }

    static async Task<IResult> FormAsync(Work work, PortfolioRecord record, string? subject, string? field, Entered entered, int status, CancellationToken ct)
    {
        if (Core.Portfolio.Disagreements.All(record).FirstOrDefault(d => d.Subject == subject && d.Field == field) is not { } found)
            return Answers.RefusalPage(Refusal.NotFound("unknown-disagreement", "The sources on record do not disagree on this, or do so no longer. The list is at /contradictions.",
                "Les sources du registre ne se contredisent pas là-dessus, ou plus. La liste est sur /contradictions."));
        var before = (await RuleReading.SettledAsync(work, record, ct))[(found.Subject, found.Field)].FirstOrDefault();
        return Answers.Page<SettlePage>(new { Of = found, Before = before, Entered = entered }, status);
    }
}

/// <summary>What the list of contradictions can be narrowed to, as the address carries it.</summary>
public sealed record ContradictionQuery(string? Q, string? Verdict, string? Status)
{
    public Outcome<IReadOnlyList<Disagreement>> Select(PortfolioRecord record, ILookup<(string Subject, string Field), Settlement> settled)
    {
        var verdict = Verdicts.Parse(Verdict);
        if (!string.IsNullOrEmpty(Verdict) && verdict is null)
            return Refusal.Usage("verdict", $"“{Verdict}” is not a verdict: write contradictory or explainable.", $"« {Verdict} » n’est pas un verdict : écrivez contradictory ou explainable.", "verdict");
        if (Status is not (null or "" or "open" or "settled"))
            return Refusal.Usage("status", $"“{Status}” is not a state: write open or settled.", $"« {Status} » n’est pas un état : écrivez open ou settled.", "status");
        return Core.Portfolio.Disagreements.All(record).Where(d => verdict is null || d.Verdict == verdict)
            .Where(d => string.IsNullOrEmpty(Status) || settled.Contains((d.Subject, d.Field)) == (Status == "settled"))
            .Where(d => string.IsNullOrWhiteSpace(Q) || Words.AllIn(Q, [d.Title.En, d.Title.Fr, .. d.Statements.SelectMany(s => new[] { s.Text.En, s.Text.Fr, s.Source.ToString() })])).ToList();
    }
}
