using Entente.Core.Kernel;

namespace Entente.Core.Accounts.Personal;

/// <summary>How the column of a table says whose a row is.</summary>
public enum Tie
{
    /// <summary>The number of an account.</summary>
    Account,

    /// <summary>An e-mail address, in any case.</summary>
    Address,

    /// <summary>The hash of an e-mail address as it was typed to sign in.</summary>
    AddressHash,

    /// <summary>The key of a person of the portfolio.</summary>
    Person,

    /// <summary>account/NUMBER, as the journal names who acted.</summary>
    Actor,
}

/// <summary>What becomes of rows and columns when a person is erased.</summary>
public enum Fate
{
    /// <summary>The whole row goes.</summary>
    Gone,

    /// <summary>The row stays, for counts and for what refers to it, under a number or key that tells nothing; its words go.</summary>
    Nameless,

    /// <summary>Words about the person go out of the journal; its hashes stay.</summary>
    Wordless,

    /// <summary>Stays as it is: the record or the law needs it, and the page says so.</summary>
    Stays,
}

/// <summary>What one table keeps of people: printed on the page, exported to the person, and followed when a person is erased.</summary>
/// <param name="Table">as the store calls it</param>
/// <param name="Ties">columns that say whose a row is; a row is somebody's where any of them does</param>
/// <param name="Texts">columns that hold words of or about the person</param>
/// <param name="Secrets">columns that prove who somebody is: kept as hashes or sealed, never shown or exported</param>
/// <param name="What">what is kept</param>
/// <param name="Why">what for</param>
/// <param name="Until">for how long</param>
/// <param name="Seen">who can see it</param>
public sealed record PersonalTable(
    string Table, Fate Fate, IReadOnlyDictionary<string, Tie> Ties, IReadOnlyList<string> Texts, IReadOnlyList<string> Secrets, Said What, Said Why, Said Until, Said Seen);
