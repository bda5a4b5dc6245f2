using System.Globalization;
using System.Security.Cryptography;
using Entente.Core.Evidence.Measures;
using Entente.Engine.Works;

namespace Entente.Core.Evidence.ClickHouse;

/// <summary>A set of works of a vintage that ClickHouse holds.</summary>
sealed class ClickHouseSet(ClickHouseWorks works, Term term) : SetOfWorks
{
    public Term Term => term;
    public ClickHouseWorks Works => works;

    public override long Count => works.Cells(term).Count(term);
    public override long[] CountByYear(int first, int last) => works.Cells(term).CountByYear(term, first, last);
    public override SetOfWorks And(SetOfWorks other) => works.Set(term.And(ClickHouseWorks.TermOf(other)));
    public override SetOfWorks Or(SetOfWorks other) => works.Set(term.Or(ClickHouseWorks.TermOf(other)));
    public override SetOfWorks Except(SetOfWorks other) => works.Set(term.Except(ClickHouseWorks.TermOf(other)));

    /// <summary>Ids come in the order of their texts and are hashed as they come.</summary>
    public override void AppendTo(IncrementalHash hash)
    {
        var (control, buffer, filled) = (new ControlRows(works.Vintage.Servers), new byte[1 << 16], 0);
        using var rows = works.Server.Ask($"select work\nfrom {works.Tables.AllPostings}\nwhere ({Compiled.Where(term)})\n  or list = {ClickHouseTables.Control}\ngroup by work order by toString(work)");
        while (rows.More())
        {
            if (rows.U64() is var id && control.Saw(id)) continue;
            if (filled > buffer.Length - 24)
            {
                hash.AppendData(buffer, 0, filled);
                filled = 0;
            }
            buffer[filled++] = (byte)'W';
            id.TryFormat(buffer.AsSpan(filled), out var written, provider: CultureInfo.InvariantCulture);
            filled += written;
            buffer[filled++] = (byte)'\n';
        }
        hash.AppendData(buffer, 0, filled);
        control.Demand();
    }

    public override IEnumerable<WorkLine> Lines(string countsAs) => Lines(works, term, "", _ => null, countsAs);

    /// <summary>The works of a term as lines, each with what more columns say of it.</summary>
    public static IEnumerable<WorkLine> Lines(ClickHouseWorks works, Term term, string more, Func<RowReader, double?> weight, string countsAs)
    {
        var control = new ControlRows(works.Vintage.Servers);
        using var rows = works.Server.Ask($"select work, year, title, doi, type, authors, flags{more} from {works.Tables.AllWorks} "
            + $"where work in ({Compiled.Local(term, works.Tables.Postings)}) or work >= {ClickHouseTables.FirstControl}");
        while (rows.More())
        {
            var (id, year, title, doi, type) = (rows.U64(), rows.I16(), rows.Text(), rows.Text(), rows.Text());
            var (authors, flags, weighs) = ((int)rows.U32(), (WorkFlags)rows.I16(), weight(rows));
            if (control.Saw(id)) continue;
            yield return new(string.Create(CultureInfo.InvariantCulture, $"W{id}"), year > 0 ? year : null, title, Known(doi), Known(type), authors,
                flags.HasFlag(WorkFlags.Truncated), countsAs)
            {
                Weight = weighs,
            };
        }
        control.Demand();
    }

    static string? Known(string text) => text.Length == 0 ? null : text;
}

/// <summary>
/// How many works there are of each year and each combination of leaves. From several lists a work may come more than once, so
/// that works and not rows are counted; the list of all works holds each once.
/// </summary>
sealed class ClickHouseCells
{
    readonly List<(int Year, ulong Leaves, long Works)> _cells = [];
    readonly Dictionary<Term.Leaf, int> _bits = [];
    readonly IReadOnlyCollection<string>? _cover;

    public ClickHouseCells(ClickHouseWorks works, IReadOnlyCollection<string>? cover, IReadOnlyList<Term.Leaf> leaves)
    {
        _cover = cover;
        if (leaves.Count > 64) throw new InvalidOperationException("A figure is made of at most 64 conditions.");
        foreach (var leaf in leaves) _bits.Add(leaf, _bits.Count);
        var columns = string.Concat(leaves.Select((leaf, i) => $"toUInt8({leaf.Sql}) as c{i},\n  "));
        var control = new ControlRows(works.Vintage.Servers);
        using var rows = works.Server.Ask($"select year,\n  {columns}{(cover is null ? "count()" : "uniqExact(work)")} as works\nfrom {works.Tables.AllPostings}\n"
            + $"where {Compiled.Lists(cover)} or list = {ClickHouseTables.Control}\ngroup by year{string.Concat(leaves.Select((_, i) => $", c{i}"))}");
        while (rows.More())
        {
            var (year, holds) = (rows.I16(), 0UL);
            for (var i = 0; i < leaves.Count; i++) holds |= (rows.U8() != 0 ? 1UL : 0) << i;
            var count = rows.U64();
            if (year < 0) control.Saw(year, count);
            else _cells.Add((year, holds, (long)count));
        }
        control.Demand();
    }

    /// <summary>Whether a term's works were all counted, by all that the term is made of.</summary>
    public bool Tell(Term term) => term.Cover is { } cover && _cover is not null && cover.All(_cover.Contains) && term.Leaves.All(_bits.ContainsKey);

    public long Count(Term term) => Of(term).Sum(cell => cell.Works);

    public long[] CountByYear(Term term, int first, int last)
    {
        var counts = new long[Math.Max(0, last - first + 1)];
        foreach (var (year, _, works) in Of(term))
            if (year >= Math.Max(first, 1) && year <= last) counts[year - first] += works;
        return counts;
    }

    IEnumerable<(int Year, ulong Leaves, long Works)> Of(Term term) => _cells.Where(cell => term.Holds(leaf => (cell.Leaves >> _bits[leaf] & 1) != 0));
}
