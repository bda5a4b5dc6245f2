using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Entente.Core.Kernel;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.OpenAlex;

/// <summary>
/// Works that a snapshot's own lists withdraw: deleted_ids.csv (work_id, deleted_date), or the older merged_ids tables
/// (merge_date, id, merge_into_id). A record newer than its withdrawal stands. The lists name tens of millions of works, so that each takes twelve bytes here and no more.
/// </summary>
sealed class DeletedWorks
{
    /// <summary>The day of a withdrawal whose day is not told: whatever the record's date.</summary>
    const int Always = int.MaxValue;

    // Works and the days from which newer records stand again, as read; in order of work once something is asked.
    readonly List<long> _works = [];
    readonly List<int> _until = [];
    bool _sorted = true;

    /// <summary>Whether the file's name is that of such a list.</summary>
    public static bool IsList(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith("deleted_ids.csv", StringComparison.OrdinalIgnoreCase)
            || (name.Contains(".csv", StringComparison.OrdinalIgnoreCase) && path.Replace('\\', '/').Contains("/merged_ids/", StringComparison.Ordinal));
    }

    public void Read(VintageDraft draft, Source source)
    {
        using var reader = new StreamReader(draft.Open(source), Encoding.UTF8);
        var header = Cells(reader.ReadLine() ?? "");
        var (id, date) = (Math.Max(Array.IndexOf(header, "work_id"), Array.IndexOf(header, "id")),
            Math.Max(Array.IndexOf(header, "deleted_date"), Array.IndexOf(header, "merge_date")));
        if (id < 0) throw Unreadable(source, 1);
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0) continue;
            var cells = Cells(text);
            var number = cells.Length > id ? Number(cells[id]) : 0;
            if (number == 0) throw Unreadable(source, line);
            var until = date >= 0 && date < cells.Length && DateTime.TryParseExact(cells[date], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? DateOnly.FromDateTime(day).DayNumber + 1 : Always;
            _works.Add(number);
            _until.Add(until);
            _sorted = false;
        }
    }

    /// <summary>Puts the works in order, each once with its last day. Done before threads ask.</summary>
    public void Sort()
    {
        if (_sorted) return;
        CollectionsMarshal.AsSpan(_works).Sort(CollectionsMarshal.AsSpan(_until));
        var kept = 0;
        for (var i = 0; i < _works.Count; i++)
            if (kept > 0 && _works[i] == _works[kept - 1]) _until[kept - 1] = Math.Max(_until[kept - 1], _until[i]);
            else (_works[kept], _until[kept++]) = (_works[i], _until[i]);
        _works.RemoveRange(kept, _works.Count - kept);
        _until.RemoveRange(kept, _until.Count - kept);
        _sorted = true;
    }

    /// <summary>What the lists say, as one text: works read beside other lists come out otherwise.</summary>
    public string Circumstances => _circumstances ??= string.Create(CultureInfo.InvariantCulture,
        $"{Vintages.Format} {_works.Zip(_until).Aggregate(14695981039346656037UL, (hash, one) => unchecked((hash ^ (ulong)one.First ^ (ulong)one.Second << 40) * 1099511628211UL))}");

    string? _circumstances;

    /// <summary>True when the record was withdrawn on the day of its last change or later.</summary>
    public bool Withdraw(WorkRecord work) => Any && Withdraw(work.Id, work.Updated);

    public bool Withdraw(long id, long updated)
    {
        if (!_sorted) throw new InvalidOperationException("The lists are not in order yet.");
        return _works.BinarySearch(id) is var at and >= 0 && (_until[at] == Always || updated < _until[at] * TimeSpan.TicksPerDay);
    }

    public bool Any => _works.Count > 0;

    static string[] Cells(string line) => line.Split(',').Select(cell => cell.Trim().Trim('"')).ToArray();

    static long Number(string cell)
    {
        var id = cell[(cell.LastIndexOf('/') + 1)..];
        return id.Length > 1 && id[0] is 'W' or 'w' ? JsonText.Digits(Encoding.UTF8.GetBytes(id[1..])) : 0;
    }

    static RefusedImportException Unreadable(Source source, int line) => new(Refusal.Invalid("bad-deleted-ids",
        $"{source.Path}, line {line}: a list of withdrawn works must name a work (work_id, W123) on each line. Nothing was imported. Fetch the file again, or leave it out.",
        $"{source.Path}, ligne {line}\u202F: une liste de publications retirées doit nommer une publication (work_id, W123) par ligne. Rien n’a été importé. Récupérez de nouveau le fichier, ou laissez-le de côté."));
}
