using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Entente.Core.Evidence.Cordis;
using Entente.Core.Evidence.Ror;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>Why a participant code (PIC) of CORDIS may be an organisation's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CodeGround>))]
public enum CodeGround
{
    /// <summary>The portfolio says so: somebody decided it.</summary>
    [JsonStringEnumMemberName("decision")] Decision,
    /// <summary>It bears the tax number of a code that was decided.</summary>
    [JsonStringEnumMemberName("identifier")] Identifier,
    [JsonStringEnumMemberName("website")] Website,
    [JsonStringEnumMemberName("name")] Name,
    [JsonStringEnumMemberName("acronym")] Acronym,
    /// <summary>Same town, in support of another ground; alone it says nothing.</summary>
    [JsonStringEnumMemberName("address")] Address,
}

/// <summary>A code that is, or may be, an organisation's, and what counts would come of it.</summary>
/// <param name="Confidence">1 for a decision; else from the grounds, at most 0.99: by rule, not measured</param>
/// <param name="Counted">whether figures count it: only what was decided is</param>
/// <param name="Projects">distinct projects with this code</param>
/// <param name="Joint">with another organisation: of these, the joint projects that no other counted code makes joint</param>
public sealed record CodeLink(string Pic, string Name, string Country, string City, IReadOnlyList<CodeGround> Grounds, double Confidence, bool Counted, long Projects, long? Joint);

/// <summary>The codes of an organisation, the surest first.</summary>
public sealed record CodeLinks(string Organisation, string? Ror, string? With, string Vintage, string? Release, IReadOnlyList<CodeLink> Links);

/// <summary>
/// Which participant codes of CORDIS are an organisation's, and on what evidence. Nothing here changes a figure: those count the codes that the portfolio gives, and
/// whoever accepts a link enters the code there.
/// </summary>
public static class ParticipantCodes
{
    static readonly (CodeGround Ground, double Weight)[] Weights =
        [(CodeGround.Identifier, 0.9), (CodeGround.Website, 0.8), (CodeGround.Name, 0.8), (CodeGround.Acronym, 0.3), (CodeGround.Address, 0.3)];

    const double MostConfident = 0.99, Least = 0.3;

    public static Outcome<CodeLinks> Of(Work work, string organisation, string? with, string? vintage)
    {
        var known = KnownOrganisations.Of(work);
        var found = known.Find(work, organisation, () => null);
        if (found.Refusal is { } unknown) return unknown;
        var other = with is null ? null : (Outcome<Side>?)known.Find(work, with, () => null);
        if (other?.Refusal is { } unknownOther) return unknownOther;
        if (other is { } b && b.Value.Organisation == found.Value.Organisation) return Asked.Twice(b.Value);
        var manifest = Vintages.Find(work.Folder, VintageKind.Cordis, vintage);
        if (manifest.Refusal is { } none) return none;
        using var tables = CordisTables.Open(work.Folder, manifest.Value);
        var (record, release) = InRor(work, found.Value.Organisation.Ror);
        var links = Links(tables, new Described(found.Value, record), other?.Value);
        return new CodeLinks(found.Value.Name, found.Value.Organisation.Ror, other?.Value.Name, manifest.Value.Id, release, links);
    }

    static (RorOrganisation?, string?) InRor(Work work, string? ror)
    {
        if (ror is null) return default;
        foreach (var manifest in Perimeters.Releases(work.Folder))
        {
            using var release = RorRelease.Open(work.Folder, manifest);
            if (release.Find(ror) is { } record) return (record, release.Name);
        }
        return default;
    }

    static List<CodeLink> Links(CordisTables tables, Described organisation, Side? other)
    {
        var decided = organisation.Side.Pics.SelectMany(tables.Of).ToList();
        var vats = decided.Select(p => TaxNumber(p.Vat)).Where(vat => vat.Length > 4).ToHashSet(StringComparer.Ordinal);
        var theirs = other is null ? null : other.Pics.SelectMany(tables.Of).Select(p => p.Project).ToHashSet(StringComparer.Ordinal);
        var joint = decided.Select(p => p.Project).ToHashSet(StringComparer.Ordinal);
        var links = new List<CodeLink>();
        foreach (var parts in tables.Codes())
        {
            var counted = organisation.Side.Pics.Contains(parts[0].Pic, StringComparer.Ordinal);
            var grounds = Grounds(organisation, parts, vats, counted);
            var confidence = counted ? 1 : Confidence(grounds);
            if (confidence < Least) continue;
            var projects = parts.Select(p => p.Project).Distinct(StringComparer.Ordinal).ToList();
            // What the code adds where it is not counted yet, and what would go without it where it is.
            var without = counted ? decided.Where(p => p.Pic != parts[0].Pic).Select(p => p.Project).ToHashSet(StringComparer.Ordinal) : joint;
            var latest = parts.MaxBy(p => (p.Updated ?? default, p.Project))!;
            links.Add(new(parts[0].Pic, latest.Name, latest.Country, latest.City, grounds, confidence, counted, projects.Count,
                theirs is null ? null : projects.Count(project => theirs.Contains(project) && !without.Contains(project))));
        }
        // A code that was decided and takes no part here is told all the same.
        links.AddRange(organisation.Side.Pics.Except(links.Select(link => link.Pic))
            .Select(pic => new CodeLink(pic, organisation.Side.Name, "", "", [CodeGround.Decision], 1, true, 0, theirs is null ? null : 0)));
        return [.. links.OrderByDescending(link => link.Confidence).ThenByDescending(link => link.Projects).ThenBy(link => link.Pic, StringComparer.Ordinal)];
    }

    static List<CodeGround> Grounds(Described organisation, IReadOnlyList<Participation> parts, HashSet<string> vats, bool counted)
    {
        var grounds = new List<CodeGround>();
        if (counted) grounds.Add(CodeGround.Decision);
        else if (parts.Any(p => vats.Contains(TaxNumber(p.Vat)))) grounds.Add(CodeGround.Identifier);
        if (parts.Any(p => organisation.Hosts.Contains(p.Host))) grounds.Add(CodeGround.Website);
        // A name is not borne by one country's bodies alone: elsewhere it says nothing.
        if (!parts.Any(p => organisation.IsIn(p.Country))) return grounds;
        if (parts.Any(p => organisation.Names.Contains(Folded(p.Name)))) grounds.Add(CodeGround.Name);
        else if (parts.Any(p => organisation.Acronyms.Contains(Folded(p.ShortName)) || organisation.Acronyms.Contains(Folded(p.Name)))) grounds.Add(CodeGround.Acronym);
        if (grounds.Count > 0 && parts.Any(p => organisation.City is { } city && Folded(p.City) == city)) grounds.Add(CodeGround.Address);
        return grounds;
    }

    static double Confidence(List<CodeGround> grounds)
    {
        var doubt = 1.0;
        foreach (var (ground, weight) in Weights)
            if (grounds.Contains(ground)) doubt *= 1 - weight;
        return Math.Min(MostConfident, Math.Round(1 - doubt, 2));
    }

    static string TaxNumber(string text) => Folded(text).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Letters and digits without accents, in lower case, with one blank between words.</summary>
    internal static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormD))
            if (char.IsLetterOrDigit(sign)) folded.Append(char.ToLowerInvariant(sign));
            else if (CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark && folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        return folded.ToString().TrimEnd();
    }

    /// <summary>What is known of an organisation, as it can be found again in CORDIS.</summary>
    sealed class Described
    {
        public Described(Side side, RorOrganisation? record)
        {
            Side = side;
            Names.Add(Folded(side.Name));
            foreach (var name in record?.Names ?? [])
                (name.Kinds == RorNameKinds.Acronym ? Acronyms : Names).Add(Folded(name.Value));
            Names.Remove("");
            Acronyms.Remove("");
            Hosts = [.. record?.Hosts ?? []];
            (_country, City) = (Countries.Statistical(record?.Country), record?.City is { Length: > 0 } city ? Folded(city) : null);
        }

        readonly string? _country;

        public Side Side { get; }
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);
        public HashSet<string> Acronyms { get; } = new(StringComparer.Ordinal);
        public HashSet<string> Hosts { get; }
        public string? City { get; }

        public bool IsIn(string country) => _country is null || Countries.Statistical(country) == _country;
    }
}
