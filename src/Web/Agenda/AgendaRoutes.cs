using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Store;
using Entente.Web.Accounts;
using Entente.Web.Api;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;
using Calendars = Entente.Core.Portfolio.Deadlines.Calendar;
using Items = Entente.Core.Portfolio.Deadlines.Agenda;

namespace Entente.Web.Agenda;

/// <summary>What comes due: a page, a list for programs, a calendar at a secret address, and each person's choice of reminders.</summary>
public static class AgendaRoutes
{
    public static void MapAgenda(this IEndpointRouteBuilder app)
    {
        app.MapGet("/agenda", (Work work, PortfolioRecord record, [AsParameters] AgendaQuery query) => query.Read().ToPage<AgendaFilter, AgendaPage>(filter => new
        {
            Items = Items.Of(record, filter, Today(work)), Filter = filter, Today = Today(work),
        })).Needs(Permission.ReadAgenda);
        // Not among the operations of the API, which anyone may ask.
        app.MapGet("/agenda/list", (Work work, PortfolioRecord record, Reader reader, [AsParameters] AgendaQuery query) =>
            AgendaLine.Columns.Answer(Lines(work, record, reader, query), new ListQuery { Format = reader["format"], Size = ListQuery.MaxSize }, reader, "entente-agenda")).Needs(Permission.ReadAgenda).ExcludeFromDescription();
        app.MapGet("/deadlines/{key}", (PortfolioRecord record, string key) => record.Deadlines.FirstOrDefault(d => d.Key == key) is { } found
            ? SignInRoutes.Go($"/agenda?structure={Uri.EscapeDataString(record.StructureOf(found))}&done=1#deadlines-{key}")
            : Answers.RefusalPage(Refusal.NotFound("unknown-deadline", "There is no such deadline on this record. The list is at /agenda.",
                "Il n’y a pas d’échéance de ce nom dans ce registre. La liste est sur /agenda."))).Needs(Permission.ReadAgenda);
        app.MapPost("/deadlines/{key}/done", async (Work work, HttpContext context, string key, CancellationToken ct) =>
        {
            var form = await context.Request.ReadTypedFormAsync(ct);
            var typed = form["done"].ToString().Trim();
            if (typed.Length > 0 && !PartialDate.TryParse(typed, out _))
                return Answers.RefusalPage(Refusal.Invalid("done-date", $"“{typed}” is not a date: write 2026-11-22.", $"« {typed} » n’est pas une date\u202F: écrivez 2026-11-22.", "done"));
            return Back(context, await Doing.DoneAsync(work, key, typed.Length > 0 ? PartialDate.Parse(typed) : null, ct));
        }).Needs(Permission.EditRecord);
        app.MapPost("/deadlines/{key}/reopen", async (Work work, HttpContext context, string key, CancellationToken ct) =>
            Back(context, await Doing.ReopenAsync(work, key, ct))).Needs(Permission.EditRecord);
        app.MapGet("/feeds/{name}.ics", FeedAsync).Open();
        app.MapReminders();
    }

    static void MapReminders(this IEndpointRouteBuilder app)
    {
        app.MapGet("/agenda/reminders", (Work work, HttpContext context, CancellationToken ct) => RemindersAsync(work, context, Entered.Nothing, null, ct)).Needs(Permission.ReadAgenda);
        app.MapPost("/agenda/reminders", async (Work work, HttpContext context, CancellationToken ct) =>
        {
            var form = await context.Request.ReadTypedFormAsync(ct);
            if (!Enum.TryParse<ReminderPace>(form["every"], out var every) || !Enum.TryParse<Lang>(form["in"], out var lang))
                return await RemindersAsync(work, context, Entered.Of(form, Refusal.Invalid("reminder", "Choose how often.", "Choisissez à quel rythme.", "every")), null, ct);
            var chosen = await Reminding.ChooseAsync(work, every, lang, ct);
            return chosen.Refusal is { } refusal ? Answers.RefusalPage(refusal) : SignInRoutes.Go("/agenda/reminders");
        }).Needs(Permission.ReadAgenda);
        app.MapGet("/agenda/feeds", () => SignInRoutes.Go("/agenda/reminders")).Needs(Permission.ReadAgenda);
        app.MapPost("/agenda/feeds", async (Work work, HttpContext context, Reader reader, CancellationToken ct) =>
        {
            var form = await context.Request.ReadTypedFormAsync(ct);
            var made = await Feeds.MakeAsync(work, form["name"].ToString(), reader.Lang, ct);
            return await RemindersAsync(work, context, made.Refusal is { } refusal ? Entered.Of(form, refusal) : Entered.Nothing, made.Ok ? made.Value : null, ct);
        }).Needs(Permission.ReadAgenda);
        app.MapPost("/agenda/feeds/{id:int}/withdraw", async (Work work, int id, CancellationToken ct) =>
            await Feeds.WithdrawAsync(work, id, ct) is { Refusal: { } refusal } ? Answers.RefusalPage(refusal) : SignInRoutes.Go("/agenda/reminders")).Needs(Permission.ReadAgenda);
    }

    // The secret of a feed is shown on the answer that made it, and never again; so that answer is kept nowhere.
    static async Task<IResult> RemindersAsync(Work work, HttpContext context, Entered entered, NewFeed? made, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var own = await Reminding.OwnAsync(work, ct);
        return Answers.Page<RemindersPage>(new
        {
            Feeds = await Feeds.ListAsync(work, ct), Choice = own, Entered = entered, MadeName = made?.Feed.Name,
            MadeAddress = made is null ? null : $"{context.Request.Scheme}://{context.Request.Host}/feeds/{made.Token}.ics",
        }, entered.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    // A feed that was withdrawn answers as an address at which there never was anything.
    static async Task<IResult> FeedAsync(Work work, HttpContext context, string name, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var site = $"{context.Request.Scheme}://{context.Request.Host}";
        return await Feeds.ReadAsync(work, name, site, ct) is { } text ? Results.Text(text, Calendars.ContentType) : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    static Outcome<IReadOnlyList<AgendaLine>> Lines(Work work, PortfolioRecord record, Reader reader, AgendaQuery query)
    {
        var filter = query.Read();
        if (filter.Refusal is { } refusal) return refusal;
        return Items.Of(record, filter.Value, Today(work)).Select(item => AgendaLine.Of(item, Today(work), reader.Lang)).ToList();
    }

    static IResult Back(HttpContext context, Outcome<Deadline> outcome) =>
        outcome.Refusal is { } refusal ? Answers.RefusalPage(refusal) : SignInRoutes.Go(Returns.Local(context.Request.Form["return"].ToString() is { Length: > 0 } back ? back : "/agenda"));

    static DateOnly Today(Work work) => DateOnly.FromDateTime(work.Now.UtcDateTime);
}

/// <summary>What the agenda can be asked, as the address carries it.</summary>
public sealed record AgendaQuery(string? Side, string? Kind, string? Structure, string? Done, string? Sort)
{
    public Outcome<AgendaFilter> Read()
    {
        AgendaKind? kind = null;
        if (!string.IsNullOrWhiteSpace(Kind))
        {
            if (Enum.GetValues<AgendaKind>().Where(k => Verdicts.Key(k) == Kind).Select(k => (AgendaKind?)k).FirstOrDefault() is not { } known)
                return Refusal.Usage("agenda-kind", $"“{Kind}” is not a kind of the agenda: write {Kinds}.", $"« {Kind} » n’est pas un type de l’agenda\u202F: écrivez {Kinds}.", "kind");
            kind = known;
        }
        return new AgendaFilter { Side = Given(Side), Kind = kind, Structure = Given(Structure), Done = !string.IsNullOrEmpty(Done), Sort = Given(Sort) };
    }

    static string Kinds => string.Join(", ", Enum.GetValues<AgendaKind>().Select(Verdicts.Key));

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
