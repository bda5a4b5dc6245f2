using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>A perimeter resolved at a release: root first in Members, then the others in order of id.</summary>
public sealed record ResolvedPerimeter
{
    public required string Key { get; init; }
    public required int Version { get; init; }
    public required string Release { get; init; }
    public required string Root { get; init; }
    public required int Children { get; init; }
    public required int Size { get; init; }
    public required string Hash { get; init; }
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>Members whose own record the imported release does not hold.</summary>
    public required int WithoutRecord { get; init; }
    public required string Expression { get; init; }
    public required string Vintage { get; init; }
}

public sealed record PerimeterMember(string Ror, string? Name, string? Country);

public sealed record PerimeterDiff(string Key, string From, string To, IReadOnlyList<PerimeterMember> Added, IReadOnlyList<PerimeterMember> Removed);

public static class Perimeters
{
    public static Outcome<ResolvedPerimeter> Show(Work work, string key, string? release) => throw new NotImplementedException();
    public static Outcome<PerimeterDiff> Diff(Work work, string key, string from, string to) => throw new NotImplementedException();
}
