using System.Globalization;
using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>
/// Which works a figure looks at, whatever it counts among them: every condition that is given must hold. Two filters that
/// say the same have the same <see cref="Key"/>. <see cref="Select.Passing"/> turns one into the set of works that pass.
/// </summary>
public sealed record WorkFilter
{
    /// <summary>Every work.</summary>
    public static WorkFilter None { get; } = new();

    /// <summary>The first and the last year of publication; works without a year pass only where neither is given.</summary>
    public int? FirstYear { get; init; }
    public int? LastYear { get; init; }

    /// <summary>OpenAlex numbers of primary topics, of which a work has one; subfields, fields and domains are the topics below them.</summary>
    public IReadOnlyCollection<int>? Topics { get; init; }

    /// <summary>Types of work, of which a work has one; the empty one stands for unknown.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>Bit n - 1 asks for goal n; a work passes that has one of those asked for. 0 asks for none.</summary>
    public uint Goals { get; init; }

    /// <summary>OpenAlex numbers of funders, of which a work names one. Ask <see cref="WorksStore.KnowsFunders"/> first: of a segment that does not know them nothing passes.</summary>
    public IReadOnlyCollection<long>? Funders { get; init; }

    /// <summary>The most authorships that the source lists.</summary>
    public int? MostAuthors { get; init; }

    /// <summary>Flags that a work must carry, every one: open access, the expansion corpus.</summary>
    public WorkFlags With { get; init; }

    /// <summary>Flags of which a work must carry none: retracted, paratext, the expansion corpus.</summary>
    public WorkFlags Without { get; init; }

    /// <summary>What is asked, in one line: the same for the same conditions in any order.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture,
        $"y{FirstYear}-{LastYear} t{Listed(Topics)} k{Listed(Types)} g{Goals} f{Listed(Funders)} a{MostAuthors} +{(int)With} -{(int)Without}");

    public bool Equals(WorkFilter? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    // An empty list asks for the impossible; no list asks for nothing.
    static string Listed<T>(IReadOnlyCollection<T>? values) => values is null ? "" : $"[{string.Join(',', values.Distinct().Order())}]";
}
