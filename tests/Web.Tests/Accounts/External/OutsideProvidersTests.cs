using Entente.Web.Accounts.External;

namespace Entente.Web.Tests.Accounts.External;

public sealed class OutsideProvidersTests
{
    [Fact]
    public void Providers_are_read_from_the_environment()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "from a file\n");
        var read = OutsideProviders.Read(new Dictionary<string, string>
        {
            ["ENTENTE_OIDC_U_TOKYO_ISSUER"] = "https://id.example.ac.jp/", ["ENTENTE_OIDC_U_TOKYO_CLIENT"] = "c1", ["ENTENTE_OIDC_U_TOKYO_SECRET_FILE"] = file,
            ["ENTENTE_OIDC_U_TOKYO_NAME"] = "UTokyo Account", ["ENTENTE_OIDC_U_TOKYO_SCOPES"] = "openid,email",
            ["ENTENTE_ORCID_CLIENT"] = "APP-1", ["ENTENTE_ORCID_SECRET"] = "s", ["PATH"] = "/bin",
        });
        File.Delete(file);
        Assert.Empty(read.Complaints);
        var (campus, orcid) = (read["u-tokyo"]!, read["orcid"]!);
        Assert.Equal(("https://id.example.ac.jp/", "c1", "from a file", "UTokyo Account", "openid email"), (campus.Issuer, campus.Client, campus.Secret, campus.Name, string.Join(' ', campus.Scopes)));
        Assert.Equal(("https://orcid.org", OutsideKind.Orcid, "/authenticate"), (orcid.Issuer, orcid.Kind, orcid.Scopes.Single()));
        Assert.DoesNotContain("from a file", campus.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ISSUER", "http://id.example.org"), InlineData("ISSUER", "id.example.org"), InlineData("ISSUER", ""), InlineData("ISSUER", "https://user:pass@id.example.org")]
    [InlineData("CLIENT", " "), InlineData("SECRET", "")]
    public void A_provider_that_is_set_wrong_is_left_out_and_no_value_told(string part, string value)
    {
        var settings = new Dictionary<string, string> { ["ENTENTE_OIDC_X_ISSUER"] = "https://id.example.org", ["ENTENTE_OIDC_X_CLIENT"] = "client-id-1", ["ENTENTE_OIDC_X_SECRET"] = "hush-hush" };
        Assert.Single(OutsideProviders.Read(settings).All);
        settings[$"ENTENTE_OIDC_X_{part}"] = value;
        var read = OutsideProviders.Read(settings);
        Assert.Empty(read.All);
        var complaint = Assert.Single(read.Complaints);
        Assert.StartsWith($"ENTENTE_OIDC_X_{part}", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", complaint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000-0002-1825-0097", true), InlineData("0000-0001-5109-3700", true), InlineData("0000-0002-1694-233X", true)]
    [InlineData("0000-0002-1825-0096", false), InlineData("0000-0002-1694-2330", false), InlineData("000X-0002-1694-233X", false), InlineData("0000000218250097", false)]
    [InlineData("0000-0002-1825-0097 ", false), InlineData("", false)]
    public void An_iD_is_known_by_its_last_sign(string text, bool right) => Assert.Equal(right, OrcidHandler.IsOrcid(text));
}
