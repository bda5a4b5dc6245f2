using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Outbox;

/// <summary>A job is done once a day by one node, and again by another where the first was killed.</summary>
public sealed class JobsTests
{
    readonly SetClock _clock = new();

    Work WorkOf(TestWorld world, Db? db = null) => new(db ?? world.Db, world.Folder, Actor.Program, _clock);

    sealed class Counting(Func<Task>? during = null) : Job
    {
        int _runs;

        public int Runs => _runs;
        public override string Name => "test.counting";

        public override async Task<string> RunAsync(Work work, DateOnly day, CancellationToken ct)
        {
            Interlocked.Increment(ref _runs);
            if (during is not null) await during();
            return "counted";
        }
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_job_runs_once_a_day(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var job = new Counting();
        _clock.Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal([new JobOutcome("test.counting", true, "counted")], await Running.RunDueAsync(WorkOf(world), [job], default));
        _clock.Now = _clock.Now.AddHours(23);
        Assert.Empty(await Running.RunDueAsync(WorkOf(world), [job], default));
        _clock.Now = _clock.Now.AddHours(1);
        Assert.Single(await Running.RunDueAsync(WorkOf(world), [job], default));
        Assert.Equal(2, job.Runs);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Of_many_that_come_at_once_one_runs_it(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var job = new Counting(() =>
        {
            begun.TrySetResult();
            return go.Task;
        });
        var nodes = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var db = world.Folder.OpenDb();
            return await Running.RunDueAsync(WorkOf(world, db), [job], default);
        })).ToList();
        await begun.Task;
        go.SetResult();
        Assert.Single((await Task.WhenAll(nodes)).SelectMany(o => o));
        Assert.Equal(1, job.Runs);
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_job_whose_node_was_killed_is_taken_up_when_its_lease_ends(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var job = new Counting();
        await world.Db.Database.ExecuteSqlAsync($"insert into job (name, node, lease) values ({job.Name}, {"gone"}, {UtcText.Of(_clock.Now + Running.Lease)})");
        Assert.Empty(await Running.RunDueAsync(WorkOf(world), [job], default));
        _clock.Now += Running.Lease + TimeSpan.FromSeconds(1);
        Assert.Single(await Running.RunDueAsync(WorkOf(world), [job], default));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_job_that_fails_says_why_and_is_tried_again_after_a_pause(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        var broken = true;
        var job = new Counting(() => broken ? throw new InvalidOperationException("no ink") : Task.CompletedTask);
        Assert.Equal([new JobOutcome("test.counting", false, "InvalidOperationException: no ink")], await Running.RunDueAsync(WorkOf(world), [job], default));
        broken = false;
        Assert.Empty(await Running.RunDueAsync(WorkOf(world), [job], default));
        _clock.Now += TimeSpan.FromMinutes(16);
        Assert.True(Assert.Single(await Running.RunDueAsync(WorkOf(world), [job], default)).Done);
    }

    [Fact]
    public async Task A_stopped_program_leaves_its_job_to_anyone()
    {
        await using var world = await TestWorld.OpenAsync();
        using var stop = new CancellationTokenSource();
        var job = new Counting(() =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        });
        await Assert.ThrowsAsync<OperationCanceledException>(() => Running.RunDueAsync(WorkOf(world), [job], stop.Token));
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Single(await Running.RunDueAsync(WorkOf(world), [new Counting()], default));
    }

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task Every_job_of_the_program_runs_on_an_empty_record(string kind)
    {
        await using var world = await TestWorld.OpenAsync(kind);
        Assert.NotEmpty(Job.All);
        Assert.Equal(Job.All.Count, Job.All.Select(j => j.Name).Distinct().Count());
        Assert.All(await Running.RunDueAsync(WorkOf(world), default), outcome => Assert.True(outcome.Done, $"{outcome.Name}: {outcome.Words}"));
        Assert.Equal(Job.All.Count, await world.Db.JobRows.CountAsync(j => j.LastDay != null && j.Lease == null));
    }
}
