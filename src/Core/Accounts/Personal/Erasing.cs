using System.Globalization;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Entente.Core.Store.Search;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Accounts.Personal;

/// <summary>What erasing a person does, or would do.</summary>
/// <param name="Gone">rows removed, by table</param>
/// <param name="Nameless">rows kept without their words, by table</param>
/// <param name="Reworded">rows of other tables in which the name stood, by table</param>
/// <param name="Stays">rows that stay as they are, by table</param>
/// <param name="Journal">lines and changes of the journal that lost their words</param>
public sealed record Erasure(
    IReadOnlyList<string> Names, IReadOnlyDictionary<string, int> Gone, IReadOnlyDictionary<string, int> Nameless, IReadOnlyDictionary<string, int> Reworded,
    IReadOnlyDictionary<string, int> Stays, JournalErasure Journal);

/// <summary>
/// Erasing a person: what only concerns them goes; what counts, or what others refer to, stays without a name; wherever else the name
/// stands it is replaced; and the journal loses the words and keeps its chain. One transaction, one line.
/// </summary>
public static class Erasing
{
    public const string Name = "(erased person)";

    const string KeyStem = "erased-", MailStem = "erased-", MailEnd = "@erased.invalid";

    public static bool IsErased(Account account) => account.Email!.StartsWith(MailStem, StringComparison.Ordinal) && account.Email.EndsWith(MailEnd, StringComparison.Ordinal);

    public static bool IsErased(string key) => key.StartsWith(KeyStem, StringComparison.Ordinal) && key[KeyStem.Length..].All(char.IsAsciiDigit);

    /// <summary>What would go, found by doing it and taking it back.</summary>
    public static Task<Outcome<Erasure>> PreviewAsync(Work work, Subject subject, CancellationToken ct) => RunAsync(work, subject, really: false, ct);

    public static async Task<Outcome<Erasure>> EraseAsync(Work work, Subject subject, CancellationToken ct)
    {
        var erased = await RunAsync(work, subject, really: true, ct);
        if (erased.Ok && work.Db.Database.IsSqlite()) await CompactAsync(work.Db, ct);
        return erased;
    }

    static async Task<Outcome<Erasure>> RunAsync(Work work, Subject subject, bool really, CancellationToken ct)
    {
        if (Subjects.Refuse(work.Actor) is { } refusal) return refusal;
        await using var turn = await work.BeginAsync(ct);
        if (await Known.OfAsync(work.Db, subject, ct) is not { } known) return Subjects.Unknown;
        if (subject.Account is { } account && await Administrators.RefuseLossAsync(work.Db, account, ct) is { } last) return last;
        var erasing = new ErasingRun(work, known, (await Catalog.ReadAsync(work.Db, ct)).ToDictionary(t => t.Name));
        var done = await erasing.RunAsync(ct);
        if (really)
        {
            work.Log("person.erase", erasing.Address, string.Create(CultureInfo.InvariantCulture,
                $"{done.Gone.Values.Sum()} gone, {done.Nameless.Values.Sum()} nameless, {done.Reworded.Values.Sum()} reworded, {done.Journal.Lines + done.Journal.Changes} in the journal"));
            await work.Db.SaveChangesAsync(ct);
            await SearchIndex.RebuildAsync(work.Db, ct);
            await turn.CommitAsync(ct);
        }
        work.Db.ChangeTracker.Clear();
        return done;
    }

    // What was written over still lies in the file's free space; writing the file anew leaves it behind.
    static async Task CompactAsync(Db db, CancellationToken ct)
    {
        try
        {
            await db.Database.ExecuteSqlRawAsync("vacuum", ct);
            await db.Database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)", ct);
        }
        catch (Microsoft.Data.Sqlite.SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
        {
            // Somebody reads for long; the free space is written over in time, and by every later erasure.
        }
    }

    internal static string KeyOf(int number) => KeyStem + number.ToString(CultureInfo.InvariantCulture);

    internal static string EmailOf(int account) => $"{MailStem}{account.ToString(CultureInfo.InvariantCulture)}{MailEnd}";
}
