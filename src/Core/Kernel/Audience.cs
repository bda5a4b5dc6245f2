using System.Globalization;

namespace Entente.Core.Kernel;

public enum AudienceKind { Public, Both, Side, People }

/// <summary>
/// Who may read a row of the record. Written public, both (every side of the record), side:KEY (one side alone) or people:3,7
/// (named accounts). Decided here and nowhere else.
/// </summary>
public readonly record struct Audience
{
    Audience(AudienceKind kind, string? who) => (Kind, Who) = (kind, who);

    public AudienceKind Kind { get; }

    /// <summary>The side's key, or the accounts' numbers joined by commas.</summary>
    public string? Who { get; }

    public static Audience Public => default;

    /// <summary>What a text that is no audience is read as: better hidden than shown.</summary>
    public static Audience Nobody => new(AudienceKind.People, "0");
    public static Audience Both => new(AudienceKind.Both, null);
    public static Audience Side(string key) => new(AudienceKind.Side, key);
    public static Audience People(params IEnumerable<int> accounts) => new(AudienceKind.People, string.Join(',', accounts.Order()));

    /// <summary>Null where the text is none of the four forms.</summary>
    public static Audience? Parse(string text) => text.Split(':', 2) switch
    {
        ["" or "public"] => Public,
        ["both"] => Both,
        ["side", { Length: > 0 } key] => Side(key),
        ["people", { Length: > 0 } list] when list.Split(',').All(IsNumber) => People(list.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))),
        _ => null,
    };

    static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>True where this reader may know that the row exists, and what it says.</summary>
    /// <param name="sides">keys of the partners behind the record; null where it belongs to no side</param>
    /// <param name="scope">structures/KEY that the row hangs on; null where it hangs on none</param>
    public bool OpenTo(Actor reader, IReadOnlyCollection<string>? sides, string? scope)
    {
        if (Kind == AudienceKind.Public || reader.Operator) return true;
        var who = Who;
        return Kind switch
        {
            AudienceKind.Both => reader.Grants.Any(g => Insider(g.Role) && g.Reaches(sides, scope)),
            AudienceKind.Side => reader.Grants.Any(g => Insider(g.Role) && g.Side == who && (g.Scope is null || g.Scope == scope)),
            AudienceKind.People => reader.Account is { } account && who!.Split(',').Contains(account.ToString(CultureInfo.InvariantCulture)),
            _ => false,
        };
    }

    // Reviewers and applicants come from outside the offices: a role in a call opens no office's notes.
    internal static bool Insider(AccountRole role) => role is not (AccountRole.Reviewer or AccountRole.Applicant);

    public override string ToString() => Kind switch
    {
        AudienceKind.Public => "public",
        AudienceKind.Both => "both",
        AudienceKind.Side => $"side:{Who}",
        AudienceKind.People => $"people:{Who}",
    };
}
