using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>An organisation as CORDIS knows it: its participant codes (nine digits each), as the portfolio gives them.</summary>
public sealed record CordisParty(string Name, IReadOnlyList<string> Pics);

/// <summary>One project in which both take part, with the leading role of each. Programme and Start are null where no row of the project table tells.</summary>
public sealed record JointProject
{
    public required string Id { get; init; }
    public required string RoleOfA { get; init; }
    public required string RoleOfB { get; init; }
    public string? Acronym { get; init; }
    public string? Title { get; init; }
    public string? Programme { get; init; }
    public string? Framework { get; init; }
    public string? Status { get; init; }
    public DateOnly? Start { get; init; }
    public DateOnly? End { get; init; }

    /// <summary>Contributions of the Union in euros over all the parts each takes; null where none is stated.</summary>
    public decimal? ContributionToA { get; init; }
    public decimal? ContributionToB { get; init; }

    /// <summary>What the vintage's tables say it is about, in order of code; empty where they say nothing.</summary>
    public IReadOnlyList<CordisSubject> Topics { get; init; } = [];
    public IReadOnlyList<CordisSubject> Sciences { get; init; } = [];
    public IReadOnlyList<CordisSubject> Bases { get; init; } = [];

    /// <summary>Both take part as coordinator or participant.</summary>
    public bool WithoutPartnerRoles => JointProjects.IsFull(RoleOfA) && JointProjects.IsFull(RoleOfB);
}

/// <summary>The joint projects of a pair, ready for a figure and its receipt.</summary>
public sealed record JointProjectsCount
{
    public required Manifest Vintage { get; init; }
    public required double Value { get; init; }

    /// <summary>Within a window of years, projects whose start is unknown are in the upper bound only.</summary>
    public required Bounds Bounds { get; init; }
    public required IReadOnlyList<YearValue> Series { get; init; }
    public required Breakdown Breakdown { get; init; }

    /// <summary>In ordinal order of id.</summary>
    public required IReadOnlyList<JointProject> Projects { get; init; }

    /// <summary>Those that only the upper bound counts.</summary>
    public required IReadOnlyList<JointProject> OnlyInUpper { get; init; }
    public required string Digest { get; init; }
    public required string Sql { get; init; }

    /// <summary>"selection" when the vintage does not claim to hold every participation; null when it is complete.</summary>
    public string? Coverage => Vintage.Coverage.Kind == CoverageKind.Complete ? null : "selection";
}

/// <summary>
/// Projects of CORDIS in which two organisations take part: distinct project ids that hold a code of each, in any role. Where one
/// takes several parts in a project, its leading role counts: coordinator, participant, associatedPartner, partner,
/// internationalPartner, thirdParty, then any other in order of name.
/// </summary>
public static class JointProjects
{
    const string Unknown = "unknown";
    static readonly string[] Lead = ["coordinator", "participant", "associatedPartner", "partner", "internationalPartner", "thirdParty"];

    public static Outcome<JointProjectsCount> Count(Work work, CordisParty a, CordisParty b, Years? years, string? vintage)
    {
        if (NoPic(a) is { } noA) return noA;
        if (NoPic(b) is { } noB) return noB;
        var opened = Engines.TakeProjects(work.Folder, vintage);
        if (opened.Refusal is { } none) return none;
        using var held = opened.Value;
        return Answer(held.Manifest, [.. held.Joint(a.Pics, b.Pics, years).Select(project => Joint(project, a, b))], held.Kinds, a, b, years);
    }

    public static bool IsFull(string role) => role is "coordinator" or "participant";

    /// <summary>The receipt's digest: SHA-256 of the ids in ordinal order, each followed by a newline.</summary>
    public static string DigestOf(IEnumerable<string> ids) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Concat(ids.Order(StringComparer.Ordinal).Select(id => id + "\n")))));

    static JointProject Joint(HeldProject project, CordisParty a, CordisParty b)
    {
        var (left, right) = (Parts(project, a), Parts(project, b));
        var about = project.Subjects.ToLookup(s => s.Kind);
        return new()
        {
            Id = project.Id,
            RoleOfA = Leading(left),
            RoleOfB = Leading(right),
            Acronym = project.Row?.Acronym,
            Title = project.Row?.Title,
            Programme = project.Row?.LegalBasis is { Length: > 0 } basis ? basis : null,
            Framework = project.Row?.Framework,
            Status = project.Row?.Status,
            Start = project.Row?.Start,
            End = project.Row?.End,
            ContributionToA = Sum(left),
            ContributionToB = Sum(right),
            Topics = [.. about[SubjectKind.Topic]],
            Sciences = [.. about[SubjectKind.Science]],
            Bases = [.. about[SubjectKind.Basis]],
        };
    }

    static List<ProjectPart> Parts(HeldProject project, CordisParty party) => [.. project.Parts.Where(p => party.Pics.Contains(p.Pic))];

    static string Leading(IEnumerable<ProjectPart> parts) => parts.Select(p => p.Role)
        .MinBy(role => (Array.IndexOf(Lead, role) is var at and >= 0 ? at : Lead.Length, role), Comparer<(int, string)>.Create(
            (x, y) => x.Item1 != y.Item1 ? x.Item1.CompareTo(y.Item1) : string.CompareOrdinal(x.Item2, y.Item2)))!;

    static decimal? Sum(IEnumerable<ProjectPart> parts) =>
        parts.Where(p => p.Contribution is not null).Select(p => p.Contribution).Aggregate((decimal?)null, (sum, c) => (sum ?? 0) + c);

    static JointProjectsCount Answer(Manifest manifest, List<JointProject> all, IReadOnlySet<SubjectKind> kinds, CordisParty a, CordisParty b, Years? years)
    {
        var counted = years is null ? all : all.FindAll(p => p.Start is not null);
        var unknown = years is null ? [] : all.FindAll(p => p.Start is null);
        return new()
        {
            Vintage = manifest,
            Value = counted.Count,
            Bounds = new(counted.Count, counted.Count + unknown.Count),
            Series = Series(counted, years),
            Breakdown = new()
            {
                All = counted.Count,
                WithoutPartnerRoles = counted.Count(p => p.WithoutPartnerRoles),
                ByRole = Counts(counted, p => $"{p.RoleOfA}/{p.RoleOfB}"),
                ByProgramme = Counts(counted, p => p.Programme ?? Unknown),
                ByYear = Counts(counted, p => p.Start?.Year.ToString(CultureInfo.InvariantCulture) ?? Unknown),
                ByScience = kinds.Contains(SubjectKind.Science) ? ByScience(counted) : null,
            },
            Projects = counted,
            OnlyInUpper = unknown,
            Digest = DigestOf(counted.Select(p => p.Id)),
            Sql = CordisSql.Of(a.Pics, b.Pics, years),
        };
    }

    static IReadOnlyList<YearValue> Series(List<JointProject> counted, Years? years)
    {
        var starts = counted.Where(p => p.Start is not null).GroupBy(p => p.Start!.Value.Year).ToDictionary(g => g.Key, g => g.Count());
        if (years is null && starts.Count == 0) return [];
        var window = years ?? new Years(starts.Keys.Min(), starts.Keys.Max());
        return [.. Enumerable.Range(window.First, window.Count).Select(year => new YearValue(year, starts.GetValueOrDefault(year)))];
    }

    static SortedDictionary<string, long> Counts(IEnumerable<JointProject> projects, Func<JointProject, string> key) =>
        new(projects.GroupBy(key).ToDictionary(g => g.Key, g => (long)g.Count()), StringComparer.Ordinal);

    // A project of two areas counts in each.
    static SortedDictionary<string, long> ByScience(IEnumerable<JointProject> projects) => new(projects
        .SelectMany(p => p.Sciences.Select(s => s.Area ?? Unknown).Distinct().DefaultIfEmpty(Unknown))
        .GroupBy(area => area).ToDictionary(g => g.Key, g => (long)g.Count()), StringComparer.Ordinal);

    static Refusal? NoPic(CordisParty party) => party.Pics.Count > 0 ? null : Refusal.Invalid("no-pic",
        $"No PIC known for {party.Name}: without the participant code that the EU gave it, its projects cannot be told. Add the code to the portfolio.",
        $"Aucun PIC connu pour {party.Name}\u202F: sans le code de participant que l’UE lui a donné, on ne peut dire quels sont ses projets. Ajoutez le code au portefeuille.");
}
