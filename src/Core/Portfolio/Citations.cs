using System.Collections;
using Entente.Core.Kernel;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Entente.Core.Portfolio;

/// <summary>One source that states a fact, and where in it: a record number, a page, a heading.</summary>
public sealed record Citation(string Source, string? Locator)
{
    public override string ToString() => Locator is null ? Source : $"{Source}:{Locator}";
}

/// <summary>
/// The sources of one row, at least one, in the order given. Written "S0; RNSR:201420852J": source key, and after a colon the place in it.
/// </summary>
public sealed class Citations(IReadOnlyList<Citation> all) : IReadOnlyList<Citation>, IEquatable<Citations>
{
    public int Count => all.Count;
    public Citation this[int index] => all[index];
    public IEnumerable<string> Sources => all.Select(c => c.Source);
    public bool Cites(string source) => all.Any(c => c.Source == source);

    public static Citations Parse(string text) => new([.. text
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(One)]);

    static Citation One(string text) => text.Split(':', 2, StringSplitOptions.TrimEntries) switch
    {
        [var source, var locator] => new(source, locator),
        _ => new(text, null),
    };

    public IEnumerator<Citation> GetEnumerator() => all.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    public bool Equals(Citations? other) => other is not null && all.SequenceEqual(other);
    public override bool Equals(object? obj) => Equals(obj as Citations);
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
    public override string ToString() => string.Join("; ", all);
}

/// <summary>What every fact of the record carries: who states it, and the words, as published.</summary>
public abstract class Cited
{
    public required Citations Source { get; init; }

    /// <summary>The source's own words, short, in its own language. Null where they were not noted.</summary>
    public string? Wording { get; init; }

    /// <summary>Who may read the row; everyone, unless it says otherwise.</summary>
    public Audience Audience { get; set; }
}

sealed class CitationsText() : ValueConverter<Citations, string>(c => c.ToString(), text => Citations.Parse(text));
