using System.Security.Cryptography;
using System.Text;
using Entente.Core.Kernel;

namespace Entente.Core.Tests.Kernel;

public sealed class CountriesTests
{
    [Theory]
    [InlineData("GF GP MQ RE YT PF NC PM BL MF WF TF FR fr", "FR")]
    [InlineData("HK MO CN", "CN")]
    [InlineData("PR GU VI AS MP UM US", "US")]
    [InlineData("GG JE IM GI BM GB UK", "GB")]
    [InlineData("AW CW SX BQ NL", "NL")]
    [InlineData("GL FO DK", "DK")]
    [InlineData("AX FI", "FI")]
    [InlineData("SJ NO", "NO")]
    [InlineData("EL GR", "GR")]
    [InlineData("TW", "TW")]
    [InlineData("XK", "XK")]
    [InlineData("ZZ", "ZZ")]
    public void A_code_counts_for_its_statistical_country(string codes, string country) =>
        Assert.All(codes.Split(' '), code => Assert.Equal(country, Countries.Statistical(code)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void No_code_is_no_country(string? code) => Assert.Null(Countries.Statistical(code));

    [Fact]
    public void A_country_that_others_count_for_counts_for_itself_and_every_row_gives_a_reason() => Assert.All(Countries.Table, row =>
    {
        Assert.Equal(row.Country, Countries.Statistical(row.Country));
        Assert.True(Countries.IsKnown(row.Country));
        Assert.True(row.Reason.Length > 10);
        Assert.Contains(row.Code, Countries.CodesOf(row.Country));
    });

    [Fact]
    public void Every_ISO_code_has_a_name_in_both_languages()
    {
        Assert.Equal(250, Countries.Codes.Count);
        Assert.All(Countries.Codes, code => Assert.True(Countries.Name(code, Lang.En).Length > 2 && Countries.Name(code, Lang.Fr).Length > 2));
        Assert.Equal(("Côte d’Ivoire", "Japon", "United Kingdom"), (Countries.Name("CI", Lang.En), Countries.Name("JP", Lang.Fr), Countries.Name("gb", Lang.En)));
        Assert.Equal("ZZ", Countries.Name("ZZ", Lang.Fr));
    }

    [Fact]
    public void A_changed_table_of_statistical_countries_is_a_new_version()
    {
        var rows = string.Concat(Countries.Table.Select(row => $"{row.Code},{row.Country}\n"));
        Assert.Equal(("2026-11", "7aef74d10022d304"), (Countries.Version, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rows)))[..16]));
    }
}
