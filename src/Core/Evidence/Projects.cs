using Entente.Core.Evidence.ClickHouse;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>The answer to the figure joint-projects, and the projects that it counts.</summary>
public sealed record ListedProjects(FigureAnswer Answer, JointProjectsCount Counted);

/// <summary>The figure joint-projects: the count of <see cref="JointProjects"/> as an answer with its receipt.</summary>
static class Projects
{
    public static Outcome<FigureAnswer> Ask(Work work, Indicator indicator, Question question, bool receipt)
    {
        var found = Count(work, question);
        if (found.Refusal is { } refusal) return refusal;
        var (counted, a, b) = found.Value;
        var answer = Answer(indicator, counted, a, b);
        return receipt ? answer with { Receipt = ReceiptOf(indicator, question, counted, answer, a, b) } : answer;
    }

    /// <summary>The same with the projects themselves, each with all that is known of it.</summary>
    public static Outcome<ListedProjects> List(Work work, Indicator indicator, Question question)
    {
        var found = Count(work, question);
        if (found.Refusal is { } refusal) return refusal;
        var (counted, a, b) = found.Value;
        return new ListedProjects(Answer(indicator, counted, a, b), counted);
    }

    static Outcome<(JointProjectsCount Counted, Side A, Side B)> Count(Work work, Question question) => Engines.Guard<(JointProjectsCount, Side, Side)>(() =>
    {
        var sides = Find(work, question);
        if (sides.Refusal is { } unknown) return unknown;
        var (a, b) = sides.Value;
        var counted = JointProjects.Count(work, Party(a), Party(b), question.Years, question.Vintage);
        return counted.Refusal is { } refusal ? refusal : (counted.Value, a, b);
    });

    /// <summary>The ids of the projects that the figure counts.</summary>
    public static Outcome<HashSet<string>> Ids(Work work, Question question)
    {
        var found = Count(work, question);
        return found.Refusal is { } refusal ? refusal : found.Value.Counted.Projects.Select(project => project.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Which of these a vintage holds.</summary>
    public static Outcome<HashSet<string>> Held(Work work, string? vintage, IReadOnlyCollection<string> projects)
    {
        var opened = Engines.TakeProjects(work.Folder, vintage);
        if (opened.Refusal is { } none) return none;
        using var held = opened.Value;
        return held.Held(projects);
    }

    /// <summary>The projects behind the figure; those without a known start, in the upper bound of a window only, when asked for.</summary>
    public static Outcome<IReadOnlyList<WorkLine>> Lines(Work work, Question question, bool upper)
    {
        var found = Count(work, question);
        if (found.Refusal is { } refusal) return refusal;
        var counted = found.Value.Counted;
        var lines = counted.Projects.Select(p => Line(p, $"{p.RoleOfA}/{p.RoleOfB}"));
        if (upper) lines = lines.Concat(counted.OnlyInUpper.Select(p => Line(p, "upper-bound-only")));
        return lines.OrderBy(line => line.Id, StringComparer.Ordinal).ToList();
    }

    public static Verifying.Recomputed Recompute(Work work, Receipt receipt, Manifest vintage)
    {
        var window = receipt.Filters is { FirstYear: { } first, LastYear: { } last } ? (Years?)new Years(first, last) : null;
        var (a, b) = (receipt.Organisations[0], receipt.Organisations[1]);
        var counted = JointProjects.Count(work, new(a.Name, a.Pics), new(b.Name, b.Pics), window, vintage.Id).Value;
        return new(counted.Value, counted.Bounds, counted.Digest);
    }

    static Outcome<(Side A, Side B)> Find(Work work, Question question)
    {
        var known = KnownOrganisations.Of(work);
        var a = known.Find(work, question.A!, () => null);
        if (a.Refusal is { } unknownA) return unknownA;
        var b = known.Find(work, question.B!, () => null);
        if (b.Refusal is { } unknownB) return unknownB;
        return a.Value.Organisation == b.Value.Organisation ? Asked.Twice(a.Value) : (a.Value, b.Value);
    }

    static CordisParty Party(Side side) => new(side.Name, side.Pics);

    static FigureAnswer Answer(Indicator indicator, JointProjectsCount counted, Side a, Side b) => new()
    {
        Figure = indicator.Key,
        Value = counted.Value,
        Unit = indicator.Unit,
        Bounds = counted.Bounds,
        Series = counted.Series,
        Breakdown = counted.Breakdown,
        Excluded = new(0, 0, counted.OnlyInUpper.Count),
        Vintage = counted.Vintage.Id,
        Synthetic = counted.Vintage.Synthetic,
        Organisations = [a.Organisation, b.Organisation],
        Coverage = counted.Coverage,
        CoverageReason = counted.Coverage is null ? null : new(
            "The tables were imported as a selection of projects: the figure counts what was imported, and the whole may be more.",
            "Les tables furent importées comme une sélection de projets\u202F: le chiffre compte ce qui fut importé, et le tout peut être plus grand."),
    };

    static Receipt ReceiptOf(Indicator indicator, Question question, JointProjectsCount counted, FigureAnswer answer, Side a, Side b) => Receipts.Seal(new()
    {
        Figure = indicator.Key,
        Definition = Receipts.DefinitionOf(indicator),
        Organisations = [Organisation("A", a), Organisation("B", b)],
        Perimeters = [],
        Vintages = [counted.Vintage.Id],
        Sources = Receipts.SourcesOf(counted.Vintage),
        Synthetic = answer.Synthetic,
        Membership = Membership.Direct,
        Counting = Counting.Full,
        Filters = new(question.Years?.First, question.Years?.Last, "none", "none", "all", null),
        CountryTable = Countries.Version,
        Coverage = answer.Coverage,
        Value = answer.Value,
        Bounds = answer.Bounds,
        Digest = counted.Digest,
        Sql = counted.Sql,
        ClickHouse = ClickHouseSql.Of(indicator, counted.Vintage, a.Pics, b.Pics, question.Years),
    });

    static ReceiptOrganisation Organisation(string side, Side known) => new(side, known.Organisation.Key, known.Organisation.Ror, known.Name, [], known.Pics);

    static WorkLine Line(JointProject project, string countsAs) =>
        new(project.Id, project.Start?.Year, project.Acronym ?? project.Title ?? "", null, project.Programme, 0, false, countsAs)
        {
            Topics = [.. project.Topics.Select(t => t.Code)], Sciences = [.. project.Sciences.Select(s => s.Title)],
        };
}
