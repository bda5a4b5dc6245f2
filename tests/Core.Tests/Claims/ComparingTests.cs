using Entente.Core.Claims;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Tests.Claims;

public sealed class ComparingTests
{
    static readonly ILookup<string, Rule> NoRules = Array.Empty<Rule>().ToLookup(r => r.Instrument);

    static ReadClaim Claim(string value, string period, ClaimKind kind = ClaimKind.Flow, string unit = "publications", string? data = null, string? counting = null) =>
        Read(new Claim
        {
            Key = value, Topic = "t", TopicFr = "t", Organisations = "cnrs; imperial", Measure = "m", Text = "x", TextFr = "x", Value = value, Unit = unit,
            Kind = kind, Period = period, Data = data, Counting = counting, Source = Citations.Parse("S1"),
        });

    static ReadClaim Read(Claim claim) => new(claim, Wording.Parse(claim.Value).Value, Periods.Parse(claim.Period, PartialDate.Parse("2022")));

    // REFERENCE section 8: what four pages said of Imperial-CNRS co-publications.
    static readonly ReadClaim C2800 = Claim("almost 2,800", "2015-2019");
    static readonly ReadClaim C1550 = Claim("over 1,550", "past 5 years (2017-2022)");
    static readonly ReadClaim C500 = Claim("around 500 a year", "about 2022");
    static readonly ReadClaim C2753 = Claim("2,753", "5.5 years (2018-2023)");

    public static TheoryData<string, string, Verdict, string> Four => new()
    {
        { "almost 2,800", "around 500 a year", Verdict.Consistent, "1.00" },
        { "almost 2,800", "2,753", Verdict.Consistent, "1.08" },
        { "around 500 a year", "2,753", Verdict.Consistent, "1.00" },
        { "over 1,550", "almost 2,800", Verdict.Contradictory, "1.69" },
        { "over 1,550", "around 500 a year", Verdict.Contradictory, "1.41" },
        { "over 1,550", "2,753", Verdict.Contradictory, "1.43" },
    };

    [Theory, MemberData(nameof(Four))]
    public void The_four_figures_come_out_as_expected(string a, string b, Verdict verdict, string gap)
    {
        var all = new[] { C2800, C1550, C500, C2753 }.ToDictionary(c => c.Claim.Value);
        foreach (var (x, y) in new[] { (a, b), (b, a) })
        {
            var comparison = Comparing.Compare(all[x], all[y], NoRules);
            Assert.Equal((verdict, gap), (comparison.Verdict, comparison.Gap!.Value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void A_contradiction_says_its_numbers_in_both_languages()
    {
        var reason = Comparing.Compare(C1550, C500, NoRules).Reason;
        Assert.Equal("“over 1,550” is 258 to 267 a year over 6 years, or 310 to 320 over 5 years; that never meets 450 to 550 a year, which "
            + "“around 500 a year” allows: the nearest ends differ by a factor of 1.41.", Unquoted(reason.En));
        Assert.Contains("258 à 267 par an sur 6 ans, ou 310 à 320 sur 5 ans", reason.Fr, StringComparison.Ordinal);
        Assert.Contains("un facteur 1,41", reason.Fr, StringComparison.Ordinal);
    }

    // The claims above have no quoted part of their own.
    static string Unquoted(string text) => text.Replace("“", "", StringComparison.Ordinal).Replace("”", "", StringComparison.Ordinal)
        .Replace("over 1,550 is", "“over 1,550” is", StringComparison.Ordinal).Replace("around 500 a year allows", "“around 500 a year” allows", StringComparison.Ordinal);

    [Fact]
    public void A_count_that_divides_exactly_meets_its_rate() => Assert.Equal(Verdict.Consistent,
        Comparing.Compare(Claim("3,001", "2016-2018"), Claim("3,001", "2019-2021"), NoRules).Verdict);

    [Fact]
    public void Three_thousand_over_three_years_is_a_thousand_a_year()
    {
        var comparison = Comparing.Compare(Claim("3,000", "2016-2018"), Claim("1,000 a year", "2016-2018"), NoRules);
        Assert.Equal((Verdict.Consistent, 1m), (comparison.Verdict, comparison.Gap));
    }

    [Fact]
    public void Disjoint_windows_explain_a_gap() =>
        Assert.Equal(Verdict.Explainable, Comparing.Compare(Claim("1,000", "2001-2005"), Claim("2,000", "2016-2020"), NoRules).Verdict);

    [Fact]
    public void Stated_countings_that_differ_explain_a_gap() => Assert.Equal(Verdict.Explainable,
        Comparing.Compare(Claim("1,000", "2016-2020", counting: "full"), Claim("2,000", "2016-2020", counting: "fractional"), NoRules).Verdict);

    [Fact]
    public void A_small_gap_in_the_same_window_is_still_a_contradiction() =>
        Assert.Equal(Verdict.Contradictory, Comparing.Compare(Claim("1,000", "2016-2020"), Claim("1,050", "2016-2020"), NoRules).Verdict);

    [Fact]
    public void A_small_gap_over_different_windows_is_consistent() =>
        Assert.Equal(Verdict.Consistent, Comparing.Compare(Claim("1,000", "2016-2020"), Claim("1,050", "2015-2019"), NoRules).Verdict);

    [Theory]
    [InlineData(1.15, Verdict.Consistent)]
    [InlineData(1.16, Verdict.Contradictory)]
    public void The_tolerance_is_fifteen_per_cent_and_takes_its_end_in(double ratio, Verdict verdict) => Assert.Equal(verdict,
        Comparing.Compare(Claim("1,000", "2016-2020"), Claim(((int)(1000 * ratio)).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture), "2015-2019"), NoRules).Verdict);

    [Fact]
    public void Different_units_kinds_and_stated_data_cannot_be_compared()
    {
        var a = Claim("1,000", "2016-2020", data: "Web of Science");
        foreach (var b in new[] { Claim("1,000", "2016-2020", unit: "projects"), Claim("1,000", "2016-2020", ClaimKind.Stock), Claim("1,000", "2016-2020", data: "Scopus") })
            Assert.Equal(Verdict.NotComparable, Comparing.Compare(a, b, NoRules).Verdict);
        Assert.Equal(Verdict.Consistent, Comparing.Compare(a, Claim("1,000", "2016-2020"), NoRules).Verdict);
    }

    [Fact]
    public void A_flow_over_an_unstated_window_cannot_be_compared() =>
        Assert.Equal(Verdict.NotComparable, Comparing.Compare(Claim("1,000", "page date"), Claim("1,000", "2016-2020"), NoRules).Verdict);

    static Rule Duration(string value, string source) => new()
    {
        Instrument = "iea", Version = 1, Field = "duration", Value = value, Unit = "years", Source = Citations.Parse(source),
    };

    static ReadClaim Iea(string value, ClaimKind kind) => Read(new Claim
    {
        Key = value, Topic = "t", TopicFr = "t", Institute = "inp", Instrument = "iea", Measure = "structures", Text = "x", TextFr = "x", Value = value,
        Unit = "structures", Kind = kind, Period = "page date", Source = Citations.Parse("S3"),
    });

    [Fact]
    public void A_stock_and_its_inflow_are_explained_by_a_sourced_duration()
    {
        var rules = new[] { Duration("2", "OTHER"), Duration("3", "S3") }.ToLookup(r => r.Instrument);
        var (stock, flow) = (Iea("58", ClaimKind.Stock), Iea("about 20 a year", ClaimKind.Flow));
        var comparison = Comparing.Compare(stock, flow, rules);
        Assert.Equal(Verdict.Explainable, comparison.Verdict);
        Assert.Equal("about 20 a year over 3 years, as S3 says, makes 54 to 66: 58 fits. 2 years, as OTHER says, would make 36 to 44.", comparison.Reason.En);

        var check = Plausibility.Durations([stock, flow], rules).Single();
        Assert.Equal([true, false], check.Fits.Select(f => f.Fits));
        Assert.Equal("[2.64, 3.22]", check.Duration.In(Lang.En, 2));
    }

    [Fact]
    public void A_stock_that_no_published_duration_makes_is_contradictory_and_without_a_rule_nothing_is_said()
    {
        var (stock, flow) = (Iea("58", ClaimKind.Stock), Iea("about 20 a year", ClaimKind.Flow));
        Assert.Equal(Verdict.Contradictory, Comparing.Compare(stock, flow, new[] { Duration("2", "OTHER") }.ToLookup(r => r.Instrument)).Verdict);
        Assert.Equal(Verdict.NotComparable, Comparing.Compare(stock, flow, NoRules).Verdict);
    }

    static FigureAnswer Figure(double value, double upper, params (int Year, double Value)[] series) => new()
    {
        Figure = "co-publications", Value = value, Unit = "works", Bounds = new(value, upper), Vintage = "openalex-1", Synthetic = false,
        Series = [.. series.Select(s => new YearValue(s.Year, s.Value))],
    };

    static readonly Manifest Vintage = new()
    {
        Id = "openalex-1", Kind = VintageKind.OpenAlex, Coverage = Coverage.Complete, Sources = [], Files = [], Records = 0, Accepted = 0, Rejected = 0,
        Superseded = 0, ImportedAt = default, Seconds = 0, Format = 1,
    };

    [Fact]
    public void Evidence_judges_every_reading_of_the_window()
    {
        var years = new (int, double)[] { (2017, 500), (2018, 250), (2019, 250), (2020, 250), (2021, 250), (2022, 580) };
        // 2,080 over six years, but 1,580 over 2018-2022: one reading of "past 5 years (2017-2022)" agrees.
        Assert.Equal(Verdict.Consistent, EvidenceJudgement.Of(C1550, Figure(2080, 2080, years), Vintage).Verdict);
        Assert.Equal(Verdict.Contradictory, EvidenceJudgement.Of(C1550, Figure(3000, 3000), Vintage).Verdict);
        Assert.Equal(Verdict.Consistent, EvidenceJudgement.Of(C500, Figure(430, 470), Vintage).Verdict);
        Assert.Equal(Verdict.Contradictory, EvidenceJudgement.Of(C500, Figure(300, 310), Vintage).Verdict);
    }

    [Fact]
    public void Joint_projects_are_judged_within_their_programme()
    {
        var claim = Claim("43", "H2020", unit: "projects").Claim;
        var read = Read(new Claim
        {
            Key = "h2020", Topic = claim.Topic, TopicFr = claim.TopicFr, Organisations = claim.Organisations, Measure = "joint-projects", Text = "x", TextFr = "x",
            Value = "43", Unit = "projects", Kind = ClaimKind.Flow, Period = "H2020", Programme = "H2020", Source = claim.Source,
        });
        var counted = Figure(60, 60) with { Breakdown = new() { ByProgramme = new Dictionary<string, long> { ["H2020-EU.1.1."] = 41, ["HORIZON.1"] = 15, ["unknown"] = 4 } } };
        Assert.Equal(Verdict.Consistent, EvidenceJudgement.Of(read, counted, Vintage).Verdict);
        var fewer = counted with { Breakdown = new() { ByProgramme = new Dictionary<string, long> { ["H2020-EU.1.1."] = 30, ["unknown"] = 4 } } };
        Assert.Equal(Verdict.Contradictory, EvidenceJudgement.Of(read, fewer, Vintage).Verdict);
    }
}
