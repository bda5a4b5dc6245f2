using System.Text;
using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Finds the works in a text: one JSON object a line, one object over several lines, API pages as whole documents or one a
/// line, or a JSON array. Each record ends as an accepted work or as a rejected row; after a bad one it goes on with the next line,
/// or, within a page, with the next result.
/// </summary>
sealed class WorksReader(VintageDraft draft, WorksWriter writer, DeletedWorks deleted, WorkJson json)
{
    static readonly Said TooLong = new("The record is longer than 64 MiB.", "L’enregistrement dépasse 64 Mio.");
    static readonly Said CutOff = new("The file ends in the middle of the record.", "Le fichier s’arrête au milieu de l’enregistrement.");
    static readonly Said PageLost = new(
        "The page is broken here, and what follows in it could not be read.",
        "La page est abîmée à cet endroit, et la suite n’a pas pu être lue.");
    static readonly Said AfterValue = new("Something follows the record on its line.", "Quelque chose suit l’enregistrement sur sa ligne.");

    readonly WorkJson _json = json;
    readonly WorkScan _scan = json.Scan;
    Window _window = new(_ => 0);
    string _file = "";

    /// <summary>Accepted records that a list of deleted works withdraws.</summary>
    public long Deleted { get; private set; }

    public bool Synthetic { get; private set; }

    /// <summary>Records that the scanner left to the slower reader: those it doubted, and those that do not stand on a line of their own.</summary>
    public long HandedOver { get; private set; }

    /// <summary>The first id that is not a work's: what the files may be instead.</summary>
    public string? ForeignId => _json.ForeignId;

    /// <param name="ahead">whether another thread unpacks, some blocks ahead</param>
    public void Read(Source source, bool ahead)
    {
        using var text = draft.Open(source);
        using var blocks = ahead ? new ReadAhead(text) : null;
        (_window, _file) = (new(blocks is null ? text.Read : blocks.Read), source.Name);
        Read(source.Path);
    }

    void Read(string path)
    {
        if (_window.More() && _window.Rest.StartsWith("\uFEFF"u8)) _window.Advance(3);
        if (ForeignFiles.Guess(_window.Rest) is { } refusal) throw new RefusedImportException(refusal(path));
        while (_window.SkipBlank())
        {
            switch (_window.Rest[0])
            {
                case (byte)'{': ReadTop(); break;
                case (byte)'[': ReadArray(); break;
                default: RejectLine(new("It is not a JSON object.", "Ce n’est pas un objet JSON.")); break;
            }
        }
    }

    void ReadTop()
    {
        if (ScanLine()) return;
        var found = ReadValue(pages: true, out var length);
        switch (found)
        {
            case Found.Page:
                var line = _window.Line;
                _window.Advance(length);
                if (ReadResults(line) && !EndPage(line)) Lose(line);
                break;
            case Found.Broken or Found.Cut: RejectLine(_json.Reason); break;
            case Found.Work or Found.Other when !_window.LineEndsAfter(length): RejectLine(AfterValue); break;
            case Found.Work or Found.Other: Take(found, length); break;
        }
    }

    /// <summary>Takes in a work that fills its line, the form of nearly all of them; false where anything is in doubt.</summary>
    bool ScanLine()
    {
        int end;
        while ((end = _window.Rest.IndexOf((byte)'\n')) < 0 && !_window.IsFull && _window.More()) { }
        var line = _window.Rest;
        if (end < 0 && _window.IsFull) return false;
        var record = end < 0 ? line : line[..end];
        if (!_scan.Read(record.TrimEnd(" \t\r"u8))) return false;
        Accept();
        _window.AdvanceLine(record.Length, end >= 0);
        return true;
    }

    void ReadArray()
    {
        var line = _window.Line;
        _window.Advance(1);
        if (ReadResults(line) && !_window.LineEndsAfter(0)) RejectLine(AfterValue);
    }

    /// <summary>Parses the value at the window's start, reading on as far as it needs; Cut when it is too long or the file ends in it, with the reason.</summary>
    Found ReadValue(bool pages, out int length)
    {
        while (true)
        {
            var found = _json.Read(_window.Rest, pages, out length);
            if (found != Found.Cut) return found;
            if (_window.IsFull) return Fail(TooLong);
            if (!_window.More()) return Fail(CutOff);
        }
    }

    Found Fail(Said reason)
    {
        _json.Reason = reason;
        return Found.Cut;
    }

    /// <summary>Reads the results of a page, or of an array, to the closing bracket; false when the rest is lost, which is then told.</summary>
    bool ReadResults(long pageLine)
    {
        while (_window.SkipBlank(commas: true))
        {
            if (_window.Rest[0] == ']')
            {
                _window.Advance(1);
                return true;
            }
            var found = ReadValue(pages: false, out var length);
            if (found is Found.Work or Found.Other)
            {
                Take(found, length);
                continue;
            }
            Reject(_json.Reason);
            // A page on one line ends with its line, whatever a broken result says of itself.
            if (_window.Rest[0] == '{' && _window.SkipNested(0, stopAtLine: _window.Line == pageLine)) continue;
            Lose(pageLine);
            return false;
        }
        Reject(PageLost);
        return false;
    }

    /// <summary>Passes what follows the results, to the end of the page; false when the page does not end.</summary>
    bool EndPage(long pageLine) =>
        _window.SkipNested(1, stopAtLine: _window.Line == pageLine) && _window.LineEndsAfter(0);

    void Lose(long pageLine)
    {
        Reject(PageLost);
        Resync(pageLine);
    }

    /// <summary>Goes on at the next line; after a page over several lines, at the next line that begins like a record.</summary>
    void Resync(long pageLine)
    {
        var several = _window.Line > pageLine;
        _window.SkipLine();
        while (several && (_window.Rest.Length > 0 || _window.More()) && _window.Rest[0] is not ((byte)'{' or (byte)'[')) _window.SkipLine();
    }

    void Take(Found found, int length)
    {
        HandedOver++;
        if (found == Found.Work) Accept();
        else Reject(_json.Reason);
        _window.Advance(length);
    }

    void Accept()
    {
        var work = _json.Work;
        draft.Records++;
        Synthetic |= (work.Flags & WorkFlags.Synthetic) != 0;
        if (deleted.Withdraw(work)) Deleted++;
        else writer.Add(work);
    }

    /// <summary>Rejects the record that begins here and goes on at the next line.</summary>
    void RejectLine(Said reason)
    {
        HandedOver++;
        Reject(reason);
        var line = _window.Line;
        // "{" alone on its line opens a record over several lines: its other lines are no records of their own.
        var alone = _window.LineEndsAfter(1);
        _window.SkipLine();
        if (alone) Resync(line);
    }

    void Reject(Said reason)
    {
        draft.Records++;
        var text = _window.Rest[..Math.Min(_window.Rest.Length, 400)];
        var end = text.IndexOf((byte)'\n');
        draft.Reject(_file, _window.Line, reason, Encoding.UTF8.GetString(end < 0 ? text : text[..end]).TrimEnd());
    }
}
