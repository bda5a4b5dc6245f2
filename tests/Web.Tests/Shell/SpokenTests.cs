using System.Text.RegularExpressions;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Tests;
using Entente.Web.Journal;
using Entente.Web.Portfolio.Editing;

namespace Entente.Web.Tests.Shell;

/// <summary>What the program writes for itself, verbs of the journal and columns of the record, is said to readers in their own words.</summary>
public sealed partial class SpokenTests
{
    [Fact]
    public void Every_verb_of_the_journal_has_words()
    {
        var verbs = Directory.EnumerateFiles(Path.Combine(Conditions.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Logged().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)).Distinct().Order().ToList();
        Assert.True(verbs.Count > 40);
        Assert.DoesNotContain(verbs, v => !VerbWords.Knows(v));
    }

    [Fact]
    public void Every_column_that_a_form_shows_has_words() =>
        Assert.Equal("", string.Join(", ", PortfolioFileSet.All.Where(f => RowEditing.Table(f.Name) is not null)
            .SelectMany(f => f.Columns.Where(c => !FieldWords.Knows(f.Name, c.Name)).Select(c => $"{f.Name}.{c.Name}"))));

    [GeneratedRegex(@"\.Log\(""([a-z]+\.[a-z-]+)""")]
    private static partial Regex Logged();
}
