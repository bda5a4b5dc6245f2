using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Entente.Core.Evidence;
using Entente.Core.Kernel;
using Entente.Core.Portfolio;
using Entente.Core.Store;
using Entente.Core.Store.Search;

namespace Entente.Cli;

/// <summary>One run of one verb: the data folder, the language, and where to write. Opens only what the verb asks for.</summary>
sealed class Session(Terminal terminal, Lang lang, string data) : IAsyncDisposable
{
    static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    Work? _work;
    DataFolder? _folder;
    ProgressLine? _progress;

    public Lang Lang { get; } = lang;
    public Terminal Terminal { get; } = terminal;
    public TextWriter Out => Terminal.Out;
    public IProgress<ProgressReport> Progress => _progress ??= new ProgressLine(Terminal, Lang);

    /// <summary>The data folder, made when it is not there; verbs that need no record stop here, since opening the record takes time.</summary>
    /// <exception cref="RefusedException">The path names a file.</exception>
    public DataFolder Folder => _folder ??= File.Exists(FolderPath)
        ? throw new RefusedException(Refusal.Invalid("no-folder", $"{FolderPath} is a file, and the data folder is a folder: name another with --data.",
            $"{FolderPath} est un fichier, or il faut un dossier de données\u202F: nommez-en un autre avec --data."))
        : new DataFolder(data);

    /// <summary>The folder as it was named, for verbs that must see whether it exists.</summary>
    public string FolderPath { get; } = Path.GetFullPath(data);

    /// <summary>The record, migrated. A folder that has none yet first gets the portfolio.</summary>
    /// <param name="portfolio">as serve was told: none, a folder, or null for the choice remembered</param>
    /// <exception cref="RefusedException">The portfolio's files cannot be read.</exception>
    public async Task<Work> WorkAsync(CancellationToken ct, string? portfolio = null)
    {
        if (_work is not null) return _work;
        _work = new Work(Folder.OpenDb(), Folder, Actor.CommandLine, Terminal.Clock);
        await Migrator.RunAsync(_work.Db, ct);
        var chosen = await Portfolios.EnsureAsync(_work, portfolio, ct);
        if (chosen.Refusal is { } refusal) throw new RefusedException(refusal);
        await SearchIndex.EnsureAsync(_work.Db, ct);
        return _work;
    }

    /// <summary>As above, with the engine that the line names for questions about works.</summary>
    public async Task<Outcome<Work>> AskingAsync(ParseResult line, CancellationToken ct, string? portfolio = null)
    {
        var work = await WorkAsync(ct, portfolio);
        return Engines.Choose(work.Folder, line.GetValue(Verb.Engine)) is { } refusal ? refusal : work;
    }

    /// <summary>The data folder for verbs that need no record; an empty one first gets the portfolio, as any verb does.</summary>
    public async Task<DataFolder> FolderAsync(CancellationToken ct)
    {
        if (!Folder.IsBegun) await WorkAsync(ct);
        return Folder;
    }

    public string Say(Said said) => said.In(Lang);

    public void Line(Said said) => Out.WriteLine(said.In(Lang));

    public void Line(string text) => Out.WriteLine(text);

    /// <summary>Writes the answer: as JSON when --json was given, else as the page that the verb draws.</summary>
    public void Answer<T>(ParseResult line, T answer, Action<T> page, JsonSerializerOptions? json = null)
    {
        _progress?.Dispose();
        if (line.GetValue(Verb.Json)) Out.WriteLine(JsonSerializer.Serialize(answer, json ?? Plain));
        else page(answer);
    }

    /// <summary>Rows under headings, columns as wide as their widest cell; cells that read as numbers stand right.</summary>
    public void Table(IReadOnlyList<Said> headings, IEnumerable<IReadOnlyList<string>> rows) =>
        TextTable.Write(Out, [.. headings.Select(Say)], [.. rows]);

    /// <summary>1019 as 1,019 or 1 019.</summary>
    public string Number(double value, int decimals = 4)
    {
        var text = value.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture);
        return Say(new(text, text.Replace(",", "\u202F", StringComparison.Ordinal).Replace('.', ',')));
    }

    public async ValueTask DisposeAsync()
    {
        _progress?.Dispose();
        await Out.FlushAsync();
        if (_work is not null) await _work.Db.DisposeAsync();
    }
}

/// <summary>A refusal from deep inside what every verb does first; verbs themselves return theirs.</summary>
sealed class RefusedException(Refusal refusal) : Exception(refusal.Message.En)
{
    public Refusal Refusal { get; } = refusal;
}
