namespace Entente.Engine.Works;

/// <summary>
/// Who is listed on the works of a segment: for loops over many works. The units of a list are unpacked into one place, so that
/// a list lasts until the next is asked for.
/// </summary>
sealed class Listings(Runs authors, Runs authorUnits, Packed<int> units)
{
    /// <summary>So many works are looked up together.</summary>
    public const int Together = 32;

    int[] unpacked = new int[16];

    public (int First, int Last) AuthorsOf(int work) => authors.Of(work);

    public ReadOnlySpan<int> UnitsOfAuthor(int author)
    {
        var (first, last) = authorUnits.Of(author);
        return Unpack(first, last);
    }

    public ReadOnlySpan<int> UnitsOf(int work)
    {
        var (firstAuthor, lastAuthor) = authors.Of(work);
        var (first, last) = authorUnits.Spanning(firstAuthor, lastAuthor);
        return Unpack(first, last);
    }

    /// <summary>Where the units of some works lie, at most <see cref="Together"/>, anywhere in the segment.</summary>
    public void Spans(ReadOnlySpan<int> works, Span<(int First, int Last)> into)
    {
        Span<int> first = stackalloc int[Together];
        authors.Prefetch(works);
        for (var i = 0; i < works.Length; i++) first[i] = (into[i] = authors.Of(works[i])).First;
        authorUnits.Prefetch(first[..works.Length]);
        for (var i = 0; i < works.Length; i++) into[i] = authorUnits.Spanning(into[i].First, into[i].Last);
        for (var i = 0; i < works.Length; i++) units.Prefetch(into[i].First);
    }

    /// <summary>Asks the memory for the listings of some works, at most <see cref="Together"/>, that are read next.</summary>
    public void Prefetch(ReadOnlySpan<int> works) => Spans(works, stackalloc (int, int)[Together]);

    /// <summary>The units that lie between two places.</summary>
    public ReadOnlySpan<int> Units((int First, int Last) span) => Unpack(span.First, span.Last);

    ReadOnlySpan<int> Unpack(int first, int last)
    {
        if (last - first > unpacked.Length) unpacked = new int[2 * (last - first)];
        var into = unpacked.AsSpan(0, last - first);
        units.Unpack(first, into);
        return into;
    }
}
