using System.Globalization;
using Entente.Core.Accounts;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;
using Entente.Core.Store.Outbox;
using Entente.Web.Accounts;
using Entente.Web.Shell;
using Entente.Web.Shell.Forms;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Jobs;

/// <summary>What an administrator sees of mail and jobs: the server, a test, the outbox, and what the program does by itself.</summary>
public static class MailRoutes
{
    const int PageSize = 50;

    public static void AddJobs(this IServiceCollection services, bool rounds)
    {
        services.AddSingleton(provider => Seals.Of(provider.GetRequiredService<IDataProtectionProvider>()));
        if (rounds) services.AddHostedService<JobLoop>();
    }

    public static void MapMail(this IEndpointRouteBuilder app)
    {
        var mail = app.MapGroup("/mail").Needs(Permission.RunInstallation);
        mail.MapGet("", (Work work, Reader reader, CancellationToken ct) => ShowAsync(work, reader, Entered.Nothing, Entered.Nothing, null, ct));
        mail.MapPost("", async (Work work, Reader reader, Seal seal, HttpContext context, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            var saved = await Mailing.SaveAsync(work, EntryOf(form), seal, ct);
            return saved.Refusal is { } refusal ? await ShowAsync(work, reader, Entered.Of(form, refusal), Entered.Nothing, null, ct) : SignInRoutes.Go("/mail");
        });
        mail.MapGet("/test", () => SignInRoutes.Go("/mail"));
        mail.MapPost("/test", async (Work work, Reader reader, Seal seal, HttpContext context, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            var sent = await Mailing.TestAsync(work, seal, form["to"].ToString(), reader.Lang, ct);
            return await ShowAsync(work, reader, Entered.Nothing, sent.Refusal is { } refusal ? Entered.Of(form, refusal) : Entered.Of(form), sent.Ok ? sent.Value : null, ct);
        });
        mail.MapPost("/{id:int}/again", (Work work, int id, CancellationToken ct) => SettleAsync(work, id, again: true, ct));
        mail.MapPost("/{id:int}/give-up", (Work work, int id, CancellationToken ct) => SettleAsync(work, id, again: false, ct));
    }

    static async Task<IResult> SettleAsync(Work work, int id, bool again, CancellationToken ct) =>
        await Mailing.SettleAsync(work, id, again, ct) is { Refusal: { } refusal } ? Answers.RefusalPage(refusal) : SignInRoutes.Go("/mail");

    static MailServerEntry EntryOf(IFormCollection form) => new(form["host"].ToString(), form["port"].ToString(), form["security"].ToString(), form["user"].ToString(),
        form["password"].ToString(), form["sender"].ToString(), form["name"].ToString(), form["pin"].ToString(), form["site"].ToString());

    static async Task<IResult> ShowAsync(Work work, Reader reader, Entered server, Entered test, string? answer, CancellationToken ct)
    {
        var state = Enum.TryParse<MessageState>(reader["state"], ignoreCase: true, out var asked) ? asked : (MessageState?)null;
        var page = int.TryParse(reader["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1;
        var counts = await Messages.CountAsync(work.Db, ct);
        return Answers.Page<MailPage>(new
        {
            Server = await work.Db.MailServers.AsNoTracking().SingleOrDefaultAsync(ct), Counts = counts, State = state, Page = page, Size = PageSize,
            Total = state is { } one ? counts[one] : counts.ByState.Values.Sum(),
            Rows = await Messages.ListAsync(work.Db, state, (page - 1) * PageSize, PageSize, ct),
            Jobs = await work.Db.JobRows.AsNoTracking().OrderBy(j => j.Name).ToListAsync(ct),
            Entered = Hidden(server), Test = test, Answer = answer,
        }, server.Errors.Count + test.Errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    // A password that was typed is not shown again, not even on the form that was refused.
    static Entered Hidden(Entered entered) => entered with { Values = entered.Values.Where(v => v.Key != "password").ToDictionary() };
}
