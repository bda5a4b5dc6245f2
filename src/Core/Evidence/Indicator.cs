using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>What an indicator must be told to be a question.</summary>
[Flags]
public enum Needs
{
    None = 0,
    /// <summary>--between A B</summary>
    Pair = 1,
    /// <summary>--of A</summary>
    One = 2,
    /// <summary>--with CC</summary>
    Country = 4,
}

/// <summary>A work that a definition rests on; the DOI where it has one.</summary>
public sealed record Reference(string Text, string? Doi);

/// <summary>
/// One kind of figure: what it counts, exactly, and what it must be told. Key and version name the definition in every
/// receipt: a change of what is counted is a new version, never an edit.
/// </summary>
public sealed record Indicator
{
    public required string Key { get; init; }
    public required int Version { get; init; }
    public required Said Name { get; init; }

    /// <summary>The definition as receipts carry it (in English) and pages show it.</summary>
    public required Said Definition { get; init; }

    /// <summary>works, share, partners or projects.</summary>
    public required string Unit { get; init; }
    public required Needs Needs { get; init; }

    /// <summary>In set notation: A, B are the works of an organisation, C those with a listed institution in the country.</summary>
    public required string Formula { get; init; }

    /// <summary>How its bounds follow from truncated author lists.</summary>
    public required Said Bounds { get; init; }
    public required IReadOnlyList<Reference> Sources { get; init; }
    public required IReadOnlyList<Counting> Countings { get; init; }

    /// <summary>A line of the command line that asks for it.</summary>
    public required string Example { get; init; }

    /// <summary>What the definition gives on the eight works of docs/domain/indicators.md.</summary>
    public required string TestVector { get; init; }

    public bool IsShare => Unit == "share";
    public bool IsProjects => Unit == "projects";

    /// <summary>The options that it needs, as they are written.</summary>
    public string Takes => string.Join(' ', Options(Needs));

    internal static IEnumerable<string> Options(Needs needs)
    {
        if (needs.HasFlag(Needs.Pair)) yield return "--between A B";
        if (needs.HasFlag(Needs.One)) yield return "--of A";
        if (needs.HasFlag(Needs.Country)) yield return "--with CC";
    }
}
