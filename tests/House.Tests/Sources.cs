using Entente.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.House.Tests;

/// <summary>A file of the repository; Path is relative to its root, with slashes.</summary>
sealed record TextFile(string Path, string Text);

/// <summary>A parsed C# file.</summary>
sealed record CodeFile(string Path, CompilationUnitSyntax Root)
{
    /// <summary>Every dotted name in the file: in code, in using directives, in member access.</summary>
    public IEnumerable<string> Names =>
        Root.DescendantNodes().Where(node => node.Parent is not (QualifiedNameSyntax or NamespaceDeclarationSyntax or FileScopedNamespaceDeclarationSyntax))
            .OfType<QualifiedNameSyntax>().Select(name => name.ToString())
            .Concat(Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(m => m.Parent is not MemberAccessExpressionSyntax).Select(m => m.ToString()).Where(IsDotted))
            .Select(name => name.Replace("global::", "", StringComparison.Ordinal));

    /// <summary>True when the name is one of the file's own: a variable, parameter, property or type, not a module.</summary>
    public bool Declares(string name) => Root.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == name
        && token.Parent is VariableDeclaratorSyntax or ParameterSyntax or PropertyDeclarationSyntax or BaseTypeDeclarationSyntax or SingleVariableDesignationSyntax or EnumMemberDeclarationSyntax);

    static bool IsDotted(string text) => text.Length < 200 && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '_');
}

static class Sources
{
    static readonly Lazy<List<CodeFile>> Parsed = new(() =>
    [
        .. Texts("src", "*.cs").Select(file => new CodeFile(file.Path,
            CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Preview), file.Path).GetCompilationUnitRoot())),
    ]);

    public static string Root => Conditions.Root;

    public static IEnumerable<CodeFile> All => Parsed.Value;

    public static IEnumerable<CodeFile> Of(string project) => All.Where(file => file.Path.StartsWith($"src/{project}/", StringComparison.Ordinal));

    public static IEnumerable<TextFile> Pages => Texts("src", "*.razor");

    public static IEnumerable<TextFile> Texts(string folder, string pattern, SearchOption depth = SearchOption.AllDirectories) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, depth).Order(StringComparer.Ordinal)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "entente-data" or "node_modules" or ".git")
        select new TextFile(relative, File.ReadAllText(path));
}

static class Complaints
{
    public static void None(IEnumerable<string> complaints)
    {
        var list = complaints.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(list.Count == 0, string.Join('\n', list.Prepend($"{list.Count} against the rules of the house:")));
    }
}
