using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.House.Tests;

/// <summary>English and French stand side by side, and the French is French.</summary>
public sealed partial class LanguageRules
{
    static readonly string[] Refusals = ["NotFound", "Invalid", "Usage", "Conflict", "Forbidden", "TooMany"];

    [Fact]
    public void Whatever_is_said_is_said_in_two_languages() => Complaints.None(
        from said in Pairs()
        where said.French.Trim().Length == 0 && said.English.Trim().Length > 0
            || said.French == said.English && Words().IsMatch(Plain(said.English))
        select $"{said.Path}: “{said.English}”");

    [Fact]
    public void Both_languages_fill_in_the_same_values() => Complaints.None(
        from said in Pairs()
        let english = Holes().Matches(said.English).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)
        let french = Holes().Matches(said.French).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)
        where Holes().Count(said.English) > 0 && Holes().Count(said.French) == 0
        select $"{said.Path}: “{said.French}” leaves out {string.Join(", ", english.Except(french))}");

    [Fact]
    public void French_uses_its_own_quotes_and_apostrophes() => Complaints.None(
        from said in Pairs()
        where said.French != said.English && (said.French.Contains('“') || StraightApostrophe().IsMatch(Plain(said.French)))
        select $"{said.Path}: “{said.French}”");

    [Fact]
    public void The_reader_finds_enough_to_judge() => Assert.True(Pairs().Count() > 100, "Pairs() finds the sentences no more");

    sealed record Pair(string Path, string English, string French);

    /// <summary>new Said("…", "…"), new("…", "…") where two texts stand, and refusals.</summary>
    static IEnumerable<Pair> Pairs() =>
        from file in Sources.All
        from node in file.Root.DescendantNodes()
        let arguments = node switch
        {
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "Said" } } created => Texts(created.ArgumentList, 0),
            ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 2 } created => Texts(created.ArgumentList, 0),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Refusal" } } member } call
                when Refusals.Contains(member.Name.Identifier.Text) => Texts(call.ArgumentList, 1),
            _ => null,
        }
        where arguments is not null
        select new Pair(file.Path, arguments.Value.First, arguments.Value.Second);

    static (string First, string Second)? Texts(ArgumentListSyntax? list, int from) =>
        list is not null && list.Arguments.Count >= from + 2 && Text(list.Arguments[from].Expression) is { } first && Text(list.Arguments[from + 1].Expression) is { } second
            ? (first, second) : null;

    /// <summary>The text of a literal, or of an interpolated string with its holes in braces; a + of such texts is joined.</summary>
    static string? Text(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(part => part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : part.ToString())),
        BinaryExpressionSyntax { OperatorToken.Text: "+" } sum => Text(sum.Left) is { } left && Text(sum.Right) is { } right ? left + right : null,
        _ => null,
    };

    static string Plain(string text) => Holes().Replace(text, "");

    // Two words of plain letters in a row make a sentence; single ones may be the same in both languages, as “Options”.
    [GeneratedRegex(@"\b[a-zA-Z]{2,} [a-z]{2,}\b")]
    private static partial Regex Words();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Holes();

    [GeneratedRegex(@"\b[cdjlmnstCDJLMNST]u?'[a-zéèêàâîôû]")]
    private static partial Regex StraightApostrophe();
}
