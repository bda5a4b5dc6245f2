using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Web.Evidence;

/// <summary>How to count, as an address carries it where its path says whom.</summary>
public record WindowQuery
{
    public string? Years { get; init; }

    public string? Membership { get; init; }

    public string? Vintage { get; init; }

    public string? Release { get; init; }
}

/// <summary>The question behind a figure as an address carries it, the same words as on the command line.</summary>
public record FigureQuery : WindowQuery
{
    public string? Between { get; init; }

    public string? Of { get; init; }

    public string? With { get; init; }

    public string? Counting { get; init; }

    public string? Topic { get; init; }

    public string? Subfield { get; init; }

    public string? Field { get; init; }

    public string? Domain { get; init; }

    public string? Type { get; init; }

    public string? Goal { get; init; }

    public string? Funder { get; init; }

    [FromQuery(Name = "open-access")]
    public string? OpenAccess { get; init; }

    public string? Corpus { get; init; }

    [FromQuery(Name = "authors-max")]
    public string? AuthorsMax { get; init; }

    [FromQuery(Name = "with-retracted")]
    public string? WithRetracted { get; init; }

    public string? Kilometres { get; init; }

    public string? Stability { get; init; }

    public static FigureQuery Within(WindowQuery window) =>
        new() { Years = window.Years, Membership = window.Membership, Vintage = window.Vintage, Release = window.Release };

    public Outcome<Question> Ask(string figure)
    {
        var pair = Pair();
        if (!pair.Ok) return pair.Refusal!;
        var years = Window();
        if (!years.Ok) return years.Refusal!;
        var membership = Parse(Membership, "membership", Core.Evidence.Membership.Lineage);
        if (!membership.Ok) return membership.Refusal!;
        var counting = Parse(Counting, "counting", Core.Evidence.Counting.Full);
        if (!counting.Ok) return counting.Refusal!;
        var filters = Filters.Read(new()
        {
            Topic = Topic, Subfield = Subfield, Field = Field, Domain = Domain, Type = Type, Goal = Goal, Funder = Funder, OpenAccess = OpenAccess, Corpus = Corpus, AuthorsMax = AuthorsMax,
            WithRetracted = WithRetracted is "yes" or "1" or "true" or "on",
        });
        if (!filters.Ok) return filters.Refusal!;
        var kilometres = Question.ReadKilometres(Kilometres);
        if (!kilometres.Ok) return kilometres.Refusal!;
        var seed = 0UL;
        if (Given(Stability) is { } drawn && !ulong.TryParse(drawn, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out seed))
            return Refusal.Usage("stability", $"“{drawn}” is not a seed: write a whole number.", $"« {drawn} » n’est pas une graine : écrivez un nombre entier.", "stability");
        return new Question(figure)
        {
            Stability = Given(Stability) is null ? null : seed,
            Filters = filters.Value,
            Kilometres = kilometres.Value,
            A = pair.Value?.A ?? Given(Of),
            B = pair.Value?.B,
            With = Given(With)?.ToUpperInvariant(),
            Years = years.Value,
            Membership = membership.Value,
            Counting = counting.Value,
            Vintage = Given(Vintage),
            Release = Given(Release),
        };
    }

    sealed record Sides(string A, string B);

    Outcome<Sides?> Pair()
    {
        if (Given(Between) is not { } between) return (Sides?)null;
        var sides = between.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (sides.Length == 2) return new Sides(sides[0], sides[1]);
        return Refusal.Usage("between", $"“{between}” is not a pair: write two organisations with a comma between, such as cnrs,imperial.",
            $"« {between} » n’est pas une paire : écrivez deux organisations séparées par une virgule, comme cnrs,imperial.", "between");
    }

    Outcome<Years?> Window()
    {
        if (Given(Years) is not { } text) return (Years?)null;
        var years = Core.Kernel.Years.Parse(text);
        return years.Ok ? (Years?)years.Value : years.Refusal!;
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static Outcome<T> Parse<T>(string? text, string field, T unlessTold) where T : struct, Enum
    {
        if (Given(text) is not { } word) return unlessTold;
        // Enum.TryParse also takes numbers and lists; an address takes the names only.
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase)) return value;
        var names = string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
        return Refusal.Usage(field, $"“{word}” is not a {field}: write one of {names}.",
            $"« {word} » n’est pas une valeur de {field} : écrivez {names}.", field);
    }
}
