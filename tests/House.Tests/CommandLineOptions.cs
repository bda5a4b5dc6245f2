using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.House.Tests;

/// <summary>An option or argument that src/Cli declares; Scope is where it can be named: its method, or all of src/Cli.</summary>
sealed record DeclaredOption(string Path, string Name, IReadOnlyList<SyntaxNode> Scope);

/// <summary>The options and arguments of the command line, as they are declared, listed and read.</summary>
static class CommandLineOptions
{
    static readonly IReadOnlyList<CodeFile> Files = [.. Sources.Of("Cli")];

    static readonly IReadOnlyList<SyntaxNode> Everywhere = [.. Files.Select(file => file.Root)];

    // A method that makes options may be used in place of Verb.Option: Key() is one.
    static readonly HashSet<string> Makers =
        [.. from root in Everywhere from method in root.DescendantNodes().OfType<MethodDeclarationSyntax>() where IsOption(method.ReturnType) select method.Identifier.Text];

    public static IReadOnlyList<DeclaredOption> Declared { get; } =
    [
        .. from file in Files
           from variable in file.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
           where variable.Parent is VariableDeclarationSyntax { Type: var type } && (IsOption(type) || Makes(variable.Initializer?.Value))
           select new DeclaredOption(file.Path, variable.Identifier.Text,
               variable.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is null ? Everywhere : [variable.FirstAncestorOrSelf<MethodDeclarationSyntax>()!]),
        .. from file in Files
           from property in file.Root.DescendantNodes().OfType<PropertyDeclarationSyntax>()
           where IsOption(property.Type)
           select new DeclaredOption(file.Path, property.Identifier.Text, Everywhere),
    ];

    public static IEnumerable<string> Complaints(DeclaredOption option)
    {
        var named = option.Scope.SelectMany(node => node.DescendantNodes()).OfType<IdentifierNameSyntax>().Where(name => name.Identifier.Text == option.Name).Select(Whole).ToList();
        if (!named.Any(name => name.Parent is ExpressionElementSyntax or InitializerExpressionSyntax)) yield return "is in no verb’s list";
        if (!named.Any(name => name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "GetValue" or "GetResult" } } }))
            yield return "is read nowhere";
    }

    /// <summary>The name with the type before it, as in Verb.Json.</summary>
    static SyntaxNode Whole(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    static bool IsOption(TypeSyntax type) => type is GenericNameSyntax { Identifier.Text: "Option" or "Argument" };

    static bool Makes(ExpressionSyntax? value) => value switch
    {
        ObjectCreationExpressionSyntax made => IsOption(made.Type),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } => Makers.Contains(name.Identifier.Text),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Verb" }, Name: var name } } => Makers.Contains(name.Identifier.Text),
        _ => false,
    };
}
