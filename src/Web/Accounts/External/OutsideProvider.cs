using System.Globalization;

namespace Entente.Web.Accounts.External;

/// <summary>OpenIdConnect: any provider that describes itself. Orcid: the register of researchers, whose token answer names the iD.</summary>
public enum OutsideKind { OpenIdConnect, Orcid }

/// <summary>
/// Somebody else who can say who a person is. Set by the administrator of the installation in the environment, secret included: the
/// record and its backups never hold it. A class, so that nothing prints its fields by itself.
/// </summary>
public sealed class OutsideProvider
{
    /// <summary>As in addresses: lower case letters, digits and hyphens.</summary>
    public required string Key { get; init; }
    public required OutsideKind Kind { get; init; }

    /// <summary>As people know it.</summary>
    public required string Name { get; init; }

    /// <summary>Exactly as the provider writes it; with the subject it names a person. Of ORCID: its address.</summary>
    public required string Issuer { get; init; }
    public required string Client { get; init; }
    public required string Secret { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }

    public string Back => $"/sign-in/with/{Key}/back";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Key}");
}
