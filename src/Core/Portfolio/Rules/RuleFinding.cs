using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>
/// Departs: the record is not as the rule asks. MayDepart: it would not be, if the institute that the rule is limited to carries it.
/// Missing: the rule asks for what the record does not hold. CannotTell: the two cannot be compared. None of them stops anything.
/// </summary>
public enum FindingKind { Departs, MayDepart, Missing, CannotTell }

/// <summary>What the record is held against, and where it is mended.</summary>
public enum FindingPlace { Dates, Agreements, Parties, Money, People, Documents }

/// <summary>One rule that a record does not meet, said with the rule and its source. It informs; it blocks nothing.</summary>
/// <param name="Key">names it across reloads: pack, field, and what in the record it is about</param>
/// <param name="Fact">what the record holds: 2026, CNRS: 16,000 EUR.</param>
/// <param name="Quote">the rule with its pack, source and retrieval</param>
public sealed record RuleFinding(string Key, string Subject, FindingKind Kind, FindingPlace Place, Said Fact, Said Quote, Rule Rule)
{
    /// <summary>The fact, then the rule.</summary>
    public Said Sentence => new($"{Fact.En} {Quote.En}", $"{Fact.Fr} {Quote.Fr}");

    /// <summary>Where the rule stands.</summary>
    public string Href => $"/instruments/{Rule.Instrument}#{PackKey.Of(Rule).Slug}";
}

/// <summary>The words of findings.</summary>
public static class FindingWords
{
    public static Said Name(FindingKind kind) => kind switch
    {
        FindingKind.Departs => new("departs from the rule", "s’écarte de la règle"),
        FindingKind.MayDepart => new("may depart from the rule", "s’écarte peut-être de la règle"),
        FindingKind.Missing => new("missing on record", "absent du registre"),
        FindingKind.CannotTell => new("cannot be checked", "non vérifiable"),
    };
}
