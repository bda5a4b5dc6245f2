using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Outbox;

namespace Entente.Web.Jobs;

/// <summary>
/// Makes the program's rounds, every half minute, in each process that serves: jobs that are due, mail that waits. What one node does the
/// others leave; a round without anything to do writes nothing.
/// </summary>
sealed partial class JobLoop(DataFolder folder, TimeProvider clock, Seal seal, ILogger<JobLoop> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host comes first: a page must not wait for the mail.
        using var timer = new PeriodicTimer(Pause);
        do
        {
            await Task.Yield();
            await RoundAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task RoundAsync(CancellationToken ct)
    {
        try
        {
            await using var db = folder.OpenDb();
            var round = await Mailing.RoundAsync(new Work(db, folder, Actor.Program, clock), seal, ct);
            if (round.Refusal is { } refusal) Refused(log, refusal.Message.En);
            else foreach (var failed in round.Value.Jobs.Where(j => !j.Done)) JobFailed(log, failed.Name, failed.Words);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The next round tries again; the pages go on meanwhile.
            RoundFailed(log, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mail waits: {Reason}")]
    static partial void Refused(ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "The job {Job} failed: {Words}")]
    static partial void JobFailed(ILogger log, string job, string words);

    [LoggerMessage(LogLevel.Error, "A round of jobs and mail failed")]
    static partial void RoundFailed(ILogger log, Exception e);
}
