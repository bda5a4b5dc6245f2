using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Entente.Core.Portfolio.Sheets.Intake;

/// <summary>How the sheet of one file is read: which columns stand for what, and what its names mean.</summary>
public sealed record Mapping
{
    /// <summary>The one target that is no table: a row for each cooperation, with its partners, people and dates.</summary>
    public const string Cooperations = "cooperations";

    public required string Sheet { get; init; }

    /// <summary>The line of the header.</summary>
    public required int HeaderLine { get; init; }

    /// <summary>A table of the portfolio, or cooperations.</summary>
    public required string Target { get; init; }

    /// <summary>What each column of the sheet stands for; a column that is not named is left out.</summary>
    public IReadOnlyDictionary<int, string> Fields { get; init; } = new Dictionary<int, string>();
    public DateOrder Dates { get; init; }

    /// <summary>Key of the source that states what the file says; null to make one for the file.</summary>
    public string? Source { get; init; }
    public string? SourceTitle { get; init; }
    public string? SourcePublisher { get; init; }

    /// <summary>Who may read what is added, where the sheet does not say.</summary>
    public string Audience { get; init; } = "both";

    /// <summary>Key of an organisation that is a partner of every line, though no column says so: offices leave themselves out of their own lists.</summary>
    public string? Partner { get; init; }

    /// <summary>What names mean that the record does not know: table|name to a key, or + for a new one.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    public static string AnswerKey(string table, string name) => $"{table}|{CellReading.Squash(name)}";

    public string ToJson() => JsonSerializer.Serialize(this);

    public static Mapping Parse(string json) => JsonSerializer.Deserialize<Mapping>(json)!;

    /// <summary>What two files have in common whose columns have the same names: what is remembered of one serves the other.</summary>
    public static string ShapeOf(SheetRow header) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', HeadingsOf(header)))));

    // The reasons of refused lines come back beside the columns that were sent.
    static IEnumerable<string> HeadingsOf(SheetRow header) =>
        header.Cells.Select(c => CellReading.Squash(c.Text)).Reverse().SkipWhile(h => h.Length == 0 || h == CellReading.Squash(Headings.Reason)).Reverse();
}
