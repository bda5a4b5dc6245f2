using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Core.Tests.Claims;

public sealed class WordingTests
{
    [Theory]
    // REFERENCE section 8 and RULES "Claims".
    [InlineData("almost 2,800", "[2,700, 2,800)")]
    [InlineData("over 1,550", "(1,550, 1,600]")]
    [InlineData("“over 1,550”", "(1,550, 1,600]")]
    [InlineData("around 500 a year", "[450, 550]")]
    [InlineData("more than 50", "(50, ∞)")]
    [InlineData("2,753", "2,753")]
    [InlineData("66 %", "[65.5, 66.5)")]
    [InlineData("29%", "[28.5, 29.5)")]
    [InlineData("two thirds", "[65, 68]")]
    [InlineData("nearly 75 researchers", "[70, 75)")]
    [InlineData("about 20 a year", "[18, 22]")]
    [InlineData("580", "580")]
    [InlineData("four", "4")]
    [InlineData("EUR 95.5 billion", "[95,450,000,000, 95,550,000,000)")]
    [InlineData("more than EUR 10 million", "(10,000,000, ∞)")]
    // The same in French.
    [InlineData("plus de 1 550", "(1,550, 1,600]")]
    [InlineData("plus de 1\u202F550", "(1,550, 1,600]")]
    [InlineData("environ 500 par an", "[450, 550]")]
    [InlineData("près de 75 chercheurs", "[70, 75)")]
    [InlineData("presque 2 800", "[2,700, 2,800)")]
    [InlineData("28,5 %", "[28.45, 28.55)")]
    [InlineData("66 pour cent", "[65.5, 66.5)")]
    [InlineData("les deux tiers", "[65, 68]")]
    [InlineData("95,5 milliards d’euros", "[95,450,000,000, 95,550,000,000)")]
    [InlineData("quatre", "4")]
    [InlineData("quelque 500 articles", "[450, 550]")]
    [InlineData("some 500 articles", "[450, 550]")]
    [InlineData("up to 30 projects a year", "[0, 30]")]
    [InlineData("jusqu’à 30 projets par an", "[0, 30]")]
    [InlineData("jusqu'à 30", "[0, 30]")]
    [InlineData("at least 12", "[12, ∞)")]
    [InlineData("au moins 12 laboratoires", "[12, ∞)")]
    [InlineData("moins de 40", "[0, 40)")]
    [InlineData("près de deux tiers", "[65, 68]")]
    [InlineData("close to 2,800", "[2,700, 2,800)")]
    // Thousands in every way that pages part them; a point parts them too where nothing says that it is a decimal one.
    [InlineData("plus de 1\u00A0550", "(1,550, 1,600]")]
    [InlineData("over 1.550", "(1,550, 1,600]")]
    [InlineData("1.234.567", "1,234,567")]
    [InlineData("1.234,5", "[1,234.45, 1,234.55)")]
    [InlineData("2.753 million", "[2,752,500, 2,753,500)")]
    [InlineData("66.125 %", "[66.1245, 66.1255)")]
    [InlineData("0.125", "[0.1245, 0.1255)")]
    [InlineData("£1.2m", "[1,150,000, 1,250,000)")]
    [InlineData("EUR 3bn", "3,000,000,000")]
    [InlineData("plus de 10 M€", "(10,000,000, ∞)")]
    [InlineData("14 k€", "14,000")]
    [InlineData("95,5 Md€", "[95,450,000,000, 95,550,000,000)")]
    [InlineData("50+ projects", "(50, ∞)")]
    public void A_wording_allows_an_interval(string wording, string interval) =>
        Assert.Equal(interval, Wording.Parse(wording).Value.Interval.ToString());

    [Theory]
    [InlineData("around 500 a year", true)]
    [InlineData("environ 500 articles par an", true)]
    [InlineData("over 1,550", false)]
    public void A_rate_is_told_from_a_count(string wording, bool perYear) => Assert.Equal(perYear, Wording.Parse(wording).Value.PerYear);

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("50 students and 30 projects")]
    [InlineData("2017-2022")]
    [InlineData("over over 50")]
    [InlineData("two hundred articles")]
    [InlineData("cinq cents articles")]
    [InlineData("dix-sept")]
    [InlineData("un millier")]
    [InlineData("5 dozen")]
    [InlineData("2 trillion")]
    [InlineData("two and a half million")]
    [InlineData("2 millions et demi")]
    [InlineData("5 m telescopes")]
    public void What_holds_no_single_number_is_refused(string wording)
    {
        var refusal = Wording.Parse(wording).Refusal;
        Assert.Equal(("wording", "value"), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData(1550, 50)]
    [InlineData(2800, 100)]
    [InlineData(75, 5)]
    [InlineData(50, 50)]
    [InlineData(500, 500)]
    [InlineData(2753, 1)]
    [InlineData(1000, 1000)]
    [InlineData(2.5, 0.5)]
    public void The_step_is_the_largest_ten_or_five_that_divides(double number, double step) => Assert.Equal((decimal)step, Wording.Step((decimal)number));

    [Fact]
    public void Printing_and_reading_again_gives_the_same_quantity() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Quantities, Langs, (quantity, lang) =>
    {
        var read = Wording.Parse(Wording.Print(quantity, lang));
        return read.Ok && read.Value == quantity;
    }));

    static readonly string[] Partings = [",", " ", ".", "\u00A0", "\u202F"];
    static readonly (string Words, Qualifier Means)[] Hedges =
    [
        ("", Qualifier.None), ("over ", Qualifier.Over), ("more than ", Qualifier.Over), ("plus de ", Qualifier.Over), ("almost ", Qualifier.Almost), ("nearly ", Qualifier.Almost),
        ("près de ", Qualifier.Almost), ("around ", Qualifier.About), ("about ", Qualifier.About), ("environ ", Qualifier.About), ("quelque ", Qualifier.About),
    ];

    [Fact]
    public void A_number_is_the_same_however_its_thousands_are_parted() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
        Gen.Choose(1_000, 99_999_999).ToArbitrary(), Gen.Elements(Partings).ToArbitrary(), Gen.Elements(Hedges).ToArbitrary(), (number, parting, hedge) =>
        {
            var worded = hedge.Words + number.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Replace(",", parting, StringComparison.Ordinal) + " publications";
            var read = Wording.Parse(worded);
            return read.Ok && read.Value.Number == number && read.Value.Qualifier == hedge.Means;
        }));

    [Fact]
    public void A_window_of_any_years_is_read_with_its_stated_and_its_counted_length() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
        Gen.Choose(1950, 2040).ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (first, more, stated) =>
            new[] { $"past {stated} years ({first}-{first + more})", $"ces {stated} dernières années ({first}\u202F–\u202F{first + more})", $"{stated} ans ({first} à {first + more})" }
                .All(worded => Periods.Parse(worded, null) is var period && period.Span == new Years(first, first + more)
                    && period.Readings.Select(r => r.Years).SequenceEqual(stated == more + 1 ? [(decimal?)stated] : [stated, more + 1]))));

    [Fact]
    public void Any_window_is_read_and_never_throws() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => text is null || Periods.Parse(text, null).Readings.Count > 0));

    [Fact]
    public void Any_text_is_read_or_refused_and_never_throws() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => text is null || Wording.Parse(text) is var read && (read.Ok || read.Refusal is not null)));

    [Fact]
    public void The_number_lies_in_its_interval_or_at_its_open_end() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Quantities, q =>
        q.Interval.Contains(q.Number) == q.Qualifier is Qualifier.None or Qualifier.About or Qualifier.UpTo or Qualifier.AtLeast));

    static Arbitrary<Lang> Langs => Gen.Elements(Lang.En, Lang.Fr).ToArbitrary();

    // Built by reading digits, so that step and interval follow the rules for how finely the number is stated.
    static Arbitrary<Quantity> Quantities => (
        from digits in Gen.Choose(1, 9_999_999)
        from decimals in Gen.Choose(0, 2)
        from qualifier in Gen.Elements("", "over ", "almost ", "around ", "up to ", "at least ", "less than ")
        from unit in Gen.Elements("", "%", " a year", " million", " billion")
        from currency in Gen.Elements("", "EUR ", "GBP ")
        let number = digits / (decimal)Math.Pow(10, decimals)
        where decimals == 0 || digits % 10 != 0
        let text = number.ToString(System.Globalization.CultureInfo.InvariantCulture)
        select Wording.Parse(qualifier + (unit is "" or " million" ? currency : "") + text + unit).Value).ToArbitrary();

    [Theory]
    [InlineData("2016-2020", "2016-2020", "5")]
    [InlineData("past 5 years (2017-2022)", "2017-2022", "5 6")]
    [InlineData("les 5 dernières années (2017–2022)", "2017-2022", "5 6")]
    [InlineData("5.5 years (2018-2023)", "2018-2023", "5.5 6")]
    [InlineData("5,5 ans (2018–2023)", "2018-2023", "5.5 6")]
    [InlineData("since 2020", "2020-2025", "5 6")]
    [InlineData("depuis 2007", "2007-2025", "18 19")]
    [InlineData("2018 to present", "2018-2025", "7 8")]
    [InlineData("about 2022", "2022", "1")]
    [InlineData("vers 2022", "2022", "1")]
    [InlineData("May 2025", "2025", "1")]
    [InlineData("2022", "2022", "1")]
    [InlineData("ces cinq dernières années (2017-2022)", "2017-2022", "5 6")]
    [InlineData("ces 5\u00A0dernières années (2017\u202F–\u202F2022)", "2017-2022", "5 6")]
    [InlineData("the past five years (2017–2022)", "2017-2022", "5 6")]
    [InlineData("between 2018 and 2023", "2018-2023", "6")]
    [InlineData("entre 2018 et 2023", "2018-2023", "6")]
    [InlineData("de 2018 à 2023", "2018-2023", "6")]
    [InlineData("2018 à aujourd’hui", "2018-2025", "7 8")]
    [InlineData("past 5 years", null, "5")]
    [InlineData("ces trois dernières années", null, "3")]
    [InlineData("page date", null, "?")]
    [InlineData("0 years", null, "?")]
    [InlineData("H2020", null, "?")]
    [InlineData("2022-2017", null, "?")]
    public void A_window_has_every_reading_that_its_words_allow(string wording, string? span, string lengths)
    {
        var period = Periods.Parse(wording, PartialDate.Parse("2025-05-05"));
        Assert.Equal(span, period.Span?.ToString());
        Assert.Equal(lengths, string.Join(' ', period.Readings.Select(r => r.Years is { } years ? years.ToString(System.Globalization.CultureInfo.InvariantCulture) : "?")));
    }

    [Fact]
    public void Since_without_a_last_day_has_no_length() => Assert.Null(Periods.Parse("since 2020", null).Readings.Single().Years);

    [Theory]
    [InlineData("EUR 95.5 billion", "[95.45, 95.55) billion", "[95,45\u202F; 95,55[ milliards")]
    [InlineData("66 %", "[65.5, 66.5)%", "[65,5\u202F; 66,5[\u202F%")]
    public void An_interval_is_shown_at_the_scale_of_its_wording(string wording, string en, string fr) =>
        Assert.Equal((en, fr), (Wording.Parse(wording).Value.IntervalIn(Lang.En), Wording.Parse(wording).Value.IntervalIn(Lang.Fr)));

    [Theory]
    [InlineData("(1,550, 1,600]", Lang.En)]
    [InlineData("]1\u202F550, 1\u202F600]", Lang.Fr)]
    public void An_interval_is_written_as_its_reader_writes_it(string text, Lang lang) =>
        Assert.Equal(text, Wording.Parse("over 1,550").Value.Interval.In(lang));

    [Fact]
    public void French_parts_decimal_ends_by_a_semicolon() => Assert.Equal("[65,5\u202F; 66,5[", Wording.Parse("66 %").Value.Interval.In(Lang.Fr));

    [Theory]
    [InlineData("over 1,550", "1,550", false)]
    [InlineData("over 1,550", "1,600", true)]
    [InlineData("almost 2,800", "2,800", false)]
    [InlineData("more than 50", "60", true)]
    public void Touching_ends_meet_only_where_both_are_in(string a, string b, bool meet)
    {
        var (x, y) = (Wording.Parse(a).Value.Interval, Wording.Parse(b).Value.Interval);
        Assert.Equal((meet, meet), (x.Meets(y), y.Meets(x)));
    }
}
