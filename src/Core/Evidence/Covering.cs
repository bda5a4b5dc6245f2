using Entente.Core.Kernel;

namespace Entente.Core.Evidence;

/// <summary>
/// Whether a question lies inside what a vintage covers. A pull asks for works by lineage, so what it covers is closed for the
/// direct and lineage memberships; a perimeter may hold institutions that the source does not place under A.
/// </summary>
static class Covering
{
    public const string Selection = "selection";

    /// <summary>Null when the figure is exact, else why it speaks only of what was imported.</summary>
    public static Said? Beyond(Manifest vintage, Indicator indicator, Question question, AskedOrganisation a, AskedOrganisation? b)
    {
        var covered = vintage.Coverage;
        return covered.Kind switch
        {
            CoverageKind.Complete => null,
            CoverageKind.Selection when indicator.IsLowerBoundOfSelection => new(
                "The vintage is a selection of works: the figure counts what was imported, and the whole may be more.",
                "Le millésime est une sélection de publications\u202F: le chiffre compte ce qui fut importé, et le tout peut être plus grand."),
            CoverageKind.Selection => new(
                "The vintage is a selection of works: the figure is of what was imported, and of the whole it may be larger or smaller.",
                "Le millésime est une sélection de publications\u202F: le chiffre est de ce qui fut importé, et du tout il peut être plus grand ou plus petit."),
            CoverageKind.Query => BeyondQuery(covered, indicator, question, a, b),
        };
    }

    static Said? BeyondQuery(Coverage covered, Indicator indicator, Question question, AskedOrganisation a, AskedOrganisation? b)
    {
        if (question.Membership == Membership.Perimeter)
            return new("The vintage was pulled by lineage; works of a perimeter may lie outside it.",
                "Le millésime fut cherché par lignée\u202F; des publications d’un périmètre peuvent être au dehors.");
        if (!Within(covered, question.Years))
            return new($"The vintage was pulled for {Window(covered)} only; the question reaches beyond.",
                $"Le millésime fut cherché pour {Window(covered)} seulement\u202F; la question va au-delà.");
        if (Answers(covered, indicator, question, a, b)) return null;
        var what = What(covered);
        return new($"The vintage was pulled as {what.En}; the question reaches beyond.", $"Le millésime fut cherché comme {what.Fr}\u202F; la question va au-delà.");
    }

    static bool Within(Coverage covered, Years? asked) =>
        (covered.FirstYear is null || asked?.First >= covered.FirstYear) && (covered.LastYear is null || asked?.Last <= covered.LastYear);

    static bool Answers(Coverage covered, Indicator indicator, Question question, AskedOrganisation a, AskedOrganisation? b)
    {
        // Works of both: nothing but the works of both, in either order.
        if (covered.B is not null)
            return indicator.Key == "co-publications" && ((Is(covered.A, a) && Is(covered.B, b)) || (Is(covered.A, b) && Is(covered.B, a)));
        // Works of A with a country: what the definition takes from those works alone.
        if (covered.With is { } with)
            return indicator.Key == "partner-share" && Is(covered.A, a) && question.With == with;
        // What holds A or the pair against others needs more than the works of one.
        if (indicator.Family is Family.Similarity or Family.Affinity or Family.Specialisation or Family.Impact) return false;
        // All works of A: every figure whose works are works of A, of a pair whichever side A stands on.
        return Is(covered.A, a) || (indicator.Key == "co-publications" && Is(covered.A, b));
    }

    static bool Is(string? covered, AskedOrganisation? asked) => covered is not null && asked?.Ror == RorId.Parse(covered);

    static Said What(Coverage covered) => covered switch
    {
        { B: { } b } => new($"works of {covered.A} and {b}", $"publications de {covered.A} et {b}"),
        { With: { } with } => new($"works of {covered.A} with {with}", $"publications de {covered.A} avec {with}"),
        _ => new($"works of {covered.A}", $"publications de {covered.A}"),
    };

    static string Window(Coverage covered) => (covered.FirstYear, covered.LastYear) switch
    {
        ({ } first, { } last) => new Years(first, last).ToString(),
        var (first, last) => $"{first}–{last}",
    };
}
