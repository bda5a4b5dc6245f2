using Entente.Core.Portfolio.Editing;
using Entente.Web.Accounts;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio.Editing;

/// <summary>A component of editing: it knows the words of every field.</summary>
public abstract class EditPiece : PortfolioPiece
{
    protected string LabelOf(string table, string column) => L.Say(FieldWords.Label(table, column));

    /// <summary>The name of a record by its address; the address where the reader may not know it.</summary>
    protected string NameOf(string record) => record.Split('/') is [var table, var key] ? FieldOptions.NameOfKey(Record, table, key, L) : record;
}

/// <summary>Who did something, in words.</summary>
public static class ActedWords
{
    public static string In(this Acted acted, Reader l)
    {
        if (acted.Account is null)
            return acted.Id switch
            {
                "command line" => l.Say("the command line", "la ligne de commande"),
                "entente" => l.Say("Entente itself", "Entente elle-même"),
                "reader" => l.Say("somebody not signed in", "quelqu’un sans connexion"),
                _ => acted.Id,
            };
        var role = acted.Role is { } held ? l.Say(AccountWords.Name(held)) + (acted.Side is { } side ? l.Say($" for {side}", $" pour {side}") : "") : null;
        return (acted.Name, role) switch
        {
            ({ } name, { } does) => $"{name}, {does}",
            ({ } name, null) => name,
            (null, { } does) => l.Say($"a {does}", $"un {does}"),
            _ => l.Say($"account {acted.Account}", $"compte {acted.Account}"),
        };
    }
}
