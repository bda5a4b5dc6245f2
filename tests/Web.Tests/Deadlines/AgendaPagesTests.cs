using System.Net;
using Deque.AxeCore.Playwright;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Store;
using Entente.Core.Store.Outbox;
using Entente.Tests;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Deadlines;

/// <summary>The agenda, its calendars and the page of mail, over HTTP.</summary>
[Collection(SiteCollection.Name)]
public sealed class AgendaPagesTests(Site site, Browser browser)
{
    async Task<string> DeadlineAsync(string audience = "both")
    {
        var key = $"d{Guid.NewGuid():N}";
        await using var db = site.Folder.OpenDb();
        var work = new Work(db, site.Folder, Actor.CommandLine, TimeProvider.System);
        db.Add(new Deadline { Key = key, Structure = "majulab", Kind = DeadlineKind.Report, Title = $"Title {key}", Due = PartialDate.Parse("2031-02"), Source = Citations.Parse("S3"), Audience = Audience.Parse(audience)!.Value });
        work.Log("test.deadline", $"deadlines/{key}");
        await db.SaveChangesAsync();
        return key;
    }

    [Fact]
    public async Task A_deadline_is_marked_as_done_and_opened_again_on_the_page()
    {
        var key = await DeadlineAsync();
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        var row = (await officer.PageAsync("/agenda?kind=report&lang=en")).GetElementById($"deadlines-{key}")!;
        Assert.Contains("28 Feb 2031", row.TextContent, StringComparison.Ordinal);
        var form = row.QuerySelector("form")!;
        using (var done = await officer.PostAsync(form.GetAttribute("action")!, ("return", "/agenda?kind=report")))
            Assert.Equal((HttpStatusCode.SeeOther, "/agenda?kind=report"), (done.StatusCode, done.Headers.Location!.ToString()));
        Assert.Null((await officer.PageAsync("/agenda")).GetElementById($"deadlines-{key}"));
        Assert.Contains("Reopen", (await officer.PageAsync("/agenda?done=1")).GetElementById($"deadlines-{key}")!.TextContent, StringComparison.Ordinal);
        using (var again = await officer.PostAsync($"/deadlines/{key}/done")) Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using (var open = await officer.PostAsync($"/deadlines/{key}/reopen", ("return", "https://elsewhere.example/")))
            Assert.Equal((HttpStatusCode.SeeOther, "/"), (open.StatusCode, open.Headers.Location!.ToString()));
        Assert.NotNull((await officer.PageAsync("/agenda")).GetElementById($"deadlines-{key}"));
    }

    [Fact]
    public async Task Page_list_and_feed_tell_a_reader_nothing_of_the_other_side()
    {
        var (ours, both) = (await DeadlineAsync("side:cnrs"), await DeadlineAsync());
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        using var other = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "nus");
        foreach (var (person, sees) in new[] { (officer, true), (other, false) })
        {
            foreach (var path in (string[])["/agenda", "/agenda/list", "/agenda/list?format=csv", (await FeedAsync(person)).PathAndQuery])
            {
                using var answer = await person.GetAsync(path);
                var text = (await answer.Content.ReadAsStringAsync()).Replace("\r\n ", "", StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Equal((true, sees), (text.Contains(both, StringComparison.Ordinal), text.Contains(ours, StringComparison.Ordinal)));
            }
        }
        using var nobody = await site.Client.GetAsync(new Uri("/agenda", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, nobody.StatusCode);
    }

    static async Task<Uri> FeedAsync(SignedIn person)
    {
        using var made = await person.PostAsync("/agenda/feeds", ("name", "Outlook"));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await made.Content.ReadAsStringAsync());
        Assert.Contains("no-store", made.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        return new(page.QuerySelector(".banner code")!.TextContent);
    }

    [Fact]
    public async Task A_feed_needs_no_sign_in_and_once_withdrawn_answers_as_if_it_had_never_been()
    {
        using var officer = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        var feed = await FeedAsync(officer);
        using (var read = await site.Client.GetAsync(feed))
        {
            Assert.Equal("text/calendar", read.Content.Headers.ContentType!.MediaType);
            Assert.StartsWith("BEGIN:VCALENDAR\r\n", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        // Shown once: no page names it again.
        Assert.DoesNotContain(feed.Segments[^1][..^4], (await officer.PageAsync("/agenda/reminders")).Source.Text, StringComparison.Ordinal);
        using (var withdrawn = await officer.PostAsync((await officer.PageAsync("/agenda/reminders")).QuerySelector("form[action$=withdraw]")!.GetAttribute("action")!))
            Assert.Equal(HttpStatusCode.SeeOther, withdrawn.StatusCode);
        using var gone = await site.Client.GetAsync(feed);
        using var never = await site.Client.GetAsync(new Uri(feed, $"/feeds/{new string('x', 43)}.ics"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (gone.StatusCode, never.StatusCode));
        Assert.Equal(Neutral(await never.Content.ReadAsStringAsync()), Neutral(await gone.Content.ReadAsStringAsync()));
        static string Neutral(string page) => System.Text.RegularExpressions.Regex.Replace(page, @"feeds(/|%2F)[A-Za-z0-9_-]{43}", "feeds/TOKEN", System.Text.RegularExpressions.RegexOptions.IgnoreCase);
    }

    [Fact]
    public async Task The_administrator_names_a_server_tries_it_and_never_sees_its_password_again()
    {
        const string Secret = "a-very-secret-word";
        using var administrator = await SignedIn.Async(site, AccountRole.Administrator);
        await using var smtp = new LoopbackSmtp { User = "entente", Password = Secret };
        (string, string)[] Entry(params (string, string)[] more) =>
            [("host", "127.0.0.1"), ("port", $"{smtp.Port}"), ("security", "None"), ("sender", "entente@example.org"), ("name", "Entente"), .. more];
        using (var wrong = await administrator.PostAsync("/mail", Entry(("user", "entente"), ("password", Secret), ("sender", "no address"), ("site", "nowhere"))))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.DoesNotContain(Secret, await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using (var saved = await administrator.PostAsync("/mail", Entry(("user", "entente"), ("password", Secret)))) Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        using (var sent = await administrator.PostAsync("/mail/test", ("to", "officer@example.net")))
            Assert.Contains("250 2.0.0 taken", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(smtp.Taken);
        // Another host must not be told the password of this one.
        using (var moved = await administrator.PostAsync("/mail", [.. Entry(("user", "entente")).Select(e => e.Item1 == "host" ? ("host", "localhost") : e)]))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, moved.StatusCode);
        Assert.DoesNotContain(Secret, (await administrator.PageAsync("/mail")).Source.Text, StringComparison.Ordinal);
        await using var db = site.Folder.OpenDb();
        Assert.DoesNotContain(Secret, (await db.MailServers.AsNoTracking().SingleAsync()).Password!, StringComparison.Ordinal);
        Assert.DoesNotContain(await db.Set<Core.Store.Journal.JournalChange>().Select(c => c.After).ToListAsync(), after => after?.Contains(Secret, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task An_uncertain_mail_waits_for_the_administrator()
    {
        using var administrator = await SignedIn.Async(site, AccountRole.Administrator);
        await using var db = site.Folder.OpenDb();
        var ids = new List<int>();
        foreach (var key in (string[])["again", "give-up"])
        {
            Assert.True(await Messages.AddAsync(new(db, site.Folder, Actor.Program, TimeProvider.System), $"{key}/{Guid.NewGuid():N}", EmailAddress.Parse("a@example.net")!.Value, null, Lang.En, "s", "b", default));
            ids.Add(await db.Messages.MaxAsync(m => m.Id));
        }
        await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MessageState.Uncertain));
        foreach (var (id, verb, state) in new[] { (ids[0], "again", MessageState.Pending), (ids[1], "give-up", MessageState.GivenUp) })
        {
            using (var decided = await administrator.PostAsync($"/mail/{id}/{verb}")) Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
            Assert.Equal(state, (await db.Messages.AsNoTracking().SingleAsync(m => m.Id == id)).State);
            using var twice = await administrator.PostAsync($"/mail/{id}/{verb}");
            Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        }
        await db.Messages.Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync();
    }

    [BrowserTheory, InlineData("en"), InlineData("fr")]
    public async Task Axe_finds_nothing_on_these_pages(string lang)
    {
        await DeadlineAsync();
        using var person = await SignedIn.Async(site.Folder, site.Address, new Grant(AccountRole.Administrator, null, null), new Grant(AccountRole.PartnershipOfficer, "cnrs", null));
        var page = await browser.OpenAsync(site, lang: lang);
        await person.EnterAsync(page);
        foreach (var path in (string[])["/agenda", "/agenda?done=1&sort=-title", "/agenda/reminders", "/mail"])
        {
            await page.GotoAsync(new Uri(site.Address, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? "&" : "?")}lang={lang}").ToString());
            Complaints.AssertNone((await page.RunAxe()).Violations.Select(v => $"{path}: {v.Id}, {v.Nodes[0].Html}"));
        }
    }
}
