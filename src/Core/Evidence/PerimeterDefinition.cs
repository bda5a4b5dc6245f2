using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>An organisation put in or taken out by hand, and why: where the register is wrong or behind.</summary>
public sealed record PerimeterCorrection(bool Add, string Ror, string Reason);

/// <summary>
/// One version of a perimeter: data/perimeters/perimeters.csv and corrections.csv. A version is never edited once a figure has used it;
/// a change is a new version. An organisation that the files do not name has version 1, the tree of its own record.
/// </summary>
public sealed record PerimeterDefinition(string Key, int Version, PerimeterExpression Expression, string Reason)
{
    static readonly Lazy<IReadOnlyList<PerimeterDefinition>> Shipped = new(() => Load(Path.Combine(AppContext.BaseDirectory, "data", "perimeters")));

    public IReadOnlyList<PerimeterCorrection> Corrections { get; init; } = [];

    public string Root => Expression.Root;

    /// <summary>The definitions that travel with the program, every version, in order of key and version.</summary>
    public static IReadOnlyList<PerimeterDefinition> All => Shipped.Value;

    /// <summary>The version asked for, or the latest; null where the key has no such version.</summary>
    public static PerimeterDefinition? Of(string key, int? version = null) =>
        All.LastOrDefault(d => d.Key == key && (version is null || d.Version == version))
        ?? (RorId.Parse(key) is { } root && version is null or 1 ? new(key, 1, PerimeterExpression.Tree(root!), "") : null);

    /// <summary>Reads the two files of a folder. Throws on a file that is not what it should be: it ships with the program.</summary>
    public static IReadOnlyList<PerimeterDefinition> Load(string folder)
    {
        var corrections = DataTable.Read(Path.Combine(folder, "corrections.csv"));
        return [.. DataTable.Read(Path.Combine(folder, "perimeters.csv"))
            .Select(row => new PerimeterDefinition(row["key"], row.Whole("version"), PerimeterExpression.Parse(row["expression"]).Value, row["reason"])
            {
                Corrections = [.. corrections.Where(c => c["key"] == row["key"] && c["version"] == row["version"])
                    .Select(c => new PerimeterCorrection(c["change"] == "add", RorId.Parse(c["ror"]) ?? throw c.Bad("ror"), c["reason"]))],
            })
            .OrderBy(d => d.Key, StringComparer.Ordinal).ThenBy(d => d.Version)];
    }
}
