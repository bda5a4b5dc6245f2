using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.House.Tests;

/// <summary>The rules of docs/architecture.md that a machine can check on code. A rule that is not checked is advice.</summary>
public sealed class HouseRules
{
    // A module may use what stands to its left, and nothing else.
    static readonly string[] Order =
        ["Kernel", "Store", "Accounts", "Portfolio", "Evidence", "Claims", "Programmes", "Calls", "Opportunities", "Reports"];

    static readonly string[] EmptyNames = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Repository", "Impl", "Dto"];

    const int MaxFileLines = 400;
    const int MaxMethodLines = 60;

    [Fact]
    public void Modules_only_look_left() => Complaints.None(
        from file in Sources.Of("Core")
        let module = file.Path.Split('/')[2]
        where Order.Contains(module)
        from name in file.Names
        let target = ModuleOf(name, file)
        where target is not null && Array.IndexOf(Order, target) > Array.IndexOf(Order, module)
        select $"{file.Path}: {module} may not use {target}");

    [Fact]
    public void Every_module_of_Core_has_a_place_in_the_order() => Complaints.None(
        from file in Sources.Of("Core")
        where file.Path.Split('/').Length > 3 && !Order.Contains(file.Path.Split('/')[2])
        select $"{file.Path}: {file.Path.Split('/')[2]} is not in the order of modules");

    [Fact]
    public void Projects_only_look_left() => Complaints.None(
        Uses("Engine", "Entente.Core").Concat(Uses("Engine", "Entente.Web")).Concat(Uses("Engine", "Entente.Cli"))
            .Concat(Uses("Engine", "Microsoft.EntityFrameworkCore")).Concat(Uses("Engine", "Microsoft.AspNetCore")).Concat(Uses("Core", "Entente.Web")).Concat(Uses("Core", "Entente.Cli")).Concat(Uses("Web", "Entente.Cli")));

    // Identity's rules for accounts bear the web framework's name, but stand in a library that needs no server.
    [Fact]
    public void Core_knows_no_web_server() => Complaints.None(
        Uses("Core", "Microsoft.AspNetCore").Where(use => !use.Contains("uses Microsoft.AspNetCore.Identity", StringComparison.Ordinal))
            .Concat(Sources.Texts("src/Core", "*.csproj").Where(file => file.Text.Contains("FrameworkReference", StringComparison.Ordinal)).Select(file => $"{file.Path}: refers to a framework")));

    [Fact]
    public void Only_the_command_line_writes_to_the_console() => Complaints.None(
        from project in new[] { "Engine", "Core", "Web" }
        from file in Sources.Of(project)
        from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.Expression.ToString() is "Console" or "System.Console"
        select $"{file.Path}: {access}");

    [Fact]
    public void Files_and_methods_stay_short() => Complaints.None(
        Sources.All.SelectMany(Lengths).Concat(
            from page in Sources.Pages
            let lines = page.Text.Split('\n').Length
            where lines > MaxFileLines
            select $"{page.Path}: {lines} lines"));

    [Fact]
    public void Types_are_named_for_what_they_are() => Complaints.None(
        from file in Sources.All
        from type in file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where EmptyNames.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
        select $"{file.Path}: {name}");

    [Fact]
    public void No_interface_for_a_single_class()
    {
        var bases = (from file in Sources.All
                     from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
                     from parent in type.BaseList?.Types ?? []
                     let name = parent.Type is GenericNameSyntax generic ? generic.Identifier.Text : parent.Type.ToString()
                     select (name, type.Identifier.Text)).Distinct().ToLookup(pair => pair.name, pair => pair.Text);
        Complaints.None(
            from file in Sources.All
            from type in file.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>()
            let heirs = bases[type.Identifier.Text].ToList()
            where heirs.Count == 1
            select $"{file.Path}: {type.Identifier.Text} only hides {heirs[0]}");
    }

    [Fact]
    public void No_regions_and_no_wall_clock() => Complaints.None(
        from file in Sources.All
        from complaint in file.Root.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia)).Select(_ => "#region")
            .Concat(file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(m => m.ToString())
                .Where(m => m is "DateTime.Now" or "DateTime.UtcNow" or "DateTime.Today" or "DateTimeOffset.Now" or "DateTimeOffset.UtcNow"))
        select $"{file.Path}: {complaint}");

    [Fact]
    public void Nothing_is_left_open() => Complaints.None(
        from text in Sources.Texts("src", "*.cs").Concat(Sources.Texts("src", "*.razor"))
        from mark in new[] { "NotImplementedException", "TODO", "FIXME", "HACK" }
        where text.Text.Contains(mark, StringComparison.Ordinal)
        select $"{text.Path}: {mark}");

    [Fact]
    public void Failures_are_caught_at_the_edges_only() => Complaints.None(
        from project in new[] { "Engine", "Core" }
        from file in Sources.Of(project)
        from handler in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        where handler.Filter is null && handler.Declaration is { Type: IdentifierNameSyntax { Identifier.Text: "Exception" } }
            && !handler.Block.DescendantNodes().OfType<ThrowStatementSyntax>().Any()
            && !handler.Block.DescendantTokens().Any(token => token.Text == handler.Declaration.Identifier.Text && token.Text.Length > 0)
        select $"{file.Path}: catch (Exception) swallows bugs");

    // The parser refuses an option that no verb lists, whatever help and guides promise of it.
    [Fact]
    public void Every_option_of_the_command_line_is_listed_and_read()
    {
        var options = CommandLineOptions.Declared;
        Assert.True(options.Count > 50, $"only {options.Count} options were found");
        Complaints.None(from option in options
                        from complaint in CommandLineOptions.Complaints(option)
                        select $"{option.Path}: {option.Name} {complaint}");
    }

    [Fact]
    public void Migrations_are_numbered_without_a_gap()
    {
        var names = Directory.GetFiles(Path.Combine(Sources.Root, "src/Core/Store/migrations"), "*.sql").Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(1, names.Count).Select(n => $"{n:0000}"), names.Select(name => name![..4]));
    }

    static IEnumerable<string> Uses(string project, string space) =>
        from file in Sources.Of(project)
        from name in file.Names
        where name == space.TrimEnd('.') || name.StartsWith(space.EndsWith('.') ? space : space + ".", StringComparison.Ordinal)
        select $"{file.Path}: uses {name}";

    /// <summary>The module that a dotted name leads to, also where the namespace is written in part, as in Core.Evidence.Vintages.</summary>
    static string? ModuleOf(string name, CodeFile file)
    {
        var parts = name.Split('.');
        var at = Array.IndexOf(parts, "Core");
        if (at >= 0 && at + 1 < parts.Length && Order.Contains(parts[at + 1])) return parts[at + 1];
        return Order.Contains(parts[0]) && parts.Length > 1 && !file.Declares(parts[0]) ? parts[0] : null;
    }

    static IEnumerable<string> Lengths(CodeFile file)
    {
        if (Lines(file.Root) > MaxFileLines) yield return $"{file.Path}: {Lines(file.Root)} lines";
        foreach (var method in file.Root.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax))
            if (Lines(method) > MaxMethodLines) yield return $"{file.Path}: a method of {Lines(method)} lines";
    }

    static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
