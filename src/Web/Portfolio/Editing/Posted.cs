using System.Globalization;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Editing;

/// <summary>What a form of the record sends, as the verbs take it.</summary>
static class Posted
{
    public const string Seen = "seen";
    public const string KeepPrefix = "keep.";
    public const string CitePrefix = "cite.";

    public static RowEdit Edit(PortfolioFile file, string? id, IFormCollection form) => new()
    {
        File = file,
        Id = id,
        Cells = Cells(file, form),
        Seen = int.TryParse(form[Seen], NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0,
        Choices = form.Where(f => f.Key.StartsWith(KeepPrefix, StringComparison.Ordinal))
            .ToDictionary(f => f.Key[KeepPrefix.Length..], f => f.Value == "theirs" ? Keep.Theirs : Keep.Yours),
        FieldSources = form.Where(f => f.Key.StartsWith(CitePrefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[CitePrefix.Length..], f => f.Value.ToString()),
    };

    public static IReadOnlyDictionary<string, string> Cells(PortfolioFile file, IFormCollection form) => file.Columns.ToDictionary(c => c.Name, c => c.Kind switch
    {
        ColumnKind.Sources => Sources(form),
        _ => form[c.Name].ToString(),
    });

    /// <summary>The pairs of source and place, as a citation writes them.</summary>
    public static string Sources(IFormCollection form) => string.Join("; ", Enumerable.Range(0, 50)
        .Select(i => (Source: form[$"source.{i}"].ToString().Trim(), Locator: form[$"locator.{i}"].ToString().Replace(';', ',').Trim()))
        .Where(s => s.Source.Length > 0).Select(s => s.Locator.Length > 0 ? $"{s.Source}:{s.Locator}" : s.Source));

    public static Entered Entered(IFormCollection form, Saved saved) => Shell.Forms.Entered.Of(form, saved.Faults.Select(f => new FieldError(Anchor(f.Field), f.What)));

    static string Anchor(string field) => field == "source" ? "source.0" : field;

    /// <summary>The sentences name their field, since a summary stands apart from it.</summary>
    public static Entered Named(this Entered entered, string table) => entered with
    {
        Errors = [.. entered.Errors.Select(e => FieldWords.Label(table, e.Field == "source.0" ? "source" : e.Field) is var label && e.Field.Length > 0 && !e.Field.Contains('.', StringComparison.Ordinal) | e.Field == "source.0"
            ? e with { What = new($"{label.En}: {Lower(e.What.En)}", $"{label.Fr}\u202F: {Lower(e.What.Fr)}") } : e)],
    };

    static string Lower(string sentence) => sentence.Length > 1 && char.IsUpper(sentence[0]) && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence;
}
