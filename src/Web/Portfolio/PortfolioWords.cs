using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Web.Shell;

namespace Entente.Web.Portfolio;

/// <summary>The words of the portfolio as pages write them.</summary>
static class PortfolioWords
{
    static readonly string[] SmallEn = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
        "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen", "Twenty"];

    static readonly string[] SmallFr = ["Aucun", "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze",
        "Treize", "Quatorze", "Quinze", "Seize", "Dix-sept", "Dix-huit", "Dix-neuf", "Vingt"];

    /// <summary>Up to twenty in words with a capital, masculine in French; beyond, in figures.</summary>
    public static string InWords(int n, Reader reader) => n <= 20 ? (reader.French ? SmallFr : SmallEn)[n] : reader.Number(n);

    public static string DateOf(Source source, Reader reader) =>
        source.Date is { } date ? date.In(reader.Lang) : reader.Say(source.DateNote ?? "undated", source.DateNoteFr ?? "sans date");

    public static Said Name(SourceKind kind) => kind switch
    {
        SourceKind.Document => new("document", "document"),
        SourceKind.Register => new("register", "répertoire"),
        SourceKind.Context => new("context", "contexte"),
    };

    public static Said Name(RoleKind kind) => kind switch
    {
        RoleKind.Director => new("director", "directeur"),
        RoleKind.DeputyDirector => new("deputy director", "directeur adjoint"),
        RoleKind.Coordinator => new("coordinator", "coordinateur"),
        RoleKind.AlsoAt => new("also works there", "y travaille aussi"),
    };

    public static Said Name(PartyRole role) => role switch
    {
        PartyRole.Founder => new("founder", "fondateur"),
        PartyRole.Party => new("party", "partie"),
        PartyRole.Supervisor => new("supervising body", "tutelle"),
        PartyRole.Participant => new("participant", "participant"),
        PartyRole.Parent => new("parent", "parent"),
    };

    public static Said Name(SiteKind kind) => kind switch
    {
        SiteKind.Main => new("Place", "Lieu"),
        SiteKind.Mirror => new("Mirror site", "Site miroir"),
        SiteKind.Partner => new("Partner site", "Site partenaire"),
    };

    /// <summary>What a date is the date of; a source that does not say is said to be silent.</summary>
    public static Said Name(DateKind kind) => kind == DateKind.Unspecified
        ? new("dated, of what is not said", "daté, sans dire de quoi") : Core.Portfolio.Disagreements.DateWords(kind);

    public static Said Name(IdentifierScheme scheme) => scheme switch
    {
        IdentifierScheme.Ror => Said.Same("ROR"),
        IdentifierScheme.OpenAlex => Said.Same("OpenAlex"),
        IdentifierScheme.Pic => new("EU participant code (PIC)", "Code participant européen (PIC)"),
        IdentifierScheme.Rnsr => Said.Same("RNSR"),
        IdentifierScheme.Code => Said.Same("Code"),
        IdentifierScheme.FormerCode => new("Former code", "Ancien code"),
    };

    public static Said Name(OrganisationKind kind) => kind switch
    {
        OrganisationKind.Institution => Said.Same("Institution"),
        OrganisationKind.Institute => Said.Same("Institute") with { Fr = "Institut" },
        OrganisationKind.Laboratory => new("Laboratory", "Laboratoire"),
    };

    public static string NameOf(Organisation organisation, Reader reader) => reader.Say(organisation.Name, organisation.NameFr ?? organisation.Name);

    public static string ShortOf(Organisation organisation) => organisation.Short ?? organisation.Name;
}
