using Entente.Core.Claims;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Claims;

/// <summary>A claim on its form: what was typed or is on record, what was understood, what is wrong, and what somebody else changed.</summary>
public sealed record ClaimForm
{
    /// <summary>Null for a claim that is being entered.</summary>
    public string? Id { get; init; }
    public required IReadOnlyDictionary<string, string> Cells { get; init; }
    public int Seen { get; init; }
    public Entered Entered { get; init; } = Entered.Nothing;

    /// <summary>What the words come to; null before they were looked at, or where they cannot be read.</summary>
    public Understood? Understood { get; init; }
    public Saved? Saved { get; init; }

    /// <summary>What was shown as understood: a form whose words differ from it is shown again before it is saved.</summary>
    public static string Mark(IReadOnlyDictionary<string, string> cells) =>
        string.Join('|', new[] { "value", "period", "kind", "source" }.Select(name => cells.GetValueOrDefault(name) ?? ""));

    /// <summary>The cells with the number and the window of the pasted sentence, where they were left empty.</summary>
    public static IReadOnlyDictionary<string, string> Filled(IReadOnlyDictionary<string, string> cells, string sentence)
    {
        if (string.IsNullOrWhiteSpace(sentence)) return cells;
        var parts = ClaimSentence.Split(sentence);
        var filled = new Dictionary<string, string>(cells);
        if (Empty("value") && parts.Value is { } value) filled["value"] = value;
        if (Empty("period") && parts.Period is { } period) filled["period"] = period;
        return filled;

        bool Empty(string name) => string.IsNullOrWhiteSpace(cells.GetValueOrDefault(name));
    }

    public static Outcome<Understood> Read(PortfolioRecord record, IReadOnlyDictionary<string, string> cells)
    {
        var kind = Enum.GetValues<ClaimKind>().FirstOrDefault(k => Verdicts.Key(k) == cells.GetValueOrDefault("kind"));
        var source = Citations.Parse(cells.GetValueOrDefault("source") ?? "") is [var first, ..] ? record.Sources.GetValueOrDefault(first.Source) : null;
        return Understood.Of(cells.GetValueOrDefault("value") ?? "", cells.GetValueOrDefault("period") ?? "", kind, source?.Date ?? source?.KnownBy);
    }
}
