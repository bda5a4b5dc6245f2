using System.Globalization;

namespace Entente.Core.Kernel;

/// <summary>
/// The same decision as <see cref="Audience.OpenTo"/>, written as marks: a row is open where it bears one of the reader's. So a
/// database can decide it for a hundred thousand rows at once, without a question for each.
/// </summary>
public static class AudienceMarks
{
    /// <summary>The marks of a row; a public one needs none.</summary>
    public static IEnumerable<string> Of(Audience audience, IReadOnlyCollection<string>? sides, string? scope) => audience.Kind switch
    {
        AudienceKind.Both => (sides?.Append("") ?? ["*"]).SelectMany(side => Scopes(scope).Select(s => $"both|{side}|{s}")),
        AudienceKind.Side => Scopes(scope).Select(s => $"side|{audience.Who}|{s}"),
        AudienceKind.People => audience.Who!.Split(',').Select(account => $"people|{account}"),
        _ => [],
    };

    public static IEnumerable<string> Of(Actor reader)
    {
        foreach (var grant in reader.Grants.Where(g => Audience.Insider(g.Role)))
        {
            yield return $"both|*|{grant.Scope}";
            yield return $"both|{grant.Side}|{grant.Scope}";
            if (grant.Side is not null) yield return $"side|{grant.Side}|{grant.Scope}";
        }
        if (reader.Account is { } account) yield return string.Create(CultureInfo.InvariantCulture, $"people|{account}");
    }

    // A role without a scope reaches every row, one with a scope only the rows of it.
    static string[] Scopes(string? scope) => scope is null ? [""] : ["", scope];
}
