using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Jobs;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts.Personal;

/// <summary>How long rows of a table stay, counted from an instant that each holds.</summary>
/// <param name="Since">the column with the instant; of several, separated by spaces, the first that holds one</param>
/// <param name="Where">which rows the clock runs for; null for all</param>
/// <param name="Said">the period in a sentence</param>
public sealed record RetentionClock(string Table, string Since, TimeSpan Period, string? Where, Said Said);

/// <summary>What a run of the clocks removed, by table.</summary>
public sealed record RetentionRun(IReadOnlyDictionary<string, int> Removed)
{
    public int Total => Removed.Values.Sum();
}

/// <summary>Removes what has been kept for long enough. Runs once a day; a table that this installation does not have yet is passed over.</summary>
public static class Retention
{
    public static IReadOnlyList<RetentionClock> Clocks { get; } =
    [
        new("session", "expires", TimeSpan.FromDays(1), null, new("a day after it ended; a session lasts 14 days, and 2 unused", "un jour après sa fin\u202F; une session dure 14 jours, et 2 sans usage")),
        new("sign_in_attempt", "at", TimeSpan.FromDays(1), null, new("a day", "un jour")),
        new("invitation", "used withdrawn expires", TimeSpan.FromDays(90), null, new("90 days after it was taken, withdrawn or ran out", "90 jours après avoir été prise, retirée ou échue")),
        new("message", "settled", TimeSpan.FromDays(90), "state in ('Sent', 'Failed', 'GivenUp')", new("90 days after it was sent; the text goes at once", "90 jours après l’envoi\u202F; le texte part aussitôt")),
        new("intake", "made", TimeSpan.FromDays(30), null, new("30 days after it was handed in", "30 jours après sa remise")),
        new("calendar_feed", "withdrawn", TimeSpan.FromDays(90), null, new("90 days after it was withdrawn", "90 jours après son retrait")),
    ];

    public static RetentionClock Of(string table) => Clocks.Single(c => c.Table == table);

    /// <summary>When the clocks last ran, and from when they run next.</summary>
    public static async Task<(DateTimeOffset? Last, DateTimeOffset Next)> DueAsync(Work work, CancellationToken ct)
    {
        var job = Job.All.OfType<RetentionJob>().Single();
        var row = await work.Db.JobRows.AsNoTracking().SingleOrDefaultAsync(j => j.Name == job.Name, ct);
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        var day = row?.LastDay is { } done && done >= today ? done.AddDays(1) : today;
        return (row?.LastRun, new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
    }

    /// <summary>Removes what is past its time, with what the journal says of it, in one transaction. Leaves no line where there was nothing.</summary>
    public static async Task<RetentionRun> RunAsync(Work work, CancellationToken ct)
    {
        await using var turn = await work.BeginAsync(ct);
        var (removed, rows) = (new Dictionary<string, int>(), new Dictionary<(string, string), string>());
        var tables = (await Catalog.ReadAsync(work.Db, ct)).ToDictionary(t => t.Name);
        foreach (var clock in Clocks.Where(c => tables.ContainsKey(c.Table)))
        {
            var gone = await work.Db.RowsAsync(
                $"delete from {clock.Table} where coalesce({clock.Since.Replace(" ", ", ", StringComparison.Ordinal)}, null) < @p0{(clock.Where is null ? "" : $" and {clock.Where}")} returning {PersonalRows.KeyOf(tables[clock.Table])}",
                row => row.GetString(0), ct, UtcText.Of(work.Now - clock.Period));
            if (gone.Count > 0) removed[clock.Table] = gone.Count;
            if (PersonalRows.IsJournalled(work.Db, clock.Table))
                foreach (var key in gone) rows[(clock.Table, key)] = key;
        }
        if (removed.Count == 0) return new(removed);
        await JournalErasing.EraseAsync(work.Db, new(new Traces([]), rows, [], new Dictionary<string, string>(), []), work.Now, ct);
        work.Log("retention.run", "privacy", string.Join(", ", removed.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Key} {r.Value}"))));
        await work.Db.SaveChangesAsync(ct);
        await turn.CommitAsync(ct);
        return new(removed);
    }
}

/// <summary>Runs the clocks once a day, whichever node does it.</summary>
sealed class RetentionJob : Job
{
    public override string Name => "privacy.retention";

    public override async Task<string> RunAsync(Work work, DateOnly day, CancellationToken ct) =>
        (await Retention.RunAsync(work, ct)).Total.ToString(CultureInfo.InvariantCulture) + " rows past their time removed";
}
