using System.Diagnostics;
using System.Globalization;
using System.Text;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Search;
using Microsoft.EntityFrameworkCore;

namespace Entente.Bench;

/// <summary>
/// Search over a hundred thousand invented things, from rare words to beginnings that almost everything holds, by whoever comes and by
/// an officer of a side. On SQLite, and on PostgreSQL where ENTENTE_BENCH_PG names an empty database.
/// </summary>
static class SearchBench
{
    const int Structures = 5_000, Organisations = 20_000, People = 75_000, Repeats = 15, Limit = 50;

    static readonly string[] Subjects =
    [
        "quantum", "énergie", "matériaux", "ocean", "climat", "santé", "neural", "graphes", "photonics", "catalyse", "plasma", "génome", "robotics", "langues",
        "migration", "histoire", "seismology", "virus", "algebra", "topologie", "hydrogène", "polymers", "imaging", "droit", "urban", "forêt",
    ];

    static readonly string[] Names = ["Martin", "Bernard", "Lefèvre", "Moreau", "Smith", "Jones", "Taylor", "Tanaka", "Suzuki", "Müller", "García", "Nguyen", "Okafor", "Şahin"];

    static readonly string[] Asked = ["majulab", "lefevre 1234", "quantum ocean", "energie", "martin", "synthetic tanaka", "synthetic", "s", "no such word"];

    public static async Task RunAsync(Machine machine, Options options)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Search over {Structures + Organisations + People:N0} things (synthetic)").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGiB:F0} GiB, {machine.Os}, {machine.Runtime}; commit {machine.Commit}, {machine.Date:yyyy-MM-dd}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Written by `bench/run search`: a tenth of the structures is for the sides alone; medians of {Repeats} after three, each on a connection of its own, in process; goal {Limit} ms. “Processor” is what one question takes of this process, on average; a server’s own is beside it. “Others” as in README.md.").AppendLine();
        await StoreAsync(text, "SQLite", StoreAddress.Sqlite);
        if (Environment.GetEnvironmentVariable("ENTENTE_BENCH_PG") is { } server) await StoreAsync(text, "PostgreSQL", StoreAddress.Parse(server).Value);
        Console.Write(text);
        var folder = Path.Combine(options.Results, machine.Folder);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "search.md"), $"{text}");
    }

    static async Task StoreAsync(StringBuilder text, string name, StoreAddress store)
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("entente-search-").FullName, store);
        Console.Error.WriteLine($"Inventing a record on {name}…");
        var began = Stopwatch.GetTimestamp();
        var entries = await MakeAsync(folder);
        text.AppendLine(CultureInfo.InvariantCulture, $"## {name}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{entries:N0} entries; the index was made anew in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s, the rows with it.").AppendLine();
        text.AppendLine("| words | found | by anyone: median ms | processor ms | by an officer: median ms | processor ms | found by the officer | others |").AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        var officer = new Actor("officer") { Account = 1, Grants = [new(AccountRole.PartnershipOfficer, "syn-o0", null)] };
        foreach (var words in Asked)
        {
            var quiet = new Quiet();
            var (open, side) = (await AskAsync(folder, words, Actor.Anyone), await AskAsync(folder, words, officer));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {words} | {open.Found:N0} | {open.Median:F1} | {open.Processor:F1} | {side.Median:F1} | {side.Processor:F1} | {side.Found:N0} | {quiet.Foreign():F0} % |");
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{words}: {open.Found} in {open.Median:F1} ms ({open.Processor:F1}), {side.Found} in {side.Median:F1} ms ({side.Processor:F1})"));
        }
        text.AppendLine();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder.Root, recursive: true);
    }

    static async Task<(int Found, double Median, double Processor)> AskAsync(DataFolder folder, string words, Actor reader)
    {
        var (times, found, spent) = (new List<double>(), 0, TimeSpan.Zero);
        for (var i = 0; i < Repeats + 3; i++)
        {
            await using var db = folder.OpenDb();
            if (i == 3) spent = Environment.CpuUsage.TotalTime;
            var began = Stopwatch.GetTimestamp();
            found = (await Searching.FindAsync(new Work(db, folder, reader, TimeProvider.System), words, 20, default)).Sum(kind => kind.Count);
            if (i >= 3) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return (found, times.Order().ElementAt(times.Count / 2), (Environment.CpuUsage.TotalTime - spent).TotalMilliseconds / Repeats);
    }

    // Past the journal, which is not what is measured.
    static async Task<int> MakeAsync(DataFolder folder)
    {
        await using var db = folder.OpenDb();
        await Migrator.RunAsync(db, default);
        var random = new Random(1);
        await using var turn = await db.BeginWriteAsync(default);
        await InsertAsync(db, "source (key, kind, title, publisher)", ["'SYN', 'Document', 'Synthetic', 'bench'"]);
        await InsertAsync(db, "instrument (key, code, family, name, description, description_fr, source)", ["'irl', 'IRL', 'Laboratory', 'Laboratory', 'd', 'd', 'SYN'"]);
        await InsertAsync(db, "organisation (key, kind, name, source)", Rows(Organisations, i => $"'syn-o{i}', 'Institution', 'Synthetic {Title(random)} {i}', 'SYN'"));
        await InsertAsync(db, "person (key, name, source)", Rows(People, i => $"'syn-p{i}', 'Synthetic {Names[random.Next(Names.Length)]} {i}', 'SYN'"));
        await InsertAsync(db, "structure (key, instrument, name, name_fr, named, source, audience)",
            Rows(Structures, i => $"'syn-s{i}', 'irl', 'Synthetic {Title(random)} {i}', 'Synthétique {Title(random)}', true, 'SYN', '{(i % 10 == 0 ? "both" : i == 1 ? "side:syn-o0" : "public")}'"));
        await InsertAsync(db, "party (structure, organisation, role, source)", Rows(2 * Structures, i => $"'syn-s{i / 2}', 'syn-o{(i % 2 == 0 ? 0 : i % Organisations)}', 'Founder', 'SYN'"));
        await InsertAsync(db, "theme (structure, kind, text, position, source)", Rows(3 * Structures, i => $"'syn-s{i / 3}', 'Subject', '{Title(random)}', {i % 3}, 'SYN'"));
        var entries = await SearchIndex.RebuildAsync(db, default);
        await turn.CommitAsync();
        return entries;
    }

    static IEnumerable<string> Rows(int count, Func<int, string> row) => Enumerable.Range(0, count).Select(row);

    static string Title(Random random) => $"{Subjects[random.Next(Subjects.Length)]} {Subjects[random.Next(Subjects.Length)]}";

    static async Task InsertAsync(Db db, string table, IEnumerable<string> rows)
    {
        foreach (var batch in rows.Chunk(500))
        {
            // Text that the bench itself makes: nothing of it comes from outside.
            var sql = $"insert into {table} values {string.Join(", ", batch.Select(row => $"({row})"))}";
            await db.Database.ExecuteSqlRawAsync(sql);
        }
    }
}
