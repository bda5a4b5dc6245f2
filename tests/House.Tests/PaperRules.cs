using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Entente.House.Tests;

/// <summary>Documents, packages and the contract of the command line keep their word.</summary>
public sealed partial class PaperRules
{
    /// <summary>The verbs that scripts depend on; assign joins them with the module Calls.</summary>
    static readonly string[] Verbs =
    [
        "serve", "import", "openalex", "ror", "cordis", "rnsr", "pull", "synthesize", "vintages", "perimeters", "claims", "structures",
        "perimeter", "show", "diff", "figure", "verify", "works", "backup", "restore",
    ];

    static readonly string[] Required =
    [
        "README.md", "LICENSE", "NOTICE", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "CITATION.cff", "do", ".ci/run",
        "docs/architecture.md", "docs/domain/glossary.md",
    ];

    [Fact]
    public void Every_package_has_a_reason_and_a_use()
    {
        var list = XDocument.Load(Path.Combine(Sources.Root, "Directory.Packages.props"), LoadOptions.PreserveWhitespace);
        var used = Sources.Texts("", "*.csproj").Concat(Sources.Texts("", "*.props")).Where(file => !file.Path.StartsWith("Directory.Packages", StringComparison.Ordinal))
            .SelectMany(file => Reference().Matches(file.Text).Select(m => m.Groups[1].Value)).ToHashSet();
        var complaints = new List<string>();
        var reason = false;
        foreach (var node in list.Root!.Elements("ItemGroup").Nodes())
        {
            if (node is XComment) reason = true;
            if (node is XText text && text.Value.Count(c => c == '\n') > 1) reason = false;
            if (node is not XElement package) continue;
            var name = package.Attribute("Include")!.Value;
            if (!reason && NextComment(package) is null) complaints.Add($"{name} has no reason beside it");
            if (!used.Contains(name)) complaints.Add($"{name} is used by no project");
        }
        Complaints.None(complaints);
    }

    static XComment? NextComment(XNode node) =>
        node.NextNode switch { XComment comment => comment, XText { Value: var text } next when !text.Contains('\n') => next.NextNode as XComment, _ => null };

    [Fact]
    public void Every_verb_of_the_contract_is_in_the_table()
    {
        var declared = Sources.Of("Cli").SelectMany(file => VerbName().Matches(file.Root.ToString()).Select(m => m.Groups[1].Value)).ToHashSet();
        Complaints.None(Verbs.Where(verb => !declared.Contains(verb)).Select(verb => $"the verb {verb} is missing"));
    }

    [Fact]
    public void What_a_project_must_have_is_here() =>
        Complaints.None(Required.Where(path => !File.Exists(Path.Combine(Sources.Root, path))).Select(path => $"{path} is missing"));

    [Fact]
    public void Links_in_documents_lead_somewhere() => Complaints.None(
        from document in Sources.Texts("docs", "*.md").Concat(Sources.Texts("", "*.md", SearchOption.TopDirectoryOnly)).Concat(Sources.Texts("data", "*.md"))
        from Match match in Link().Matches(document.Text)
        let target = match.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        let path = Path.Combine(Sources.Root, Path.GetDirectoryName(document.Path)!, target)
        where !Path.Exists(path)
        select $"{document.Path}: {target} is not there");

    [Fact]
    public void Every_decision_states_its_price() => Complaints.None(
        from decision in Sources.Texts("docs/decisions", "*.md")
        where decision.Path.Split('/')[^1] != "README.md" && !decision.Text.Contains("\n## Price", StringComparison.Ordinal)
        select $"{decision.Path}: has no section “Price”");

    [Fact]
    public void No_path_of_one_machine_is_in_the_tree() => Complaints.None(
        from pattern in new[] { "*.cs", "*.razor", "*.md", "*.csproj", "*.props", "*.json", "*.csv", "*.sql", "*.css", "*.js" }
        from file in Sources.Texts("", pattern)
        where MachinePath().IsMatch(file.Text)
        select $"{file.Path}: {MachinePath().Match(file.Text).Value}");

    [GeneratedRegex("""<PackageReference Include="([^"]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex("""Verb\.(?:Of|Group)\(\s*"([a-z]+)"|new Command\("([a-z]+)""")]
    private static partial Regex VerbName();

    [GeneratedRegex(@"!?\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w.])/(work|home/[a-z]+|Users/[A-Za-z]+)/[a-z]")]
    private static partial Regex MachinePath();
}
