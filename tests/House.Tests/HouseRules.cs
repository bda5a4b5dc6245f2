using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.House.Tests;

/// <summary>The rules of docs/architecture.md that a machine can check. A rule that is not here is advice.</summary>
public sealed class HouseRules
{
    // A module may use what stands to its left, and nothing else.
    static readonly string[] Order =
        ["Kernel", "Store", "Accounts", "Portfolio", "Evidence", "Claims", "Programmes", "Calls", "Opportunities", "Reports"];

    static readonly string[] EmptyNames = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Repository", "Impl", "Dto"];

    const int MaxFileLines = 400;
    const int MaxMethodLines = 60;

    [Fact]
    public void Modules_only_look_left() => AssertNone(
        from file in Sources("Core")
        let module = file.Path.Split('/')[2]
        where Order.Contains(module)
        from name in Names(file.Root)
        where name.StartsWith("Entente.Core.", StringComparison.Ordinal)
        let target = name.Split('.')[2]
        where Array.IndexOf(Order, target) > Array.IndexOf(Order, module)
        select $"{file.Path}: {module} may not use {target}");

    [Fact]
    public void The_engine_knows_nothing_of_the_product() => AssertNone(
        from file in Sources("Engine")
        from name in Names(file.Root)
        where name.StartsWith("Entente.", StringComparison.Ordinal) && !name.StartsWith("Entente.Engine", StringComparison.Ordinal)
        select $"{file.Path}: uses {name}");

    [Fact]
    public void Files_and_methods_stay_short() => AssertNone(Sources("").SelectMany(Lengths));

    [Fact]
    public void Types_are_named_for_what_they_are() => AssertNone(
        from file in Sources("")
        from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where EmptyNames.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
        select $"{file.Path}: {name}");

    [Fact]
    public void No_interface_for_a_single_class() => AssertNone(
        from file in Sources("")
        from type in file.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>()
        let twin = type.Identifier.Text[1..]
        where Sources("").Any(other => other.Root.DescendantNodes().OfType<ClassDeclarationSyntax>().Any(c => c.Identifier.Text == twin))
        select $"{file.Path}: {type.Identifier.Text} only hides {twin}");

    [Fact]
    public void No_regions_and_no_wall_clock() => AssertNone(
        from file in Sources("")
        from complaint in file.Root.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia)).Select(_ => "#region")
            .Concat(file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(m => m.ToString())
                .Where(m => m is "DateTime.Now" or "DateTime.UtcNow" or "DateTime.Today" or "DateTimeOffset.Now" or "DateTimeOffset.UtcNow"))
        select $"{file.Path}: {complaint}");

    static IEnumerable<string> Lengths(Source file)
    {
        if (Lines(file.Root) > MaxFileLines) yield return $"{file.Path}: {Lines(file.Root)} lines";
        foreach (var method in file.Root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
            if (Lines(method) > MaxMethodLines) yield return $"{file.Path}: a method of {Lines(method)} lines";
    }

    static IEnumerable<string> Names(SyntaxNode root) =>
        root.DescendantNodes().OfType<QualifiedNameSyntax>().Select(name => name.ToString());

    static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    sealed record Source(string Path, CompilationUnitSyntax Root);

    static IEnumerable<Source> Sources(string project)
    {
        var root = Path.GetFullPath(Path.Combine(Here(), "../.."));
        return from path in Directory.EnumerateFiles(Path.Combine(root, "src", project), "*.cs", SearchOption.AllDirectories)
               select new Source(
                   Path.GetRelativePath(root, path),
                   CSharpSyntaxTree.ParseText(File.ReadAllText(path), new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot());
    }

    static void AssertNone(IEnumerable<string> complaints) => Assert.Equal([], complaints.Distinct().Order(StringComparer.Ordinal));

    static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
