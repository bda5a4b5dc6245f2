using System.Collections.Concurrent;
using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.Measures;

/// <summary>The statistical country of a unit: that of its institution's country code, never of its authors.</summary>
static class Territory
{
    static readonly ConcurrentDictionary<string, int> Numbers = new(StringComparer.Ordinal);

    // Never from the count of numbers given: two countries that come at once would get the same.
    static int _last;

    /// <summary>A number for each country, -1 for none.</summary>
    public static int Group(Unit unit) => Countries.Statistical(unit.Country) is { } country ? Numbers.GetOrAdd(country, _ => Interlocked.Increment(ref _last)) : -1;

    /// <summary>The country of a question. Refused where the code is none, or counts for another country.</summary>
    public static Outcome<string> Asked(string code)
    {
        var wanted = code.Trim().ToUpperInvariant();
        if (!Countries.IsKnown(wanted))
            return Refusal.Usage("unknown-country", $"“{code}” is not the code of a country: write two letters, such as JP.",
                $"«\u202F{code}\u202F» n’est pas le code d’un pays\u202F: écrivez deux lettres, comme JP.", "with");
        var counted = Countries.Statistical(wanted)!;
        if (counted == wanted) return wanted;
        return Refusal.Usage("not-a-statistical-country",
            $"{wanted} ({Countries.Name(wanted, Lang.En)}) counts for {counted} in the table of statistical countries: ask with {counted}.",
            $"{wanted} ({Countries.Name(wanted, Lang.Fr)}) compte pour {counted} dans la table des pays statistiques\u202F: demandez avec {counted}.", "with");
    }
}
