using System.Globalization;
using System.Text;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Entente.Engine.Segments;

namespace Entente.Core.Evidence.Cordis;

/// <summary>The participations and projects of one CORDIS vintage, and what the projects are about, read from its segments as they are asked for.</summary>
sealed class CordisTables : HeldProjects
{
    readonly Segment _participations, _projects;

    // Vintages of before have none.
    readonly Segment? _subjects;

    CordisTables(Manifest manifest, Segment participations, Segment projects, Segment? subjects) =>
        (Manifest, _participations, _projects, _subjects) = (manifest, participations, projects, subjects);

    public override Manifest Manifest { get; }

    // Opened once: an organisation may take part in ten thousand projects.
    PartTexts Parts => field ??= new(_participations);

    sealed class PartTexts(Segment parts)
    {
        public TextColumn Pic { get; } = parts.Text("pic");
        public TextColumn Project { get; } = parts.Text("project");
        public TextColumn Name { get; } = parts.Text("name");
        public TextColumn ShortName { get; } = parts.Text("short_name");
        public TextColumn Role { get; } = parts.Text("role");
        public TextColumn Country { get; } = parts.Text("country");
        public TextColumn Activity { get; } = parts.Text("activity");
        public TextColumn Contribution { get; } = parts.Text("contribution");

        // Vintages of before do not have these.
        public TextColumn? City { get; } = Late(parts, "city");
        public TextColumn? Host { get; } = Late(parts, "host");
        public TextColumn? Vat { get; } = Late(parts, "vat");

        static TextColumn? Late(Segment parts, string column) => parts.Has(column) ? parts.Text(column) : null;
    }

    /// <summary>Opens a CORDIS vintage. The caller disposes it.</summary>
    /// <exception cref="Kernel.BrokenWorldException">A segment is damaged or gone.</exception>
    public static CordisTables Open(DataFolder folder, Manifest manifest)
    {
        var participations = Vintages.OpenSegment(folder, manifest, CordisSegments.Participations);
        var projects = Vintages.OpenSegment(folder, manifest, CordisSegments.Projects);
        return new(manifest, participations, projects, manifest.Segments.Contains(CordisSegments.Subjects) ? Vintages.OpenSegment(folder, manifest, CordisSegments.Subjects) : null);
    }

    /// <summary>The parts that an organisation takes, in order of project, role and order. Empty when its code is not in the tables.</summary>
    public IReadOnlyList<Participation> Of(string pic) => Vintages.Guard<IReadOnlyList<Participation>>(Manifest, () =>
    {
        var codes = Parts.Pic;
        var found = new List<Participation>();
        for (var row = First(codes, pic); row < codes.Count && codes[row] == pic; row++) found.Add(At(row));
        return found;
    });

    public override IReadOnlyList<HeldProject> Joint(IReadOnlyList<string> a, IReadOnlyList<string> b, Years? years)
    {
        var found = new List<HeldProject>();
        var joint = a.Union(b).SelectMany(Of).GroupBy(p => p.Project).Where(parts => parts.Any(p => a.Contains(p.Pic)) && parts.Any(p => b.Contains(p.Pic)));
        foreach (var parts in joint.OrderBy(parts => parts.Key, StringComparer.Ordinal))
        {
            var row = Project(parts.Key);
            if (years is { } window && row?.Start is { } start && !window.Contains(start.Year)) continue;
            found.Add(new(parts.Key, [.. parts.Select(p => new ProjectPart(p.Pic, p.Role, p.Contribution))], row, [.. SubjectsOf(parts.Key).Select(s => s.About)]));
        }
        return found;
    }

    public override HashSet<string> Held(IReadOnlyCollection<string> projects)
    {
        var found = projects.Where(id => Project(id) is not null).ToHashSet(StringComparer.Ordinal);
        var open = projects.Except(found).ToHashSet(StringComparer.Ordinal);
        if (open.Count > 0) found.UnionWith(Participations().Select(part => part.Project).Where(open.Contains));
        return found;
    }

    /// <summary>Every participant code with the parts that it takes, in order of code.</summary>
    public IEnumerable<IReadOnlyList<Participation>> Codes()
    {
        var parts = new List<Participation>();
        foreach (var part in Participations())
        {
            if (parts.Count > 0 && parts[0].Pic != part.Pic)
            {
                yield return parts;
                parts = [];
            }
            parts.Add(part);
        }
        if (parts.Count > 0) yield return parts;
    }

    public IEnumerable<Participation> Participations() =>
        Enumerable.Range(0, Vintages.Guard(Manifest, () => _participations.Text("pic").Count)).Select(row => Vintages.Guard(Manifest, () => At(row)));

    public IEnumerable<CordisProject> Projects() =>
        Enumerable.Range(0, Vintages.Guard(Manifest, () => _projects.Text("id").Count)).Select(row => Vintages.Guard(Manifest, () => ProjectAt(row)));

    /// <summary>The row of the project table; null where the vintage has none for this id.</summary>
    public CordisProject? Project(string id) => Vintages.Guard(Manifest, () =>
    {
        var ids = _projects.Text("id");
        var row = First(ids, id);
        return row < ids.Count && ids[row] == id ? ProjectAt(row) : null;
    });

    public override IReadOnlySet<SubjectKind> Kinds => Vintages.Guard<IReadOnlySet<SubjectKind>>(Manifest, () =>
        _subjects is null ? new HashSet<SubjectKind>() : [.. _subjects.Column<byte>("subject_kind").ToArray().Select(kind => (SubjectKind)kind)]);

    /// <summary>What a project is about, in order of kind and code. Empty where the vintage does not say.</summary>
    public IReadOnlyList<ProjectSubject> SubjectsOf(string project) => Vintages.Guard<IReadOnlyList<ProjectSubject>>(Manifest, () =>
    {
        if (_subjects is null) return [];
        var projects = _subjects.Text("project");
        var found = new List<ProjectSubject>();
        for (var row = First(projects, project); row < projects.Count && projects[row] == project; row++) found.Add(SubjectAt(_subjects, row));
        return found;
    });

    /// <summary>Every row on what a project is about, in order of project, kind and code.</summary>
    public IEnumerable<ProjectSubject> Subjects() => _subjects is not { } subjects ? []
        : Enumerable.Range(0, Vintages.Guard(Manifest, () => subjects.Text("project").Count)).Select(row => Vintages.Guard(Manifest, () => SubjectAt(subjects, row)));

    // The first row whose text is not before the one sought.
    static int First(TextColumn sorted, string sought)
    {
        var wanted = Encoding.UTF8.GetBytes(sought);
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted.Utf8(middle).SequenceCompareTo(wanted) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    Participation At(int row) => new()
    {
        Pic = Parts.Pic[row],
        Project = Parts.Project[row],
        Name = Parts.Name[row],
        ShortName = Parts.ShortName[row],
        Role = Parts.Role[row],
        Order = _participations.Column<int>("order")[row] is var order and >= 0 ? order : null,
        Country = Parts.Country[row],
        City = Parts.City?[row] ?? "",
        Host = Parts.Host?[row] ?? "",
        Vat = Parts.Vat?[row] ?? "",
        Activity = Parts.Activity[row],
        Sme = Flag("sme", row),
        Active = Flag("active", row),
        Ended = Flag("ended", row),
        Contribution = Parts.Contribution[row] is { Length: > 0 } amount ? decimal.Parse(amount, CultureInfo.InvariantCulture) : null,
        Updated = Instant(_participations.Column<long>("updated")[row]),
        Repaired = Flag("repaired", row) is true,
    };

    CordisProject ProjectAt(int row) => new()
    {
        Id = _projects.Text("id")[row],
        Acronym = _projects.Text("acronym")[row],
        Title = _projects.Text("title")[row],
        Status = _projects.Text("status")[row],
        LegalBasis = _projects.Text("legal_basis")[row],
        Framework = _projects.Text("framework")[row],
        Start = Day(_projects.Column<int>("start")[row]),
        End = Day(_projects.Column<int>("end")[row]),
        Updated = Instant(_projects.Column<long>("updated")[row]),
        Repaired = _projects.Column<byte>("repaired")[row] == CordisSegments.Yes,
    };

    static ProjectSubject SubjectAt(Segment subjects, int row)
    {
        var number = subjects.Column<int>("subject")[row];
        return new()
        {
            Project = subjects.Text("project")[row],
            About = new((SubjectKind)subjects.Column<byte>("subject_kind")[number], subjects.Text("subject_code")[number], subjects.Text("subject_title")[number],
                subjects.Text("subject_path")[number]),
            Main = FlagOf(subjects.Column<byte>("main")[row]),
            Repaired = subjects.Column<byte>("repaired")[row] == CordisSegments.Yes,
        };
    }

    bool? Flag(string column, int row) => FlagOf(_participations.Column<byte>(column)[row]);

    static bool? FlagOf(byte flag) => flag switch { CordisSegments.Yes => true, CordisSegments.No => false, _ => null };

    static DateOnly? Day(int number) => number < 0 ? null : DateOnly.FromDayNumber(number);

    static DateTime? Instant(long ticks) => ticks == 0 ? null : new(ticks);

    public override void Dispose()
    {
        _participations.Dispose();
        _projects.Dispose();
        _subjects?.Dispose();
    }
}
