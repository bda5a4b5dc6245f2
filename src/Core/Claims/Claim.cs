using Entente.Core.Kernel;
using Entente.Core.Portfolio;

namespace Entente.Core.Claims;

/// <summary>
/// A published figure, as published. What the words allow is read from them each time and never stored, so that a claim
/// holds only what its source says. Never corrected: it is answered.
/// </summary>
public sealed class Claim : Cited
{
    public required string Key { get; init; }

    /// <summary>The heading under which claims are held against each other, such as CNRS–Imperial co-publications.</summary>
    public required string Topic { get; init; }
    public required string TopicFr { get; init; }

    // Whom and what it is about; empty where the claim does not narrow it.
    /// <summary>Keys of organisations, separated by semicolons: two for a pair.</summary>
    public string? Organisations { get; init; }
    public string? Institute { get; init; }
    public string? Structure { get; init; }
    public string? Instrument { get; init; }
    public string? Country { get; init; }

    /// <summary>What is counted, in one word of the portfolio's own: co-publications, structures, students.</summary>
    public required string Measure { get; init; }

    /// <summary>What is counted, in the source's terms.</summary>
    public required string Text { get; init; }
    public required string TextFr { get; init; }

    /// <summary>The number in words, as Wording reads it. The inherited Wording is the part that stands in quotes.</summary>
    public required string Value { get; init; }

    /// <summary>publications, projects, persons, structures, share, EUR...</summary>
    public required string Unit { get; init; }
    public required ClaimKind Kind { get; init; }

    /// <summary>The window, as worded.</summary>
    public required string Period { get; init; }

    /// <summary>The data that the source says it counted on, such as Web of Science; null where it does not say.</summary>
    public string? Data { get; init; }

    /// <summary>How the source says it counted; null where it does not say.</summary>
    public string? Counting { get; init; }

    /// <summary>Of a share: the key of the claim that is its numerator.</summary>
    public string? Numerator { get; init; }

    /// <summary>The figure that could answer it, such as co-publications; null where none of ours does.</summary>
    public string? Figure { get; init; }

    /// <summary>The programme that a count of projects is limited to, such as H2020.</summary>
    public string? Programme { get; init; }

    /// <summary>When it was taken out of the ledger, and why: entered by mistake, or of no source after all. Its page stays.</summary>
    public DateTimeOffset? Withdrawn { get; set; }
    public string? WithdrawnWhy { get; set; }

    public Said SaidTopic => new(Topic, TopicFr);
    public Said SaidText => new(Text, TextFr);
    public IReadOnlyList<string> OrganisationKeys => [.. (Organisations ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The value as a quotation where the source's words are known: “over 1,550”; else the number alone.</summary>
    public Said Quoted => Wording is null ? Said.Same(Value) : new(Value.Replace(Wording, $"“{Wording}”", StringComparison.Ordinal), Value.Replace(Wording, $"«\u202F{Wording}\u202F»", StringComparison.Ordinal));

    /// <summary>Whom it is about; two claims with the same subject and measure count the same thing.</summary>
    internal string Subject => string.Join('|', string.Join(';', OrganisationKeys.Order(StringComparer.Ordinal)), Institute, Structure, Instrument, Country);
}

/// <summary>Only flows are divided by the years of their window.</summary>
public enum ClaimKind { Flow, Stock, Share, Event }

/// <summary>A claim with what its words allow.</summary>
public sealed record ReadClaim(Claim Claim, Quantity Quantity, Period Period)
{
    public Interval Interval => Quantity.Interval;

    /// <summary>The number in each reading of the window: a flow per year, anything else as it stands.</summary>
    public IReadOnlyList<Rate> Rates => Understood.RatesOf(Claim.Kind, Quantity, Period);

    public static ReadClaim Of(Claim claim, Source source) =>
        new(claim, Wording.Parse(claim.Value).Value, Periods.Parse(claim.Period, source.Date ?? source.KnownBy));
}

/// <summary>What a claim allows under one reading of its window. Window is null where the number needs no dividing.</summary>
public sealed record Rate(Interval Interval, WindowReading? Window, bool PerYear);
