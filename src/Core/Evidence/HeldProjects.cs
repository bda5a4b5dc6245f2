using Entente.Core.Evidence.Cordis;
using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>The part that a participant code takes in a project. Contribution is in euros, null where none is stated.</summary>
sealed record ProjectPart(string Pic, string Role, decimal? Contribution);

/// <summary>A project of two sides: the parts of their codes, its row where the project table has one, and what it is about in order of kind and code.</summary>
sealed record HeldProject(string Id, IReadOnlyList<ProjectPart> Parts, CordisProject? Row, IReadOnlyList<CordisSubject> Subjects);

/// <summary>
/// The projects of one CORDIS vintage, wherever they are held: in segments on this machine, or on servers that answer SQL. The
/// figure is written on this, once for every engine.
/// </summary>
abstract class HeldProjects : IDisposable
{
    public abstract Manifest Manifest { get; }

    /// <summary>The kinds of subjects that the vintage says of any project: of another kind it knows nothing.</summary>
    public abstract IReadOnlySet<SubjectKind> Kinds { get; }

    /// <summary>The projects with a code of each side, in ordinal order of id; within a window those that start in it, or nobody knows when.</summary>
    public abstract IReadOnlyList<HeldProject> Joint(IReadOnlyList<string> a, IReadOnlyList<string> b, Years? years);

    /// <summary>Which of these it holds: somebody takes part in it, or the project table has a row of it.</summary>
    public abstract HashSet<string> Held(IReadOnlyCollection<string> projects);

    public abstract void Dispose();
}
