using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>What moved joint projects: the walk of <see cref="Explaining"/>, of projects.</summary>
static class ProjectMoves
{
    /// <param name="steps">before; by the later definition; by the later perimeters, which no project knows; after</param>
    public static Outcome<IReadOnlyList<MovePart>> Parts(Work work, IReadOnlyList<Question> steps)
    {
        var counted = new List<HashSet<string>>();
        foreach (var step in steps)
        {
            var found = Projects.Ids(work, step);
            if (found.Refusal is { } refusal) return refusal;
            counted.Add(found.Value);
        }
        var (old, now) = (counted[2], counted[3]);
        var (held, known) = (Projects.Held(work, steps[3].Vintage, [.. old.Except(now)]), Projects.Held(work, steps[2].Vintage, [.. now.Except(old)]));
        if ((held.Refusal ?? known.Refusal) is { } none) return none;
        HashSet<string> kept = [.. old.Where(id => now.Contains(id) || held.Value.Contains(id))];
        HashSet<string> grown = [.. kept, .. now.Where(id => !old.Contains(id) && !known.Value.Contains(id))];
        HashSet<string>[] walk = [counted[0], counted[1], old, kept, grown, now];
        return Enum.GetValues<MoveCause>().Select((cause, i) => Step(cause, walk[i], walk[i + 1])).ToList();
    }

    static MovePart Step(MoveCause cause, HashSet<string> from, HashSet<string> to) => new(cause, to.Count - from.Count, to.Except(from).Count(), from.Except(to).Count());
}
