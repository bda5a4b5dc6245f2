namespace Entente.Core.Portfolio.Search;

/// <summary>A kind of record whose rows, those of every portfolio table that belong to it, can be found.</summary>
/// <param name="Number">never changed and never given again</param>
/// <param name="Name">as in addresses, such as structures</param>
/// <param name="Row">the row that makes it; its title and names are columns of it</param>
/// <param name="NameFile">a portfolio table whose texts are names of it too</param>
/// <param name="OnBodies">the bodies and sources that it names must be open too, and are its sides where it hangs on no structure</param>
public sealed record SearchedKind(
    int Number, string Name, Type Row, string Title, string? TitleFr, IReadOnlyList<string> Names, string? NameFile = null, bool OnBodies = false);

/// <summary>The kinds that a module brings.</summary>
public abstract class SearchedKinds
{
    public abstract IReadOnlyList<SearchedKind> Kinds { get; }

    public static IReadOnlyList<SearchedKind> All { get; } =
    [
        .. typeof(SearchedKinds).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SearchedKinds)))
            .SelectMany(t => ((SearchedKinds)Activator.CreateInstance(t)!).Kinds).OrderBy(k => k.Number),
    ];
}

sealed class PortfolioSearchedKinds : SearchedKinds
{
    public override IReadOnlyList<SearchedKind> Kinds =>
    [
        new(1, "structures", typeof(Structure), "name", "name_fr", ["long_name"]),
        new(2, "organisations", typeof(Organisation), "name", "name_fr", ["short"], NameFile: "names"),
        new(3, "people", typeof(Person), "name", null, []),
        new(4, "agreements", typeof(Agreement), "title", "title_fr", []),
        new(6, "sources", typeof(Source), "title", null, ["key"]),
        new(7, "instruments", typeof(Instrument), "name", "name_fr", ["code"]),
    ];
}
