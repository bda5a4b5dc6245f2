using Entente.Core.Kernel;
using Entente.Web.Shell;

namespace Entente.Web.Tests.Shell;

public sealed class FormatsTests
{
    static readonly Reader En = Reader.For(Lang.En);
    static readonly Reader Fr = Reader.For(Lang.Fr);

    [Theory]
    [InlineData(0, "0", "0")]
    [InlineData(999, "999", "999")]
    [InlineData(1019, "1,019", "1 019")]
    [InlineData(1234567.5, "1,234,567.5", "1 234 567,5")]
    [InlineData(-3, "−3", "−3")]
    [InlineData(0.0000001, "0", "0")]
    [InlineData(-0.0000001, "0", "0")]
    public void Numbers_are_grouped_in_the_readers_form(double value, string en, string fr)
    {
        Assert.Equal(en, En.Number(value));
        Assert.Equal(fr.Replace(' ', '\u202f'), Fr.Number(value));
    }

    [Fact]
    public void Per_cent_keeps_its_decimals_and_its_space()
    {
        Assert.Equal(("13.5%", "13,5\u202f%"), (En.Percent(.135), Fr.Percent(.135)));
        Assert.Equal(("100.0%", "100,0\u202f%"), (En.Percent(1), Fr.Percent(1)));
        Assert.Equal(("29%", "29\u202f%"), (En.Percent(.29, null), Fr.Percent(.29, null)));
    }

    [Fact]
    public void A_range_is_a_dash_in_English_and_words_in_French()
    {
        Assert.Equal(("185–201", "de 185 à 201"), (En.Range(185, 201), Fr.Range(185, 201)));
        Assert.Equal(("185", "185"), (En.Range(185, 185), Fr.Range(185, 185)));
    }

    [Fact]
    public void An_interval_says_which_ends_it_takes_in()
    {
        Assert.Equal("(1,550, 1,600]", En.Interval(1550, 1600, false, true));
        Assert.Equal("]1\u202f550, 1\u202f600]", Fr.Interval(1550, 1600, false, true));
        Assert.Equal(("[450, 550]", "[450, 550]"), (En.Interval(450, 550, true, true), Fr.Interval(450, 550, true, true)));
        Assert.Equal(("(50, ∞)", "]50, ∞["), (En.Interval(50, null, false, false), Fr.Interval(50, null, false, false)));
        Assert.Equal(("[65.5, 66.5)", "[65,5\u202f; 66,5["), (En.Interval(65.5, 66.5, true, false), Fr.Interval(65.5, 66.5, true, false)));
        Assert.Equal(("43", "43"), (En.Interval(43, 43, true, true), Fr.Interval(43, 43, true, true)));
    }

    [Fact]
    public void Money_stands_where_the_language_puts_it()
    {
        Assert.Equal(("€132,000", "132\u202f000\u00a0€"), (En.Money(132_000, "EUR"), Fr.Money(132_000, "EUR")));
        Assert.Equal(("£115,000", "115\u202f000\u00a0£"), (En.Money(115_000, "GBP"), Fr.Money(115_000, "GBP")));
        Assert.Equal("50\u00a0CHF", En.Money(50, "CHF"));
    }

    [Fact]
    public void Dates_are_written_as_far_as_they_are_known()
    {
        Assert.Equal(("4 October 2022", "4 octobre 2022"), (En.Date(new(2022, 10, 4)), Fr.Date(new(2022, 10, 4))));
        Assert.Equal(("1 December 2026", "1er décembre 2026"), (En.Date(new(2026, 12, 1)), Fr.Date(new(2026, 12, 1))));
        Assert.Equal(("1 Dec 2026", "1er déc. 2026"), (En.ShortDate(new(2026, 12, 1)), Fr.ShortDate(new(2026, 12, 1))));
        Assert.Equal(("May 2014", "mai 2014"), (En.PartialDate("2014-05"), Fr.PartialDate("2014-05")));
        Assert.Equal(("2014", "2014"), (En.PartialDate("2014"), Fr.PartialDate("2014")));
        Assert.Equal("4 octobre 2022", Fr.PartialDate("2022-10-04"));
    }

    [Fact]
    public void Sizes_and_counts_carry_their_unit()
    {
        Assert.Equal(("5.1\u00a0MB", "5,1\u00a0Mo"), (En.Bytes(5_100_000), Fr.Bytes(5_100_000)));
        Assert.Equal(("12\u00a0bytes", "12\u00a0octets"), (En.Bytes(12), Fr.Bytes(12)));
        Assert.Equal("0\u00a0works", En.Count(0, new("work", "travail"), new("works", "travaux")));
        Assert.Equal("0\u00a0travail", Fr.Count(0, new("work", "travail"), new("works", "travaux")));
        Assert.Equal(("2017–2022", "2020"), (En.Years(new(2017, 2022)), Fr.Years(new(2020, 2020))));
    }
}
