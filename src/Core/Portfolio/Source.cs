using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>Where facts come from: a page or press release as it was published, or a register that holds records.</summary>
public sealed class Source
{
    /// <summary>Short and stable, such as S3 or RNSR: what a citation writes.</summary>
    public required string Key { get; init; }
    public required SourceKind Kind { get; init; }
    public required string Title { get; init; }
    public required string Publisher { get; init; }

    /// <summary>When it was published; null for an undated page.</summary>
    public PartialDate? Date { get; init; }

    /// <summary>What is known of the date where there is none, in both languages.</summary>
    public string? DateNote { get; init; }
    public string? DateNoteFr { get; init; }

    /// <summary>The latest day that it can speak of: what it calls running was running by then.</summary>
    public PartialDate? KnownBy { get; init; }

    /// <summary>When it was read for this record, so that a page that changed since can be told; null where that was not noted.</summary>
    public PartialDate? Retrieved { get; init; }
    public string? Url { get; init; }

    /// <summary>Who may read it, and know that it exists.</summary>
    public Audience Audience { get; set; }
}

/// <summary>Document: states the portfolio. Register: records kept by a third party. Context: cited for a rule or a label only.</summary>
public enum SourceKind { Document, Register, Context }
