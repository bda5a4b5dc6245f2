using Entente.Core.Kernel;

namespace Entente.Core.Portfolio.Rules;

/// <summary>What the value of a rule is. Amount: in the currency that its unit names. Share: per cent. Text: words, which no machine checks.</summary>
public enum RuleKind { Count, Span, Amount, Share, YesNo, Text }

/// <summary>What a rule governs; the headings under which a pack is read.</summary>
public enum RuleTopic { Duration, Renewal, Parties, Eligibility, Funding, Roles, Documents, Selection, Reporting, Mobility }

/// <summary>One thing that rule packs can say. The words of RuleVocabulary are all there are.</summary>
/// <param name="Units">the units that its value may have; empty for yes or no and for text</param>
/// <param name="Name">as a heading: longest duration</param>
/// <param name="Governs">what in the record it is held against, or that nothing is</param>
public sealed record RuleField(string Key, RuleTopic Topic, RuleKind Kind, IReadOnlyList<string> Units, Said Name, Said Governs)
{
    /// <summary>True where Checking reads it: the others are shown and checked by people.</summary>
    public bool Checked { get; init; }

    /// <summary>Says what is wrong with a value or its unit; null where they fit the field.</summary>
    public Complaint? Complaint(string value, string? unit)
    {
        if (Kind == RuleKind.YesNo && value is not ("yes" or "no"))
            return new("value", new($"{Key} is answered by yes or no.", $"{Key} se dit par yes ou no."));
        if (Kind is RuleKind.Count or RuleKind.Span or RuleKind.Amount or RuleKind.Share && RuleVocabulary.Number(value) is null)
            return new("value", new($"{Key} is a number: write it in figures, such as 5 or 2.5.", $"{Key} est un nombre : écrivez-le en chiffres, comme 5 ou 2.5."));
        if (Units.Count == 0 && unit is not null)
            return new("unit", new($"{Key} has no unit.", $"{Key} n’a pas d’unité."));
        if (Kind == RuleKind.Amount && unit is not { Length: 3 })
            return new("unit", new($"{Key} is an amount: name its currency, such as EUR.", $"{Key} est un montant : nommez sa devise, comme EUR."));
        return Kind != RuleKind.Amount && Units.Count > 0 && (unit is null || !Units.Contains(unit))
            ? new("unit", new($"{Key} is measured in {string.Join(" or ", Units)}.", $"{Key} se mesure en {string.Join(" ou ", Units)}."))
            : null;
    }
}
