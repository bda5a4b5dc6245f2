using System.Globalization;
using System.Text;
using Entente.Core.Kernel;
using Entente.Core.Store;
using Microsoft.EntityFrameworkCore;

namespace Entente.Core.Portfolio.Editing;

/// <summary>Proposes the keys of new records from their names.</summary>
public static class Keys
{
    const int Longest = 48;

    /// <summary>Letters, digits and hyphens: “Unité mixte n° 4” gives unite-mixte-n-4. Empty where the name holds none.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        foreach (var c in Words.Fold(name))
            if (char.IsAsciiLetterOrDigit(c)) text.Append(c);
            else if (c != '\'' && text.Length > 0 && text[^1] != '-') text.Append('-');
        var key = text.ToString().Trim('-');
        return key.Length <= Longest ? key : key[..(key.LastIndexOf('-', Longest) is > 0 and var end ? end : Longest)];
    }

    /// <summary>The key of the name, with a number where it is taken.</summary>
    public static async Task<string> FreeAsync(Db db, PortfolioFile file, string name, CancellationToken ct)
    {
        var key = Of(name) is { Length: > 0 } text ? text : file.Name;
        // Keys of other audiences count too: an address is given once.
        var taken = await Stored.Rows(db, file).Select(r => EF.Property<string>(r, "Key")).Where(k => k.StartsWith(key)).ToListAsync(ct);
        return taken.Contains(key) ? Enumerable.Range(2, taken.Count + 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{key}-{n}")).First(k => !taken.Contains(k)) : key;
    }
}
