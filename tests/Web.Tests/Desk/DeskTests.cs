using Entente.Core.Kernel;
using Entente.Web.Desk;

namespace Entente.Web.Tests.Desk;

[Collection(SiteCollection.Name)]
public sealed class DeskTests(Site site)
{
    [Fact]
    public async Task Every_door_of_the_desk_leads_to_a_page()
    {
        using var person = await SignedIn.Async(site.Folder, site.Address, new Grant(AccountRole.PartnershipOfficer, "cnrs", null), new Grant(AccountRole.Administrator, null, null));
        var desk = await person.PageAsync("/desk");
        var shown = desk.QuerySelectorAll("section dl.facts a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(DeskDoor.All.Select(d => d.Href), shown);
        foreach (var door in shown) await person.PageAsync(door);
    }

    [Fact]
    public async Task The_desk_shows_no_door_that_a_role_does_not_open()
    {
        using var person = await SignedIn.Async(site, AccountRole.Reader, "cnrs");
        var shown = (await person.PageAsync("/desk")).QuerySelectorAll("section dl.facts a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.DoesNotContain("/people", shown);
        Assert.DoesNotContain("/edit", shown);
        Assert.Contains("/agenda", shown);
    }

    [Fact]
    public async Task A_lone_administrator_is_told_where_to_begin()
    {
        var own = new Site();
        await own.InitializeAsync();
        try
        {
            using var first = await SignedIn.Async(own, AccountRole.Administrator);
            var steps = (await first.PageAsync("/desk")).QuerySelectorAll("[aria-labelledby=first] a").Select(a => a.GetAttribute("href")!.Split('#')[0]).ToList();
            Assert.Equal(["/account/second-factor", "/people", "/mail", "/imports"], steps);
            foreach (var step in steps) await first.PageAsync(step);
            using var second = await SignedIn.Async(own, AccountRole.PartnershipOfficer, "cnrs");
            Assert.Empty((await first.PageAsync("/desk")).QuerySelectorAll("[aria-labelledby=first]"));
        }
        finally
        {
            await own.DisposeAsync();
        }
    }
}
