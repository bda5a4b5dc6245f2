using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Core.Kernel;
using Entente.Core.Store;

namespace Entente.Core.Evidence.Pull;

/// <summary>How far a pull has come; written after each page, so that a broken one goes on from there.</summary>
/// <param name="Cursor">of the page to ask next; null when all came</param>
/// <param name="Bytes">of the file of works that hold; what lies beyond was cut short</param>
/// <param name="FirstCount">how many works the server counted at first, and <paramref name="LastCount"/> at last: the index may move meanwhile</param>
sealed record PullState(DateTimeOffset Begun, string? Cursor, long Bytes, long FirstCount, long LastCount);

/// <summary>
/// The works of one pull on disk: pulls/HASH/works.jsonl.gz, one gzip member a page, and the state beside it. One process at a
/// time: the operating system holds the lock, so that a killed one leaves none.
/// </summary>
sealed class PullFolder : IDisposable
{
    /// <summary>A cursor and the index behind it do not keep for ever: an older pull starts afresh.</summary>
    static readonly TimeSpan Shelf = TimeSpan.FromDays(1);

    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string _path;
    readonly string _hash;
    readonly string _pulls;
    readonly FileStream _lock;
    readonly HashSet<long> _ids = [];

    PullFolder(string pulls, string hash, FileStream held) =>
        (_pulls, _hash, _path, _lock) = (pulls, hash, Path.Combine(pulls, hash), held);

    public PullState State { get; private set; } = new(default, "*", 0, 0, 0);

    /// <summary>Distinct works so far.</summary>
    public int Works => _ids.Count;

    string WorksFile => Path.Combine(_path, "works.jsonl.gz");
    string StateFile => Path.Combine(_path, "state.json");

    public static Outcome<PullFolder> Open(DataFolder data, Uri server, string filter, DateTimeOffset now)
    {
        var pulls = Path.Combine(data.Root, "pulls");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{server}\n{filter}")))[..16];
        Directory.CreateDirectory(Path.Combine(pulls, hash));
        try
        {
            // Beside the folder, since the folder goes when the pull is done.
            var held = new FileStream(Path.Combine(pulls, hash + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            var folder = new PullFolder(pulls, hash, held);
            folder.Resume(now);
            return folder;
        }
        catch (IOException e) when (!Disk.IsFull(e))
        {
            return Refusal.Conflict("pull-running",
                "Another process is pulling the same works into this data folder. Wait until it ends.",
                "Un autre processus tire les mêmes publications dans ce dossier de données. Attendez qu’il se termine.");
        }
    }

    void Resume(DateTimeOffset now)
    {
        if (ReadState() is not { } state || now - state.Begun > Shelf || !File.Exists(WorksFile) || new FileInfo(WorksFile).Length < state.Bytes)
        {
            Restart(now);
            return;
        }
        State = state;
        using (var file = new FileStream(WorksFile, FileMode.Open, FileAccess.Write)) file.SetLength(state.Bytes);
        using var lines = new StreamReader(new GZipStream(File.OpenRead(WorksFile), CompressionMode.Decompress));
        while (state.Bytes > 0 && lines.ReadLine() is { } line)
        {
            using var work = JsonDocument.Parse(line);
            if (PulledPage.IdOf(work.RootElement) is { } id) _ids.Add(id);
        }
    }

    PullState? ReadState()
    {
        try
        {
            return JsonSerializer.Deserialize<PullState>(File.ReadAllBytes(StateFile));
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Restart(DateTimeOffset now)
    {
        _ids.Clear();
        File.WriteAllBytes(WorksFile, []);
        Write(new(now, "*", 0, 0, 0));
    }

    public bool Has(long id) => _ids.Contains(id);

    /// <summary>Keeps the works of a page that are new, then the state. Tells how many were new.</summary>
    public int Keep(IReadOnlyList<PulledWork> works, string? next, long count)
    {
        var before = _ids.Count;
        long bytes;
        using (var file = new FileStream(WorksFile, FileMode.Open, FileAccess.Write))
        {
            file.Position = State.Bytes;
            using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
                foreach (var work in works.Where(work => _ids.Add(work.Id)))
                    WriteLine(gzip, work.Json);
            file.SetLength(file.Position);
            bytes = file.Position;
            file.Flush(flushToDisk: true);
        }
        Write(State with { Cursor = next, Bytes = bytes, FirstCount = State.Bytes == 0 ? count : State.FirstCount, LastCount = count });
        return _ids.Count - before;
    }

    static void WriteLine(Stream stream, JsonElement json)
    {
        using (var writer = new Utf8JsonWriter(stream, Compact)) json.WriteTo(writer);
        stream.WriteByte((byte)'\n');
    }

    void Write(PullState state)
    {
        var aside = StateFile + ".new";
        File.WriteAllBytes(aside, JsonSerializer.SerializeToUtf8Bytes(state));
        File.Move(aside, StateFile, overwrite: true);
        State = state;
    }

    /// <summary>Gives the complete works their lasting name, under which the vintage will know its source.</summary>
    public string Finish()
    {
        var stamp = State.Begun.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var final = Path.Combine(_pulls, $"openalex-{stamp}-{_hash[..8]}.jsonl.gz");
        File.Copy(WorksFile, final, overwrite: true);
        return final;
    }

    /// <summary>Takes away what was kept for going on.</summary>
    public void Forget() => Directory.Delete(_path, recursive: true);

    public void Dispose() => _lock.Dispose();
}
