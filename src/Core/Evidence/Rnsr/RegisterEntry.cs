namespace Entente.Core.Evidence.Rnsr;

/// <summary>A head of a structure. Title is the register's own wording: DIR, DIR-ADJ, Directeur adjoint… or empty.</summary>
public sealed record RegisterHead(string FirstName, string Surname, string Title)
{
    public string Name => $"{FirstName} {Surname}".Trim();

    /// <summary>The title says deputy. Where there is none, nothing is said.</summary>
    public bool IsDeputy => Title.Contains("adj", StringComparison.OrdinalIgnoreCase);

    public bool IsDirector => !IsDeputy && Title.StartsWith("dir", StringComparison.OrdinalIgnoreCase);
}

/// <summary>An establishment behind a structure. Kind is TUTE (supervises) or PART (takes part); Code is the label and number it gives the structure, such as UMI 3654.</summary>
public sealed record RegisterSupervisor(string Name, string Acronym, string Nature, string Kind, string Code, string Uai, string Siret)
{
    public bool Supervises => Kind == "TUTE";
}

/// <summary>Which structure this one follows, how (renouvellement, fusion, éclatement, intégration…), and since when.</summary>
public sealed record RegisterPredecessor(string Number, string Succession, int? Year);

/// <summary>One structure of France's register of public research structures (RNSR), as the register states it.</summary>
public sealed record RegisterEntry
{
    /// <summary>The type of international joint units, whether they are labelled IRL or still UMI.</summary>
    public const string InternationalType = "23";

    /// <summary>National number: year of registration, five digits, a letter.</summary>
    public required string Number { get; init; }
    public required string Name { get; init; }
    public string Acronym { get; init; } = "";

    /// <summary>Year of creation.</summary>
    public int? Year { get; init; }

    /// <summary>Such as Unité mixte, Unité mixte internationale.</summary>
    public string Type { get; init; } = "";
    public string TypeCode { get; init; } = "";
    public string Website { get; init; } = "";
    public string Address { get; init; } = "";
    public string Postcode { get; init; } = "";

    /// <summary>Town, as written; abroad it may be a region or a line of the address.</summary>
    public string Place { get; init; } = "";
    public IReadOnlyList<RegisterHead> Heads { get; init; } = [];
    public IReadOnlyList<RegisterSupervisor> Supervisors { get; init; } = [];
    public IReadOnlyList<string> Parents { get; init; } = [];
    public IReadOnlyList<string> Children { get; init; } = [];
    public IReadOnlyList<RegisterPredecessor> Predecessors { get; init; } = [];
    public IReadOnlyList<string> Domains { get; init; } = [];
    public IReadOnlyList<string> Panels { get; init; } = [];

    /// <summary>The register's own page on the structure.</summary>
    public string Page { get; init; } = "";

    /// <summary>Labels and numbers that its supervisors give it, each once: IRL 3654, UMI 3654.</summary>
    public IReadOnlyList<string> Codes => [.. Supervisors.Select(s => s.Code).Where(code => code.Length > 0).Distinct()];

    public bool IsInternational => TypeCode == InternationalType;

    public bool IsSupervisedBy(string acronym) => Supervisors.Any(s => s.Acronym.Equals(acronym, StringComparison.OrdinalIgnoreCase));
}
