using Entente.Core.Portfolio;

namespace Entente.Core.Tests.Portfolio;

public sealed class DatePhrasesTests
{
    [Theory]
    [InlineData("2028-08-31", "since 31 August 2028", "depuis le 31 août 2028", "jusqu’au 31 août 2028", "avant le 31 août 2028")]
    [InlineData("2028-08", "since August 2028", "depuis août 2028", "jusqu’en août 2028", "avant août 2028")]
    [InlineData("2028", "since 2028", "depuis 2028", "jusqu’en 2028", "avant 2028")]
    public void A_date_is_joined_to_its_sentence(string date, string english, string since, string until, string before)
    {
        var day = PartialDate.Parse(date);
        Assert.Equal((english, since, until, before), (day.Since().En, day.Since().Fr, day.Until().Fr, day.Before().Fr));
    }

    [Theory]
    [InlineData("2026-01-01", "2026-12-31", "du 1er janvier 2026 au 31 décembre 2026")]
    [InlineData("2014-05", "2018", "de mai 2014 à 2018")]
    [InlineData("2014-10", "2018-03-02", "d’octobre 2014 au 2 mars 2018")]
    public void Two_dates_are_joined_as_french_joins_them(string start, string end, string expected) =>
        Assert.Equal(expected, PartialDate.Parse(start).To(PartialDate.Parse(end)).Fr);
}
