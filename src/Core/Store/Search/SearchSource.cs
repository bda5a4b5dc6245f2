namespace Entente.Core.Store.Search;

/// <summary>What modules let be found. Discovered at start-up, as the mappings are, so that this one knows none of them.</summary>
public abstract class SearchSource
{
    public abstract IReadOnlyList<SearchKind> Kinds { get; }

    /// <summary>The things to look at again once these records changed: themselves, and those whose texts or audiences hang on them.</summary>
    public abstract Task<ILookup<string, string>> TouchedAsync(Db db, ILookup<string, string> records, CancellationToken ct);

    /// <summary>The things of a kind as they stand; those of these keys, or all.</summary>
    public abstract Task<IReadOnlyList<SearchDocument>> ReadAsync(Db db, string kind, IReadOnlyCollection<string>? keys, CancellationToken ct);

    public static IReadOnlyList<SearchSource> All { get; } =
    [
        .. typeof(SearchSource).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SearchSource))).OrderBy(t => t.FullName, StringComparer.Ordinal)
            .Select(t => (SearchSource)Activator.CreateInstance(t)!),
    ];

    public static IReadOnlyDictionary<string, SearchKind> AllKinds { get; } = All.SelectMany(s => s.Kinds).ToDictionary(k => k.Name);
}
