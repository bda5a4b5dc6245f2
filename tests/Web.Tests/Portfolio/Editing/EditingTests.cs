using System.Net;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Deadlines;
using Entente.Core.Portfolio.Editing;
using Entente.Web.Portfolio.Editing;
using Microsoft.EntityFrameworkCore;

namespace Entente.Web.Tests.Portfolio.Editing;

/// <summary>Every form as it is sent without scripts, by officers of two sides.</summary>
[Collection(EditingCollection.Name)]
public sealed class EditingTests(Site site)
{
    const string Moivre = "/edit/structures/abraham-de-moivre";

    public static TheoryData<string> Tables => [.. PortfolioFileSet.All.Select(f => f.Name).Where(EditAddress.Has)];

    Task<SignedIn> OfficerAsync(string? side) => SignedIn.Async(site, AccountRole.PartnershipOfficer, side);

    [Theory, MemberData(nameof(Tables))]
    public async Task A_form_that_is_sent_back_untouched_changes_nothing(string table)
    {
        using var officer = await OfficerAsync(null);
        var ids = await IdsAsync(table);
        foreach (var id in ids)
        {
            var form = (await officer.PageAsync($"/edit/{table}/{Uri.EscapeDataString(id)}")).Form();
            var before = await site.LastLineAsync();
            using var answer = await officer.SendAsync(form);
            Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{form.Address} answers {(int)answer.StatusCode}: {(await answer.ReadAsync()).QuerySelector(".banner.bad")?.TextContent}");
            Assert.Equal(before, await site.LastLineAsync());
        }
        using var asked = await officer.GetAsync($"/edit/{table}/new?structure=majulab");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }

    async Task<List<string>> IdsAsync(string table)
    {
        await using var db = site.Folder.OpenDb();
        var record = (await PortfolioRecord.ReadAsync(db, default)).For(Actor.Anyone);
        object[] rows = table switch
        {
            "structures" => [.. record.Structures.Values],
            "organisations" => [.. record.Organisations.Values],
            "sources" => [.. record.Sources.Values],
            "people" => [.. record.People.Values],
            "instruments" => [.. record.Instruments.Values],
            "acts" => [.. record.Acts.SelectMany(a => a)],
            "parties" => [.. record.Parties.SelectMany(p => p)],
            "sites" => [.. record.Sites.SelectMany(s => s)],
            "roles" => [.. record.Roles],
            "themes" => [.. record.Themes.SelectMany(t => t)],
            "belongings" => [.. record.Belongings],
            "identifiers" => [.. record.Identifiers],
            "facts" => [.. record.Facts.SelectMany(f => f)],
            "shared" => [.. record.Shared.SelectMany(s => s)],
            "notes" => [.. record.Notes],
            "names" => [.. record.Names.SelectMany(n => n)],
            "labels" => [.. record.Labels.SelectMany(l => l)],
            _ => [],
        };
        // The first and the last two of each, which differ most.
        return [.. rows.Take(1).Concat(rows.TakeLast(2)).Distinct().Select(r => RowCells.IdOf(r)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? RowCells.CellsOf(r)["key"])];
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_and_what_was_typed_stays()
    {
        using var officer = await OfficerAsync("imperial");
        var form = (await officer.PageAsync("/edit/acts/new?structure=abraham-de-moivre")).Form();
        using var answer = await officer.SendAsync(form, ("event", "visit"), ("date", "last spring"), ("what", "Someone came"), ("wording", "came by"), ("source.0", "S1"), ("locator.0", "p. 2"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.ReadAsync();
        var summary = page.QuerySelector(".banner.bad")!;
        Assert.Equal(["#f-date", "#f-date_kind", "#f-what_fr"], summary.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).Order());
        foreach (var link in summary.QuerySelectorAll("a")) Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!));
        Assert.Equal("true", page.GetElementById("f-date")!.GetAttribute("aria-invalid"));
        var (_, kept) = page.Form();
        Assert.Equal(("last spring", "Someone came", "came by", "S1", "p. 2"), (kept["date"], kept["what"], kept["wording"], kept["source.0"], kept["locator.0"]));

        using var mended = await officer.SendAsync(page.Form(), ("date", "4 October 2022"), ("date_kind", "effective"), ("what_fr", "Une visite"));
        Assert.Equal(HttpStatusCode.SeeOther, mended.StatusCode);
        await using var db = site.Folder.OpenDb();
        var act = await db.Acts.AsNoTracking().SingleAsync(a => a.Event == "visit");
        Assert.Equal(("2022-10-04", "S1:p. 2"), (act.Date.ToString(), act.Source.ToString()));
    }

    [Fact]
    public async Task What_the_sides_share_is_entered_on_a_form()
    {
        using var officer = await OfficerAsync("imperial");
        Assert.NotNull((await officer.PageAsync(Moivre)).QuerySelector("a[href='/edit/shared/new?structure=abraham-de-moivre']"));
        var form = (await officer.PageAsync("/edit/shared/new?structure=abraham-de-moivre")).Form();
        using (var added = await officer.SendAsync(form, ("kind", "infrastructure"), ("name", "Tide tank"), ("name_fr", "Bassin de marée"), ("side", "imperial"), ("source.0", "S1")))
            Assert.Equal("/edit/structures/abraham-de-moivre?done=1#shared", added.Headers.Location!.ToString());
        Assert.Contains("Tide tank", (await officer.PageAsync("/structures/abraham-de-moivre")).QuerySelector("[aria-labelledby=shared]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Tide tank", (await officer.PageAsync(Moivre)).QuerySelector("[aria-labelledby=shared]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_is_entered_changed_and_removed_on_forms()
    {
        using var officer = await OfficerAsync("imperial");
        Assert.NotNull((await officer.PageAsync("/agenda")).QuerySelector("a[href='/edit/deadlines/new']"));
        var form = (await officer.PageAsync("/edit/deadlines/new?structure=abraham-de-moivre")).Form();
        Assert.Equal("abraham-de-moivre", form.Fields["structure"]);
        using (var added = await officer.SendAsync(form, ("kind", "report"), ("title", "Annual report"), ("title_fr", "Rapport annuel"), ("due", "31/03/2031"), ("source.0", "S1")))
            Assert.Equal("/edit/deadlines/annual-report?done=1", added.Headers.Location!.ToString());
        Assert.Contains("Annual report", (await officer.PageAsync("/agenda")).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await officer.PageAsync(Moivre)).QuerySelector("[aria-labelledby=deadlines] a[href='/edit/deadlines/annual-report']"));
        using (var moved = await officer.SendAsync((await officer.PageAsync("/edit/deadlines/annual-report")).Form(), ("due", "2031-04"))) Assert.Equal(HttpStatusCode.SeeOther, moved.StatusCode);
        await using (var db = site.Folder.OpenDb()) Assert.Equal("2031-04", (await db.Deadlines.AsNoTracking().SingleAsync(d => d.Key == "annual-report")).Due.ToString());
        using (var gone = await officer.SendAsync((await officer.PageAsync("/edit/deadlines/annual-report/remove")).Form())) Assert.Equal(HttpStatusCode.SeeOther, gone.StatusCode);
        using var lost = await officer.GetAsync("/edit/deadlines/annual-report");
        Assert.Equal(HttpStatusCode.NotFound, lost.StatusCode);
    }

    [Fact]
    public async Task Two_who_edit_at_once_lose_nothing()
    {
        using var one = await OfficerAsync("imperial");
        using var two = await OfficerAsync("cnrs");
        var (ours, theirs) = ((await one.PageAsync(Moivre)).Form(), (await two.PageAsync(Moivre)).Form());
        using (var first = await two.SendAsync(theirs, ("long_name", "Laboratory of theirs"), ("country", "FR"))) Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        using var second = await one.SendAsync(ours, ("long_name", "Laboratory of ours"), ("name_fr", "Le nôtre"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var page = await second.ReadAsync();
        var conflict = page.QuerySelector("#conflict")!.ParentElement!.TextContent;
        Assert.Contains("Laboratory of theirs", conflict, StringComparison.Ordinal);
        Assert.Contains("Laboratory of ours", conflict, StringComparison.Ordinal);
        // Another side's officer is known by side and role, not by name.
        Assert.Contains("partnership officer for CNRS", conflict, StringComparison.Ordinal);
        Assert.DoesNotContain(two.Name, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("Le nôtre", "FR"), (page.Form().Fields["name_fr"], page.Form().Fields["country"]));

        using var settled = await one.SendAsync(page.Form(), ("keep.long_name", "theirs"));
        Assert.Equal(HttpStatusCode.SeeOther, settled.StatusCode);
        await using var db = site.Folder.OpenDb();
        var now = await db.Structures.AsNoTracking().SingleAsync(s => s.Key == "abraham-de-moivre");
        Assert.Equal(("Laboratory of theirs", "Le nôtre", "FR"), (now.LongName, now.NameFr, now.Country));
    }

    [Fact]
    public async Task A_structure_is_made_renamed_split_and_ended_by_forms()
    {
        using var officer = await OfficerAsync("cnrs");
        var form = (await officer.PageAsync("/edit/structures/new")).Form();
        using (var nobody = await officer.SendAsync(form, ("instrument", "irp"), ("name", "Été polaire"), ("source.0", "S3")))
            Assert.Contains("#f-party-0", (await nobody.ReadAsync()).QuerySelector(".banner.bad")!.InnerHtml, StringComparison.Ordinal);
        using (var made = await officer.SendAsync(form, ("instrument", "irp"), ("name", "Été polaire"), ("source.0", "S3"), ("party.0", "cnrs"), ("party.1", "imperial")))
            Assert.Equal("/edit/structures/ete-polaire?done=1", made.Headers.Location!.ToString());

        var rename = (await officer.PageAsync("/edit/structures/ete-polaire/rename")).Form();
        using (var renamed = await officer.SendAsync(rename, ("name", "Nuit polaire"), ("date", "mai 2024"), ("source.0", "S3"))) Assert.Equal(HttpStatusCode.SeeOther, renamed.StatusCode);
        using (var again = await officer.SendAsync(rename, ("name", "Autre"), ("source.0", "S3"))) Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var read = await officer.PageAsync("/structures/ete-polaire");
        Assert.Contains("Nuit polaire", read.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Été polaire", read.QuerySelector("#lineage")!.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);

        var split = (await officer.PageAsync("/edit/structures/ete-polaire/split")).Form();
        var parties = split.Fields.Keys.Where(k => k.StartsWith("party.", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, parties.Count);
        using (var none = await officer.SendAsync(split, ("second", "Aube"), ("date", "2025"), ("source.0", "S3"), (parties[0], "neither"), (parties[1], "neither")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using (var done = await officer.SendAsync(split, ("first", "Crépuscule"), ("second", "Aube"), ("date", "2025"), ("source.0", "S3"), (parties[1], "second")))
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        await using (var db = site.Folder.OpenDb())
        {
            Assert.Equal(["aube", "crepuscule"], await db.Successions.Where(s => s.Structure == "ete-polaire").Select(s => s.Successor).OrderBy(s => s).ToListAsync());
            Assert.Equal((1, 2), (await db.Parties.CountAsync(p => p.Structure == "crepuscule"), await db.Parties.CountAsync(p => p.Structure == "aube")));
            Assert.Equal("2025", (await db.Acts.SingleAsync(a => a.Structure == "ete-polaire" && a.DateKind == DateKind.Ended)).Date.ToString());
        }
        Assert.Contains("Nuit polaire", (await officer.PageAsync("/edit/structures/aube/lineage")).QuerySelector("#successions")!.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);

        var end = (await officer.PageAsync("/edit/structures/aube/end")).Form();
        using (var missing = await officer.SendAsync(end, ("date", "2026"))) Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.StatusCode);
        using (var ended = await officer.SendAsync(end, ("date", "2026"), ("reason", "Its work is done"), ("reason_fr", "Son travail est achevé"), ("source.0", "S3"))) Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        using (var twice = await officer.SendAsync(end, ("date", "2026"), ("reason", "x"), ("reason_fr", "x"), ("source.0", "S3"))) Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    [Fact]
    public async Task Doors_are_shown_to_those_who_may_pass()
    {
        using var ours = await OfficerAsync("imperial");
        using var others = await OfficerAsync("utokyo");
        Assert.NotNull((await ours.PageAsync("/structures/abraham-de-moivre")).QuerySelector($"a[href='{Moivre}']"));
        Assert.Null((await others.PageAsync("/structures/abraham-de-moivre")).QuerySelector($"a[href='{Moivre}']"));
        Assert.DoesNotContain("/edit/", await site.GetAsync("/structures/abraham-de-moivre"), StringComparison.Ordinal);
        using var refused = await others.GetAsync(Moivre);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var anyone = await site.Client.GetAsync(new Uri(Moivre, UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, anyone.StatusCode);
    }

    [Fact]
    public async Task What_others_refer_to_is_not_removed_and_the_page_says_what_does()
    {
        using var officer = await OfficerAsync(null);
        var form = (await officer.PageAsync("/edit/sources/S2/remove")).Form();
        using var held = await officer.SendAsync(form);
        Assert.Equal(HttpStatusCode.Conflict, held.StatusCode);
        Assert.Contains("structures/", (await held.ReadAsync()).QuerySelector(".banner.bad")!.TextContent, StringComparison.Ordinal);
    }
}
