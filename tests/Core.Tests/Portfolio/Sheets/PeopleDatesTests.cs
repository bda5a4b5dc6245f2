using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Sheets;
using Entente.Core.Portfolio.Sheets.Intake;

namespace Entente.Core.Tests.Portfolio.Sheets;

public sealed class PeopleDatesTests
{
    [Theory]
    [InlineData("2014", "2014")]
    [InlineData("05/2014", "2014-05")]
    [InlineData("5-2014", "2014-05")]
    [InlineData("2014-05", "2014-05")]
    [InlineData("2014/5/2", "2014-05-02")]
    [InlineData("2014-05-20T12:30:00", "2014-05-20")]
    [InlineData("May 2014", "2014-05")]
    [InlineData("mai 2014", "2014-05")]
    [InlineData("Sept. 2014", "2014-09")]
    [InlineData("févr. 2014", "2014-02")]
    [InlineData("août 2014", "2014-08")]
    [InlineData("20 mai 2014", "2014-05-20")]
    [InlineData("le 1er mars 2014", "2014-03-01")]
    [InlineData("20th of May 2014", "2014-05-20")]
    [InlineData("May 20, 2014", "2014-05-20")]
    [InlineData("20/05/2014", "2014-05-20")]
    [InlineData("05/20/2014", "2014-05-20")]
    [InlineData("20.05.2014", "2014-05-20")]
    [InlineData("05/05/2014", "2014-05-05")]
    public void A_date_is_read_as_people_write_it(string text, string expected) => Assert.Equal((PartialDate.Parse(expected), false), PeopleDates.Read(text, DateOrder.Proven));

    [Theory]
    [InlineData("printemps 2020")]
    [InlineData("20/05/14")]
    [InlineData("31/02/2014")]
    [InlineData("jui 2014")]
    [InlineData("2014-2018")]
    [InlineData("en cours")]
    [InlineData("13/13/2014")]
    public void What_is_no_sure_date_is_none(string text) => Assert.Equal((null, false), PeopleDates.Read(text, DateOrder.Proven));

    [Fact]
    public void A_date_that_could_be_two_is_read_only_where_its_column_proves_the_order()
    {
        Assert.Equal((null, true), PeopleDates.Read("05/06/2014", DateOrder.Proven));
        Assert.Equal((PartialDate.Parse("2014-06-05"), false), PeopleDates.Read("05/06/2014", PeopleDates.OrderOf(["20/05/2014", "01/02/2003"])));
        Assert.Equal((PartialDate.Parse("2014-05-06"), false), PeopleDates.Read("05/06/2014", PeopleDates.OrderOf(["05/20/2014"])));
        Assert.Equal(DateOrder.Proven, PeopleDates.OrderOf(["20/05/2014", "05/20/2014"]));
    }

    [Theory]
    [InlineData("1,550", ColumnKind.Number, "1550")]
    [InlineData("1 550", ColumnKind.Number, "1550")]
    [InlineData("1\u202F550", ColumnKind.Number, "1550")]
    [InlineData("1.550", ColumnKind.Number, "1550")]
    [InlineData("12.0", ColumnKind.Number, "12")]
    [InlineData("14,000.50", ColumnKind.Amount, "14000.50")]
    [InlineData("14 000,50", ColumnKind.Amount, "14000.50")]
    [InlineData("14.000,5", ColumnKind.Amount, "14000.5")]
    [InlineData("14000,5", ColumnKind.Amount, "14000.5")]
    [InlineData("1,234,567", ColumnKind.Amount, "1234567")]
    [InlineData("12 k€", ColumnKind.Amount, null)]
    [InlineData("-5", ColumnKind.Number, null)]
    [InlineData("about 5", ColumnKind.Number, null)]
    public void Numbers_of_both_languages_are_read(string text, ColumnKind kind, string? expected) => Assert.Equal(expected, CellReading.Number(text, kind));

    [Theory]
    [InlineData("oui", ColumnKind.YesNo, "yes")]
    [InlineData("FAUX", ColumnKind.YesNo, "no")]
    [InlineData("Royaume-Uni", ColumnKind.Country, "GB")]
    [InlineData("united kingdom", ColumnKind.Country, "GB")]
    [InlineData("etats unis", ColumnKind.Country, "US")]
    [InlineData("fr", ColumnKind.Country, "FR")]
    [InlineData("https://ror.org/02feahw73", ColumnKind.Ror, "02feahw73")]
    [InlineData("www.cnrs.fr", ColumnKind.Url, "https://www.cnrs.fr")]
    public void Words_of_both_languages_are_read(string text, ColumnKind kind, string expected) =>
        Assert.Equal((expected, null), CellReading.Read(new Column("c", kind, false), new Cell(text), DateOrder.Proven));
}
