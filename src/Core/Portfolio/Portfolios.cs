using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio;

/// <summary>Which portfolio this installation works with. The choice is remembered: demo (the default), none, or a folder.</summary>
public static class Portfolios
{
    public const string Demo = "demo";
    public const string None = "none";

    const string ChoiceSetting = "portfolio";
    const string DigestSetting = "portfolio.digest";

    /// <summary>The portfolio that ships with the program.</summary>
    public static string DemoFolder => Path.Combine(AppContext.BaseDirectory, "data", "portfolio", "demo");

    /// <summary>What was chosen, or null on an empty folder.</summary>
    public static async Task<string?> ChosenAsync(Db db, CancellationToken ct) =>
        (await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == ChoiceSetting, ct))?.Value;

    /// <summary>
    /// Loads the portfolio named, or without a name the demonstration on an installation that has none yet. A folder named again is
    /// read again only when its tables changed. Takes the write lock itself, and only when there is something to write.
    /// Returns the choice in force.
    /// </summary>
    public static async Task<Outcome<string>> EnsureAsync(Work work, string? choice, CancellationToken ct)
    {
        if (choice is not (null or None or Demo)) choice = Path.GetFullPath(choice);
        if (await CurrentAsync(work, choice, ct) is { } current) return current;
        var taken = await LockAsync(work, ct);
        if (!taken.Ok) return taken.Refusal!;
        using var held = taken.Value;
        // Someone else may have done it while this process waited.
        return await CurrentAsync(work, choice, ct) is { } done ? done : await ChooseAsync(work, choice ?? Demo, ct);
    }

    static async Task<string?> CurrentAsync(Work work, string? choice, CancellationToken ct)
    {
        var settings = await work.Db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Name, s => s.Value, ct);
        if (!settings.TryGetValue(ChoiceSetting, out var chosen)) return null;
        if (choice is null) return chosen;
        if (choice != chosen) return null;
        return choice == None || Unchanged(FolderOf(choice), settings.GetValueOrDefault(DigestSetting)) ? chosen : null;
    }

    /// <summary>A record that somebody changed after the portfolio was put there; null where nobody did. Erasing a person counts: loading would bring them back.</summary>
    static async Task<string?> EditedAsync(Db db, CancellationToken ct)
    {
        if (await db.Journal.Where(j => j.Verb == "person.erase").Select(j => j.Subject).FirstOrDefaultAsync(ct) is { } erased) return erased;
        string[] tables = [.. PortfolioFileSet.All.Select(f => db.Model.FindEntityType(f.Type)!.GetTableName()!)];
        return await db.Set<JournalChange>().Where(c => tables.Contains(c.TableName))
            .Join(db.Journal.Where(j => !j.Verb.StartsWith("portfolio.")), c => c.Line, j => j.Id, (c, j) => c.Record).FirstOrDefaultAsync(ct);
    }

    static bool Unchanged(string folder, string? digest) => Directory.Exists(folder) && PortfolioLoading.Digest(folder) == digest;

    static string FolderOf(string choice) => choice == Demo ? DemoFolder : choice;

    static async Task<Outcome<string>> ChooseAsync(Work work, string choice, CancellationToken ct)
    {
        if (await EditedAsync(work.Db, ct) is { } record)
            return Refusal.Conflict("portfolio-edited",
                $"People have worked on this record since the portfolio was loaded ({record}); loading another would throw that away. Use a new folder: --data DIR.",
                $"Des personnes ont travaillé sur ce registre depuis le chargement du portefeuille ({record})\u202F; en charger un autre effacerait ce travail. Prenez un nouveau dossier\u202F: --data DIR.");
        if (choice == None) return await ForgetAsync(work, ct);
        var loaded = await PortfolioLoading.LoadAsync(work, FolderOf(choice), ct);
        return loaded.Ok ? choice : loaded.Refusal!;
    }

    static async Task<string> ForgetAsync(Work work, CancellationToken ct)
    {
        await using var transaction = await work.BeginAsync(ct);
        await PortfolioLoading.ClearAsync(work, ct);
        await RememberAsync(work.Db, None, "", ct);
        work.Log("portfolio.none", "portfolio");
        await work.Db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        work.Db.ChangeTracker.Clear();
        return None;
    }

    internal static async Task RememberAsync(Db db, string folder, string digest, CancellationToken ct)
    {
        var choice = folder == DemoFolder ? Demo : folder == None ? None : Path.GetFullPath(folder);
        foreach (var (name, value) in new[] { (ChoiceSetting, choice), (DigestSetting, digest) })
            if (await db.Settings.SingleOrDefaultAsync(s => s.Name == name, ct) is { } setting)
                setting.Value = value;
            else
                db.Add(new Setting { Name = name, Value = value });
    }

    // On a fresh folder two processes may both come to load; the second waits for the first instead of failing.
    static async Task<Outcome<WriteLock>> LockAsync(Work work, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            var taken = work.Folder.Lock("portfolio");
            if (taken.Ok || attempt == 100) return taken;
            await Task.Delay(TimeSpan.FromMilliseconds(100), work.Clock, ct);
        }
    }
}
