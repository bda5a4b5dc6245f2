namespace Entente.Core.Evidence.Measures;

/// <summary>Works with industry, by the type that the source gives each institution it lists.</summary>
static class Industry
{
    public const string Type = "company";

    /// <summary>Says what an institution does, not what it is: universities and companies are told to be it.</summary>
    public const string Role = "funder";

    /// <summary>The name of the detail that tells how many works may be with industry.</summary>
    public const string Detail = "untold";

    /// <summary>Works that list a company.</summary>
    public static SetOfWorks Of(Holding holding) => holding.OfType(Type);

    /// <summary>Of some works those that may be with industry, for all that the source tells, and are not seen to be.</summary>
    public static SetOfWorks Untold(Holding holding, SetOfWorks among) => among.And(holding.MaybeOfType(Type, Role)).Except(Of(holding));

    public static Detail Told(SetOfWorks untold) =>
        new(Detail, new("works with an institution of untold type and no company", "publications avec un établissement de type inconnu et sans entreprise"), untold.Count, "works");
}
