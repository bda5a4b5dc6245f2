using Entente.Engine.Segments;

namespace Entente.Engine.Works;

/// <summary>The funders that the works of one segment name, in rising order of number, and their works.</summary>
public sealed class FunderRows
{
    readonly MappedColumn<long> ids;
    readonly MappedColumn<uint> posts;
    readonly MappedColumn<int> postings;

    FunderRows(Segment works, int count)
    {
        Count = works.Rows(WorksFormat.FunderId);
        ids = new(works, WorksFormat.FunderId, Count, ColumnChecks.RisingIds);
        posts = new(works, WorksFormat.FunderPosts, Count + 1, ColumnChecks.Starts(works.Rows(WorksFormat.FunderPostings)));
        postings = new(works, WorksFormat.FunderPostings, works.Rows(WorksFormat.FunderPostings), ColumnChecks.Below(count));
    }

    /// <summary>Null for a segment that was written before funders were taken in.</summary>
    internal static FunderRows? Of(Segment works, int count) => works.Has(WorksFormat.FunderId) ? new(works, count) : null;

    public int Count { get; }

    /// <summary>OpenAlex numbers without the F.</summary>
    public ReadOnlySpan<long> Ids => ids.Span;

    /// <summary>The works that name the funder of a row, ascending, each once.</summary>
    public ReadOnlySpan<int> WorksOf(int row) => postings.Span[(int)posts.Span[row]..(int)posts.Span[row + 1]];

    /// <summary>The works that name a funder by its number; none where the segment does not know it.</summary>
    public ReadOnlySpan<int> WorksOfFunder(long funder) => Ids.BinarySearch(funder) is var row and >= 0 ? WorksOf(row) : [];

    /// <summary>The funders of each work, by row of the segment; null where it names none. Made anew at each call, for a pass over all works.</summary>
    public List<long>?[] ByWork(int count)
    {
        var result = new List<long>?[count];
        for (var row = 0; row < Count; row++)
            foreach (var work in WorksOf(row)) (result[work] ??= []).Add(Ids[row]);
        return result;
    }
}
