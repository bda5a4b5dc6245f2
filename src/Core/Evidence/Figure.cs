using System.Globalization;
using System.Text.Json.Serialization;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

[JsonConverter(typeof(JsonStringEnumConverter<Membership>))]
public enum Membership
{
    [JsonStringEnumMemberName("direct")] Direct,
    [JsonStringEnumMemberName("lineage")] Lineage,
    [JsonStringEnumMemberName("perimeter")] Perimeter,
}

[JsonConverter(typeof(JsonStringEnumConverter<Counting>))]
public enum Counting
{
    [JsonStringEnumMemberName("full")] Full,
    [JsonStringEnumMemberName("author")] Author,
    [JsonStringEnumMemberName("organisation")] Organisation,
    [JsonStringEnumMemberName("country")] Country,
}

/// <summary>A question as a person puts it: organisations by ROR id, key or exact name.</summary>
public sealed record Question(string Figure)
{
    /// <summary>Of one organisation; or the first of a pair.</summary>
    public string? A { get; init; }

    /// <summary>The second of a pair.</summary>
    public string? B { get; init; }

    /// <summary>ISO code of a statistical country.</summary>
    public string? With { get; init; }
    public Years? Years { get; init; }
    public Membership Membership { get; init; } = Membership.Lineage;
    public Counting Counting { get; init; } = Counting.Full;
    public Filters Filters { get; init; } = Filters.None;

    /// <summary>From how many kilometres on a distance is long; null where it is not told.</summary>
    public int? Kilometres { get; init; }

    /// <summary>The seed of a stability interval; null where none is asked for.</summary>
    public ulong? Stability { get; init; }

    /// <summary>A vintage's id; without one, the newest real one, else the newest synthetic one.</summary>
    public string? Vintage { get; init; }

    /// <summary>A ROR release for the perimeters and places; without one, the highest.</summary>
    public string? Release { get; init; }

    /// <summary>Reads the words of a command line or an address: "direct", "author", "2017-2022".</summary>
    public static Outcome<Question> Read(string figure, string? a, string? b, string? with, string? years, string? membership, string? counting)
    {
        var window = years is null ? null : (Outcome<Years>?)Kernel.Years.Parse(years);
        if (window?.Refusal is { } noYears) return noYears;
        var by = Word("membership", membership, Membership.Lineage);
        if (by.Refusal is { } noMembership) return noMembership;
        var counted = Word("counting", counting, Counting.Full);
        if (counted.Refusal is { } noCounting) return noCounting;
        return new Question(figure) { A = a, B = b, With = with, Years = window?.Value, Membership = by.Value, Counting = counted.Value };
    }

    /// <summary>No two places are farther apart.</summary>
    internal const int MostKilometres = Engine.Query.UnitPlaces.Farthest / 1000;

    /// <summary>Reads the kilometres from which on a distance is long; null where none are told.</summary>
    public static Outcome<int?> ReadKilometres(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (int?)null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilometres) && kilometres is >= 1 and <= MostKilometres) return (int?)kilometres;
        return Refusal.Usage("kilometres", $"“{text}” is no distance: write a whole number of kilometres from 1 to {MostKilometres}.",
            $"«\u202F{text}\u202F» n’est pas une distance\u202F: écrivez un nombre entier de kilomètres de 1 à {MostKilometres}.", "kilometres");
    }

    // Enum.Parse also takes numbers and lists; people write the names only.
    static Outcome<T> Word<T>(string field, string? text, T otherwise) where T : struct, Enum
    {
        if (text is null) return otherwise;
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(value.ToString(), text.Trim(), StringComparison.OrdinalIgnoreCase)) return value;
        var words = string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
        return Refusal.Usage(field, $"“{text}” is not a {field}: write one of {words}.", $"«\u202F{text}\u202F» n’est pas une valeur de {field}\u202F: écrivez {words}.", field);
    }
}

/// <summary>Lower and upper bound, in the unit of the value. Truncated author lists make them differ.</summary>
public sealed record Bounds(double? Lower, double? Upper);

public sealed record YearValue(int Year, double? Value)
{
    /// <summary>Pairs only: works of the year with two different authors, one on each side.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DistinctAuthors { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Upper { get; init; }

    /// <summary>Shares and fractional counts only: elsewhere the value is the lower bound.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Lower { get; init; }
}

public sealed record Excluded(long Retracted, long Paratext, long Truncated);

/// <summary>One row of "partners".</summary>
public sealed record PartnerRow(string Id, string? Ror, string? Name, string? Country, double Value, Bounds Bounds);

/// <summary>
/// A pair always states all three memberships, the count with distinct authors and the structural share. Perimeter is null,
/// with the reason, when no imported release holds both roots. Shares state numerator and denominator instead.
/// </summary>
public sealed record Breakdown
{
    public double? Direct { get; init; }
    public double? Lineage { get; init; }
    public double? Perimeter { get; init; }
    public Said? PerimeterReason { get; init; }
    public double? DistinctAuthors { get; init; }
    public double? StructuralShare { get; init; }
    public double? Numerator { get; init; }
    public double? Denominator { get; init; }

    // joint-projects
    public double? All { get; init; }
    public double? WithoutPartnerRoles { get; init; }
    public IReadOnlyDictionary<string, long>? ByRole { get; init; }
    public IReadOnlyDictionary<string, long>? ByProgramme { get; init; }
    public IReadOnlyDictionary<string, long>? ByYear { get; init; }

    /// <summary>By the widest field of science; a project of several counts in each. Null where the vintage has no table of them.</summary>
    public IReadOnlyDictionary<string, long>? ByScience { get; init; }
}

/// <summary>A number that belongs to a figure, such as what a formula is made of. Unit is one of the units of indicators.</summary>
public sealed record Detail(string Name, Said Label, double? Value, string Unit);

/// <summary>A figure part by part, such as field by field: each row has a value for each column, null where there is none.</summary>
public sealed record FigureTable(Said Title, IReadOnlyList<FigureColumn> Columns, IReadOnlyList<FigureRow> Rows);

/// <param name="Unit">one of the units of indicators</param>
public sealed record FigureColumn(string Name, Said Label, string Unit);

public sealed record FigureRow(string Key, Said Label, IReadOnlyList<double?> Values);

/// <summary>An organisation of a question, found by ROR id, key or exact name.</summary>
public sealed record AskedOrganisation(string? Key, string? Ror, string Name);

/// <summary>A filter of a question by its word, and what the vintage calls what it selects; null where it has no name for it.</summary>
public sealed record AskedFilter(string Name, string Value, string? Called);

/// <summary>A figure answered. Unit is works, share, partners, projects, index, citations or kilometres. Value is null only where nothing can be said.</summary>
public sealed record FigureAnswer
{
    public required string Figure { get; init; }
    public required double? Value { get; init; }
    public required string Unit { get; init; }
    public required Bounds Bounds { get; init; }
    public IReadOnlyList<YearValue> Series { get; init; } = [];
    public Breakdown Breakdown { get; init; } = new();
    public Excluded Excluded { get; init; } = new(0, 0, 0);
    public IReadOnlyList<PartnerRow>? Rows { get; init; }

    /// <summary>Which of several formulas of one name it is; null where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    /// <summary>What the figure is made of and what follows from it, where a number alone would not do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Detail>? Details { get; init; }

    /// <summary>How many works make the bounds differ though their lists are whole, since the source does not tell what the figure is about.</summary>
    [JsonIgnore]
    public long Untold => (long)(Details?.FirstOrDefault(detail => detail.Name == Measures.Industry.Detail)?.Value ?? 0);

    /// <summary>How many works have a place that is not known, where the bounds differ.</summary>
    [JsonIgnore]
    public long Unplaced => Places is null || Bounds.Lower == Bounds.Upper ? 0 : (long)(Details?.Where(detail => detail.Name is "unknown" or "partly").Sum(detail => detail.Value) ?? 0);

    /// <summary>Only when asked for: how far the figure moves when its works are drawn anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StabilityInterval? Stability { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FigureTable? Table { get; init; }

    /// <summary>The release of ROR that says where institutions are; null where the figure does not ask.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Places { get; init; }

    public required string Vintage { get; init; }
    public required bool Synthetic { get; init; }

    /// <summary>The organisations as they were understood: one, or the two of a pair.</summary>
    public IReadOnlyList<AskedOrganisation> Organisations { get; init; } = [];

    /// <summary>The filters as they were understood, each with the name that the vintage has for it; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AskedFilter>? Filters { get; init; }

    /// <summary>"selection" when the question reaches beyond what the vintage covers: the value is then a lower bound. Null when exact.</summary>
    public string? Coverage { get; init; }

    /// <summary>Why it is not exact, in a sentence; null when it is.</summary>
    public Said? CoverageReason { get; init; }

    /// <summary>Computed only when asked for, since digests cost more than figures.</summary>
    public Receipt? Receipt { get; init; }
}
