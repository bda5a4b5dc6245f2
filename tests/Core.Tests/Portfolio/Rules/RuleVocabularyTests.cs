using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Rules;
using Entente.Tests;

namespace Entente.Core.Tests.Portfolio.Rules;

public sealed class RuleVocabularyTests
{
    static string Page { get; } = Path.Combine(Conditions.Root, "docs", "domain", "rules.md");

    /// <summary>The vocabulary as the page prints it.</summary>
    static string Table() => string.Concat(RuleVocabulary.All.Select(f =>
        $"| `{f.Key}` | {RuleVocabulary.Name(f.Topic).En} | {Value(f)} | {f.Name.En} | {f.Governs.En} |\n"));

    static string Value(RuleField field) => field.Kind switch
    {
        RuleKind.YesNo => "yes or no",
        RuleKind.Text => "text",
        RuleKind.Amount => "amount, in a currency",
        _ => $"number of {string.Join(" or ", field.Units)}",
    };

    const string Head = "| field | topic | value | name | held against |\n|---|---|---|---|---|\n";

    [Fact]
    public void The_page_lists_the_vocabulary_as_it_is()
    {
        var page = File.ReadAllText(Page);
        var printed = page[..(page.IndexOf(Head, StringComparison.Ordinal) + Head.Length)] + Table();
        if (Environment.GetEnvironmentVariable("ENTENTE_BLESS") is not null) File.WriteAllText(Page, printed);
        Assert.Equal(printed, File.ReadAllText(Page));
    }

    [Fact]
    public void Every_field_is_named_in_both_languages_and_once()
    {
        Assert.Equal(RuleVocabulary.All.Count, RuleVocabulary.All.Select(f => f.Key).Distinct().Count());
        Assert.All(RuleVocabulary.All, f => Assert.True(f.Name.En.Length > 0 && f.Name.Fr.Length > 0 && f.Governs.Fr.Length > 0, f.Key));
    }

    [Theory]
    [InlineData("colour", "blue", null, "field")]
    [InlineData("duration", "five", "years", "value")]
    [InlineData("duration", "5", "weeks", "unit")]
    [InlineData("duration", "5", null, "unit")]
    [InlineData("renewable", "maybe", null, "value")]
    [InlineData("funding.per-year.max", "14000", null, "unit")]
    [InlineData("funding.per-year.max", "14000", "euro", "unit")]
    [InlineData("funded-by", "a fund", "EUR", "unit")]
    [InlineData("students.per.projects", "two", "students", "value")]
    public void A_rule_that_does_not_fit_the_vocabulary_is_told(string field, string value, string? unit, string wrong) =>
        Assert.Equal(wrong, RuleVocabulary.Complaint(field, value, unit)?.Field);

    [Theory]
    [InlineData("duration", "2.5", "years")]
    [InlineData("funding.per-year.max", "14000", "GBP")]
    [InlineData("renewable", "no", null)]
    [InlineData("students.per.projects", "2", "students")]
    public void A_rule_that_fits_is_not(string field, string value, string? unit) => Assert.Null(RuleVocabulary.Complaint(field, value, unit));

    [Fact]
    public void Every_rule_of_the_demonstration_fits_and_names_its_source()
    {
        var draft = PortfolioReading.Read(Path.Combine(Conditions.Root, "data", "portfolio", "demo"));
        Assert.Empty(draft.Errors);
        var rules = draft.Rows["rules"];
        Assert.True(rules.Count > 70);
        Assert.All(rules, row => Assert.Null(RuleVocabulary.Complaint(row.Must("field"), row.Must("value"), row.Text("unit"))));
        Assert.Contains(rules, r => (r.Text("institute"), r.Text("instrument"), r.Text("campaign_year"), r.Text("field"), r.Text("value"), r.Text("source"))
            == ("inshs", "irp", "2025", "funding.per-year.max", "14000", "INSHS25"));
    }
}
