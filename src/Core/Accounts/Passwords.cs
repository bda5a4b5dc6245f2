using Entente.Core.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Entente.Core.Accounts;

/// <summary>Passwords are long, and kept as slow hashes. An unknown account costs as much time as a wrong password.</summary>
public static class Passwords
{
    const int Shortest = 12, Longest = 256;

    internal static PasswordHasher<Account> Hasher { get; } = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    static readonly Account Nobody = new() { Name = "nobody" };
    static readonly string NobodysHash = Hasher.HashPassword(Nobody, Secrets.NewKey());

    public static string Hash(Account account, string password) => Hasher.HashPassword(account, password);

    /// <summary>True where the password is the account's. Does the same work where there is no account, or one without password.</summary>
    public static bool Matches(Account? account, string password)
    {
        // More than a password can be is not worth the work of hashing.
        if (password.Length > Longest) password = "";
        var kept = account?.PasswordHash;
        return Hasher.VerifyHashedPassword(account ?? Nobody, kept ?? NobodysHash, password) != PasswordVerificationResult.Failed && kept is not null;
    }

    /// <summary>Null where it will do as a password of this person.</summary>
    public static Refusal? Judge(string password, string email, string name)
    {
        if (password.Length < Shortest)
            return Refusal.Invalid("password-short", $"The password has fewer than {Shortest} characters. Several words in a row are easy to remember.",
                $"Le mot de passe a moins de {Shortest} caractères. Plusieurs mots à la suite se retiennent bien.", "password");
        if (password.Length > Longest)
            return Refusal.Invalid("password-long", $"The password has more than {Longest} characters. Use a shorter one.",
                $"Le mot de passe a plus de {Longest} caractères. Choisissez-en un plus court.", "password");
        if (password.Distinct().Count() < 5 || Holds(password, email) || Holds(password, email.Split('@')[0]) || Holds(password, name))
            return Refusal.Invalid("password-easy", "This password is easy to guess: it repeats a few characters, or holds your name or address.",
                "Ce mot de passe est facile à deviner\u202F: il répète quelques caractères, ou contient votre nom ou votre adresse.", "password");
        return null;
    }

    static bool Holds(string password, string part) => part.Length >= 4 && password.Contains(part, StringComparison.OrdinalIgnoreCase);
}
