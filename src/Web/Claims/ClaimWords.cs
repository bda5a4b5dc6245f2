using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Web.Shell;

namespace Entente.Web.Claims;

/// <summary>The words of claims as pages write them.</summary>
public static class ClaimWords
{
    public static Said Name(Verdict verdict) => verdict switch
    {
        Verdict.Contradictory => new("contradictory", "contradictoire"),
        Verdict.Explainable => new("explainable", "explicable"),
        Verdict.Consistent => new("consistent", "cohérent"),
        Verdict.NotComparable => new("not comparable", "non comparable"),
    };

    /// <summary>The class of the mark, and the word in addresses and the API.</summary>
    public static string Key(Verdict verdict) => verdict switch
    {
        Verdict.Contradictory => "contradictory",
        Verdict.Explainable => "explainable",
        Verdict.Consistent => "consistent",
        Verdict.NotComparable => "not-comparable",
    };

    /// <summary>The most disputed first.</summary>
    public static IReadOnlyList<Verdict> All { get; } = [Verdict.Contradictory, Verdict.Explainable, Verdict.Consistent, Verdict.NotComparable];

    public static Said Name(ClaimKind kind) => kind switch
    {
        ClaimKind.Flow => new("flow: so many in a window", $"flux{Formats.Thin}: tant dans une période"),
        ClaimKind.Stock => new("stock: so many at one time", $"stock{Formats.Thin}: tant à un moment"),
        ClaimKind.Share => new("share", "part"),
        ClaimKind.Event => new("single event", "événement unique"),
    };

    public static Said Unit(string unit) => unit switch
    {
        "publications" => Said.Same("publications"),
        "projects" => new("projects", "projets"),
        "students" => new("students", "doctorants"),
        "persons" => new("persons", "personnes"),
        "structures" => Said.Same("structures"),
        "applications" => new("applications", "candidatures"),
        "mechanisms" => new("mechanisms", "mécanismes"),
        "share" => new("per cent", "pour cent"),
        "EUR" => new("euros", "euros"),
        _ => Said.Same(unit),
    };
}
