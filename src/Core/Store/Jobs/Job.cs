using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Entente.Core.Store.Jobs;

/// <summary>
/// Something to be done once a day, in universal time, whichever node does it. A module adds one by deriving from this; it is found at start-up, as the
/// mappings are. A node may be killed while it runs, and another then runs it again: what it writes must bear that.
/// </summary>
public abstract class Job
{
    /// <summary>Such as mail.digests: it names the job in the store and on the page.</summary>
    public abstract string Name { get; }

    /// <summary>Does the day's work and says in a few words what it came to.</summary>
    public abstract Task<string> RunAsync(Work work, DateOnly day, CancellationToken ct);

    public static IReadOnlyList<Job> All { get; } =
    [
        .. typeof(Job).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Job)) && !t.IsAbstract)
            .Select(t => (Job)Activator.CreateInstance(t)!).OrderBy(j => j.Name, StringComparer.Ordinal),
    ];
}

/// <summary>When a job last ran, and who runs it now.</summary>
public sealed class JobRow
{
    public required string Name { get; init; }

    /// <summary>The day it was last done for.</summary>
    public DateOnly? LastDay { get; init; }
    public DateTimeOffset? LastRun { get; init; }
    public string? Outcome { get; init; }

    /// <summary>Who ran it last, or runs it while the lease lasts. A lease without a node is a pause after a failure.</summary>
    public string? Node { get; init; }
    public DateTimeOffset? Lease { get; init; }
}

/// <summary>The table of jobs, named on Db.</summary>
public static class JobTables
{
    extension(Db db)
    {
        public DbSet<JobRow> JobRows => db.Set<JobRow>();
    }
}

sealed class JobMapping : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> b)
    {
        b.ToTable("job").Unjournalled().HasKey(j => j.Name);
        b.Property(j => j.LastDay).HasConversion(day => day!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            text => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }
}
