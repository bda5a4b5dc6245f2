using System.Text.Json.Serialization;

namespace Entente.Core.Evidence.Cordis;

/// <summary>What CORDIS says a project is about: the topic of its call, a field of science, a part of the programme that pays.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubjectKind>))]
public enum SubjectKind : byte
{
    [JsonStringEnumMemberName("topic")] Topic,
    [JsonStringEnumMemberName("science")] Science,
    [JsonStringEnumMemberName("basis")] Basis,
}

/// <summary>A topic, field of science or legal basis, as its table writes it. Path is of fields of science: “/natural sciences/mathematics”; empty otherwise.</summary>
public sealed record CordisSubject(SubjectKind Kind, string Code, string Title, string Path)
{
    /// <summary>The widest field of science that holds it; null of other kinds, and where no path is stated.</summary>
    public string? Area => Path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();

    /// <summary>Whether it is what a code or a path names, or lies below it: “/23”, “/natural sciences/mathematics”. A title names it alone.</summary>
    public bool IsWithin(string place) =>
        Below(Code, place) || Below(Path, place) || Title.Equals(place, StringComparison.OrdinalIgnoreCase);

    static bool Below(string path, string place) => path.StartsWith(place, StringComparison.OrdinalIgnoreCase)
        && (path.Length == place.Length || path[place.Length] == '/');

    public static SubjectKind? KindOf(CordisTable table) => table switch
    {
        CordisTable.Topics => SubjectKind.Topic,
        CordisTable.Sciences => SubjectKind.Science,
        CordisTable.Bases => SubjectKind.Basis,
        _ => null,
    };
}

/// <summary>One row of topics.csv, euroSciVoc.csv or legalBasis.csv.</summary>
public sealed record ProjectSubject
{
    public required string Project { get; init; }
    public required CordisSubject About { get; init; }

    /// <summary>Of a legal basis: whether it is the main one, as the table flags it; null where it says nothing.</summary>
    public bool? Main { get; init; }

    /// <summary>The row had slipped sideways and was put back: see <see cref="CordisRow.Lay"/>.</summary>
    public bool Repaired { get; init; }

    public static ProjectSubject From(SubjectKind kind, CordisRow row) => new()
    {
        Project = row["projectID"],
        About = kind switch
        {
            SubjectKind.Topic => new(kind, row["topic"], row["title"], ""),
            SubjectKind.Science => new(kind, row["euroSciVocCode"], row["euroSciVocTitle"], row["euroSciVocPath"]),
            SubjectKind.Basis => new(kind, row["legalBasis"], row["title"], ""),
        },
        Main = kind == SubjectKind.Basis ? CordisForms.Flag(row["uniqueProgrammePart"]) : null,
        Repaired = row.Repaired,
    };
}
