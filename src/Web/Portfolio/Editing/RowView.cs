using Entente.Core.Portfolio;
using Entente.Core.Portfolio.Editing;
using Entente.Core.Store.Journal;
using Entente.Web.Shell.Forms;

namespace Entente.Web.Portfolio.Editing;

/// <summary>One row on a form: what is on record, what was typed, what is wrong and what somebody else changed.</summary>
public sealed record RowView
{
    public required PortfolioFile File { get; init; }

    /// <summary>Null for a new row.</summary>
    public string? Id { get; init; }
    public required IReadOnlyDictionary<string, string> Cells { get; init; }
    public int Seen { get; init; }
    public Entered Entered { get; init; } = Entered.Nothing;

    /// <summary>The column that ties the row to its record; it is not asked again.</summary>
    public string? Owner { get; init; }
    public IReadOnlyCollection<string>? Sides { get; init; }
    public Saved? Saved { get; init; }
    public IReadOnlyDictionary<string, Acted> Others { get; init; } = new Dictionary<string, Acted>();

    /// <summary>The last line that the reader may know of, and who wrote it.</summary>
    public JournalEntry? Last { get; init; }
    public Acted? LastBy { get; init; }

    public bool IsNew => Id is null;
    public bool Keyed => File.Find("key") is not null;

    /// <summary>The record that the row belongs to.</summary>
    public string Record => Reach.RecordOf(File, Cells, Id);
}

/// <summary>The addresses of editing.</summary>
public static class EditAddress
{
    public static readonly string[] Records = ["structures", "organisations", "people", "sources", "instruments"];

    /// <summary>The tables that the rows of each kind of record stand in, in the order of its page, and the column that ties them to it.</summary>
    public static IReadOnlyList<(string Table, string Column)> RowsOf(string table) => table switch
    {
        "structures" =>
        [
            ("acts", "structure"), ("parties", "structure"), ("sites", "structure"), ("roles", "structure"), ("themes", "structure"), ("goals", "structure"),
            ("belongings", "structure"), ("identifiers", "structure"), ("facts", "structure"), ("shared", "structure"), ("deadlines", "structure"), ("notes", "structure"), ("citations", "subject"),
        ],
        "organisations" => [("names", "organisation"), ("identifiers", "organisation"), ("notes", "organisation"), ("citations", "subject")],
        "people" => [("roles", "person"), ("citations", "subject")],
        "instruments" => [("labels", "instrument"), ("citations", "subject")],
        _ => [],
    };

    /// <summary>Every table whose rows are edited here. Agreements, claims and rules have pages of their own.</summary>
    public static bool Has(string table) => Records.Contains(table) || table == "successions" || Records.Any(r => RowsOf(r).Any(t => t.Table == table));

    public static string Of(string table, string id) => $"/edit/{table}/{Uri.EscapeDataString(id)}";

    public static string Of(string record) => $"/edit/{record}";

    public static string New(string table, string column, string value) => $"/edit/{table}/new?{column}={Uri.EscapeDataString(value)}";

    /// <summary>The page on which the record is read; null for records that have none.</summary>
    public static string? Read(string record) => record.Split('/')[0] is "structures" or "organisations" or "sources" or "instruments" or "deadlines" ? $"/{record}" : null;
}
