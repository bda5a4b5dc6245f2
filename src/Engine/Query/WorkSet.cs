using Entente.Engine.Works;

namespace Entente.Engine.Query;

/// <summary>A set of works of a store, one bitmap per segment. All figures are algebra on such sets. Immutable.</summary>
public sealed class WorkSet
{
    public WorksStore Store => throw new NotImplementedException();
    public long Count => throw new NotImplementedException();

    public WorkSet And(WorkSet other) => throw new NotImplementedException();
    public WorkSet Or(WorkSet other) => throw new NotImplementedException();
    public WorkSet Except(WorkSet other) => throw new NotImplementedException();

    /// <summary>How many works of each year, indexed by year - first; works without a year are left out.</summary>
    public long[] CountByYear(int first, int last) => throw new NotImplementedException();

    /// <summary>Segment and work numbers, in order.</summary>
    public IEnumerable<(WorksSegment Segment, int Work)> Works() => throw new NotImplementedException();

    /// <summary>SHA-256 (lower-case hex) of the ids "W123" in ordinal order, each followed by a newline.</summary>
    public string Digest() => throw new NotImplementedException();

    /// <summary>The ids "W123" in ordinal order.</summary>
    public IReadOnlyList<string> Ids() => throw new NotImplementedException();
}

/// <summary>Which units stand for one side of a question: a flag per unit of each segment.</summary>
public sealed class UnitSet
{
    public static UnitSet Of(WorksStore store, Func<Unit, bool> belongs) => throw new NotImplementedException();

    public bool Has(WorksSegment segment, int unit) => throw new NotImplementedException();
}

/// <summary>The questions that the engine answers about works. Sets hold only works that stand (not superseded).</summary>
public static class Select
{
    public static WorkSet All(WorksStore store) => throw new NotImplementedException();
    public static WorkSet OfYears(WorksStore store, int first, int last) => throw new NotImplementedException();

    /// <summary>Works that carry every one of these flags.</summary>
    public static WorkSet Flagged(WorksStore store, WorkFlags flags) => throw new NotImplementedException();

    /// <summary>Works that list at least one unit of the set.</summary>
    public static WorkSet Listing(WorksStore store, UnitSet units) => throw new NotImplementedException();

    /// <summary>The works among these with two different authorships, one on each side.</summary>
    public static WorkSet TwoAuthors(WorkSet among, UnitSet a, UnitSet b) => throw new NotImplementedException();

    /// <summary>The works among these whose units belong to at least two groups; group gives a unit's, -1 for none.</summary>
    public static WorkSet SeveralGroups(WorkSet among, Func<Unit, int> group) => throw new NotImplementedException();

    /// <summary>How many works among these list each organisation (by OpenAlex number), each work once.</summary>
    public static IReadOnlyDictionary<long, long> CountByOrganisation(WorkSet among) => throw new NotImplementedException();
}

/// <summary>How one work is divided among those who share it.</summary>
public enum Sharing { Author, Organisation, Group }

public static class Fractions
{
    /// <summary>
    /// The weight of each work among these for the units of the set: 1 divided over the authorships that have a unit (and
    /// evenly over an author's organisations), over the distinct organisations, or over the distinct groups. Weights are exact
    /// fractions summed in a fixed order, so that they come out the same on every machine.
    /// </summary>
    /// <param name="group">used for <see cref="Sharing.Group"/>: the group of a unit, -1 for none; belongs then names groups by their units</param>
    public static IEnumerable<(WorksSegment Segment, int Work, double Weight)> Weigh(
        WorkSet among, UnitSet units, Sharing sharing, Func<Unit, int>? group = null) => throw new NotImplementedException();
}
