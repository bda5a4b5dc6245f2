using System.Globalization;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// Which works a question looks at, beside its years. Every condition that is given must hold. Topic, subfield, field and domain
/// are OpenAlex numbers once they are understood, and may be asked by name; types stand with commas between, in order.
/// </summary>
public sealed record Filters
{
    public static Filters None { get; } = new();

    public string? Topic { get; init; }
    public string? Subfield { get; init; }
    public string? Field { get; init; }
    public string? Domain { get; init; }
    public string? Types { get; init; }

    /// <summary>One of the United Nations' seventeen goals, as the source labels works.</summary>
    public int? Goal { get; init; }

    /// <summary>OpenAlex id of a funder, F123.</summary>
    public string? Funder { get; init; }
    public bool? OpenAccess { get; init; }

    /// <summary>core (without what OpenAlex added in its expansion) or expansion (that alone); null for both.</summary>
    public string? Corpus { get; init; }

    /// <summary>Works with more authors are left out, and so is every work whose list is cut.</summary>
    public int? AuthorsMax { get; init; }
    public bool WithRetracted { get; init; }

    /// <summary>What a figure may be about: its topic, subfield, field, domain or goal.</summary>
    public bool HasSubject => Topic is not null || Subfield is not null || Field is not null || Domain is not null || Goal is not null;

    public bool HasPlace => Topic is not null || Subfield is not null || Field is not null || Domain is not null;

    public Filters WithoutSubject() => this with { Topic = null, Subfield = null, Field = null, Domain = null, Goal = null };

    public Filters Subject() => new() { Topic = Topic, Subfield = Subfield, Field = Field, Domain = Domain, Goal = Goal };

    /// <summary>Reads the words of a command line or an address.</summary>
    public static Outcome<Filters> Read(FilterWords words)
    {
        var goal = Number("goal", words.Goal, 1, 17);
        if (goal.Refusal is { } noGoal) return noGoal;
        var most = Number("authors-max", words.AuthorsMax, 1, 1_000_000);
        if (most.Refusal is { } noMost) return noMost;
        var open = Word("open-access", words.OpenAccess, "yes", "no");
        if (open.Refusal is { } noAccess) return noAccess;
        var corpus = Word("corpus", words.Corpus, "all", "core", "expansion");
        if (corpus.Refusal is { } noCorpus) return noCorpus;
        var funder = Funding(words.Funder);
        if (funder.Refusal is { } noFunder) return noFunder;
        return new Filters
        {
            Topic = Given(words.Topic), Subfield = Given(words.Subfield), Field = Given(words.Field), Domain = Given(words.Domain), Types = TypesOf(words.Type),
            Goal = goal.Value, Funder = funder.Value, OpenAccess = open.Value is { } access ? access == "yes" : null, Corpus = corpus.Value == "all" ? null : corpus.Value,
            AuthorsMax = most.Value, WithRetracted = words.WithRetracted,
        };
    }

    /// <summary>The filters as they are written in an address and, after two hyphens, on the command line.</summary>
    public IEnumerable<(string Name, string Value)> Words()
    {
        if (Topic is { } topic) yield return ("topic", topic);
        if (Subfield is { } subfield) yield return ("subfield", subfield);
        if (Field is { } field) yield return ("field", field);
        if (Domain is { } domain) yield return ("domain", domain);
        if (Types is { } types) yield return ("type", types);
        if (Goal is { } goal) yield return ("goal", goal.ToString(CultureInfo.InvariantCulture));
        if (Funder is { } funder) yield return ("funder", funder);
        if (OpenAccess is { } open) yield return ("open-access", open ? "yes" : "no");
        if (Corpus is { } corpus) yield return ("corpus", corpus);
        if (AuthorsMax is { } most) yield return ("authors-max", most.ToString(CultureInfo.InvariantCulture));
        if (WithRetracted) yield return ("with-retracted", "yes");
    }

    public override string ToString() => string.Join(' ', Words().Select(word => $"{word.Name}={word.Value}"));

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static string? TypesOf(string? text)
    {
        var types = (text ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return types.Length == 0 ? null : string.Join(',', types.Distinct().Order(StringComparer.Ordinal));
    }

    static Outcome<int?> Number(string field, string? text, int least, int most)
    {
        if (Given(text) is not { } word) return (int?)null;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return (int?)number;
        return Refusal.Usage(field, $"“{text}” is not a {field}: write a whole number from {least} to {most}.",
            $"«\u202F{text}\u202F» n’est pas une valeur de {field}\u202F: écrivez un nombre entier de {least} à {most}.", field);
    }

    static Outcome<string?> Word(string field, string? text, params string[] words)
    {
        if (Given(text) is not { } word) return (string?)null;
        if (words.Contains(word, StringComparer.OrdinalIgnoreCase)) return word.ToLowerInvariant();
        var list = string.Join(", ", words);
        return Refusal.Usage(field, $"“{text}” is not a {field}: write one of {list}.", $"«\u202F{text}\u202F» n’est pas une valeur de {field}\u202F: écrivez {list}.", field);
    }

    static Outcome<string?> Funding(string? text)
    {
        if (Given(text) is not { } word) return (string?)null;
        var id = word[(word.LastIndexOf('/') + 1)..].ToUpperInvariant();
        if (long.TryParse(id.AsSpan(id.StartsWith('F') ? 1 : 0), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return string.Create(CultureInfo.InvariantCulture, $"F{number}");
        return Refusal.Usage("funder", $"“{text}” is not the OpenAlex id of a funder: write one such as F4320321114.",
            $"«\u202F{text}\u202F» n’est pas l’identifiant OpenAlex d’un financeur\u202F: écrivez-en un comme F4320321114.", "funder");
    }
}

/// <summary>Filters as they were written.</summary>
public sealed record FilterWords
{
    public string? Topic { get; init; }
    public string? Subfield { get; init; }
    public string? Field { get; init; }
    public string? Domain { get; init; }
    public string? Type { get; init; }
    public string? Goal { get; init; }
    public string? Funder { get; init; }
    public string? OpenAccess { get; init; }
    public string? Corpus { get; init; }
    public string? AuthorsMax { get; init; }
    public bool WithRetracted { get; init; }
}
