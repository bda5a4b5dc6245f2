using System.Diagnostics;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Core.Store.Outbox;
using Entente.Tests;
using Entente.Web.Tests.Cli;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Outbox;

/// <summary>A real process, killed by the system while it sends: no mail is delivered twice, and none is lost sight of.</summary>
public sealed class KilledTests
{
    public static TheoryData<string> Kinds => Conditions.Postgres is null ? ["sqlite"] : ["sqlite", "postgres"];

    sealed class World : IAsyncDisposable
    {
        public required DataFolder Folder { get; init; }
        public string? Database { get; init; }

        public static async Task<World> OpenAsync(string kind)
        {
            var database = kind == "postgres" ? await Postgres.CreateAsync() : null;
            var folder = new DataFolder(Directory.CreateTempSubdirectory("entente-killed-").FullName, database is null ? null : StoreAddress.Parse(database).Value);
            await using var db = folder.OpenDb();
            await Migrator.RunAsync(db, default);
            Assert.Null((await Core.Portfolio.Portfolios.EnsureAsync(new(db, folder, Actor.CommandLine, TimeProvider.System), "none", default)).Refusal);
            return new() { Folder = folder, Database = database };
        }

        public async Task AddAsync(int count)
        {
            await using var db = Folder.OpenDb();
            for (var i = 0; i < count; i++)
                Assert.True(await Messages.AddAsync(new(db, Folder, Actor.Program, TimeProvider.System), $"mail/{i}", EmailAddress.Parse("officer@example.net")!.Value, null, Lang.En, "s", $"number {i}", default));
        }

        public Process Start(LoopbackSmtp smtp)
        {
            var process = EntenteProcess.Start([(MailServer.Variable, $"smtp://127.0.0.1:{smtp.Port}?from=entente@example.org&tls=none"), ("ENTENTE_STORE", Database ?? "")], "jobs", "--data", Folder.Root);
            // What it prints is not looked at, and must not stop it.
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }

        public async Task<List<Message>> MailsAsync()
        {
            await using var db = Folder.OpenDb();
            return await db.Messages.AsNoTracking().OrderBy(m => m.Id).ToListAsync();
        }

        /// <summary>Another round, in this process, when the vanished are known to be gone.</summary>
        public async Task<PostingTally> LaterAsync(LoopbackSmtp smtp)
        {
            await using var db = Folder.OpenDb();
            return await Posting.RunAsync(new(db, Folder, Actor.Program, new Ahead(Posting.Vanished + TimeSpan.FromMinutes(1))), smtp.Server, default);
        }

        public async ValueTask DisposeAsync()
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            if (Database is not null) await Postgres.DropAsync(Database);
            Directory.Delete(Folder.Root, recursive: true);
        }
    }

    sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }

    static string NumberOf(string letter) => letter.TrimEnd().Split("\r\n")[^1];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Killed_before_the_last_line_or_after_it_a_mail_is_uncertain_and_not_sent_again(string kind)
    {
        foreach (var moment in (string[])["RCPT TO:<officer@example.net>", "."])
        {
            await using var world = await World.OpenAsync(kind);
            await world.AddAsync(1);
            var reached = new TaskCompletionSource();
            await using var hanging = new LoopbackSmtp(command =>
            {
                if (command != moment) return null;
                reached.TrySetResult();
                return LoopbackSmtp.Hang;
            });
            using (var process = world.Start(hanging))
            {
                await Task.WhenAny(reached.Task, process.WaitForExitAsync());
                Assert.True(reached.Task.IsCompleted, "the process ended before it sent anything");
                process.Kill();
                await process.WaitForExitAsync();
            }
            Assert.Equal(MessageState.Sending, Assert.Single(await world.MailsAsync()).State);

            await using var well = new LoopbackSmtp();
            using (var next = world.Start(well))
            {
                await next.WaitForExitAsync();
                Assert.Equal(0, next.ExitCode);
            }
            Assert.Equal(new PostingTally { Uncertain = 1 }, await world.LaterAsync(well));
            Assert.Equal(MessageState.Uncertain, Assert.Single(await world.MailsAsync()).State);
            Assert.Empty(well.Taken);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Two_processes_at_once_killed_again_and_again_deliver_each_mail_at_most_once(string kind)
    {
        const int Mails = 120, Rounds = 5;
        await using var world = await World.OpenAsync(kind);
        await world.AddAsync(Mails);
        var random = new Random(20261122);
        var kills = 0;
        // Every round both are killed after some of the mails that one round brings.
        await using var smtp = new LoopbackSmtp();
        for (var round = 0; round < Rounds && (await world.MailsAsync()).Any(m => m.State == MessageState.Pending); round++)
        {
            var until = smtp.Commands.Count + random.Next(20, 120);
            Process[] both = [world.Start(smtp), world.Start(smtp)];
            while (smtp.Commands.Count < until && both.Any(p => !p.HasExited)) await Task.Delay(5);
            foreach (var process in both)
            {
                if (!process.HasExited) kills++;
                process.Kill();
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }
        Assert.True(kills > 1, "nothing was killed");
        await world.LaterAsync(smtp);
        var mails = await world.MailsAsync();
        var taken = smtp.Taken.Select(NumberOf).ToList();
        Assert.Equal(taken.Count, taken.Distinct().Count());
        Assert.All(mails, m => Assert.True(m.State is MessageState.Sent or MessageState.Uncertain, $"{m.Key} is {m.State}: {m.Answer}"));
        Assert.All(mails.Where(m => m.State == MessageState.Sent), m => Assert.Contains($"number {m.Key.Split('/')[1]}", taken));
        // Each kill can leave one mail in doubt, no more.
        Assert.InRange(mails.Count(m => m.State == MessageState.Uncertain), 0, kills);
        Assert.Equal(Mails, mails.Count);
    }
}
