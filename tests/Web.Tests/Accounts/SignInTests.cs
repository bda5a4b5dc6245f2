using System.Net;
using Entente.Core.Kernel;

namespace Entente.Web.Tests.Accounts;

[Collection(SiteCollection.Name)]
public sealed class SignInTests(Site site)
{
    [Fact]
    public async Task Whoever_joins_by_link_is_signed_in_and_can_sign_out()
    {
        using var person = await SignedIn.Async(site, AccountRole.PartnershipOfficer, "cnrs");
        var page = await person.PageAsync("/accessibility");
        Assert.Contains(person.Name, page.QuerySelector(".tools")!.TextContent, StringComparison.Ordinal);
        using var left = await person.PostAsync("/sign-out");
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        Assert.DoesNotContain(person.Name, (await person.PageAsync("/accessibility")).QuerySelector(".tools")!.TextContent, StringComparison.Ordinal);
    }
}
