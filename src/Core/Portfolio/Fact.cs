using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>A theme or subject of a structure. A theme that was renamed is two rows; Position tells which came first.</summary>
public sealed class Theme : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }
    public required ThemeKind Kind { get; init; }
    public required string Text { get; init; }
    public string? TextFr { get; init; }

    /// <summary>Of a theme: first, second... name it bore. Of subjects: the order of the source.</summary>
    public required int Position { get; init; }

    public Said Said => new(Text, TextFr ?? Text);
}

/// <summary>Theme: the motto of a centre, one at a time. Subject: a field it works in, any number.</summary>
public enum ThemeKind { Theme, Subject }

/// <summary>One more thing that a source states of a structure, under a field name of the portfolio's own choice.</summary>
public sealed class Fact : Cited
{
    public int Id { get; init; }
    public required string Structure { get; init; }
    public required string Field { get; init; }
    public required string Text { get; init; }
    public required string TextFr { get; init; }
    public PartialDate? Date { get; init; }

    public Said Said => new(Text, TextFr);
}

/// <summary>What the documents also say, about a structure, an organisation, or the partnership as a whole.</summary>
public sealed class Note : Cited
{
    public int Id { get; init; }
    public required string Topic { get; init; }
    public string? Structure { get; init; }
    public string? Organisation { get; init; }
    public required string Text { get; init; }
    public required string TextFr { get; init; }

    public Said Said => new(Text, TextFr);
}
