using System.CommandLine;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Web.Jobs;

namespace Entente.Cli;

/// <summary>What a process that serves does by itself, done once on request: for installations that rather have a timer of their own.</summary>
static class JobsVerbs
{
    public static Command Jobs() => Verb.Of("jobs",
        new("Do the jobs that are due and send the mail that waits, once", "Faire les tâches dues et envoyer le courrier en attente, une fois"), [Verb.Json],
        async (session, line, ct) =>
        {
            var work = await session.WorkAsync(ct);
            var round = await Mailing.RoundAsync(work, Seals.Of(work.Folder, work.Clock), ct);
            if (round.Refusal is { } refusal) return refusal;
            session.Answer(line, round.Value, done => Page(session, done));
            return null;
        });

    static void Page(Session session, Round round)
    {
        foreach (var job in round.Jobs) session.Line($"{job.Name}: {job.Words}");
        session.Line(round.Mail is not { } mail ? new Said("No mail server is set.", "Aucun serveur de courrier n’est indiqué.")
            : new($"{mail.Sent} sent, {mail.Later} to be tried again, {mail.Failed} failed, {mail.Uncertain} uncertain.",
                $"{mail.Sent} envoyés, {mail.Later} à réessayer, {mail.Failed} échoués, {mail.Uncertain} incertains."));
    }
}
