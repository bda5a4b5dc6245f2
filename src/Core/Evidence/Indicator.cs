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
    /// <summary>A topic, subfield, field, domain or goal, by the filters of the question: what the figure is about, not a filter of it.</summary>
    Subject = 8,
    /// <summary>--goal N</summary>
    Goal = 16,
    /// <summary>--years A-B</summary>
    Window = 32,
}

/// <summary>The families of the catalogue. Figures of different families are never added, divided or set in one column.</summary>
public enum Family { Counting, Collaboration, Similarity, Affinity, Specialisation, Impact, Goals, Change }

/// <summary>A work that a definition rests on; its DOI where it has one, else the address where it is found.</summary>
public sealed record Reference(string Text, string? Doi)
{
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }
}

/// <summary>
/// One kind of figure: what it counts, exactly, and what it must be told. Key and version name the definition in every
/// receipt: a change of what is counted is a new version, never an edit.
/// </summary>
public sealed record Indicator
{
    public required string Key { get; init; }
    public required int Version { get; init; }
    public required Said Name { get; init; }

    public required Family Family { get; init; }

    /// <summary>What it means, in a line.</summary>
    public required Said Meaning { get; init; }

    /// <summary>The definition as receipts carry it (in English) and pages show it.</summary>
    public required Said Definition { get; init; }

    /// <summary>works, share, partners, projects, index (without a unit), citations or kilometres.</summary>
    public required string Unit { get; init; }
    public required Needs Needs { get; init; }

    /// <summary>Asked of one organisation, it may be asked of a pair too: of the works of both.</summary>
    public bool AlsoOfPair { get; init; }

    /// <summary>Whether it goes by the fields of works, which the vintage must know.</summary>
    public bool ByField { get; init; }

    /// <summary>Whether it asks where institutions are, which a release of ROR must say.</summary>
    public bool ByPlace { get; init; }

    /// <summary>From how many kilometres on a distance is long unless the question says otherwise; null where it does not matter.</summary>
    public int? Kilometres { get; init; }

    /// <summary>Of several formulas that go by one name, which this is; null where there is one.</summary>
    public string? Variant { get; init; }

    /// <summary>The values that it can take, and what the ends mean.</summary>
    public required Said Range { get; init; }

    /// <summary>When there is no value.</summary>
    public required Said Nulls { get; init; }

    /// <summary>What must be said wherever it is printed.</summary>
    public IReadOnlyList<Said> Caveats { get; init; } = [];

    /// <summary>In set notation: A, B are the works of an organisation, C those with a listed institution in the country.</summary>
    public required string Formula { get; init; }

    /// <summary>How its bounds follow from truncated author lists.</summary>
    public required Said Bounds { get; init; }
    public required IReadOnlyList<Reference> Sources { get; init; }
    public required IReadOnlyList<Counting> Countings { get; init; }

    /// <summary>A line of the command line that asks for it.</summary>
    public required string Example { get; init; }

    /// <summary>What the definition gives on the eight works of docs/domain/indicators.md, or on other numbers that it states.</summary>
    public required Said TestVector { get; init; }

    /// <summary>The counts that its formula is made of; null where it is computed otherwise.</summary>
    internal Measures.Tally? Tally { get; init; }

    /// <summary>Whether it follows from its own works alone: then its works can be drawn anew.</summary>
    public bool OfOwnWorks => Tally is { } tally ? tally.OfOwnWorks : Family is not Family.Affinity && !IsProjects && Key != "partners";

    /// <summary>Whether it is a part of some works: growth is written as a share is, and is none.</summary>
    public bool IsPart => IsShare && Family != Family.Change;

    public bool IsShare => Unit == "share";

    /// <summary>Whether it counts things: its years add up, and stand as bars.</summary>
    public bool IsCount => Unit is "works" or "partners" or "projects";
    public bool IsProjects => Unit == "projects";

    /// <summary>Whether more works can only make it larger, so that of a selection it is a lower bound. A share, a mean or what chance would give may turn out smaller.</summary>
    public bool IsLowerBoundOfSelection => IsCount && Family != Family.Affinity;

    /// <summary>Of a question's filters, those that say what the figure is about; null where it is about no part of the works.</summary>
    internal Filters? About(Filters filters) => Key == "hyper-authorship" ? new Filters { AuthorsMax = filters.AuthorsMax ?? MostAuthors }
        : (Needs & (Needs.Subject | Needs.Goal)) != 0 ? filters.Subject() : null;

    /// <summary>Of a question's filters, those that say which works it looks at.</summary>
    internal Filters Among(Filters filters) => Key == "hyper-authorship" ? filters with { AuthorsMax = null }
        : (Needs & (Needs.Subject | Needs.Goal)) != 0 ? filters.WithoutSubject() : filters;

    /// <summary>Where the API cuts the lists of authors.</summary>
    const int MostAuthors = 100;

    /// <summary>The options that it needs, as they are written.</summary>
    public string Takes => (AlsoOfPair ? $"--of A | --between A B {string.Join(' ', Options(Needs & ~Needs.One))}".TrimEnd() : string.Join(' ', Options(Needs)))
        + (Kilometres is null ? "" : " [--kilometres N]");

    internal static IEnumerable<string> Options(Needs needs)
    {
        if (needs.HasFlag(Needs.Pair)) yield return "--between A B";
        if (needs.HasFlag(Needs.One)) yield return "--of A";
        if (needs.HasFlag(Needs.Country)) yield return "--with CC";
        if (needs.HasFlag(Needs.Subject)) yield return "--topic T | --subfield S | --field F | --domain D | --goal N";
        if (needs.HasFlag(Needs.Goal)) yield return "--goal N";
        if (needs.HasFlag(Needs.Window)) yield return "--years A-B";
    }
}
