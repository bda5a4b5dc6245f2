using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts;

/// <summary>How the installation is, for whoever runs it.</summary>
/// <param name="LastCheck">the line that the last check of the journal left; null where there was none</param>
public sealed record InstallationState(string Store, bool SchemaIsCurrent, int JournalLines, JournalEntry? LastCheck);

/// <summary>What whoever runs the installation asks of it.</summary>
public static class Installation
{
    const string Checked = "journal.verify";

    public static async Task<Outcome<InstallationState>> StateAsync(Work work, CancellationToken ct)
    {
        if (Permissions.Refuse(work.Actor, Permission.RunInstallation) is { } refusal) return refusal;
        return new InstallationState(work.Folder.Store.Name, await Migrator.IsCurrentAsync(work.Db, ct), await work.Db.Journal.CountAsync(ct),
            await work.Db.Journal.AsNoTracking().Where(j => j.Verb == Checked).OrderByDescending(j => j.Id).FirstOrDefaultAsync(ct));
    }

    /// <summary>Walks the journal's chain from its first line. That it was walked, and what was found, is a line itself.</summary>
    public static async Task<Outcome<JournalCheck>> CheckJournalAsync(Work work, CancellationToken ct)
    {
        if (Permissions.Refuse(work.Actor, Permission.RunInstallation) is { } refusal) return refusal;
        var check = await Journals.VerifyAsync(work.Db, ct);
        work.Log(Checked, "journal", check.Sound
            ? string.Create(CultureInfo.InvariantCulture, $"{check.Lines} lines hold")
            : string.Create(CultureInfo.InvariantCulture, $"broken at line {check.BrokenLine}"));
        await work.Db.SaveChangesAsync(ct);
        return check;
    }
}
