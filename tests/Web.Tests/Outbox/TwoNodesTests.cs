using System.Diagnostics;
using System.Globalization;
using System.Net;
using Entente.Core.Accounts;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Store;
using Entente.Core.Store.Jobs;
using Entente.Core.Store.Outbox;
using Entente.Tests;
using Entente.Web.Tests.Cli;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Outbox;

/// <summary>Two real hosts, two processes with a folder each, on one PostgreSQL: to people they are one.</summary>
public sealed class TwoNodesTests
{
    sealed class Node(string database) : IDisposable
    {
        public DataFolder Folder { get; } = new(Directory.CreateTempSubdirectory("entente-node-").FullName, StoreAddress.Parse(database).Value);
        public Uri Address { get; private set; } = null!;

        Process? _process;

        public async Task StartAsync(LoopbackSmtp smtp)
        {
            _process = EntenteProcess.Start(
                [("ENTENTE_STORE", database), (MailServer.Variable, $"smtp://127.0.0.1:{smtp.Port}?from=entente@example.org&tls=none&site=https://entente.example.org")], "serve", "--data", Folder.Root, "--urls", "http://127.0.0.1:0");
            _process.ErrorDataReceived += static (_, _) => { };
            _process.BeginErrorReadLine();
            const string Said = "Entente is at ";
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
                if (line.StartsWith(Said, StringComparison.Ordinal))
                {
                    Address = new(line[Said.Length..].Split(' ')[0]);
                    _ = _process.StandardOutput.ReadToEndAsync();
                    return;
                }
            Assert.Fail("The node did not start.");
        }

        public void Dispose()
        {
            _process?.Kill();
            _process?.WaitForExit();
            _process?.Dispose();
            Directory.Delete(Folder.Root, recursive: true);
        }
    }

    [PostgresFact]
    public async Task Sign_in_jobs_and_outbox_behave_as_one()
    {
        var database = await Postgres.CreateAsync();
        try
        {
            await using var smtp = new LoopbackSmtp();
            using var first = new Node(database);
            using var second = new Node(database);
            await using (var db = first.Folder.OpenDb()) await FillAsync(new(db, first.Folder, Actor.CommandLine, TimeProvider.System));
            await Task.WhenAll(first.StartAsync(smtp), second.StartAsync(smtp));
            await OneSessionAsync(first, second);
            await OneOutboxAsync(first, smtp);
        }
        finally
        {
            await Postgres.DropAsync(database);
        }
    }

    // Somebody to remind of a deadline, and a hundred mails that wait.
    static async Task FillAsync(Work work)
    {
        await Migrator.RunAsync(work.Db, default);
        Assert.Null((await Portfolios.EnsureAsync(work, null, default)).Refusal);
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime).AddDays(3);
        work.Db.Add(new Deadline
        {
            Key = "soon", Structure = "majulab", Kind = DeadlineKind.Report, Title = "Report", Due = new(today.Year, today.Month, today.Day), Source = Citations.Parse("S3"),
        });
        var account = new Account { Name = "Officer", Email = "officer@example.org", NormalizedEmail = Emails.Normal("officer@example.org"), Created = work.Now, SecurityStamp = "s", ConcurrencyStamp = "s" };
        work.Db.Add(account);
        work.Log("test.fill", "portfolio");
        await work.Db.SaveChangesAsync();
        work.Db.Add(new RoleGrant { Account = account.Id, Role = AccountRole.PartnershipOfficer, Side = "cnrs" });
        work.Log("test.fill", account.Subject);
        await work.Db.SaveChangesAsync();
        for (var i = 0; i < 100; i++)
            Assert.True(await Messages.AddAsync(work, string.Create(CultureInfo.InvariantCulture, $"mail/{i}"), EmailAddress.Parse("a@example.net")!.Value, null, Lang.En, "s", $"number {i}", default));
    }

    static async Task OneSessionAsync(Node first, Node second)
    {
        using var person = await SignedIn.Async(first.Folder, first.Address, new Grant(AccountRole.PartnershipOfficer, "cnrs", null));
        Task<HttpResponseMessage> On(Node node, string path) => person.Client.GetAsync(new Uri(node.Address, path));
        using (var there = await On(second, "/agenda"))
        {
            Assert.Equal(HttpStatusCode.OK, there.StatusCode);
            Assert.Contains(person.Name, await there.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        // The form of one node is taken by the other: they share the keys as well.
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", await person.TokenAsync())]);
        using (var ended = await person.Client.PostAsync(new Uri(second.Address, "/sign-out"), form)) Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        foreach (var node in (Node[])[first, second])
        {
            using var after = await On(node, "/agenda");
            Assert.NotEqual(HttpStatusCode.OK, after.StatusCode);
        }
    }

    static async Task OneOutboxAsync(Node node, LoopbackSmtp smtp)
    {
        await using var db = node.Folder.OpenDb();
        while (await db.Messages.AnyAsync(m => m.State == MessageState.Pending || m.State == MessageState.Sending) || await db.JobRows.CountAsync(j => j.LastDay != null) < Job.All.Count)
            await Task.Delay(100);
        var numbers = smtp.Taken.Where(l => l.Contains("number ", StringComparison.Ordinal)).Select(l => l.TrimEnd().Split("\r\n")[^1]).ToList();
        Assert.Equal(100, numbers.Count);
        Assert.Equal(100, numbers.Distinct().Count());
        // A job that ran twice would have found nothing left to make, and said so.
        Assert.Equal("1 reminders made", (await db.JobRows.SingleAsync(j => j.Name == "mail.digests")).Outcome);
        Assert.Single(smtp.Taken, l => l.Contains("To: <officer@example.org>", StringComparison.Ordinal));
    }
}
