using Entente.Core.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Entente.Core.Accounts;

/// <summary>
/// A person who may sign in. The e-mail address is the name of the account; what the person may do stands in the grants. Failed
/// attempts are counted apart (SignInAttempt), so that nothing here changes when a stranger guesses.
/// </summary>
public sealed class Account : IdentityUser<int>
{
    /// <summary>The name that others see.</summary>
    public required string Name { get; set; }

    public DateTimeOffset Created { get; init; }

    /// <summary>When the account was closed: it can no longer sign in. The journal still names it by number.</summary>
    public DateTimeOffset? Closed { get; set; }

    /// <summary>Hashes of the authenticator codes that were accepted last, the newest first: a code is good once.</summary>
    public string? LastCode { get; set; }

    // The e-mail address is the only name to sign in with.
    public override string? UserName { get => Email; set => Email = value; }
    public override string? NormalizedUserName { get => NormalizedEmail; set => NormalizedEmail = value; }

    /// <summary>How the journal and pages address it.</summary>
    public static string SubjectOf(int id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"accounts/{id}");

    public string Subject => SubjectOf(Id);
}

/// <summary>One role of one account: a row of what <see cref="Kernel.Grant"/> is made from.</summary>
public sealed class RoleGrant
{
    public int Id { get; init; }
    public int Account { get; init; }
    public required AccountRole Role { get; init; }
    public string? Side { get; init; }
    public string? Scope { get; init; }

    public Grant Grant => new(Role, Side, Scope);
}

/// <summary>First: makes the first administrator. Invitation: makes an account with a role. Recovery: opens an account that is locked out.</summary>
public enum InvitationKind { First, Invitation, Recovery }

/// <summary>A link that is good once and for a time. Only the hash of its key is kept.</summary>
public sealed class Invitation
{
    public int Id { get; init; }
    public required string KeyHash { get; init; }
    public required InvitationKind Kind { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }
    public AccountRole? Role { get; init; }
    public string? Side { get; init; }
    public string? Scope { get; init; }

    /// <summary>The account that a recovery opens.</summary>
    public int? Account { get; init; }
    public required DateTimeOffset Made { get; init; }
    public int? MadeBy { get; init; }
    public required DateTimeOffset Expires { get; init; }
    public DateTimeOffset? Used { get; set; }
    public int? UsedBy { get; set; }
    public DateTimeOffset? Withdrawn { get; set; }

    public bool OpenAt(DateTimeOffset now) => Used is null && Withdrawn is null && now < Expires;
}

/// <summary>How a person proved to be the one: said on the list of sessions.</summary>
public enum SignInMethod { Password, PasswordAndCode, PasswordAndRecoveryCode, Passkey, Invitation, Provider }

/// <summary>One browser that is signed in. The browser holds a random key, of which the hash is kept here.</summary>
public sealed class Session
{
    public int Id { get; init; }
    public required string KeyHash { get; init; }
    public required int Account { get; init; }

    /// <summary>The account's stamp when it signed in: a new stamp ends every session that bears the old one.</summary>
    public required string SecurityStamp { get; set; }
    public required SignInMethod Method { get; init; }
    public string? Agent { get; init; }
    public string? Address { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset LastSeen { get; init; }
    public required DateTimeOffset Expires { get; init; }
}

/// <summary>One try that did not pass, or not yet. Counted in the store, so that several nodes count together; kept for a day.</summary>
public sealed class SignInAttempt
{
    public int Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Address { get; init; }

    /// <summary>Hash of what was typed as the account's name, whether there is such an account or not.</summary>
    public string? Who { get; init; }
}

/// <summary>A key with which the hosts protect cookies and forms; in the store, so that several nodes share it.</summary>
public sealed class ProtectionKey
{
    public int Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
    public required DateTimeOffset Made { get; init; }
}
