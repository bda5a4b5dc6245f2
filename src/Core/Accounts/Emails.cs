using Entente.Core.Kernel;

namespace Entente.Core.Accounts;

/// <summary>An e-mail address as the name to sign in with: compared without regard to capitals.</summary>
public static class Emails
{
    public static string Normal(string email) => email.Trim().ToUpperInvariant();

    public static Refusal? Judge(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var good = at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1 && email.Length <= 254 && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        return good ? null : Refusal.Invalid("email", "This is not an e-mail address. Write it as name@institution.org.",
            "Ce n’est pas une adresse électronique. Écrivez-la ainsi\u202F: nom@institution.org.", "email");
    }
}

/// <summary>The name of a person, as others see it.</summary>
static class Names
{
    public static Refusal? Judge(string name) => name.Length switch
    {
        0 => Refusal.Invalid("name-missing", "Enter your name, as colleagues should see it.", "Indiquez votre nom, tel que vos collègues doivent le voir.", "name"),
        > 200 => Refusal.Invalid("name-long", "The name has more than 200 characters. Shorten it.", "Le nom a plus de 200 caractères. Raccourcissez-le.", "name"),
        _ when name.Any(char.IsControl) => Refusal.Invalid("name-characters", "The name holds characters that cannot be shown. Type it again.",
            "Le nom contient des caractères qui ne peuvent être affichés. Saisissez-le de nouveau.", "name"),
        _ => null,
    };
}
