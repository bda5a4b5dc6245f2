using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Store.Jobs;

/// <summary>What became of one job.</summary>
public sealed record JobOutcome(string Name, bool Done, string Words);

/// <summary>Running what is due. A lease in the store lets one node at a time run a job; it ends by itself when that node is killed.</summary>
public static class Running
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>Runs every job that was not done today, unless another node has it. Writes nothing when nothing is due.</summary>
    public static Task<IReadOnlyList<JobOutcome>> RunDueAsync(Work work, CancellationToken ct) => RunDueAsync(work, Job.All, ct);

    internal static async Task<IReadOnlyList<JobOutcome>> RunDueAsync(Work work, IReadOnlyList<Job> jobs, CancellationToken ct)
    {
        var outcomes = new List<JobOutcome>();
        var known = await work.Db.JobRows.AsNoTracking().ToDictionaryAsync(j => j.Name, ct);
        foreach (var job in jobs)
            if (IsDue(known.GetValueOrDefault(job.Name), work.Now) && await ClaimAsync(work, job, ct) is { } lease)
                outcomes.Add(await RunAsync(work, job, lease, ct));
        return outcomes;
    }

    static bool IsDue(JobRow? row, DateTimeOffset now) =>
        row is null || (row.LastDay is null || row.LastDay < DayOf(now)) && (row.Lease is null || row.Lease < now);

    static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    static async Task<DateTimeOffset?> ClaimAsync(Work work, Job job, CancellationToken ct)
    {
        await work.Db.Database.ExecuteSqlAsync($"insert into job (name) values ({job.Name}) on conflict (name) do nothing", ct);
        var (name, now, lease, day) = (job.Name, work.Now, (DateTimeOffset?)(work.Now + Lease), DayOf(work.Now));
        var claimed = await work.Db.JobRows.Where(j => j.Name == name && (j.LastDay == null || j.LastDay < day) && (j.Lease == null || j.Lease < now))
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.Node, Node.Name).SetProperty(j => j.Lease, lease), ct);
        return claimed == 1 ? lease : null;
    }

    static async Task<JobOutcome> RunAsync(Work work, Job job, DateTimeOffset? lease, CancellationToken ct)
    {
        // What takes longer than the lease is stopped, since another node may then begin.
        using var limit = new CancellationTokenSource(Lease - TimeSpan.FromMinutes(1), work.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        var day = DayOf(work.Now);
        try
        {
            var words = await job.RunAsync(work, day, either.Token);
            await EndAsync(work, job, lease, set => set.SetProperty(j => j.LastDay, day).SetProperty(j => j.Lease, (DateTimeOffset?)null), words);
            return new(job.Name, true, words);
        }
        catch (Exception e)
        {
            work.Db.ChangeTracker.Clear();
            // Stopped with the program: anyone may take it up at once.
            var again = ct.IsCancellationRequested ? work.Now : work.Now + Pause;
            var words = e is BrokenWorldException ? e.Message : $"{e.GetType().Name}: {e.Message}";
            await EndAsync(work, job, lease, set => set.SetProperty(j => j.Lease, (DateTimeOffset?)again), words);
            if (ct.IsCancellationRequested) throw;
            return new(job.Name, false, words);
        }
    }

    static Task<int> EndAsync(Work work, Job job, DateTimeOffset? lease, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<JobRow>> end, string words)
    {
        var (name, now) = (job.Name, (DateTimeOffset?)work.Now);
        return work.Db.JobRows.Where(j => j.Name == name && j.Node == Node.Name && j.Lease == lease).ExecuteUpdateAsync(set =>
        {
            end(set);
            set.SetProperty(j => j.LastRun, now).SetProperty(j => j.Outcome, words);
        }, CancellationToken.None);
    }
}
