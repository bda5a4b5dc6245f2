using System.Text.RegularExpressions;
using Entente.Core.Portfolio;
using Entente.Tests;

namespace Entente.Core.Tests.Portfolio;

public sealed partial class PortfolioFormatTests
{
    static string Demo { get; } = Path.Combine(Conditions.Root, "data", "portfolio", "demo");

    [Fact]
    public void The_format_page_names_every_table_and_column_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Conditions.Root, "docs", "format", "portfolio.md"));
        var written = Sections().Split(page).Skip(1).Select(section => (Name: section[..section.IndexOf('\n')].Trim(),
            Columns: Cells().Matches(section).Select(m => (m.Groups[1].Value, m.Groups[2].Value.StartsWith("**required", StringComparison.Ordinal))).ToList()));
        var known = PortfolioFileSet.All.Select(f => (f.Name,
            Columns: f.Columns.Where(c => c.Name is not ("source" or "wording" or "audience")).Select(c => (c.Name, c.Required)).ToList()));
        Assert.Equal(known.Select(Line), written.Select(Line));

        static string Line((string Name, List<(string, bool)> Columns) table) => $"{table.Name}: {string.Join(", ", table.Columns)}";
    }

    [Fact]
    public void The_format_page_names_every_choice()
    {
        var page = File.ReadAllText(Path.Combine(Conditions.Root, "docs", "format", "portfolio.md"));
        var sections = Sections().Split(page).Skip(1).ToDictionary(s => s[..s.IndexOf('\n')].Trim());
        foreach (var file in PortfolioFileSet.All)
            foreach (var choice in file.Columns.SelectMany(c => c.Choices))
                Assert.Matches($@"\b{Regex.Escape(choice)}\b", sections[file.Name]);
    }

    [Fact]
    public void Every_row_of_the_demonstration_has_a_source()
    {
        var draft = PortfolioReading.Read(Demo);
        // Nothing is published of these: a demonstration row would be invented.
        Assert.Equal(["money", "shared", "signatures", "suspensions"], PortfolioFileSet.All.Select(f => f.Name).Except(draft.Rows.Keys).Order(StringComparer.Ordinal));
        foreach (var row in draft.Rows.Where(r => r.Key != "sources").SelectMany(r => r.Value))
            Assert.True(row.Source.Count > 0, $"{row.File.FileName}, line {row.Line}");
    }

    [Fact]
    public void Every_source_of_the_demonstration_is_cited()
    {
        var draft = PortfolioReading.Read(Demo);
        var cited = draft.Rows.Where(r => r.Key != "sources").SelectMany(r => r.Value).SelectMany(r => r.Source.Sources).ToHashSet();
        Assert.Equal([], draft.Rows["sources"].Select(r => r.Must("key")).Where(key => !cited.Contains(key)));
    }

    [Theory]
    // The numbers and years of the published facts: each must be on the record.
    [InlineData("claims", "over 1,550", "around 500 a year", "43", "2,900", "29 %", "58", "12", "21", "3", "about 20 a year", "66 %", "two thirds", "580", "nearly 75 researchers",
        "more than 50", "30", "four", "EUR 95.5 billion", "more than EUR 10 million", "9", "5", "4")]
    [InlineData("acts", "2021", "2022", "2022-10-04", "2020", "2018", "2007", "2010-01", "2014-05", "2002", "2006", "2005", "2017", "1995", "2004", "2012", "2019")]
    [InlineData("organisations", "02feahw73", "041kmwe10", "057zh3y96")]
    [InlineData("identifiers", "I1294671590", "999997930", "I47508984", "999993468", "I74801974")]
    [InlineData("people", "Richard Craster", "Pierre Degond", "Dan Waldram", "Boris Pioline", "Mark Thursz", "Marc-Emmanuel Dumas")]
    [InlineData("notes", "sdg", "africa", "shared-facilities", "russia", "dialogue")]
    public void The_published_facts_are_on_the_record(string table, params string[] values)
    {
        var rows = PortfolioReading.Read(Demo).Rows[table];
        var cells = rows.SelectMany(r => r.File.Columns.Select(c => r.Text(c.Name))).ToHashSet();
        Assert.Equal([], values.Where(v => !cells.Contains(v)));
    }

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Sections();

    [GeneratedRegex("^\\| `([a-z_]+)` \\| *([^\\n]*)\\|", RegexOptions.Multiline)]
    private static partial Regex Cells();
}
