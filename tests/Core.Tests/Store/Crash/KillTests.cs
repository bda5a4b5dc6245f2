using System.Diagnostics;
using System.Globalization;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Copying;
using Entente.Core.Store.Journal;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Tests.Store.Crash;

/// <summary>
/// The day of writes, killed at random moments: every write that was acknowledged is there, none is there by half, the journal's chain
/// and the search index hold. ENTENTE_TEST_KILLS says how many times, on each database.
/// </summary>
public sealed class KillTests
{
    static int Kills => int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_TEST_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 6;

    [Theory, MemberData(nameof(TestWorld.Kinds), MemberType = typeof(TestWorld))]
    public async Task A_killed_day_loses_nothing_acknowledged_and_leaves_nothing_half(string kind)
    {
        var folder = await TestWorld.FolderAsync(kind);
        var (random, acknowledged, said, unsaid) = (new Random(), new List<int>(), 0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var today = await RunAsync(folder, random);
            said += today.Count;
            acknowledged.AddRange(today);
            unsaid += await LookAsync(folder, acknowledged);
        }
        Assert.True(said > Kills, $"Only {said} writes in {Kills} days.");
        Console.WriteLine($"{kind}: {Kills} kills, {said} writes acknowledged, {unsaid} more were whole when their process was killed before it said so");
        await TestWorld.DeleteAsync(folder);
    }

    /// <summary>One day, killed between its start and a second and a half after its first write. Answers what it acknowledged.</summary>
    static async Task<List<int>> RunAsync(DataFolder folder, Random random)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(Day).Assembly.Location, folder.Root]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (folder.Store.Postgres is { } server) info.Environment[StoreAddress.Variable] = server;
        using var process = Process.Start(info)!;
        var (written, error) = (new List<int>(), process.StandardError.ReadToEndAsync());
        if (await process.StandardOutput.ReadLineAsync() is { } first)
        {
            written.Add(int.Parse(first, CultureInfo.InvariantCulture));
            var rest = process.StandardOutput.ReadToEndAsync();
            await Task.Delay(random.Next(0, 1_500));
            process.Kill();
            // A line that the kill cut short acknowledges nothing.
            var lines = (await rest).Split('\n');
            written.AddRange(lines[..^1].Select(l => int.Parse(l, CultureInfo.InvariantCulture)));
        }
        await process.WaitForExitAsync();
        Assert.True(written.Count > 0, await error);
        return written;
    }

    /// <summary>How many writes stand that were not acknowledged: at most the one that was under way.</summary>
    static async Task<int> LookAsync(DataFolder folder, List<int> acknowledged)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await using var db = folder.OpenDb();
        // A server may still be at the last word that a killed process sent it.
        for (var i = 0; db.Database.IsNpgsql() && i < 600 && await OthersAsync(db) > 0; i++) await Task.Delay(50);
        var structures = await db.Structures.AsNoTracking().ToDictionaryAsync(s => s.Key, s => s.Name);
        Assert.Empty(acknowledged.Select(Day.Key).Except(structures.Keys));
        var parties = (await db.Parties.Select(p => p.Structure).ToListAsync()).CountBy(k => k).ToDictionary();
        var facts = (await db.Facts.Select(f => f.Structure).ToListAsync()).CountBy(k => k).ToDictionary();
        var ended = (await db.Acts.Select(a => a.Structure).ToListAsync()).CountBy(k => k).ToDictionary();
        var told = (await db.Journal.Where(j => j.Verb == "day.create" || j.Verb == "day.end").Select(j => new { j.Verb, j.Subject }).ToListAsync())
            .CountBy(j => (j.Verb, j.Subject)).ToDictionary();
        var found = (await db.RowsAsync("select key, title from search_entry where kind = 'structures'", r => (r.GetString(0), r.GetString(1)), default)).ToDictionary();
        foreach (var (key, name) in structures)
        {
            var number = int.Parse(key[1..], CultureInfo.InvariantCulture);
            var over = structures.ContainsKey(Day.Key(number + 1)) && (number + 1) % 3 == 0;
            Assert.Equal((key, over ? $"Ended {key}" : $"Day {number}", Day.Parties, over ? 0 : Day.Facts, over ? 1 : 0),
                (key, name, parties.GetValueOrDefault(key), facts.GetValueOrDefault(key), ended.GetValueOrDefault(key)));
            Assert.Equal((1, over ? 1 : 0), (told.GetValueOrDefault(("day.create", $"structures/{key}")), told.GetValueOrDefault(("day.end", $"structures/{key}"))));
            Assert.Equal(name, found[key]);
        }
        var check = await Journals.VerifyAsync(db, default);
        Assert.True(check.Sound, $"line {check.BrokenLine}: {check.Why}");
        var more = structures.Count - acknowledged.Count;
        acknowledged.Clear();
        acknowledged.AddRange(structures.Keys.Select(k => int.Parse(k[1..], CultureInfo.InvariantCulture)));
        Assert.InRange(more, 0, 1);
        return more;
    }

    static async Task<long> OthersAsync(Db db) =>
        (await db.RowsAsync("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'", r => r.GetInt64(0), default))[0];
}
