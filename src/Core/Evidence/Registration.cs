using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence;

/// <summary>
/// What a change of ROR release alone does to a figure: the same works of the same vintage, counted with the perimeters of two
/// releases. Nothing was published in between, so all of the move is registration.
/// </summary>
public sealed record RegistrationMove(string Figure, string Vintage, bool Synthetic, string From, string To, double? Before, double? After)
{
    public double? Difference => After - Before;
}

public static class Registration
{
    /// <summary>Asks a question by perimeter at both releases. Refused as the question itself would be: no works imported, a release that is not there.</summary>
    public static Outcome<RegistrationMove> Move(Work work, Question question, string from, string to, CancellationToken ct)
    {
        var before = Figures.Ask(work, question with { Membership = Membership.Perimeter, Release = from }, receipt: false, ct);
        if (before.Refusal is { } refused) return refused;
        var after = Figures.Ask(work, question with { Membership = Membership.Perimeter, Release = to, Vintage = before.Value.Vintage }, receipt: false, ct);
        return after.Refusal is { } missing ? missing
            : new RegistrationMove(question.Figure, before.Value.Vintage, before.Value.Synthetic, from, to, before.Value.Value, after.Value.Value);
    }
}
