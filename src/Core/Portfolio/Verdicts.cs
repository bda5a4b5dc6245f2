using Entente.Core.Kernel;

namespace Entente.Core.Portfolio;

/// <summary>The four verdicts in words, as keys of JSON and addresses, and in order of gravity.</summary>
public static class Verdicts
{
    public static Said Words(Verdict verdict) => verdict switch
    {
        Verdict.Consistent => new("consistent", "cohérent"),
        Verdict.Explainable => new("explainable", "explicable"),
        Verdict.Contradictory => new("contradictory", "contradictoire"),
        Verdict.NotComparable => new("not comparable", "non comparable"),
    };

    /// <summary>not-comparable for NotComparable: how an enum is written in JSON, in files and in addresses.</summary>
    public static string Key<T>(T value) where T : struct, Enum => Column.Kebab(value.ToString());

    /// <summary>The verdict of an address; null where there is none of this name.</summary>
    public static Verdict? Parse(string? key) => Enum.GetValues<Verdict>().Where(v => Key(v) == key).Select(v => (Verdict?)v).FirstOrDefault();

    /// <summary>0 for the gravest. Not comparable comes last: it says nothing.</summary>
    public static int Gravity(Verdict verdict) => verdict switch
    {
        Verdict.Contradictory => 0,
        Verdict.Explainable => 1,
        Verdict.Consistent => 2,
        Verdict.NotComparable => 3,
    };
}
