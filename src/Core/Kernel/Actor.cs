namespace Entente.Core.Kernel;

/// <summary>What a person can be, on behalf of a side. What each may do is the table of Accounts/Permissions.</summary>
public enum AccountRole { Administrator, PartnershipOfficer, Coordinator, CallManager, Reviewer, PanelMember, Applicant, Reader }

/// <summary>One role that a person holds. Side and scope belong to the role, not to the person, who may hold roles on both sides.</summary>
/// <param name="Side">key of the partner on whose behalf; null for the installation as a whole, which opens no side's private notes</param>
/// <param name="Scope">structures/KEY or calls/KEY that it is limited to; null for everything of the side</param>
public sealed record Grant(AccountRole Role, string? Side, string? Scope)
{
    /// <summary>True where the role reaches a record of these sides. Null sides: the record belongs to no side, such as a source.</summary>
    public bool Reaches(IReadOnlyCollection<string>? sides, string? scope) =>
        (Side is null || sides is null || sides.Contains(Side)) && (Scope is null || Scope == scope);
}

/// <summary>Who acts. What a person may do is the union of the roles held.</summary>
public sealed record Actor(string Name)
{
    /// <summary>Null for whoever has not signed in, and for the program itself.</summary>
    public int? Account { get; init; }
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>True for whoever holds the data folder itself: the command line can do anything to it with any tool.</summary>
    public bool Operator { get; private init; }

    /// <summary>How the journal names the actor: a number where a person could be meant, so that erasing the person keeps the chain.</summary>
    public string Id => Account is { } account ? $"account/{account}" : Name;

    public IEnumerable<string> Sides => Grants.Select(g => g.Side).OfType<string>().Distinct();

    public static Actor CommandLine { get; } = new("command line") { Operator = true };
    public static Actor Program { get; } = new("entente") { Operator = true };

    /// <summary>Whoever reads without signing in.</summary>
    public static Actor Anyone { get; } = new("reader");
}
