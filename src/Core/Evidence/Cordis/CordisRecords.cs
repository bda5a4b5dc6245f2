namespace Entente.Core.Evidence.Cordis;

/// <summary>One organisation's part in one project. Texts are as stated, empty where the table says nothing. Country is CORDIS's code: UK, EL.</summary>
public sealed record Participation
{
    public required string Project { get; init; }

    /// <summary>Participant code of the organisation (nine digits).</summary>
    public required string Pic { get; init; }
    public required string Name { get; init; }
    public string ShortName { get; init; } = "";

    /// <summary>coordinator, participant, partner, associatedPartner, thirdParty, internationalPartner… as stated.</summary>
    public required string Role { get; init; }
    public int? Order { get; init; }
    public string Country { get; init; } = "";

    /// <summary>By which a code is held to be an organisation's: town, host of its web page and tax number; empty in a row that was put back, since they may have slipped too.</summary>
    public string City { get; init; } = "";
    public string Host { get; init; } = "";
    public string Vat { get; init; } = "";
    public string Activity { get; init; } = "";
    public bool? Sme { get; init; }
    public bool? Active { get; init; }
    public bool? Ended { get; init; }

    /// <summary>Contribution of the Union in euros; null where none is stated, which is not zero.</summary>
    public decimal? Contribution { get; init; }
    public DateTime? Updated { get; init; }

    /// <summary>The row had slipped sideways and was put back: see <see cref="CordisRow.Lay"/>.</summary>
    public bool Repaired { get; init; }

    public static Participation From(CordisRow row) => new()
    {
        Project = row["projectID"],
        Pic = row["organisationID"],
        Name = row["name"],
        ShortName = row["shortName"],
        Role = row["role"],
        Order = row["order"].Length is > 0 and < 10 ? int.Parse(row["order"], System.Globalization.CultureInfo.InvariantCulture) : null,
        Country = row["country"],
        City = row.Repaired ? "" : row["city"],
        Host = row.Repaired ? "" : WebHost.Of(row["organizationURL"]) ?? "",
        Vat = row.Repaired ? "" : row["vatNumber"],
        Activity = row["activityType"],
        Sme = CordisForms.Flag(row["SME"]),
        Active = CordisForms.Flag(row["active"]),
        Ended = CordisForms.Flag(row["endOfParticipation"]),
        Contribution = CordisForms.Amount(row["ecContribution"]),
        Updated = CordisForms.Instant(row["contentUpdateDate"]),
        Repaired = row.Repaired,
    };
}

public sealed record CordisProject
{
    public required string Id { get; init; }
    public string Acronym { get; init; } = "";
    public string Title { get; init; } = "";
    public string Status { get; init; } = "";

    /// <summary>The part of the programme that pays, such as H2020-EU.1.1.; several stand side by side, as stated.</summary>
    public string LegalBasis { get; init; } = "";
    public string Framework { get; init; } = "";
    public DateOnly? Start { get; init; }
    public DateOnly? End { get; init; }
    public DateTime? Updated { get; init; }
    public bool Repaired { get; init; }

    public static CordisProject From(CordisRow row) => new()
    {
        Id = row["id"],
        Acronym = row["acronym"],
        Title = row["title"],
        Status = row["status"],
        LegalBasis = row["legalBasis"],
        Framework = row["frameworkProgramme"],
        Start = Day(row["startDate"]),
        End = Day(row["endDate"]),
        Updated = CordisForms.Instant(row["contentUpdateDate"]),
        Repaired = row.Repaired,
    };

    static DateOnly? Day(string value) => CordisForms.Instant(value) is { } instant ? DateOnly.FromDateTime(instant) : null;
}
