using System.Collections.Frozen;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Sheets.Intake;
using Microsoft.Extensions.Primitives;

namespace Entente.Web.Shell.Forms;

/// <summary>
/// Dates and amounts as people type them in a form, read into the writing of the record: 4 October 2022, mai 2014, 31/12/2026,
/// 14 000,50. A date that could be two stays as typed in English, to be complained of; in French the day comes first.
/// What cannot be read stays as it is too.
/// </summary>
static class Typing
{
    static readonly FrozenSet<string> Dates = Named(ColumnKind.Date, "date", "from", "done");
    static readonly FrozenSet<string> Amounts = Named(ColumnKind.Amount, "amount");

    static FrozenSet<string> Named(ColumnKind kind, params string[] more) =>
        PortfolioFileSet.All.SelectMany(f => f.Columns).Where(c => c.Kind == kind).Select(c => c.Name).Concat(more).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A form with its dates and amounts read. A field is known by the last word of its name: budget.0.amount.</summary>
    /// <param name="asIs">fields that another record's name may stand in</param>
    public static async Task<IFormCollection> ReadTypedFormAsync(this HttpRequest request, CancellationToken ct, params string[] asIs)
    {
        var form = await request.ReadFormAsync(ct);
        var lang = Reader.Of(request).Lang;
        return new FormCollection(form.ToDictionary(f => f.Key, f => asIs.Contains(f.Key) ? f.Value : Read(f.Key, f.Value, lang)), form.Files);
    }

    static StringValues Read(string name, StringValues typed, Lang lang) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        var word when Dates.Contains(word) => Date(typed.ToString(), lang),
        var word when Amounts.Contains(word) => Core.Portfolio.Amounts.Typed(typed.ToString()),
        _ => typed,
    };

    public static string Date(string typed, Lang lang) => PartialDate.TryParse(typed.Trim(), out _) ? typed.Trim()
        : PeopleDates.Read(typed, lang == Lang.Fr ? DateOrder.DayFirst : DateOrder.Proven).Date?.ToString() ?? typed.Trim();
}
