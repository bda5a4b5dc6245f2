using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Core.Store;
using Entente.Web.Api;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Rules;

/// <summary>Instruments and their rules: reading, a new version of a pack, and objections to what is found.</summary>
public static class RuleRoutes
{
    public static void MapRules(this IEndpointRouteBuilder app)
    {
        app.MapGet("/instruments", (Work work, PortfolioRecord record, Reader reader) =>
            InstrumentRow.Columns.Select(InstrumentRow.All(record, PortfolioRoutes.Today(work), reader.Lang), new ListQuery { Sort = reader["sort"], Q = reader["q"] })
                .ToPage<IReadOnlyList<InstrumentRow>, InstrumentsPage>(rows => new { Rows = rows }));
        app.MapGet("/instruments/{key}", (Work work, PortfolioRecord record, string key) =>
            Find(record, key).ToPage<Instrument, InstrumentPage>(instrument => new { Instrument = instrument, Today = PortfolioRoutes.Today(work) }));
        app.MapGet("/instruments/{key}/rules/{slug}", (PortfolioRecord record, string key, string slug) =>
            FindPack(record, key, slug).ToPage<PackHistory, PackPage>(pack => new { Pack = pack }));
        app.MapGet("/api/v1/rules", (PortfolioRecord record, Reader reader, string? instrument, [AsParameters] ListQuery list) =>
                RuleRow.Columns.Answer(RuleRow.All(record, instrument, reader.Lang), list, reader, "entente-rules"))
            .Lists<RuleRow>("listRules", new("The rules of instruments, pack by pack and version by version, with their sources.",
                "Les règles des instruments, jeu par jeu et version par version, avec leurs sources."), "/api/v1/rules?instrument=irp");
        app.MapGet("/instruments/{key}/rules/{slug}/edit", (PortfolioRecord record, string key, string slug) => Form(record, key, slug, Entered.Nothing)).Needs(Permission.EditRules);
        app.MapPost("/instruments/{key}/rules/{slug}/edit", PublishAsync).Needs(Permission.EditRules);
        app.MapGet("/structures/{key}/contest", async (Work work, PortfolioRecord record, string key, string? finding, CancellationToken ct) =>
            await ContestFormAsync(work, record, key, finding, Entered.Nothing, 200, ct)).Needs(Permission.EditRecord);
        app.MapPost("/structures/{key}/contest", ContestAsync).Needs(Permission.EditRecord);
        app.MapPost("/structures/{key}/contest/{id:int}/withdraw", async (Work work, string key, int id, CancellationToken ct) =>
            (await Contesting.WithdrawAsync(work, id, ct)).Refusal is { } refusal ? Answers.RefusalPage(refusal) : Answers.Go($"/structures/{key}#rules")).Needs(Permission.EditRecord);
    }

    static async Task<IResult> PublishAsync(HttpContext context, Work work, PortfolioRecord record, string key, string slug, CancellationToken ct)
    {
        var form = await context.Request.ReadTypedFormAsync(ct);
        var (rows, rules) = Rules(form);
        if (KeyOf(record, key, slug, form) is not { Ok: true, Value: var pack }) return Form(record, key, slug, Entered.Of(form, KeyOf(record, key, slug, form).Refusal!), 422);
        var audience = Audience.Parse(form["audience"].ToString()) ?? Audience.Public;
        var over = int.TryParse(form["over"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        var published = await RulePublishing.PublishAsync(work, new(pack, over, rules, audience), ct);
        if (published.Refusal is { } refusal) return Form(record, key, slug, Entered.Of(form, refusal), Answers.Status(refusal.Kind));
        // Faults count the rules that were sent; the form counts its rows.
        return published.Value.Faults.Count == 0 ? Answers.Go(PackWords.Address(pack))
            : Form(record, key, slug, Entered.Of(form, published.Value.Faults.Select(f => new FieldError(InForm(f.Field, rows), f.What))), 422);
    }

    static string InForm(string field, IReadOnlyList<int> rows) => field.Split('.') is ["rules", var n, var part] && int.Parse(n, CultureInfo.InvariantCulture) is var i && i < rows.Count
        ? $"rules.{rows[i]}.{part}" : field;

    // A row without a value is a rule that is left out.
    static (IReadOnlyList<int> Rows, IReadOnlyList<RuleDraft> Rules) Rules(IFormCollection form)
    {
        var (rows, rules) = (new List<int>(), new List<RuleDraft>());
        for (var i = 0; form.ContainsKey($"rules.{i}.field"); i++)
        {
            string? Cell(string name) => form[$"rules.{i}.{name}"].ToString().Trim() is { Length: > 0 } text ? text : null;
            if (Cell("value") is not { } value) continue;
            rows.Add(i);
            rules.Add(new(Cell("field") ?? "", value, Cell("unit"), Cell("value_fr"), Cell("source"), Cell("wording")));
        }
        return (rows, rules);
    }

    static Outcome<PackKey> KeyOf(PortfolioRecord record, string key, string slug, IFormCollection form)
    {
        if (slug != "new") return RulePacks.Find(record, key, slug) is { } known ? known.Key : UnknownPack(slug);
        string? Cell(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        int? year = null;
        if (Cell("campaign_year") is { } typed)
        {
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1900 or > 2200)
                return Refusal.Invalid("year", "Write a year, such as 2026.", "Écrivez une année, comme 2026.", "campaign_year");
            year = n;
        }
        PartialDate? since = null, until = null;
        if (Cell("since") is { } from)
        {
            if (!PartialDate.TryParse(from, out var day)) return NoDate("since");
            since = day;
        }
        if (Cell("until") is { } to)
        {
            if (!PartialDate.TryParse(to, out var day)) return NoDate("until");
            until = day;
        }
        return new PackKey(key, Cell("issuer"), Cell("institute"), year, since, until);
    }

    static Refusal NoDate(string field) => Refusal.Invalid("date", "Write 2014, May 2014 or 20 May 2014.", "Écrivez 2014, mai 2014 ou 20/05/2014.", field);

    static IResult Form(PortfolioRecord record, string key, string slug, Entered entered, int status = 200)
    {
        var instrument = Find(record, key);
        if (instrument.Refusal is { } unknown) return Answers.RefusalPage(unknown);
        if (slug == "new") return Answers.Page<PackForm>(new { Instrument = instrument.Value, Entered = entered }, status);
        var pack = FindPack(record, key, slug);
        return pack.Refusal is { } missing ? Answers.RefusalPage(missing) : Answers.Page<PackForm>(new { Instrument = instrument.Value, Pack = pack.Value.Newest, Entered = entered }, status);
    }

    static async Task<IResult> ContestAsync(HttpContext context, Work work, PortfolioRecord record, string key, CancellationToken ct)
    {
        var form = await context.Request.ReadTypedFormAsync(ct);
        var finding = form["finding"].ToString();
        var contested = await Contesting.ContestAsync(work, key, finding, form["reason"].ToString(), Audience.Parse(form["audience"].ToString()) ?? Audience.Both, ct);
        if (contested.Refusal is not { } refusal) return Answers.Go($"/structures/{key}#rules");
        return refusal.Kind == RefusalKind.Invalid ? await ContestFormAsync(work, record, key, finding, Entered.Of(form, refusal), 422, ct) : Answers.RefusalPage(refusal);
    }

    static async Task<IResult> ContestFormAsync(Work work, PortfolioRecord record, string key, string? finding, Entered entered, int status, CancellationToken ct)
    {
        if (!record.Structures.TryGetValue(key, out var structure) || (await RuleReading.OfAsync(work, record, structure, ct)).FirstOrDefault(f => f.Finding.Key == finding) is not { } found)
            return Answers.RefusalPage(Refusal.NotFound("unknown-finding", "This is not found on the record: it or the rule was changed meanwhile. Go back to the structure.",
                "Ce constat n’existe pas au registre : la fiche ou la règle a changé entre-temps. Revenez à la structure."));
        return Answers.Page<ContestPage>(new { Structure = structure, found.Finding, Entered = entered }, status);
    }

    static Outcome<Instrument> Find(PortfolioRecord record, string key) => record.Instruments.TryGetValue(key, out var found) ? found
        : Refusal.NotFound("unknown-instrument", $"There is no instrument “{key}” on this record. The list is at /instruments.",
            $"Il n’y a pas d’instrument « {key} » dans ce registre. La liste est sur /instruments.");

    static Outcome<PackHistory> FindPack(PortfolioRecord record, string key, string slug)
    {
        var instrument = Find(record, key);
        if (!instrument.Ok) return instrument.Refusal!;
        return RulePacks.Find(record, key, slug) is { } pack ? pack : UnknownPack(slug);
    }

    static Refusal UnknownPack(string slug) => Refusal.NotFound("unknown-pack", $"This instrument has no rule pack “{slug}”. Its packs are on its page.",
        $"Cet instrument n’a pas de jeu de règles « {slug} ». Ses jeux figurent sur sa page.");
}
