using System.Text.RegularExpressions;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// Which organisations a perimeter holds: <c>tree(ROOT)</c> is the root and the child links of the root's own record,
/// <c>tree(ROOT, all)</c> descends, a bare id is that organisation alone; terms are added with + and taken away with -, from left to
/// right. Only child links count; withdrawn records are left out; an organisation without a record in the release stays.
/// </summary>
public sealed partial record PerimeterExpression
{
    enum Reach { One, Children, All }

    sealed record Term(bool Add, string Id, Reach Reach);

    IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>The root of the first tree, or the first organisation.</summary>
    public string Root => Terms[0].Id;

    /// <summary>Every organisation the expression names: a release can resolve it when it holds them.</summary>
    public IReadOnlyList<string> Named => [.. Terms.Where(t => t.Reach != Reach.One).Select(t => t.Id).Distinct()];

    public static PerimeterExpression Tree(string root) => new() { Terms = [new(true, root, Reach.Children)] };

    public static Outcome<PerimeterExpression> Parse(string text)
    {
        var terms = new List<Term>();
        var at = 0;
        while (TermForm().Match(text, at) is { Success: true } match && (match.Groups["sign"].Success || at == 0))
        {
            if (RorId.Parse(match.Groups["id"].Value) is not { } id) break;
            terms.Add(new(match.Groups["sign"].Value != "-", id,
                !match.Groups["tree"].Success ? Reach.One : match.Groups["all"].Success ? Reach.All : Reach.Children));
            at = match.Index + match.Length;
        }
        if (at < text.Length || terms.Count == 0 || !terms[0].Add)
            return Refusal.Usage("perimeter-expression",
                $"“{text}” is not a perimeter, from “{text[at..]}” on: write tree(02feahw73), tree(02feahw73, all), and ids added with + or taken away with -.",
                $"«\u202F{text}\u202F» n’est pas un périmètre, à partir de «\u202F{text[at..]}\u202F»\u202F: écrivez tree(02feahw73), tree(02feahw73, all), et des identifiants ajoutés par + ou retirés par -.");
        return new PerimeterExpression { Terms = terms };
    }

    /// <summary>The members at a release. Ids are nine characters, in no order.</summary>
    public IReadOnlySet<string> Members(RorRelease release)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var term in Terms)
        {
            var named = term.Reach == Reach.One ? [term.Id] : Descend(release, term.Id, term.Reach == Reach.All);
            if (term.Add) members.UnionWith(named);
            else members.ExceptWith(named);
        }
        members.RemoveWhere(id => release.StatusOf(id) == RorStatus.Withdrawn);
        return members;
    }

    // The hierarchy is a graph in which an organisation may have many parents, so each is visited once.
    static HashSet<string> Descend(RorRelease release, string root, bool all)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { root };
        var open = new Queue<string>([root]);
        while (open.TryDequeue(out var id))
        {
            // Nobody descends through a withdrawn record: it is left out, and what it links to with it.
            if (release.Find(id) is not { } record || record.Status == RorStatus.Withdrawn) continue;
            foreach (var child in record.Links(RorLink.Child))
                if (seen.Add(child.Id) && all) open.Enqueue(child.Id);
        }
        return seen;
    }

    public override string ToString() => string.Concat(Terms.Select((term, i) =>
        (i == 0 ? "" : term.Add ? " + " : " - ") + term.Reach switch
        {
            Reach.One => term.Id,
            Reach.Children => $"tree({term.Id})",
            Reach.All => $"tree({term.Id}, all)",
        }));

    public bool Equals(PerimeterExpression? other) => other is not null && Terms.SequenceEqual(other.Terms);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    [GeneratedRegex(@"\G\s*(?<sign>[+-])?\s*(?:(?<tree>tree)\(\s*(?<id>[0-9a-z]{9})\s*(?<all>,\s*all\s*)?\)|(?<id>[0-9a-z]{9}))\s*")]
    private static partial Regex TermForm();
}
